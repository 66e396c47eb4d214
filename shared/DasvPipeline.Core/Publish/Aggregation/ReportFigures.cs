using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;

namespace DasvPipeline.Core.Publish.Aggregation;

/// <summary>A row or column of a table in the annual report.</summary>
/// <param name="Kind">What it represents: a single figure, a quarter, the year, or a total.</param>
public sealed record ReportLine(string Id, string Label, ReportAxis Kind = ReportAxis.Figure);

/// <summary>A number in a table of the annual report.</summary>
/// <param name="Measure">What it counts; for a total, what its parts count.</param>
/// <param name="Base">For a percentage of people: how many people. Null if it is not of people.</param>
public sealed record ReportCell(ReportLine Row, ReportLine Column, Measure Measure, Amount Amount, ReportBase? Base);

/// <summary>The people of whom a percentage is given.</summary>
/// <param name="Count">Null if the count is not known.</param>
public sealed record ReportBase(long? Count);

/// <summary>A table of the annual report for one year, before or after disclosure control.</summary>
/// <param name="Sources">The returns that report its figures.</param>
/// <param name="IsCollected">True if any return for the year has its figures.</param>
public sealed record ReportTableFigures(
    ReportTable Table, IReadOnlyList<ReportLine> Rows, IReadOnlyList<ReportLine> Columns, IReadOnlyList<ReportCell> Cells, IReadOnlyList<ReturnId> Sources, bool IsCollected)
{
    /// <summary>The figures of each measure and period in the table, with all that was reported of the measure for the period.</summary>
    internal IReadOnlyList<(MeasureId Measure, string Name, Amount Whole, IReadOnlyList<Amount> Parts)> Wholes { get; init; } = [];

    public static string CreateCellId(ReportTable table, string row, string column) => $"report/{table.Id}/{row}/{column}";

    public string CreateCellId(ReportCell cell) => CreateCellId(Table, cell.Row.Id, cell.Column.Id);
}
