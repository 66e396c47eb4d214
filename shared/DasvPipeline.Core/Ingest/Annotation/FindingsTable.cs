using System.Globalization;
using DasvPipeline.Core.Domain.Findings;
using DasvPipeline.Core.Ingest.Reading.Formats.Xlsx;

namespace DasvPipeline.Core.Ingest.Annotation;

/// <summary>
/// The content of the first sheet of a marked workbook, for all formats: the number of findings, an explanation of the copy,
/// and one row for each finding, errors first.
/// </summary>
internal static class FindingsTable
{
    public const string Name = "Findings";

    /// <summary>Explains a copy that has the agency's styles.</summary>
    public const string CopyExplanation =
        "This is a copy of your workbook as we read it. Each cell listed below is coloured and has a comment. The copy has values instead of formulas. It does not have your links, pictures, charts or comments. Correct your own workbook and send that.";

    /// <summary>The row of the headings. The title and the explanation are above it.</summary>
    public const int HeaderRow = 3;

    /// <summary>Excel's own limit is 65,530.</summary>
    public const int MaxLinks = 65_000;

    /// <summary>The column with links to the cells, counted from 1.</summary>
    public const int LinkColumn = 3;

    public const int FigureColumn = 4;

    public const int MessageColumn = 5;

    /// <summary>The maximum number of lines for which a row is made higher.</summary>
    public const int MaxLines = 20;

    private const double LettersPerWidth = 1.1;

    /// <summary>The headings, and the width of each column in digits.</summary>
    public static readonly (string Heading, double Width)[] Columns = [("Kind", 10), ("Sheet", 22), ("Cell", 14), ("Figure", 36), ("What is wrong", 80), ("Code", 24)];

    public static double Width => Columns.Sum(column => column.Width);

    /// <summary>Returns as many findings as a sheet has rows.</summary>
    public static IEnumerable<Finding> Listed(IEnumerable<Finding> findings) => FindingFormatter.InOrder(findings).Take(XlsxSheetReader.LastRow - HeaderRow);

    public static string Title(IReadOnlyList<Finding> findings)
    {
        var counts = findings.CountBy(finding => finding.Severity).OrderByDescending(count => count.Key)
            .Select(count => string.Create(CultureInfo.InvariantCulture, $"{count.Value:N0} {Noun(count.Key, count.Value)}"));
        return findings.Count == 0 ? "No findings" : string.Join(", ", counts);
    }

    /// <summary>Returns the number of lines of a wrapped text. Some programs do not adapt the row height themselves.</summary>
    public static int CountLines(string text, double width) => (int)Math.Clamp(Math.Ceiling(text.Length / (width * LettersPerWidth)), 1, MaxLines);

    private static string Noun(Severity severity, int count) => (severity, count) switch
    {
        (Severity.Error, 1) => "error",
        (Severity.Error, _) => "errors",
        (Severity.Query, 1) => "query",
        (Severity.Query, _) => "queries",
        (_, 1) => "note",
        _ => "notes",
    };
}
