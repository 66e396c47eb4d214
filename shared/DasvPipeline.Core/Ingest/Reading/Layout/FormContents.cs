using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Domain.Findings;
using DasvPipeline.Core.Domain.PeriodExpressions;

namespace DasvPipeline.Core.Ingest.Reading.Layout;

/// <summary>A sign in a column of its own next to a figure, such as R.</summary>
public sealed record FigureFlag(string Text, CellRef At);

/// <summary>A cell of the file that contains a figure of the form, not yet parsed.</summary>
/// <param name="Note">The text in the notes column of the same row.</param>
/// <param name="Flag">The sign next to the figure, or null if it has none.</param>
public readonly record struct FoundFigure(FormCell FormCell, Cell Cell, CellRef Address, string? Note = null, FigureFlag? Flag = null)
{
    /// <summary>True if the heading says that the numbers are percentages.</summary>
    public bool IsUnderPercent { get; init; }

    /// <summary>The cell in the notes column of the same row; null if there is no such column.</summary>
    public CellRef? NoteAddress { get; init; }
}

/// <summary>A figure in the file for another period of the return. It is compared, and never stored.</summary>
public readonly record struct OtherFigure(FormCell FormCell, Period Period, Cell Cell, CellRef Address);

/// <summary>A total in the file, with the figures that it should be the sum of.</summary>
public sealed record FoundTotal(string Label, Cell Cell, CellRef Address, IReadOnlyList<FoundFigure> Parts);

/// <summary>The figures of one form cell for single months of the quarter.</summary>
public sealed record MonthFigures(FormCell FormCell, IReadOnlyList<(MonthRange Month, FoundFigure Figure)> Parts)
{
    public static IReadOnlyList<MonthFigures> Group(IEnumerable<(MonthRange Month, FoundFigure Figure)> parts) =>
        [.. parts.GroupBy(part => part.Figure.FormCell).Select(group => new MonthFigures(group.Key, [.. group]))];
}

/// <summary>A comment on the cell of a figure.</summary>
public sealed record FigureComment(FoundFigure Figure, string Text);

/// <summary>The figures of a form that were found in a file, with the findings.</summary>
public sealed record FormContents(
    IReadOnlyList<FoundFigure> Figures,
    IReadOnlyList<OtherFigure> OtherPeriods,
    IReadOnlyList<FoundTotal> Totals,
    IReadOnlyList<Finding> Findings)
{
    /// <summary>Figures for the months of the quarter, to be added up.</summary>
    public IReadOnlyList<MonthFigures> Months { get; init; } = [];

    /// <summary>The comments on the cells of the figures.</summary>
    public IReadOnlyList<FigureComment> Comments { get; init; } = [];

    /// <summary>The figures of the period, and those of its months.</summary>
    public IReadOnlyList<FoundFigure> AllFigures => Months.Count == 0 ? Figures : [.. Figures, .. Months.SelectMany(months => months.Parts.Select(part => part.Figure))];

    public bool HasErrors => Findings.Any(finding => finding.Severity == Severity.Error);
}
