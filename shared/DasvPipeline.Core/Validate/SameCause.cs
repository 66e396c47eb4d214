using DasvPipeline.Core.Model;
using DasvPipeline.Core.Read;

namespace DasvPipeline.Core.Validate;

/// <summary>
/// Tells once what is wrong in the same way with every figure of a column, or of a row: it has one cause, and is mended in
/// one go. The cells are all named.
/// </summary>
internal static class SameCause
{
    /// <summary>Two cells in a column of two may well be two slips.</summary>
    private const int Fewest = 3;

    private static readonly HashSet<string> Codes =
    [
        Model.Codes.NotANumber, Model.Codes.ErrorValue, Model.Codes.FormulaWithoutValue, Model.Codes.Negative, Model.Codes.NotWhole,
        Model.Codes.OverOneHundredPercent, Model.Codes.TooBig, Model.Codes.Blank,
    ];

    public static List<Finding> Told(IReadOnlyList<FoundFigure> figures, List<Finding> findings)
    {
        var wrong = findings.Where(finding => finding is { Cell: not null, Explanation: null } && Codes.Contains(finding.Code))
            .DistinctBy(finding => finding.Cell).ToDictionary(finding => finding.Cell!.Value);
        if (wrong.Count < Fewest)
        {
            return findings;
        }

        var told = new HashSet<Finding>(ReferenceEqualityComparer.Instance);
        var merged = new List<Finding>();
        foreach (var (line, cells) in Lines(figures))
        {
            if (cells.Count >= Fewest && cells.TrueForAll(cell => wrong.TryGetValue(cell, out var finding) && finding.Code == wrong[cells[0]].Code && !told.Contains(finding)))
            {
                told.UnionWith(cells.Select(cell => wrong[cell]));
                merged.Add(Merge(wrong[cells[0]], line, cells));
            }
        }

        return merged.Count == 0 ? findings : [.. findings.Where(finding => !told.Contains(finding)), .. merged];
    }

    /// <summary>The figures of each table column by column as they lie on the sheet, then row by row.</summary>
    private static IEnumerable<(string Line, List<CellRef> Cells)> Lines(IReadOnlyList<FoundFigure> figures) =>
        figures.GroupBy(figure => (figure.Asked.Table, figure.At.Sheet, figure.At.Column)).Select(group => ("column", InOrder(group)))
            .Concat(figures.GroupBy(figure => (figure.Asked.Table, figure.At.Sheet, figure.At.Row)).Select(group => ("row", InOrder(group))));

    private static List<CellRef> InOrder(IEnumerable<FoundFigure> figures) =>
        [.. figures.Select(figure => figure.At).OrderBy(at => at.Row).ThenBy(at => at.Column)];

    private static Finding Merge(Finding first, string line, List<CellRef> cells) => first with
    {
        Message = $"{first.Message} The same goes for the other {cells.Count - 1} figures of this {line}, {cells[1].Address} to {cells[^1].Address}.",
        OtherCells = cells[1..],
        About = null,
    };
}
