using DasvPipeline.Core.Model;
using DasvPipeline.Core.Read.Xlsx;

namespace DasvPipeline.Core.Oversee.Marking;

/// <summary>A cell and what was found in it, the gravest first.</summary>
internal sealed record CellMark(int Row, int Column, IReadOnlyList<Finding> Findings)
{
    private const int LongestComment = 2_000;

    public Severity Severity => Findings[0].Severity;

    /// <summary>A line for each finding, and what kind it is.</summary>
    public string Comment => Read.FindingText.Shorten(
        string.Join('\n', Findings.Select(finding => $"{FindingWords.Word(finding.Severity)}: {FindingWords.Of(finding)}")), LongestComment);
}

/// <summary>The cells of one sheet that have findings, from top to bottom and from left to right.</summary>
internal sealed class Marks
{
    /// <summary>More comments than this in one sheet nobody opens, and programs become slow; the cells after them are coloured all the same.</summary>
    public const int MostComments = 10_000;

    private readonly int[] columns;

    private Marks(IEnumerable<CellMark> cells)
    {
        Cells = [.. cells.OrderBy(cell => cell.Row).ThenBy(cell => cell.Column)];
        columns = [.. Cells.Select(cell => cell.Column).Distinct().Order()];
    }

    public static Marks None { get; } = new([]);

    public IReadOnlyList<CellMark> Cells { get; }

    public bool AnyInColumns(int from, int to)
    {
        var at = Array.BinarySearch(columns, from);
        return at >= 0 || (~at < columns.Length && columns[~at] <= to);
    }

    /// <summary>The marks of each sheet that has any, by its name.</summary>
    public static IReadOnlyDictionary<string, Marks> BySheet(IEnumerable<Finding> findings) =>
        FindingWords.InOrder(findings)
            .SelectMany(finding => finding.OtherCells.Prepend(finding.Cell ?? default).Select(cell => (Cell: cell, Finding: finding)))
            .Where(item => item.Cell is { Sheet: not null, Row: >= 1 and <= SheetCells.LastRow, Column: >= 1 and <= SheetCells.LastColumn })
            .GroupBy(item => item.Cell.Sheet!, StringComparer.Ordinal)
            .ToDictionary(
                sheet => sheet.Key,
                sheet => new Marks(sheet.GroupBy(item => (item.Cell.Row, item.Cell.Column))
                    .Select(cell => new CellMark(cell.Key.Row, cell.Key.Column, [.. cell.Select(item => item.Finding).Distinct()]))),
                StringComparer.Ordinal);
}
