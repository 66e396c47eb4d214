using System.Globalization;
using DocumentFormat.OpenXml.Drawing;
using DocumentFormat.OpenXml.Drawing.Wordprocessing;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;
using Paragraph = DocumentFormat.OpenXml.Wordprocessing.Paragraph;
using ParagraphProperties = DocumentFormat.OpenXml.Wordprocessing.ParagraphProperties;
using Run = DocumentFormat.OpenXml.Wordprocessing.Run;

namespace DasvPipeline.Core.Publish.Report.Word;

/// <summary>Adds a chart that people can edit in Word: a chart part, and a workbook with its numbers inside the document.</summary>
internal static class ChartWriter
{
    private const string WorkbookId = "rId1";
    private const string ChartUri = "http://schemas.openxmlformats.org/drawingml/2006/chart";

    // In English Metric Units: 12,700 are a point.
    private const long Width = 6100000;
    private const long MinHeight = 2700000;
    private const long HeightOfBar = 300000;

    /// <returns>The paragraph with the chart.</returns>
    public static Paragraph Add(MainDocumentPart main, ChartData data, int number)
    {
        var id = string.Create(CultureInfo.InvariantCulture, $"chart{number}");
        var part = main.AddNewPart<ChartPart>(id);
        var workbook = part.AddEmbeddedPackagePart(EmbeddedPackagePartType.Xlsx, WorkbookId);
        using (var content = new MemoryStream(ChartWorkbook.Write(data)))
        {
            workbook.FeedData(content);
        }

        using (var stream = part.GetStream(FileMode.Create))
        {
            ChartXml.Create(data, WorkbookId).Save(stream, System.Xml.Linq.SaveOptions.DisableFormatting);
        }

        var height = data.Kind is "bar" or "stacked" ? Math.Max(MinHeight, (2 + data.Categories.Count) * HeightOfBar) : MinHeight;
        var name = string.Create(CultureInfo.InvariantCulture, $"Chart {number}");
        var drawing = new Drawing(new Inline(
            new Extent { Cx = Width, Cy = height },
            new EffectExtent { LeftEdge = 0, TopEdge = 0, RightEdge = 0, BottomEdge = 0 },
            new DocProperties { Id = (uint)number, Name = name, Title = data.Title, Description = data.Description },
            new DocumentFormat.OpenXml.Drawing.Wordprocessing.NonVisualGraphicFrameDrawingProperties(),
            new Graphic(new GraphicData(new DocumentFormat.OpenXml.Drawing.Charts.ChartReference { Id = id }) { Uri = ChartUri }))
        { DistanceFromTop = 0, DistanceFromBottom = 0, DistanceFromLeft = 0, DistanceFromRight = 0 });
        return new Paragraph(new ParagraphProperties(new ParagraphStyleId { Val = "ChartPlace" }), new Run(drawing));
    }
}
