using Azure.Data.Tables;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Ports;
using DasvPipeline.Storage.Tables;

namespace DasvPipeline.Storage.Returns;

/// <summary>Stores the ledger: a partition for each year, and a row for each return and period.</summary>
internal sealed class LedgerTable(Table table)
{
    public async Task<LedgerEntry?> FindAsync(ReturnKey key, CancellationToken ct) =>
        await table.FindAsync(Keys.Year(key.Period), Keys.Return(key), ct) is { } entity ? Entry(entity) : null;

    public async Task<IReadOnlyList<LedgerRow>> ReadYearAsync(Period year, CancellationToken ct)
    {
        var rows = new List<LedgerRow>();
        await foreach (var entity in table.ReadPartitionAsync(Keys.Year(year), null, ct))
        {
            rows.Add(Entry(entity).Row);
        }

        return rows;
    }

    /// <summary>Writes a new or unchanged entry. Returns false if another writer was faster.</summary>
    public Task<bool> TryWriteAsync(LedgerEntry entry, CancellationToken ct) => entry.ETag is { } asRead
        ? table.TryUpdateAsync(Entity(entry), asRead, TableUpdateMode.Replace, ct)
        : table.TryAddAsync(Entity(entry), ct);

    private static TableEntity Entity(LedgerEntry entry)
    {
        var row = entry.Row;
        return new TableEntity(Keys.Year(row.Key.Period), Keys.Return(row.Key))
            .SetEnum("State", row.State)
            .SetValue("LiveVersion", row.LiveVersion)
            .SetValue("LiveUploadedAt", Stored(entry.Live)?.At)
            .SetValue("LiveOrderVersion", Stored(entry.Live)?.Version)
            .SetValue("LivePathId", entry.LivePathId)
            .SetValue("LatestVersion", row.LatestVersion)
            .SetValue("LatestUploadedAt", Stored(entry.Latest)?.At)
            .SetValue("Received", row.Received)
            .SetDay("Due", row.Due)
            .SetValue(row.Counts);
    }

    private static UploadOrder? Stored(UploadOrder order) => order == UploadOrder.Earliest ? null : order;

    private static LedgerEntry Entry(TableEntity entity)
    {
        var row = new LedgerRow(
            Keys.ParseReturn(entity.RowKey),
            entity.GetEnum<LedgerState>("State"),
            entity.GetInt32("LiveVersion"),
            entity.GetRequiredInt32("LatestVersion"),
            entity.GetDateTimeOffset("Received"),
            entity.GetRequiredDay("Due"),
            entity.GetCounts());
        return new LedgerEntry(
            row,
            entity.GetDateTimeOffset("LiveUploadedAt") is { } live ? new(live, entity.GetRequiredInt32("LiveOrderVersion")) : UploadOrder.Earliest,
            entity.GetString("LivePathId"),
            entity.GetDateTimeOffset("LatestUploadedAt") is { } latest ? new(latest, row.LatestVersion) : UploadOrder.Earliest,
            entity.ETag);
    }
}
