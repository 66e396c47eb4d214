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

    /// <summary>Reads the entries of every year.</summary>
    public IAsyncEnumerable<LedgerEntry> ReadAllAsync(CancellationToken ct) => table.ReadPartitionsAsync(Keys.Years.From, Keys.Years.Before, ct).Select(Entry);

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
            .SetValue("NewestVersion", entry.Newest)
            .SetValue("NewestPathId", entry.NewestPathId)
            .SetValue("LatestVersion", row.LatestVersion)
            .SetValue("Received", row.Received)
            .SetDay("Due", row.Due)
            .SetValue(row.Counts);
    }

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
        return new LedgerEntry(row, entity.GetRequiredInt32("NewestVersion"), entity.GetString("NewestPathId"), entity.ETag);
    }
}
