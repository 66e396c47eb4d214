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
    private static readonly LedgerState[] OpenStates = [LedgerState.Due, LedgerState.Overdue, LedgerState.AcceptedWithQueries, LedgerState.Rejected, LedgerState.Withdrawn, LedgerState.Undecided];

    /// <summary>The condition that a row is not finished: somebody must still send, correct, explain or choose a file.</summary>
    public static readonly string IsOpen = string.Join(" or ", OpenStates.Select(state => TableClient.CreateQueryFilter($"State eq {state.ToString()}")));

    public async Task<LedgerEntry?> FindAsync(ReturnKey key, CancellationToken ct) =>
        await table.FindAsync(Keys.Ledger, Keys.Head(key), ct) is { } entity ? Read(entity, key) : null;

    public async Task<IReadOnlyList<LedgerRow>> ReadYearAsync(Period year, CancellationToken ct) =>
        await table.ReadRangeAsync(Keys.Ledger, Keys.BoardRangeOf(year), condition: null, ct).Select(entity => Read(entity, Keys.ParseBoard(entity.RowKey)).Row).ToListAsync(ct);

    /// <summary>
    /// Reads the rows of some years, and those of earlier years that are still open. One range of keys has both, and the condition leaves out
    /// the finished rows of earlier years. The number of calls therefore does not grow with the years.
    /// </summary>
    public async Task<IReadOnlyList<LedgerRow>> ReadYearsAsync(Period first, Period last, CancellationToken ct) => await table.ReadRangeAsync(
        Keys.Ledger,
        Keys.BoardRangeUntil(last),
        $"{TableClient.CreateQueryFilter($"RowKey ge {Keys.BoardRangeOf(first).From}")} or {IsOpen}",
        ct).Select(entity => Read(entity, Keys.ParseBoard(entity.RowKey)).Row).ToListAsync(ct);

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
            FirstReceived = entity.GetDateTimeOffset("FirstReceived"),
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
            .SetValue("FirstReceived", row.FirstReceived)
            .SetDay("Due", row.Due)
            .SetArrangement(row.Arrangement)
            .SetValue(row.Counts);
    }
}
