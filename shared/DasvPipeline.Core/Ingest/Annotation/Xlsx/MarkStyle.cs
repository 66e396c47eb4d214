using System.Globalization;
using System.Xml.Linq;
using DasvPipeline.Core.Domain.Findings;

namespace DasvPipeline.Core.Ingest.Annotation.Xlsx;

/// <summary>The style of a mark: a colour, and a border that distinguishes marks without colour.</summary>
internal sealed record MarkStyle(string Colour, string BorderColour, string BorderStyle)
{
    public const string TextColour = Opaque + MarkColour.Text;

    /// <summary>The alpha value of an opaque colour, which precedes its 6 digits.</summary>
    public const string Opaque = "FF";

    private static readonly XNamespace Main = XlsxVocabulary.Sheet;

    public static readonly IReadOnlyDictionary<Severity, MarkStyle> All = new SortedDictionary<Severity, MarkStyle>
    {
        [Severity.Error] = Create(Severity.Error, "thick"),
        [Severity.Query] = Create(Severity.Query, "mediumDashed"),
        [Severity.Note] = Create(Severity.Note, "dotted"),
    };

    public XElement Fill() => Solid(Colour);

    public XElement Border() => new(Main + "border", Side("left"), Side("right"), Side("top"), Side("bottom"));

    public static XElement Solid(string colour) => new(
        Main + "fill",
        new XElement(Main + "patternFill", new XAttribute("patternType", "solid"), new XElement(Main + "fgColor", new XAttribute("rgb", colour)), new XElement(Main + "bgColor", new XAttribute("indexed", "64"))));

    private static MarkStyle Create(Severity severity, string frame) => new(Opaque + MarkColour.GetColour(severity).Background, Opaque + MarkColour.GetColour(severity).Border, frame);

    private XElement Side(string side) => new(Main + side, new XAttribute("style", BorderStyle), new XElement(Main + "color", new XAttribute("rgb", BorderColour)));
}

/// <summary>The styles of the findings sheet.</summary>
internal sealed class FindingsStyles
{
    private const string HeadingColour = MarkStyle.Opaque + MarkColour.Heading;
    private const string LinkColour = MarkStyle.Opaque + MarkColour.Link;

    private static readonly XNamespace Main = XlsxVocabulary.Sheet;

    private readonly CopiedStyles styles;
    private readonly Dictionary<Severity, int> severities;

    public FindingsStyles(CopiedStyles styles)
    {
        this.styles = styles;
        var plain = Font(11);
        var bold = Font(11, isBold: true);
        var heading = styles.Add("fills", MarkStyle.Solid(HeadingColour));
        var link = Font(11, colour: LinkColour, isUnderlined: true);
        Text = Format(plain, 0, 0);
        Title = Format(Font(16, isBold: true), 0, 0, isWrapped: false);
        Heading = Format(bold, heading, 0);
        Link = Format(link, 0, 0);
        severities = MarkStyle.All.Keys.ToDictionary(severity => severity, severity => Format(bold, styles.Mark(severity).Fill, styles.Mark(severity).Border));
    }

    public int Text { get; }

    public int Title { get; }

    public int Heading { get; }

    public int Link { get; }

    public int GetStyle(Severity severity) => severities[severity];

    private int Font(int size, bool isBold = false, bool isUnderlined = false, string colour = MarkStyle.TextColour) => styles.Add("fonts", new XElement(
        Main + "font",
        isBold ? new XElement(Main + "b") : null,
        isUnderlined ? new XElement(Main + "u") : null,
        CopiedStyles.CreateValue("sz", size.ToString(CultureInfo.InvariantCulture)),
        new XElement(Main + "color", new XAttribute("rgb", colour)),
        CopiedStyles.CreateValue("name", "Arial")));

    private int Format(int font, int fill, int border, bool isWrapped = true) => styles.AddFormat(new XElement(
        Main + "xf",
        new XAttribute("numFmtId", "0"),
        new XAttribute("fontId", font),
        new XAttribute("fillId", fill),
        new XAttribute("borderId", border),
        new XAttribute("xfId", "0"),
        new XAttribute("applyFont", "1"),
        new XAttribute("applyFill", "1"),
        new XAttribute("applyBorder", "1"),
        new XAttribute("applyAlignment", "1"),
        new XElement(Main + "alignment", new XAttribute("vertical", "top"), new XAttribute("wrapText", isWrapped ? "1" : "0"))));
}
