using System.Globalization;
using System.IO.Compression;
using Azure;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using DasvPipeline.Core.Ports;
using DasvPipeline.Storage.Connect;
using DasvPipeline.Storage.Tables;

namespace DasvPipeline.Storage.Backups;

/// <summary>
/// Copies each table into <c>backups/{day}/{table}.jsonl.gz</c>. The file <c>complete</c> is written last and removed first, so that an
/// interrupted copy is never restored. The id of the store is not copied. A restored store gets another one, so that the next sweep
/// processes every file again, also those that came after the copy.
/// </summary>
internal sealed class TableBackup(StorageClients clients) : ITableBackup
{
    private const string ContentType = "application/gzip";

    public async Task<int> WriteAsync(DateOnly day, CancellationToken ct)
    {
        var rows = 0;
        await GetMark(day).DeleteIfExistsAsync(cancellationToken: ct);
        foreach (var table in clients.Tables)
        {
            await using var stream = await GetBlob(day, table).OpenWriteAsync(
                overwrite: true, new BlobOpenWriteOptions { HttpHeaders = new BlobHttpHeaders { ContentType = ContentType } }, ct);
            await using var gzip = new GZipStream(stream, CompressionLevel.Optimal);
            await using var lines = new StreamWriter(gzip);
            await foreach (var entity in table.ReadAllAsync(ct).Where(entity => !Keys.IsOfOneStore(entity)))
            {
                await lines.WriteLineAsync(EntityLine.Format(entity).AsMemory(), ct);
                rows++;
            }
        }

        await GetMark(day).UploadAsync(BinaryData.FromString(rows.ToString(CultureInfo.InvariantCulture)), ct);
        return rows;
    }

    public async Task<int?> RestoreAsync(DateOnly day, CancellationToken ct)
    {
        if (!await GetMark(day).ExistsAsync(ct))
        {
            return null;
        }

        var rows = 0;
        foreach (var table in clients.Tables)
        {
            var partition = new List<TableEntity>();
            await foreach (var entity in ReadAsync(GetBlob(day, table), ct))
            {
                if (partition.Count > 0 && partition[0].PartitionKey != entity.PartitionKey)
                {
                    rows += await WriteAsync(table, partition, ct);
                    partition.Clear();
                }

                partition.Add(entity);
            }

            rows += await WriteAsync(table, partition, ct);
        }

        await clients.Ledger.DeleteAsync(Keys.Ledger, Keys.Compared, ETag.All, ct);
        await clients.Ledger.DeleteAsync(Keys.Ledger, Keys.Store, ETag.All, ct);
        return rows;
    }

    private static async Task<int> WriteAsync(Table table, List<TableEntity> partition, CancellationToken ct)
    {
        foreach (var actions in Transactions.Split(partition, TableTransactionActionType.UpsertReplace))
        {
            await table.SubmitAsync(actions, ct);
        }

        return partition.Count;
    }

    private static async IAsyncEnumerable<TableEntity> ReadAsync(BlobClient blob, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
    {
        await using var stream = await blob.OpenReadAsync(cancellationToken: ct);
        await using var gzip = new GZipStream(stream, CompressionMode.Decompress);
        using var lines = new StreamReader(gzip);
        while (await lines.ReadLineAsync(ct) is { } line)
        {
            yield return EntityLine.Parse(line);
        }
    }

    private BlobClient GetMark(DateOnly day) => clients.Backups.GetBlobClient(string.Create(CultureInfo.InvariantCulture, $"{day:yyyy-MM-dd}/complete"));

    private BlobClient GetBlob(DateOnly day, Table table) =>
        clients.Backups.GetBlobClient(string.Create(CultureInfo.InvariantCulture, $"{day:yyyy-MM-dd}/{table.Name}.jsonl.gz"));
}
