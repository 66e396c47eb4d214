using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Domain.PeriodExpressions;
using DasvPipeline.Core.Domain.Findings;

namespace DasvPipeline.Core.Ingest.Reading.Layout;

/// <summary>The role of a column in a candidate table.</summary>
internal enum ColumnRole
{
    /// <summary>The figures that the form asks for.</summary>
    Value,

    /// <summary>The same figures for another period.</summary>
    OtherPeriod,

    /// <summary>The same figures for an area that the table does not ask for.</summary>
    OtherArea,

    /// <summary>The same figures for one month of the quarter.</summary>
    Month,

    /// <summary>Figures of another kind or for a time that is no period of the return: a target, the year to date, half a year.</summary>
    OtherKind,

    /// <summary>Figures in a unit that the form does not ask for: percentages, thousands.</summary>
    OtherUnit,

    Total,

    Notes,

    /// <summary>Figures under a label that the form does not know.</summary>
    Unrecognised,
}

/// <summary>A column of a candidate table.</summary>
/// <param name="MemberIndex">The index of the table's column. 0 in a list.</param>
/// <param name="Period">The period that its labels state, or null if they state none.</param>
/// <param name="HeadingMatch">How well its heading shows that it contains the figures asked for.</param>
internal sealed record CandidateColumn(int Column, ColumnRole Role, int MemberIndex = 0, Period? Period = null, HeadingMatch HeadingMatch = HeadingMatch.NamedOtherwise)
{
    /// <summary>What its labels say about time and the kind of figure, if that is not exactly the period asked for.</summary>
    public PeriodStatement? Statement { get; init; }

    /// <summary>The unit that its labels or the title state, if it is another than the form asks for.</summary>
    public UnitStatement? Unit { get; init; }

    /// <summary>The month, in a column of one month.</summary>
    public MonthRange? Month => Role == ColumnRole.Month ? Statement?.Comparison.Months : null;

    /// <summary>True if its own labels state the period asked for.</summary>
    public bool StatesPeriod { get; init; }

    /// <summary>The column of signs such as R and P that belong to its figures, or 0 if it has no such column.</summary>
    public int FlagColumn { get; init; }

    /// <summary>True if its labels say that the numbers are percentages.</summary>
    public bool IsPercent { get; init; }

    /// <summary>Its own labels as typed, in one line.</summary>
    public string Text { get; init; } = string.Empty;
}

/// <summary>A range of a sheet that may be a table of the form.</summary>
/// <param name="LabelColumn">The column with the row labels.</param>
/// <param name="LabelRows">The rows with a known label, in sheet order.</param>
/// <param name="LabelRow">The nearest row above it with column labels, or 0 if the table has no such row.</param>
/// <param name="TitleMatch">Whose title it has.</param>
/// <param name="IsGuess">True if nothing in it looks like a figure or the heading of one. It is used only to report what is wrong.</param>
internal sealed record TableCandidate(
    FormTable Table,
    SheetView View,
    int LabelColumn,
    IReadOnlyList<(int Row, int Member)> LabelRows,
    IReadOnlyList<CandidateColumn> Columns,
    int LabelRow,
    TitleMatch TitleMatch,
    bool IsGuess)
{
    public int FirstRow => LabelRows[0].Row;

    public int LastRow => LabelRows[^1].Row;

    /// <summary>The cell of the first label, or of the first figure if there is no label.</summary>
    public CellRef Address => View.AddressOf(LabelRowOf(FirstRow), Math.Max(1, LabelColumn));

    /// <summary>The columns that are equally likely to contain the figures asked for. At most one if the choice is clear.</summary>
    public IReadOnlyList<CandidateColumn> AmbiguousColumns { get; init; } = [];

    /// <summary>The number of requested cells that contain something like a figure.</summary>
    public int FilledCount { get; } = LabelRows.Sum(hit =>
        Columns.Count(column => column.Role == ColumnRole.Value && !Table.Rows[hit.Member].IsTotal && FigureSyntax.IsLikeFigure(View[hit.Row, column.Column])));

    public bool HasValues => Columns.Any(column => column.Role == ColumnRole.Value);

    /// <summary>The unit of a column whose figures the form does not ask for, or null if there is no such column.</summary>
    public UnitStatement? OtherUnit => Columns.FirstOrDefault(column => column.Role == ColumnRole.OtherUnit)?.Unit;

    /// <summary>True if it shows other periods or areas, but not the figures asked for.</summary>
    public bool HasOnlyOthers => !HasValues && Columns.Any(column => column.Role is ColumnRole.OtherPeriod or ColumnRole.OtherArea or ColumnRole.OtherKind or ColumnRole.OtherUnit or ColumnRole.Month);

    /// <summary>True if it shows the figures asked for by month, and not for the whole quarter.</summary>
    public bool HasOnlyMonths => !HasValues && Columns.Any(column => column.Role == ColumnRole.Month);

    /// <summary>What its title, the sheet's name and cells such as "Period: Q1" say that is not the period asked for.</summary>
    public IReadOnlyList<PeriodStatement> Statements { get; init; } = [];

    /// <summary>The rows of column labels.</summary>
    public IReadOnlyList<int> HeadingRows { get; init; } = [];

    /// <summary>The text that says that the figures are rounded, or null.</summary>
    public UnitStatement? Rounding { get; init; }

    /// <summary>The column that states the period of each row, or 0 if the table has no such column.</summary>
    public int PeriodColumn { get; init; }

    /// <summary>The rows with a label of the table that are for another table or another period.</summary>
    public IReadOnlyCollection<int> OtherRows { get; init; } = [];

    /// <summary>True if labels are merged over several rows.</summary>
    public bool HasMergedLabels { get; init; }

    /// <summary>The rows that are a sum of other rows and have the same label as one of them. They are not used.</summary>
    public IReadOnlyList<int> Subtotals { get; init; } = [];

    /// <summary>Returns true if both use some of the same labels, for example when read down and across.</summary>
    public bool SharesLabels(TableCandidate other) => LabelCells().Intersect(other.LabelCells()).Any();

    public bool Overlaps(TableCandidate other) => ReferenceEquals(View.Sheet, other.View.Sheet) && ValueCells().Intersect(other.ValueCells()).Any();

    public bool HasMember(int member) => LabelRows.Any(hit => hit.Member == member);

    /// <summary>Returns the address of the label of a row of the view. Its label can be merged from a row above.</summary>
    public CellRef LabelAddress(int row) => View.AddressOf(LabelRowOf(row), LabelColumn);

    /// <summary>Returns the row of the view that has the label of a row.</summary>
    public int LabelRowOf(int row)
    {
        var labelled = row;
        while (HasMergedLabels && labelled > 1 && View[labelled, LabelColumn].IsBlank && !View[labelled, LabelColumn + 1].IsBlank)
        {
            labelled--;
        }

        return labelled;
    }

    public IEnumerable<CellRef> Cells() => LabelRows.SelectMany(hit => Columns.Select(column => View.AddressOf(hit.Row, column.Column)));

    public IEnumerable<CellRef> ValueCells() => LabelRows.SelectMany(hit => Columns
        .Where(column => column.Role == ColumnRole.Value).Select(column => View.AddressOf(hit.Row, column.Column)));

    private IEnumerable<CellRef> LabelCells() => LabelRows.Select(hit => View.AddressOf(hit.Row, LabelColumn));
}
