using System.Globalization;
using System.Xml;
using System.Xml.Linq;
using DasvPipeline.Core.Model;
using DasvPipeline.Core.Read.Ods;

namespace DasvPipeline.Core.Oversee.Marking.Ods;

/// <summary>The first sheet: every finding in a row, errors first, each with a link to its cell.</summary>
/// <param name="sheets">The names that the sheets have in the copy, by those they had.</param>
internal sealed class FindingsSheet(FindingsLook look, IReadOnlyDictionary<string, string> sheets, XmlWriter to)
{
    private int links;

    public void Write(string name, IReadOnlyList<Finding> findings)
    {
        to.WriteStartElement("table", OdsNames.Table);
        Vocabulary.WritePrefixes(to);
        to.WriteAttributeString("name", OdsNames.Table, name);
        foreach (var column in look.Columns)
        {
            to.WriteStartElement("table-column", OdsNames.Table);
            to.WriteAttributeString("style-name", OdsNames.Table, column);
            to.WriteEndElement();
        }

        WriteAcross(look.Title, FindingsTable.Title(findings), lines: 2);
        WriteAcross(look.Text, FindingsTable.AboutACopy, FindingsTable.Lines(FindingsTable.AboutACopy, FindingsTable.Width));
        StartRow(1);
        foreach (var (heading, _) in FindingsTable.Columns)
        {
            WriteCell(look.Heading, heading);
        }

        to.WriteEndElement();
        foreach (var finding in FindingsTable.Listed(findings))
        {
            WriteFinding(finding);
        }

        to.WriteEndElement();
    }

    private void WriteFinding(Finding finding)
    {
        var text = FindingWords.Of(finding);
        var sheet = finding.Cell?.Sheet is { } named ? sheets.GetValueOrDefault(named) : null;
        StartRow(FindingsTable.Lines(text, FindingsTable.Columns[FindingsTable.MessageColumn - 1].Width));
        WriteCell(look.Of(finding.Severity), FindingWords.Word(finding.Severity));
        WriteCell(look.Text, FindingWords.Plain(sheet ?? finding.Cell?.Sheet));
        if (sheet is not null && links++ < FindingsTable.MostLinks)
        {
            WriteLink(finding.Cell!.Value.Address, sheet);
        }
        else
        {
            WriteCell(look.Text, finding.Cell?.Address ?? string.Empty);
        }

        WriteCell(look.Text, text);
        WriteCell(look.Text, finding.Code);
        to.WriteEndElement();
    }

    /// <summary>One line over the whole width.</summary>
    private void WriteAcross(string style, string text, int lines)
    {
        StartRow(lines);
        StartCell(style);
        to.WriteAttributeString("number-columns-spanned", OdsNames.Table, Invariant(FindingsTable.Columns.Length));
        to.WriteAttributeString("number-rows-spanned", OdsNames.Table, "1");
        Paragraphs.Write(to, text);
        to.WriteEndElement();
        to.WriteStartElement("covered-table-cell", OdsNames.Table);
        to.WriteAttributeString("number-columns-repeated", OdsNames.Table, Invariant(FindingsTable.Columns.Length - 1));
        to.WriteEndElement();
        to.WriteEndElement();
    }

    private void StartRow(int lines)
    {
        to.WriteStartElement("table-row", OdsNames.Table);
        to.WriteAttributeString("style-name", OdsNames.Table, look.RowOf(lines));
    }

    private void StartCell(string style)
    {
        to.WriteStartElement("table-cell", OdsNames.Table);
        to.WriteAttributeString("style-name", OdsNames.Table, style);
        to.WriteAttributeString("value-type", OdsNames.Office, "string");
    }

    private void WriteCell(string style, string text)
    {
        StartCell(style);
        Paragraphs.Write(to, text);
        to.WriteEndElement();
    }

    /// <summary>A link within the copy, which is the only kind there is in it.</summary>
    private void WriteLink(string address, string sheet)
    {
        StartCell(look.Link);
        to.WriteStartElement("p", OdsNames.Text);
        to.WriteStartElement("a", OdsNames.Text);
        to.WriteAttributeString("href", Vocabulary.XLink, $"#{Quoted(sheet)}.{address}");
        to.WriteAttributeString("type", Vocabulary.XLink, "simple");
        to.WriteString(address);
        to.WriteEndElement();
        to.WriteEndElement();
        to.WriteEndElement();
    }

    /// <summary>In quotation marks unless it is a plain word, in which none of its letters can be taken for anything else.</summary>
    private static string Quoted(string sheet) => sheet.All(char.IsAsciiLetter) ? sheet : $"'{sheet.Replace("'", "''", StringComparison.Ordinal)}'";

    private static string Invariant(int number) => number.ToString(CultureInfo.InvariantCulture);
}

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
