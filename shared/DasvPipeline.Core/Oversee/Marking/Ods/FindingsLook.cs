using System.Globalization;
using System.Xml.Linq;
using DasvPipeline.Core.Model;

namespace DasvPipeline.Core.Oversee.Marking.Ods;

/// <summary>The styles of the sheet of findings.</summary>
internal sealed class FindingsLook
{
    private const double PointsALine = 15;
    private const double PointsADigit = 5.6;

    private readonly Looks looks;
    private readonly Dictionary<Severity, string> severities = [];
    private readonly Dictionary<int, string> rows = [];

    public FindingsLook(Looks looks)
    {
        this.looks = looks;
        Sheet = looks.Add("table", new XAttribute(Vocabulary.Style + "master-page-name", looks.AddPage(Page())));
        Text = Cell(Letters());
        Title = Cell(Letters(size: 16, isBold: true), wraps: false);
        Heading = Cell(Letters(isBold: true), Ground(MarkColour.Heading));
        Link = Cell(Letters(colour: MarkColour.Link, isUnderlined: true));
        foreach (var severity in Enum.GetValues<Severity>())
        {
            severities.Add(severity, Cell(Letters(isBold: true), Ground(MarkColour.Of(severity).Ground), MarkLook.Frame(severity)));
        }

        Columns = [.. FindingsTable.Columns.Select(column => looks.Add(
            "table-column", new XElement(Vocabulary.Style + "table-column-properties", new XAttribute(Vocabulary.Style + "column-width", Points(column.Width * PointsADigit)))))];
    }

    public string Sheet { get; }

    public string Text { get; }

    public string Title { get; }

    public string Heading { get; }

    public string Link { get; }

    public IReadOnlyList<string> Columns { get; }

    public string Of(Severity severity) => severities[severity];

    /// <summary>Of a row that has room for so many lines.</summary>
    public string RowOf(int lines)
    {
        if (!rows.TryGetValue(lines, out var name))
        {
            name = looks.Add("table-row", new XElement(
                Vocabulary.Style + "table-row-properties",
                new XAttribute(Vocabulary.Style + "row-height", Points(lines * PointsALine)),
                new XAttribute(Vocabulary.Style + "use-optimal-row-height", "false")));
            rows.Add(lines, name);
        }

        return name;
    }

    /// <summary>A4 on its side, as wide as the sheet and as many as it takes.</summary>
    private static XElement Page() => new(
        Vocabulary.Style + "page-layout-properties",
        new XAttribute(Vocabulary.Format + "page-width", "29.7cm"),
        new XAttribute(Vocabulary.Format + "page-height", "21cm"),
        new XAttribute(Vocabulary.Format + "margin", "2cm"),
        new XAttribute(Vocabulary.Style + "print-orientation", "landscape"),
        new XAttribute(Vocabulary.Style + "scale-to-X", "1"),
        new XAttribute(Vocabulary.Style + "scale-to-Y", "0"));

    private string Cell(XElement letters, XAttribute? ground = null, XAttribute? frame = null) => Cell(letters, wraps: true, ground, frame);

    private string Cell(XElement letters, bool wraps, XAttribute? ground = null, XAttribute? frame = null) => looks.Add(
        "table-cell",
        new XElement(
            Vocabulary.Style + "table-cell-properties",
            new XAttribute(Vocabulary.Style + "vertical-align", "top"),
            new XAttribute(Vocabulary.Format + "wrap-option", wraps ? "wrap" : "no-wrap"),
            ground,
            frame),
        letters);

    private static XElement Letters(int size = 11, bool isBold = false, bool isUnderlined = false, string colour = MarkColour.Ink) => new(
        Vocabulary.Style + "text-properties",
        new XAttribute(Vocabulary.Format + "font-family", "Arial"),
        new XAttribute(Vocabulary.Format + "font-size", Points(size)),
        new XAttribute(Vocabulary.Format + "color", MarkLook.Colour(colour)),
        isBold ? new XAttribute(Vocabulary.Format + "font-weight", "bold") : null,
        isUnderlined ? new XAttribute(Vocabulary.Style + "text-underline-style", "solid") : null);

    private static XAttribute Ground(string colour) => new(Vocabulary.Format + "background-color", MarkLook.Colour(colour));

    private static string Points(double points) => points.ToString(CultureInfo.InvariantCulture) + "pt";
}
