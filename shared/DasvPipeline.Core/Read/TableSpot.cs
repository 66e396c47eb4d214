using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Model;

namespace DasvPipeline.Core.Read;

/// <summary>What a column of numbers beside a table's labels is for.</summary>
internal enum ColumnRole
{
    /// <summary>The figures asked for.</summary>
    Value,

    /// <summary>The same figures for another period.</summary>
    OtherPeriod,

    /// <summary>The same figures for an area that the table does not ask for.</summary>
    OtherArea,

    Total,

    Notes,

    /// <summary>Figures of a table of rows by columns under a label that nobody knows.</summary>
    Stranger,
}

/// <param name="Member">Which of the table's columns; 0 in a list.</param>
/// <param name="Period">As its labels say it; null where they do not.</param>
/// <param name="Strength">How surely this is it: a label that says so beats one that does not.</param>
internal sealed record SpotColumn(int Column, ColumnRole Role, int Member = 0, Period? Period = null, int Strength = 0);

/// <summary>A place on a sheet where a table of the form seems to stand.</summary>
/// <param name="LabelColumn">Where its row labels are.</param>
/// <param name="Hits">The rows whose label is known, in their order on the sheet.</param>
/// <param name="LabelRow">The row nearest above it in which labels of columns stand; 0 where there is none.</param>
/// <param name="TitleRank">2 with this table's title at it, 1 with none, 0 with another's.</param>
/// <param name="IsGuess">Nothing in it looks like a figure or says that one belongs there: good for nothing but to say what is wrong in it.</param>
internal sealed record TableSpot(
    FormTable Table,
    SheetView View,
    int LabelColumn,
    IReadOnlyList<(int Row, int Member)> Hits,
    IReadOnlyList<SpotColumn> Columns,
    int LabelRow,
    int TitleRank,
    bool IsGuess)
{
    public int FirstRow => Hits[0].Row;

    public int LastRow => Hits[^1].Row;

    /// <summary>Its first label; its first figure where that has none.</summary>
    public CellRef At => View.RefOf(FirstRow, Math.Max(1, LabelColumn));

    /// <summary>Columns of which nothing says that one holds the figures asked for rather than another; none or one where that is plain.</summary>
    public IReadOnlyList<SpotColumn> Rivals { get; init; } = [];

    /// <summary>How many cells asked for have what looks like a figure in them.</summary>
    public int Filled { get; } = Hits.Sum(hit =>
        Columns.Count(column => column.Role == ColumnRole.Value && !Table.Rows[hit.Member].IsTotal && WrittenFigure.IsLike(View[hit.Row, column.Column])));

    public bool HasValues => Columns.Any(column => column.Role == ColumnRole.Value);

    /// <summary>It shows other periods or areas, but not those asked for.</summary>
    public bool HasOnlyOthers => !HasValues && Columns.Any(column => column.Role is ColumnRole.OtherPeriod or ColumnRole.OtherArea);

    /// <summary>The same labels, read down and across: one of the two is what happens to stand below or beside them.</summary>
    public bool SharesLabels(TableSpot other) => LabelCells().Intersect(other.LabelCells()).Any();

    public bool Overlaps(TableSpot other) => ReferenceEquals(View.Sheet, other.View.Sheet) && ValueCells().Intersect(other.ValueCells()).Any();

    public bool HasMember(int member) => Hits.Any(hit => hit.Member == member);

    /// <summary>A cell of the row, in the view's own terms.</summary>
    public CellRef LabelOf(int row) => View.RefOf(row, LabelColumn);

    public IEnumerable<CellRef> Cells() => Hits.SelectMany(hit => Columns.Select(column => View.RefOf(hit.Row, column.Column)));

    public IEnumerable<CellRef> ValueCells() => Hits.SelectMany(hit => Columns
        .Where(column => column.Role == ColumnRole.Value).Select(column => View.RefOf(hit.Row, column.Column)));

    private IEnumerable<CellRef> LabelCells() => Hits.Select(hit => View.RefOf(hit.Row, LabelColumn));
}
