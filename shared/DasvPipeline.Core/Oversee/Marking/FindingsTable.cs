using System.Globalization;
using DasvPipeline.Core.Model;
using DasvPipeline.Core.Read.Xlsx;

namespace DasvPipeline.Core.Oversee.Marking;

/// <summary>
/// What the first sheet of a marked workbook says, in whatever format: how many findings there are, what kind of copy this is,
/// and every finding in a row, errors first.
/// </summary>
internal static class FindingsTable
{
    public const string Name = "Findings";

    /// <summary>Of a workbook that was copied with its looks.</summary>
    public const string AboutACopy =
        "This is a copy of your workbook as it was read. Each cell named below is coloured and has a comment. The copy holds values in place of formulas, and no links, pictures, charts or comments of yours: correct your own workbook and send that one.";

    /// <summary>The row of the headings; above it stand the title and what kind of copy this is.</summary>
    public const int HeaderRow = 3;

    /// <summary>Excel's own limit is 65,530.</summary>
    public const int MostLinks = 65_000;

    /// <summary>The column, from 1, whose cells lead to the cells of the findings.</summary>
    public const int LinkColumn = 3;

    public const int MessageColumn = 4;

    /// <summary>More lines than these in one cell are not made room for.</summary>
    public const int MostLines = 20;

    private const double LettersPerWidth = 1.1;

    /// <summary>The headings, and how many digits each column is wide.</summary>
    public static readonly (string Heading, double Width)[] Columns = [("Kind", 10), ("Sheet", 22), ("Cell", 9), ("What is wrong", 80), ("Code", 24)];

    public static double Width => Columns.Sum(column => column.Width);

    /// <summary>As many findings as a sheet has rows for.</summary>
    public static IEnumerable<Finding> Listed(IEnumerable<Finding> findings) => FindingWords.InOrder(findings).Take(SheetCells.LastRow - HeaderRow);

    public static string Title(IReadOnlyList<Finding> findings)
    {
        var counts = findings.CountBy(finding => finding.Severity).OrderByDescending(count => count.Key)
            .Select(count => string.Create(CultureInfo.InvariantCulture, $"{count.Value:N0} {Noun(count.Key, count.Value)}"));
        return findings.Count == 0 ? "Nothing was found" : string.Join(", ", counts);
    }

    /// <summary>How many lines a wrapped text takes: programs that open a workbook do not all make room for them.</summary>
    public static int Lines(string text, double width) => (int)Math.Clamp(Math.Ceiling(text.Length / (width * LettersPerWidth)), 1, MostLines);

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
