using System.Globalization;
using System.Xml.Linq;
using DasvPipeline.Core.Domain.Findings;
using DasvPipeline.Core.Ingest.Reading.Formats.Zip;

namespace DasvPipeline.Core.Ingest.Annotation.Xlsx;

/// <summary>
/// The styles of a marked workbook: those of the agency's workbook, those of the findings sheet, and marked variants of
/// styles for marked cells. The number of a style is its index among the cell formats.
/// </summary>
internal sealed class CopiedStyles
{
    /// <summary>The maximum number of nodes. Excel allows 65,490 cell formats, and a return has a few dozen.</summary>
    private const int MaxNodes = 500_000;

    private static readonly XNamespace Main = XlsxVocabulary.Sheet;

    /// <summary>The sections of a style sheet in order (ECMA-376 part 1, 18.8.39).</summary>
    private static readonly string[] Sections = ["numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs", "cellStyles", "colors"];

    private readonly Dictionary<string, XElement> sections;
    private readonly List<XElement> formats;
    private readonly List<XElement> fonts;
    private readonly Dictionary<(int Style, Severity? Mark, bool IsQuoted), int> derived = [];
    private readonly Dictionary<int, int> blackFonts = [];
    private readonly Dictionary<Severity, (int Fill, int Border)> marks;
    private readonly Dictionary<string, int> counts;
    private readonly int originalCount;

    private CopiedStyles(IEnumerable<XElement> copied)
    {
        sections = copied.GroupBy(section => section.Name.LocalName, StringComparer.Ordinal).ToDictionary(section => section.Key, section => section.First(), StringComparer.Ordinal);
        Complete("fonts", new XElement(Main + "font", CreateValue("sz", "11"), CreateValue("name", "Calibri")));
        Complete("fills", new XElement(Main + "fill", new XElement(Main + "patternFill", new XAttribute("patternType", "none"))), new XElement(Main + "fill", new XElement(Main + "patternFill", new XAttribute("patternType", "gray125"))));
        Complete("borders", new XElement(Main + "border"));
        Complete("cellStyleXfs", new XElement(Main + "xf"));
        Complete("cellXfs", new XElement(Main + "xf"));
        formats = [.. sections["cellXfs"].Elements()];
        fonts = [.. sections["fonts"].Elements()];
        originalCount = formats.Count;
        counts = sections.ToDictionary(section => section.Key, section => section.Value.Elements().Count(), StringComparer.Ordinal);
        foreach (var format in formats.Concat(sections["cellStyleXfs"].Elements()))
        {
            Bound(format, "fontId", "fonts");
            Bound(format, "fillId", "fills");
            Bound(format, "borderId", "borders");
            Bound(format, "xfId", "cellStyleXfs");
        }

        marks = MarkStyle.All.ToDictionary(look => look.Key, look => (Add("fills", look.Value.Fill()), Add("borders", look.Value.Border())));
        FindingsStyles = new FindingsStyles(this);
    }

    /// <summary>The styles of the findings sheet.</summary>
    public FindingsStyles FindingsStyles { get; }

    /// <summary>Copies the styles of a workbook. Uses plain ones if it has none, or too many.</summary>
    public static CopiedStyles CopyFrom(Package package, string? part)
    {
        var copied = new List<XElement>();
        var room = new NodeBudget(MaxNodes);
        if (part is not null)
        {
            package.TryRead(part, xml =>
            {
                while (xml.Read())
                {
                    if (xml is { NodeType: System.Xml.XmlNodeType.Element, Depth: 1 } && Sections.Contains(xml.Name)
                        && XlsxVocabulary.Styles.Read(xml, room) is { } section)
                    {
                        copied.Add(section);
                    }
                }
            });
        }

        copied.Elements(Main + "numFmt").Where(format => format.Attribute("numFmtId") is null || format.Attribute("formatCode") is null).Remove();
        return new CopiedStyles(room.IsFull ? [] : copied.Where(section => section.HasElements));
    }

    /// <summary>Creates styles for cells of which only the number format is known.</summary>
    /// <param name="numberFormats">The ids of built-in formats (18.8.30). The index of each is its style number.</param>
    public static CopiedStyles FromNumberFormats(IEnumerable<int> numberFormats) =>
        new([new XElement(Main + "cellXfs", numberFormats.Select(format => new XElement(Main + "xf", new XAttribute("numFmtId", format), new XAttribute("applyNumberFormat", "1"))))]);

    /// <summary>Returns a style number of the agency's workbook, or 0 if there is no such style.</summary>
    public int ToKnownStyle(int style) => style < originalCount ? style : 0;

    /// <summary>Parses a style number of the agency's workbook. Returns 0 if there is no such style.</summary>
    public int ParseStyle(ReadOnlySpan<char> number) => PartReader.TryParseInt(number, out var style) ? ToKnownStyle(style) : 0;

    /// <summary>Returns a variant of a style.</summary>
    /// <param name="isQuoted">True to keep a text that starts like a formula as text.</param>
    public int GetVariant(int style, Severity? mark, bool isQuoted)
    {
        var key = (Style: ToKnownStyle(style), mark, isQuoted);
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
                Set(format, "fontId", "applyFont", BlackVariant(Number(format, "fontId")));
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

    /// <summary>Adds an item to a section.</summary>
    /// <returns>The index of the item within the section.</returns>
    public int Add(string section, XElement item)
    {
        sections[section].Add(item);
        return counts[section]++;
    }

    public (int Fill, int Border) Mark(Severity severity) => marks[severity];

    public XDocument ToXml() => new(new XElement(Main + "styleSheet", Sections.Where(sections.ContainsKey).Select(name => sections[name])));

    public static XElement CreateValue(string name, string value) => new(Main + name, new XAttribute("val", value));

    /// <summary>Returns a black variant of a font, because a white one would be invisible on the colour of a mark.</summary>
    private int BlackVariant(int font)
    {
        if (!blackFonts.TryGetValue(font, out var black))
        {
            var copy = new XElement(fonts[font]);
            copy.Element(Main + "color")?.ReplaceWith(new XElement(Main + "color", new XAttribute("rgb", MarkStyle.TextColour)));
            black = copy.Element(Main + "color") is null ? font : Add("fonts", copy);
            blackFonts.Add(font, black);
        }

        return black;
    }

    private void Complete(string section, params XElement[] required)
    {
        if (!sections.TryGetValue(section, out var known))
        {
            sections.Add(section, known = new XElement(Main + section));
        }

        // The first two fills are reserved for none and gray125 (18.8.21).
        known.Add(required.Skip(known.Elements().Count()));
    }

    private void Bound(XElement format, string attribute, string section)
    {
        if (format.Attribute(attribute) is not null && Number(format, attribute) is var number && (number < 0 || number >= counts[section]))
        {
            format.SetAttributeValue(attribute, "0");
        }
    }

    private static int Number(XElement format, string attribute) =>
        format.Attribute(attribute) is not { } given ? 0 : PartReader.TryParseInt(given.Value, out var number) ? number : -1;

    private static void Set(XElement format, string attribute, string applies, int number)
    {
        format.SetAttributeValue(attribute, number.ToString(CultureInfo.InvariantCulture));
        format.SetAttributeValue(applies, "1");
    }
}
