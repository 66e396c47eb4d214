using DasvPipeline.Core.Ingest.Forms;
using DasvPipeline.Core.Publish.Formats;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;

namespace DasvPipeline.Core.Publish.Report.Word;

/// <summary>
/// Writes the annual report as a Word document: the sections in their order, with sentences, tables and charts, and places for what the author
/// adds. Headings, captions and table headings are marked up, so that screen readers and Word's table of contents use them.
/// </summary>
internal static class ReportWordDocument
{
    private const string MainId = "rId1";
    private const string CoreId = "rId2";
    private const string StylesId = "rId1";
    private const string SettingsId = "rId2";
    private const string NumberingId = "rId3";
    private const string HeaderId = "rId4";
    private const string FooterId = "rId5";

    /// <param name="year">The year's document, with the sentences of its headlines.</param>
    public static byte[] Write(ReportDocument content, HeadlinesDocument year)
    {
        using var stream = new MemoryStream();
        using (var file = WordprocessingDocument.Create(stream, WordprocessingDocumentType.Document))
        {
            CoreProperties.Write(file.AddNewPart<CoreFilePropertiesPart>(CoreProperties.ContentType, CoreId), ReportText.CreateTitle(content), content.Publisher);
            var main = file.AddNewPart<MainDocumentPart>("application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml", MainId);
            main.AddNewPart<StyleDefinitionsPart>(StylesId).Styles = DocumentStyles.CreateStyles();
            main.AddNewPart<DocumentSettingsPart>(SettingsId).Settings = DocumentStyles.CreateSettings();
            main.AddNewPart<NumberingDefinitionsPart>(NumberingId).Numbering = DocumentStyles.CreateNumbering();
            main.AddNewPart<HeaderPart>(HeaderId).Header = PageFrame.CreateHeader($"{ReportText.CreateTitle(content)}. {ReportText.DescribeStage(content.Stage)}.");
            main.AddNewPart<FooterPart>(FooterId).Footer = PageFrame.CreateFooter(content.Publisher);
            main.Document = new Document(new Body([.. new ReportBody(content, year, main).CreateAll(), PageFrame.CreateSection(HeaderId, FooterId)]));
        }

        return StablePackage.Normalise(stream);
    }
}
