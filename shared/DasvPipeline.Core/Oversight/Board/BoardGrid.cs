using System.Globalization;
using DasvPipeline.Core.Domain;

namespace DasvPipeline.Core.Oversight.Board;

/// <summary>The order of the rows of the board.</summary>
public enum BoardSort
{
    Agency,

    Return,

    /// <summary>The most urgent state first, and the oldest due date first among those.</summary>
    Urgency,
}

/// <summary>Which returns of the board are shown, and in which order.</summary>
/// <param name="Agency">The id of the agency; empty for all.</param>
/// <param name="State">A state; empty for all. A return is shown if any period of the year has the state.</param>
/// <param name="Search">A part of the name of the agency or of the return; empty for all.</param>
/// <param name="IsByAgency">True for one row for each agency, and not for each return.</param>
public sealed record BoardFilter(string Agency, string State, string Search, BoardSort Sort, bool IsByAgency)
{
    public static readonly BoardFilter None = new(string.Empty, string.Empty, string.Empty, BoardSort.Agency, false);

    internal bool Accepts(IReadOnlyList<BoardRow> rows) =>
        (Agency.Length == 0 || rows[0].Agency == Agency)
        && (State.Length == 0 || rows.Any(row => row.State == State))
        && (Search.Length == 0 || rows[0].AgencyName.Contains(Search, StringComparison.OrdinalIgnoreCase) || rows[0].Title.Contains(Search, StringComparison.OrdinalIgnoreCase));
}

/// <summary>The returns of a row of the grid in one period: one, or those of an agency.</summary>
/// <param name="Row">The return in the most urgent state.</param>
/// <param name="Count">The number of returns in that state.</param>
/// <param name="Total">The number of returns.</param>
public sealed record BoardGridCell(BoardRow Row, int Count, int Total);

/// <summary>A row of the grid: a return, or an agency.</summary>
/// <param name="Title">The title of the return, or the number of returns of the agency.</param>
/// <param name="Cells">What each column has; null if nothing is due for that period.</param>
public sealed record BoardGridRow(string Agency, string AgencyName, string Title, IReadOnlyList<BoardGridCell?> Cells);

/// <summary>
/// The board as a grid: a row for each return or agency, and a narrow column for each quarter and for the year. With the year before, the
/// columns of both years are next to each other.
/// </summary>
/// <param name="Columns">The periods: the quarters of the year and the year, and then those of the year before.</param>
/// <param name="Returns">The number of returns that are shown.</param>
/// <param name="AllReturns">The number of returns without a filter.</param>
public sealed record BoardGrid(IReadOnlyList<Period> Columns, IReadOnlyList<BoardGridRow> Rows, int Returns, int AllReturns)
{
    /// <param name="board">The board, with the year before if both are shown.</param>
    public static BoardGrid Create(StatusBoard board, BoardFilter filter, bool withLastYear)
    {
        ArgumentNullException.ThrowIfNull(board);
        ArgumentNullException.ThrowIfNull(filter);
        var year = Period.Parse(board.Year);
        IReadOnlyList<Period> columns = withLastYear ? [.. ColumnsOf(year), .. ColumnsOf(year.PreviousYear)] : ColumnsOf(year);
        var before = board.LastYear.ToLookup(row => row.Return);
        var all = board.Returns.GroupBy(row => row.Return).Select(rows => rows.ToList()).ToList();

        // A return that has ended is shown for the year that asked for it, unless only a state of this year is shown.
        var ended = withLastYear && filter.State.Length == 0 ? before.Where(rows => all.TrueForAll(known => known[0].Return != rows.Key)).Select(rows => rows.ToList()).ToList() : [];
        var shown = all.Concat(ended).Where(filter.Accepts).ToList();
        var groups = shown.GroupBy(rows => filter.IsByAgency ? rows[0].Agency : rows[0].Return).Select(group => CreateRow([.. group], columns, before, filter.IsByAgency));
        return new BoardGrid(columns, [.. Sort(groups, filter.Sort)], shown.Count, all.Count + ended.Count);
    }

    /// <summary>Creates the table to download: what is shown, with the names of the states.</summary>
    /// <param name="nameOf">Returns the name of a state.</param>
    public ListExport ToExport(Func<string, string> nameOf) => new(
        "Returns",
        ["Agency", "Return", .. Columns.Select(period => period.ToString())],
        [.. Rows.Select(row => (IReadOnlyList<string>)[row.AgencyName, row.Title, .. row.Cells.Select(cell => cell is null ? string.Empty : nameOf(cell.Row.State) + (cell.Total > 1 ? string.Create(CultureInfo.InvariantCulture, $" ({cell.Count} of {cell.Total})") : string.Empty))])]);

    private static IReadOnlyList<Period> ColumnsOf(Period year) => [.. year.Quarters(), year];

    private static BoardGridRow CreateRow(IReadOnlyList<List<BoardRow>> returns, IReadOnlyList<Period> columns, ILookup<string, BoardRow> before, bool isByAgency)
    {
        var first = returns[0][0];
        var cells = returns.SelectMany(rows => rows.Concat(before[rows[0].Return])).Distinct().ToLookup(row => row.Period);
        return new BoardGridRow(
            first.Agency,
            first.AgencyName,
            isByAgency ? Plural.Format(returns.Count, "return") : first.Title,
            [.. columns.Select(period => CreateCell([.. cells[period.ToString()]]))]);
    }

    private static BoardGridCell? CreateCell(IReadOnlyList<BoardRow> rows) =>
        rows.OrderBy(row => BoardStates.GetUrgency(row.State)).ThenBy(row => row.Due).FirstOrDefault() is { } urgent
            ? new BoardGridCell(urgent, rows.Count(row => row.State == urgent.State), rows.Count)
            : null;

    private static IEnumerable<BoardGridRow> Sort(IEnumerable<BoardGridRow> rows, BoardSort sort)
    {
        var byName = rows.OrderBy(row => row.AgencyName, StringComparer.OrdinalIgnoreCase).ThenBy(row => row.Title, StringComparer.CurrentCultureIgnoreCase);
        return sort switch
        {
            BoardSort.Return => byName.OrderBy(row => row.Title, StringComparer.OrdinalIgnoreCase),
            BoardSort.Urgency => byName.OrderBy(row => MostUrgent(row).Urgency).ThenBy(row => MostUrgent(row).Due),
            _ => byName,
        };
    }

    private static (int Urgency, DateOnly Due) MostUrgent(BoardGridRow row) => row.Cells.OfType<BoardGridCell>()
        .Select(cell => (BoardStates.GetUrgency(cell.Row.State), cell.Row.Due)).DefaultIfEmpty((int.MaxValue, DateOnly.MaxValue)).Min();
}
