using System.Globalization;
using System.Xml.Linq;
using DasvPipeline.Core.Model;
using DasvPipeline.Core.Read.Zip;

namespace DasvPipeline.Core.Oversee.Marking.Xlsx;

/// <summary>
/// How cells look: the styles that the agency's workbook has, those of the sheet of findings, and for each style in which
/// a cell is marked another like it with the mark. A style's number is its place among the cell formats.
/// </summary>
internal sealed class StyleBook
{
    /// <summary>Excel itself has at most 65,490 cell formats, and a return a few dozen.</summary>
    private const int MostHeld = 500_000;

    private static readonly XNamespace Main = Vocabulary.Sheet;

    /// <summary>The order that a style sheet has (ECMA-376 part 1, 18.8.39).</summary>
    private static readonly string[] Sections = ["numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs", "cellStyles", "colors"];

    private readonly Dictionary<string, XElement> sections;
    private readonly List<XElement> formats;
    private readonly List<XElement> fonts;
    private readonly Dictionary<(int Style, Severity? Mark, bool IsQuoted), int> derived = [];
    private readonly Dictionary<int, int> blackFonts = [];
    private readonly Dictionary<Severity, (int Fill, int Border)> marks;
    private readonly Dictionary<string, int> counts;
    private readonly int given;

    private StyleBook(IEnumerable<XElement> carried)
    {
        sections = carried.GroupBy(section => section.Name.LocalName, StringComparer.Ordinal).ToDictionary(section => section.Key, section => section.First(), StringComparer.Ordinal);
        Complete("fonts", new XElement(Main + "font", Valued("sz", "11"), Valued("name", "Calibri")));
        Complete("fills", new XElement(Main + "fill", new XElement(Main + "patternFill", new XAttribute("patternType", "none"))), new XElement(Main + "fill", new XElement(Main + "patternFill", new XAttribute("patternType", "gray125"))));
        Complete("borders", new XElement(Main + "border"));
        Complete("cellStyleXfs", new XElement(Main + "xf"));
        Complete("cellXfs", new XElement(Main + "xf"));
        formats = [.. sections["cellXfs"].Elements()];
        fonts = [.. sections["fonts"].Elements()];
        given = formats.Count;
        counts = sections.ToDictionary(section => section.Key, section => section.Value.Elements().Count(), StringComparer.Ordinal);
        foreach (var format in formats.Concat(sections["cellStyleXfs"].Elements()))
        {
            Bound(format, "fontId", "fonts");
            Bound(format, "fillId", "fills");
            Bound(format, "borderId", "borders");
            Bound(format, "xfId", "cellStyleXfs");
        }

        marks = MarkLook.All.ToDictionary(look => look.Key, look => (Add("fills", look.Value.Fill()), Add("borders", look.Value.Border())));
        Own = new FindingsLook(this);
    }

    /// <summary>The styles of the sheet of findings.</summary>
    public FindingsLook Own { get; }

    /// <summary>The styles of a workbook; plain ones where it has none, or more than a workbook can have.</summary>
    public static StyleBook Carry(Package package, string? part)
    {
        var carried = new List<XElement>();
        var room = new Room(MostHeld);
        if (part is not null)
        {
            package.TryRead(part, xml =>
            {
                while (xml.Read())
                {
                    if (xml is { NodeType: System.Xml.XmlNodeType.Element, Depth: 1 } && Sections.Contains(xml.Name)
                        && Vocabulary.Styles.Read(xml, room) is { } section)
                    {
                        carried.Add(section);
                    }
                }
            });
        }

        carried.Elements(Main + "numFmt").Where(format => format.Attribute("numFmtId") is null || format.Attribute("formatCode") is null).Remove();
        return new StyleBook(room.IsFull ? [] : carried.Where(section => section.HasElements));
    }

    /// <summary>Styles for cells that were read and nothing is known of but their number format.</summary>
    /// <param name="numberFormats">Built-in ones (18.8.30); each has the style of its place.</param>
    public static StyleBook OfNumberFormats(IEnumerable<int> numberFormats) =>
        new([new XElement(Main + "cellXfs", numberFormats.Select(format => new XElement(Main + "xf", new XAttribute("numFmtId", format), new XAttribute("applyNumberFormat", "1"))))]);

    /// <summary>A style as it was given; the plain one where there is no such style.</summary>
    public int Plain(int style) => style < given ? style : 0;

    /// <summary>The style of a number as it is written in a sheet.</summary>
    public int PlainOf(ReadOnlySpan<char> number) => PartReader.TryInt(number, out var style) ? Plain(style) : 0;

    /// <summary>A style like another one.</summary>
    /// <param name="isQuoted">Whether what is typed stays a text, though it begins like a formula.</param>
    public int Like(int style, Severity? mark, bool isQuoted)
    {
        var key = (Style: Plain(style), mark, isQuoted);
        if (mark is null && !isQuoted)
        {
            return key.Style;
        }

        if (!derived.TryGetValue(key, out var number))
        {
            var format = new XElement(formats[key.Style]);
            if (isQuoted)
            {
                format.SetAttributeValue("quotePrefix", "1");
            }

            if (mark is { } severity)
            {
                Set(format, "fillId", "applyFill", marks[severity].Fill);
                Set(format, "borderId", "applyBorder", marks[severity].Border);
                Set(format, "fontId", "applyFont", Black(Number(format, "fontId")));
            }

            number = AddFormat(format);
            derived.Add(key, number);
        }

        return number;
    }

    public int AddFormat(XElement format)
    {
        formats.Add(format);
        return Add("cellXfs", format);
    }

    /// <returns>Its number within the section.</returns>
    public int Add(string section, XElement item)
    {
        sections[section].Add(item);
        return counts[section]++;
    }

    public (int Fill, int Border) Mark(Severity severity) => marks[severity];

    public XDocument ToXml() => new(new XElement(Main + "styleSheet", Sections.Where(sections.ContainsKey).Select(name => sections[name])));

    public static XElement Valued(string name, string value) => new(Main + name, new XAttribute("val", value));

    /// <summary>White letters on a dark ground would vanish on the colour of a mark.</summary>
    private int Black(int font)
    {
        if (!blackFonts.TryGetValue(font, out var black))
        {
            var copy = new XElement(fonts[font]);
            copy.Element(Main + "color")?.ReplaceWith(new XElement(Main + "color", new XAttribute("rgb", MarkLook.Ink)));
            black = copy.Element(Main + "color") is null ? font : Add("fonts", copy);
            blackFonts.Add(font, black);
        }

        return black;
    }

    private void Complete(string section, params XElement[] least)
    {
        if (!sections.TryGetValue(section, out var known))
        {
            sections.Add(section, known = new XElement(Main + section));
        }

        // The first two fills are kept for none and gray125 (18.8.21).
        known.Add(least.Skip(known.Elements().Count()));
    }

    private void Bound(XElement format, string attribute, string section)
    {
        if (format.Attribute(attribute) is not null && Number(format, attribute) is var number && (number < 0 || number >= counts[section]))
        {
            format.SetAttributeValue(attribute, "0");
        }
    }

    private static int Number(XElement format, string attribute) =>
        format.Attribute(attribute) is not { } given ? 0 : PartReader.TryInt(given.Value, out var number) ? number : -1;

    private static void Set(XElement format, string attribute, string applies, int number)
    {
        format.SetAttributeValue(attribute, number.ToString(CultureInfo.InvariantCulture));
        format.SetAttributeValue(applies, "1");
    }
}
