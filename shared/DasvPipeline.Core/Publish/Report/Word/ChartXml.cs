using System.Globalization;
using System.Xml.Linq;

namespace DasvPipeline.Core.Publish.Report.Word;

/// <summary>Writes the XML of a chart. Its numbers refer to the workbook inside the document, and are stored in the chart as well.</summary>
internal static class ChartXml
{
    private const string PercentUnit = "percent";
    private const int MaxLabels = 16;
    private const string TextSize = "1000";

    private static readonly XNamespace C = "http://schemas.openxmlformats.org/drawingml/2006/chart";
    private static readonly XNamespace A = "http://schemas.openxmlformats.org/drawingml/2006/main";
    private static readonly XNamespace R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

    /// <summary>The colours that the Analysis Function recommends: neighbours differ in brightness too.</summary>
    private static readonly string[] Colours = ["12436D", "28A197", "801650", "F46A25", "3D3D3D", "A285D1"];

    private static readonly string[] Axes = ["1001", "1002"];

    public static XElement Create(ChartData data, string workbook)
    {
        var isBar = data.Kind is "bar" or "stacked";
        var format = data.Unit == PercentUnit ? "0.#\"%\"" : "#,##0";
        var series = data.Series.Select((item, i) => CreateSeries(data, item, i, format));
        var labels = data.Kind != "stacked" && data.Categories.Count * data.Series.Count <= MaxLabels ? CreateLabels(format, data.Kind == "line" ? "t" : "outEnd") : null;
        var axes = Axes.Select(id => Value("axId", id));
        var plot = data.Kind == "line"
            ? new XElement(C + "lineChart", Value("grouping", "standard"), Value("varyColors", "0"), series, labels, Value("marker", "1"), axes)
            : new XElement(
                C + "barChart", Value("barDir", isBar ? "bar" : "col"), Value("grouping", data.Kind == "stacked" ? "stacked" : "clustered"), Value("varyColors", "0"), series, labels,
                Value("gapWidth", "60"), data.Kind == "stacked" ? Value("overlap", "100") : null, axes);
        return new XElement(
            C + "chartSpace",
            new XAttribute(XNamespace.Xmlns + "c", C),
            new XAttribute(XNamespace.Xmlns + "a", A),
            new XAttribute(XNamespace.Xmlns + "r", R),
            Value("roundedCorners", "0"),
            new XElement(
                C + "chart",
                Value("autoTitleDeleted", "1"),
                new XElement(C + "plotArea", new XElement(C + "layout"), plot, CreateCategories(isBar), CreateValues(isBar, format)),
                data.Series.Count > 1 ? new XElement(C + "legend", Value("legendPos", "b"), Value("overlay", "0")) : null,
                Value("plotVisOnly", "1"),
                Value("dispBlanksAs", "gap")),
            new XElement(
                C + "txPr",
                new XElement(A + "bodyPr"),
                new XElement(A + "lstStyle"),
                new XElement(A + "p", new XElement(A + "pPr", new XElement(A + "defRPr", new XAttribute("sz", TextSize), new XElement(A + "latin", new XAttribute("typeface", "Arial")))), new XElement(A + "endParaRPr", new XAttribute("lang", ReportText.Language)))),
            new XElement(C + "externalData", new XAttribute(R + "id", workbook), Value("autoUpdate", "0")));
    }

    private static XElement CreateSeries(ChartData data, ChartSeries series, int index, string format)
    {
        var column = ChartWorkbook.GetColumn(index + 1);
        var number = Text(index);
        var fill = new XElement(A + "solidFill", new XElement(A + "srgbClr", new XAttribute("val", Colours[index % Colours.Length])));
        var isLine = data.Kind == "line";
        return new XElement(
            C + "ser",
            Value("idx", number),
            Value("order", number),
            new XElement(C + "tx", CreateTexts($"{ChartWorkbook.SheetName}!${column}$1", [series.Name])),
            new XElement(C + "spPr", isLine ? new XElement(A + "ln", new XAttribute("w", "28575"), fill) : fill),
            isLine ? new XElement(C + "marker", Value("symbol", index % 2 == 0 ? "circle" : "square"), Value("size", "7"), new XElement(C + "spPr", new XElement(fill))) : Value("invertIfNegative", "0"),
            new XElement(C + "cat", CreateTexts(Range("A", data.Categories.Count), data.Categories)),
            new XElement(C + "val", new XElement(
                C + "numRef",
                new XElement(C + "f", Range(column, data.Categories.Count)),
                new XElement(
                    C + "numCache",
                    new XElement(C + "formatCode", format),
                    Value("ptCount", Text(series.Values.Count)),
                    series.Values.Select((value, i) => value is { } known ? new XElement(C + "pt", new XAttribute("idx", Text(i)), new XElement(C + "v", known.ToString(CultureInfo.InvariantCulture))) : null)))),
            isLine ? Value("smooth", "0") : null);
    }

    private static string Range(string column, int count) => string.Create(CultureInfo.InvariantCulture, $"{ChartWorkbook.SheetName}!${column}$2:${column}${count + 1}");

    private static XElement CreateTexts(string range, IReadOnlyList<string> texts) => new(
        C + "strRef",
        new XElement(C + "f", range),
        new XElement(C + "strCache", Value("ptCount", Text(texts.Count)), texts.Select((text, i) => new XElement(C + "pt", new XAttribute("idx", Text(i)), new XElement(C + "v", text)))));

    private static XElement CreateLabels(string format, string position) => new(
        C + "dLbls",
        new XElement(C + "numFmt", new XAttribute("formatCode", format), new XAttribute("sourceLinked", "0")),
        Value("dLblPos", position),
        Value("showLegendKey", "0"),
        Value("showVal", "1"),
        Value("showCatName", "0"),
        Value("showSerName", "0"),
        Value("showPercent", "0"),
        Value("showBubbleSize", "0"));

    /// <summary>Bars are listed from top to bottom, like the rows of the table.</summary>
    private static XElement CreateCategories(bool isBar) => new(
        C + "catAx",
        Value("axId", Axes[0]),
        new XElement(C + "scaling", Value("orientation", isBar ? "maxMin" : "minMax")),
        Value("delete", "0"),
        Value("axPos", isBar ? "l" : "b"),
        new XElement(C + "numFmt", new XAttribute("formatCode", "General"), new XAttribute("sourceLinked", "0")),
        Value("majorTickMark", "none"),
        Value("minorTickMark", "none"),
        Value("tickLblPos", "low"),
        Value("crossAx", Axes[1]),
        Value("crosses", "autoZero"));

    private static XElement CreateValues(bool isBar, string format) => new(
        C + "valAx",
        Value("axId", Axes[1]),
        new XElement(C + "scaling", Value("orientation", "minMax"), Value("min", "0")),
        Value("delete", "0"),
        Value("axPos", isBar ? "b" : "l"),
        new XElement(C + "majorGridlines", new XElement(C + "spPr", new XElement(A + "ln", new XAttribute("w", "6350"), new XElement(A + "solidFill", new XElement(A + "srgbClr", new XAttribute("val", "BFBFBF")))))),
        new XElement(C + "numFmt", new XAttribute("formatCode", format), new XAttribute("sourceLinked", "0")),
        Value("majorTickMark", "none"),
        Value("minorTickMark", "none"),
        Value("tickLblPos", "nextTo"),
        Value("crossAx", Axes[0]),
        Value("crosses", isBar ? "max" : "autoZero"));

    private static XElement Value(string name, string value) => new(C + name, new XAttribute("val", value));

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
