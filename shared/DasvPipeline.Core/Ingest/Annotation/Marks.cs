using DasvPipeline.Core.Domain.Findings;
using DasvPipeline.Core.Ingest.Reading.Formats.Xlsx;

namespace DasvPipeline.Core.Ingest.Annotation;

/// <summary>A marked cell with its findings, the most severe first.</summary>
internal sealed record CellMark(int Row, int Column, IReadOnlyList<Finding> Findings)
{
    private const int MaxCommentLength = 2_000;

    public Severity Severity => Findings[0].Severity;

    /// <summary>The text of the comment, with one line for each finding.</summary>
    public string Comment => FindingText.Shorten(
        string.Join('\n', Findings.Select(finding => $"{FindingFormatter.FormatSeverity(finding.Severity)}: {FindingFormatter.Format(finding)}")), MaxCommentLength);
}

/// <summary>The marked cells of one sheet, from top to bottom and from left to right.</summary>
internal sealed class Marks
{
    /// <summary>The maximum number of comments on a sheet, because more make programs slow. Further cells are only coloured.</summary>
    public const int MaxComments = 10_000;

    private readonly int[] columns;

    private Marks(IEnumerable<CellMark> cells)
    {
        Cells = [.. cells.OrderBy(cell => cell.Row).ThenBy(cell => cell.Column)];
        columns = [.. Cells.Select(cell => cell.Column).Distinct().Order()];
    }

    public static Marks None { get; } = new([]);

    public IReadOnlyList<CellMark> Cells { get; }

    public bool HasMarksInColumns(int from, int to)
    {
        var index = Array.BinarySearch(columns, from);
        return index >= 0 || (~index < columns.Length && columns[~index] <= to);
    }

    /// <summary>Returns the marks of each sheet with findings, by sheet name.</summary>
    public static IReadOnlyDictionary<string, Marks> BySheet(IEnumerable<Finding> findings) =>
        FindingFormatter.InOrder(findings)
            .SelectMany(finding => finding.OtherCells.Prepend(finding.Cell ?? default).Select(cell => (Cell: cell, Finding: finding)))
            .Where(item => item.Cell is { Sheet: not null, Row: >= 1 and <= XlsxSheetReader.LastRow, Column: >= 1 and <= XlsxSheetReader.LastColumn })
            .GroupBy(item => item.Cell.Sheet!, StringComparer.Ordinal)
            .ToDictionary(
                sheet => sheet.Key,
                sheet => new Marks(sheet.GroupBy(item => (item.Cell.Row, item.Cell.Column))
                    .Select(cell => new CellMark(cell.Key.Row, cell.Key.Column, [.. cell.Select(item => item.Finding).Distinct()]))),
                StringComparer.Ordinal);
}
