using System.Globalization;
using System.IO.Compression;
using Azure;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using DasvPipeline.Core.Ports;
using DasvPipeline.Storage.Connect;
using DasvPipeline.Storage.Returns;
using DasvPipeline.Storage.Tables;

namespace DasvPipeline.Storage.Backups;

/// <summary>
/// Copies each table into <c>backups/{day}/{table}.jsonl.gz</c>. The file <c>complete</c> is written last and removed first, so that an
/// interrupted copy is never restored. The day of the last comparison is not copied, so that the first sweep after a restore compares the
/// container with the tables, and finds what came after the copy.
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
            await foreach (var entity in table.ReadAllAsync(ct).Where(entity => entity.RowKey != Keys.Compared))
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

        await CompleteLedgerAsync(ct);
        await clients.Ledger.DeleteAsync(Keys.Ledger, Keys.Compared, ETag.All, ct);
        return rows;
    }

    /// <summary>
    /// Adds what the copy lacks because the ledger changed while it was copied: the rows of uploads in progress and of files with personal
    /// data. A transaction that ends an ingest or a deletion must find them.
    /// </summary>
    private async Task CompleteLedgerAsync(CancellationToken ct)
    {
        await foreach (var submission in new SubmissionTable(clients.Ledger).ReadAllAsync(ct).SelectMany(period => period.Rows.Select(row => row.Submission)))
        {
            if (submission.IsWaiting)
            {
                await clients.Ledger.TryAddAsync(WaitingUploads.Entity(submission, notBefore: null), ct);
            }

            if (submission.HasPeople)
            {
                await clients.Ledger.TryAddAsync(PeopleTable.Entity(submission), ct);
            }
        }
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
