using System.Globalization;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Wordprocessing;

namespace DasvPipeline.Core.Publish.Report.Word;

/// <summary>Creates paragraphs by their style. No paragraph has formatting of its own.</summary>
internal static class Paragraphs
{
    public static Paragraph Create(string style, string text) => new(new ParagraphProperties(new ParagraphStyleId { Val = style }), CreateRun(text));

    public static Run CreateRun(string text) => new(new Text(text) { Space = SpaceProcessingModeValues.Preserve });

    /// <summary>Creates a heading with a bookmark for the table of contents.</summary>
    public static Paragraph CreateHeading(int level, string text, int number) => new(
        new ParagraphProperties(new ParagraphStyleId { Val = string.Create(CultureInfo.InvariantCulture, $"Heading{level}") }),
        new BookmarkStart { Id = Number(number), Name = GetBookmark(number) },
        CreateRun(text),
        new BookmarkEnd { Id = Number(number) });

    /// <summary>Creates a numbered caption, such as "Table 3: Referrals by area". Word counts it in a list of tables or charts.</summary>
    public static Paragraph CreateCaption(string kind, int number, string text)
    {
        var paragraph = Create("Caption", kind + " ");
        paragraph.Append(CreateField($"SEQ {kind} \\* ARABIC", Number(number)));
        paragraph.Append(CreateRun($": {text}"));
        return paragraph;
    }

    public static SimpleField CreateField(string instruction, string result) => new(CreateRun(result)) { Instruction = $" {instruction} " };

    public static Paragraph CreatePageBreak() => new(new Run(new Break { Type = BreakValues.Page }));

    public static string GetBookmark(int number) => string.Create(CultureInfo.InvariantCulture, $"_Toc{number:00000000}");

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
