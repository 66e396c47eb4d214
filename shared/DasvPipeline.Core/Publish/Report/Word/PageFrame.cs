using DocumentFormat.OpenXml.Wordprocessing;

namespace DasvPipeline.Core.Publish.Report.Word;

/// <summary>The header and footer of each page, and the size of the paper.</summary>
internal static class PageFrame
{
    // In twentieths of a point.
    private const uint A4Width = 11906;
    private const uint A4Height = 16838;
    private const int Margin = 1134;

    /// <summary>The width of the text, in twentieths of a point.</summary>
    public const int TextWidth = (int)A4Width - (2 * Margin);

    /// <summary>The header repeats on every page whether the figures can change.</summary>
    public static Header CreateHeader(string text) => new(Paragraphs.Create("Header", text));

    public static Footer CreateFooter(string publisher)
    {
        var paragraph = Paragraphs.Create("Footer", publisher + ". Page ");
        paragraph.Append(Paragraphs.CreateField("PAGE", "1"));
        return new Footer(paragraph);
    }

    public static SectionProperties CreateSection(string header, string footer) => new(
        new HeaderReference { Type = HeaderFooterValues.Default, Id = header },
        new FooterReference { Type = HeaderFooterValues.Default, Id = footer },
        new PageSize { Width = A4Width, Height = A4Height },
        new PageMargin { Top = Margin, Bottom = Margin, Left = Margin, Right = Margin, Header = 567, Footer = 567, Gutter = 0 });
}
