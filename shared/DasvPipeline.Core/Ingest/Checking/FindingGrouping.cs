using DasvPipeline.Core.Domain.Findings;
using DasvPipeline.Core.Ingest.Reading.Layout;

namespace DasvPipeline.Core.Ingest.Checking;

/// <summary>
/// Combines the findings of a column or row whose figures all have the same mistake, because they have one cause. The
/// combined finding lists all cells.
/// </summary>
internal static class FindingGrouping
{
    /// <summary>The minimum number of cells. Fewer cells may have separate mistakes.</summary>
    private const int MinCells = 3;

    private static readonly HashSet<string> GroupedCodes =
    [
        Codes.NotANumber, Codes.ErrorValue, Codes.FormulaWithoutValue, Codes.Negative, Codes.NotWhole,
        Codes.OverOneHundredPercent, Codes.TooBig, Codes.Blank, Codes.Superscript, Codes.StruckThrough,
    ];

    /// <summary>Returns the findings, with those that have the same cause combined.</summary>
    public static List<Finding> Group(IReadOnlyList<FoundFigure> figures, List<Finding> findings)
    {
        var wrong = findings.Where(finding => finding is { Cell: not null, Explanation: null } && GroupedCodes.Contains(finding.Code))
            .DistinctBy(finding => finding.Cell).ToDictionary(finding => finding.Cell!.Value);
        if (wrong.Count < MinCells)
        {
            return findings;
        }

        var combined = new HashSet<Finding>(ReferenceEqualityComparer.Instance);
        var merged = new List<Finding>();
        foreach (var (line, cells) in Lines(figures))
        {
            if (cells.Count >= MinCells && cells.TrueForAll(cell => wrong.TryGetValue(cell, out var finding) && finding.Code == wrong[cells[0]].Code && !combined.Contains(finding)))
            {
                combined.UnionWith(cells.Select(cell => wrong[cell]));
                merged.Add(Merge(wrong[cells[0]], line, cells));
            }
        }

        return merged.Count == 0 ? findings : [.. findings.Where(finding => !combined.Contains(finding)), .. merged];
    }

    /// <summary>Returns the figures of each table by sheet column, and then by sheet row.</summary>
    private static IEnumerable<(string Line, List<CellRef> Cells)> Lines(IReadOnlyList<FoundFigure> figures) =>
        figures.GroupBy(figure => (figure.FormCell.Table, figure.Address.Sheet, figure.Address.Column)).Select(group => ("column", InOrder(group)))
            .Concat(figures.GroupBy(figure => (figure.FormCell.Table, figure.Address.Sheet, figure.Address.Row)).Select(group => ("row", InOrder(group))));

    private static List<CellRef> InOrder(IEnumerable<FoundFigure> figures) =>
        [.. figures.Select(figure => figure.Address).OrderBy(at => at.Row).ThenBy(at => at.Column)];

    private static Finding Merge(Finding first, string line, List<CellRef> cells) => first with
    {
        Message = $"{first.Message} The other {cells.Count - 1} figures in this {line}, {cells[1].Address} {(cells.Count == 3 ? "and" : "to")} {cells[^1].Address}, have the same problem.",
        OtherCells = cells[1..],
        FigureName = first.FigureName is { } name ? $"{name}, and {cells.Count - 1} more" : null,
        Subject = null,
    };
}
