using Azure.Data.Tables;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Ports;
using DasvPipeline.Storage.Tables;

namespace DasvPipeline.Storage.Returns;

/// <summary>
/// Stores the ledger. Each return and period has a head next to its submissions, and a copy of it on the board of its year. Both are
/// written in the transaction that changes the return. The head's ETag guards that nothing has changed since the return was read.
/// </summary>
internal sealed class LedgerTable(Table table)
{
    public async Task<LedgerEntry?> FindAsync(ReturnKey key, CancellationToken ct) =>
        await table.FindAsync(Keys.Ledger, Keys.Head(key), ct) is { } entity ? Read(entity, key) : null;

    public async Task<IReadOnlyList<LedgerRow>> ReadYearAsync(Period year, CancellationToken ct) =>
        await table.ReadRangeAsync(Keys.Ledger, Keys.BoardRangeOf(year), fromYear: null, ct).Select(entity => Read(entity, Keys.ParseBoard(entity.RowKey)).Row).ToListAsync(ct);

    public static LedgerEntry Read(TableEntity entity, ReturnKey key)
    {
        var row = new LedgerRow(
            key,
            entity.GetEnum<LedgerState>("State"),
            entity.GetInt32("LiveVersion"),
            entity.GetRequiredInt32("LatestVersion"),
            entity.GetDateTimeOffset("Received"),
            entity.GetRequiredDay("Due"),
            entity.GetCounts())
        {
            Arrangement = entity.GetArrangement(),
        };
        return new LedgerEntry(row, entity.GetRequiredInt32("NewestVersion"), entity.GetString("NewestPathId"), entity.ETag);
    }

    /// <summary>
    /// Creates the actions that write an entry. They fail if the return has changed since it was read. A return that was never due and
    /// has no processed submission is not on the board.
    /// </summary>
    public static IEnumerable<TableTransactionAction> Write(LedgerEntry entry, bool isOnBoard)
    {
        var head = Entity(entry, Keys.Head(entry.Row.Key)).SetValue("Year", Keys.Year(entry.Row.Key.Period));
        yield return entry.ETag is { } asRead
            ? new TableTransactionAction(TableTransactionActionType.UpdateReplace, head, asRead)
            : new TableTransactionAction(TableTransactionActionType.Add, head);
        if (isOnBoard)
        {
            yield return new TableTransactionAction(TableTransactionActionType.UpsertReplace, Entity(entry, Keys.Board(entry.Row.Key)));
        }
    }

    private static TableEntity Entity(LedgerEntry entry, string rowKey)
    {
        var row = entry.Row;
        return new TableEntity(Keys.Ledger, rowKey)
            .SetEnum("State", row.State)
            .SetValue("LiveVersion", row.LiveVersion)
            .SetValue("NewestVersion", entry.Newest)
            .SetValue("NewestPathId", entry.NewestPathId)
            .SetValue("LatestVersion", row.LatestVersion)
            .SetValue("Received", row.Received)
            .SetDay("Due", row.Due)
            .SetArrangement(row.Arrangement)
            .SetValue(row.Counts);
    }
}
