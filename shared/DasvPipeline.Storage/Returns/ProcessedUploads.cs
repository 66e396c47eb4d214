using System.Runtime.CompilerServices;
using Azure.Data.Tables;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Ports;
using DasvPipeline.Storage.Tables;

namespace DasvPipeline.Storage.Returns;

/// <summary>
/// Stores the ids of processed uploads in the ledger's table: a partition for each year, and one for paths without a period.
/// An upload that came too early has the day from which it counts as unprocessed. Processing it replaces its row.
/// </summary>
internal sealed class ProcessedUploads(Table table)
{
    private const string PostponedUntil = "PostponedUntil";

    public async Task<bool> ContainsAsync(Upload upload, DateOnly today, CancellationToken ct)
    {
        // A file whose path names no return gets no number.
        var partition = Keys.ProcessedUploads(upload.Mark is null ? null : YearOf(upload.Path));
        return await table.FindAsync(partition, Keys.UploadId(upload), ct) is { } found && IsProcessed(found, today);
    }

    public Task AddAsync(Upload upload, Period? period, CancellationToken ct) => table.UpsertAsync(CreateEntity(upload, period), TableUpdateMode.Replace, ct);

    /// <summary>Inserts the day of an upload that came too early. A slow writer cannot replace the row of a processed upload.</summary>
    public Task PostponeAsync(Upload upload, Period period, DateOnly until, CancellationToken ct) =>
        table.TryAddAsync(CreateEntity(upload, period).SetDay(PostponedUntil, until), ct);

    /// <summary>Returns the uploads that are not processed and not postponed to a later day. Reads each partition once, when it is first needed.</summary>
    public async IAsyncEnumerable<Upload> FindUnprocessedAsync(IAsyncEnumerable<Upload> uploads, DateOnly today, [EnumeratorCancellation] CancellationToken ct)
    {
        var partitions = new Dictionary<string, HashSet<string>>(StringComparer.Ordinal);
        await foreach (var upload in uploads.WithCancellation(ct))
        {
            var id = Keys.UploadId(upload);
            var isProcessed = YearOf(upload.Path) is { } year && await ContainsIdAsync(Keys.ProcessedUploads(year), id);
            if (!isProcessed && !await ContainsIdAsync(Keys.ProcessedUploads(null), id))
            {
                yield return upload;
            }
        }

        async Task<bool> ContainsIdAsync(string partition, string id)
        {
            if (!partitions.TryGetValue(partition, out var ids))
            {
                ids = new HashSet<string>(StringComparer.Ordinal);
                await foreach (var entity in table.ReadPartitionAsync(partition, ["RowKey", PostponedUntil], ct))
                {
                    if (IsProcessed(entity, today))
                    {
                        ids.Add(entity.RowKey);
                    }
                }

                partitions.Add(partition, ids);
            }

            return ids.Contains(id);
        }
    }

    private static TableEntity CreateEntity(Upload upload, Period? period) =>
        new TableEntity(Keys.ProcessedUploads(period), Keys.UploadId(upload))
            .SetValue("PathId", Keys.PathId(upload.Path))
            .SetValue("UploadedAt", upload.UploadedAt);

    private static bool IsProcessed(TableEntity entity, DateOnly today) => entity.GetString(PostponedUntil) is null || today < entity.GetRequiredDay(PostponedUntil);

    private static Period? YearOf(string path) =>
        path.Split('/') is [_, _, var text, ..] && Period.TryParse(text, out var period) ? period.Year : null;
}
