using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Wordprocessing;

namespace DasvPipeline.Core.Publish.Report.Word;

/// <summary>The table of contents. It has links to the headings. Word adds the page numbers, which depend on what the author adds.</summary>
internal static class ContentsTable
{
    private const int Levels = 3;
    private const string Instruction = " TOC \\o \"1-3\" \\h \\z \\u ";

    /// <param name="headings">The headings in their order, each with the number of its bookmark.</param>
    public static SdtBlock Create(IReadOnlyList<(int Level, string Text, int Bookmark)> headings)
    {
        var listed = headings.Where(heading => heading.Level <= Levels).ToList();
        var entries = listed.Select(heading => new Paragraph(
            new ParagraphProperties(new ParagraphStyleId { Val = $"TOC{heading.Level}" }),
            new Hyperlink(Paragraphs.CreateRun(heading.Text)) { Anchor = Paragraphs.GetBookmark(heading.Bookmark), History = true })).ToList();
        var start = entries[0].GetFirstChild<ParagraphProperties>()!;
        OpenXmlElement previous = start;
        foreach (var run in new[]
        {
            new Run(new FieldChar { FieldCharType = FieldCharValues.Begin, Dirty = true }),
            new Run(new FieldCode(Instruction) { Space = SpaceProcessingModeValues.Preserve }),
            new Run(new FieldChar { FieldCharType = FieldCharValues.Separate }),
        })
        {
            previous = previous.InsertAfterSelf(run);
        }

        entries[^1].Append(new Run(new FieldChar { FieldCharType = FieldCharValues.End }));
        return new SdtBlock(
            new SdtProperties(new SdtContentDocPartObject(new DocPartGallery { Val = "Table of Contents" }, new DocPartUnique())),
            new SdtContentBlock([Paragraphs.Create("TOCHeading", ReportText.TableOfContents), .. entries]));
    }
}
