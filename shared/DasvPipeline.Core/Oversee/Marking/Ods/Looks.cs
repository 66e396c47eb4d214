using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;
using DasvPipeline.Core.Model;
using DasvPipeline.Core.Read;
using DasvPipeline.Core.Read.Ods;
using DasvPipeline.Core.Read.Zip;

namespace DasvPipeline.Core.Oversee.Marking.Ods;

/// <summary>
/// How sheets, columns, rows and cells look: the styles that the agency's spreadsheet has, and for each style in which a cell
/// is marked another like it with the mark.
/// </summary>
internal sealed partial class Looks
{
    private const int MostHeld = 500_000;
    private const string Cells = "table-cell";

    /// <summary>What the styles of a spreadsheet may be of; those of drawings are not.</summary>
    private static readonly string[] Families = ["table", "table-column", "table-row", Cells, "text"];

    /// <summary>The parts of <c>styles.xml</c>, in its order.</summary>
    private static readonly string[] CommonParts = ["font-face-decls", "styles", "automatic-styles", "master-styles"];

    private static readonly XName Name = Vocabulary.Style + "name";
    private static readonly XName Family = Vocabulary.Style + "family";

    private readonly Room room = new(MostHeld);
    private readonly IReadOnlyList<XElement> common = [.. CommonParts.Select(part => new XElement(Vocabulary.Office + part))];
    private readonly List<XElement> fonts = [];
    private readonly List<XElement> automatic = [];
    private readonly Dictionary<(string Family, string Name), XElement> byName = [];
    private readonly HashSet<string> taken = new(StringComparer.Ordinal);
    private readonly Dictionary<(string? Style, Severity Mark), string> marked = [];
    private readonly Dictionary<string, string> shown = new(StringComparer.Ordinal);
    private int made;

    /// <summary>What <c>styles.xml</c> is made of.</summary>
    public IEnumerable<XElement> CommonStyles => common;

    /// <summary>Reads <c>styles.xml</c>, whose styles the automatic ones are derived from.</summary>
    public void ReadCommon(PartReader xml)
    {
        while (xml.Read())
        {
            if (xml is { NodeType: XmlNodeType.Element, Depth: 1 } && Read(xml) is { } part)
            {
                Common(part.Name.LocalName).Add(part.Elements());
            }
        }
    }

    /// <summary>Reads the fonts or the automatic styles of <c>content.xml</c>, on which the reader stands.</summary>
    public void ReadAutomatic(PartReader xml)
    {
        var into = xml.Name == "automatic-styles" ? automatic : fonts;
        if (Read(xml) is { } part)
        {
            foreach (var style in part.Elements())
            {
                into.Add(style);
                byName[(style.Attribute(Family)?.Value ?? string.Empty, NameOf(style))] = style;
            }
        }
    }

    /// <summary>A style like that of a cell, with the mark.</summary>
    public string Marked(string? style, Severity severity)
    {
        if (!marked.TryGetValue((style, severity), out var name))
        {
            var look = Like(Cells, style);
            MarkLook.Mark(look, severity);
            name = Add(look);
            marked.Add((style, severity), name);
        }

        return name;
    }

    /// <summary>The style of a sheet, or one like it that does not hide the sheet.</summary>
    public string? Shown(string? sheetStyle)
    {
        var display = Vocabulary.Table + "display";
        if (sheetStyle is null || byName.GetValueOrDefault(("table", sheetStyle)) is not { } look || look.Elements().Attributes(display).All(attribute => attribute.Value != "false"))
        {
            return sheetStyle;
        }

        if (!shown.TryGetValue(sheetStyle, out var name))
        {
            var open = Like("table", sheetStyle);
            open.Elements().Attributes(display).Remove();
            name = Add(open);
            shown.Add(sheetStyle, name);
        }

        return name;
    }

    /// <summary>Whether rows or columns of this style are nothing high or wide.</summary>
    public bool Hides(string family, string? style) => style is not null && byName.GetValueOrDefault((family, style)) is { } look
        && look.Elements().Attributes().Any(size => size.Name.LocalName is "row-height" or "column-width" && OdsStyles.IsZero(size.Value));

    /// <summary>A style of our own.</summary>
    /// <returns>The name that it gets.</returns>
    public string Add(string family, params object[] content) => Add(new XElement(Vocabulary.Style + "style", new XAttribute(Family, family), content));

    /// <summary>A page of our own, without header and footer.</summary>
    /// <returns>The name by which a sheet's style refers to it.</returns>
    public string AddPage(XElement properties)
    {
        var (layout, page) = (FreeName(), FreeName());
        Common("automatic-styles").Add(new XElement(Vocabulary.Style + "page-layout", new XAttribute(Name, layout), properties));
        Common("master-styles").Add(new XElement(Vocabulary.Style + "master-page", new XAttribute(Name, page), new XAttribute(Vocabulary.Style + "page-layout-name", layout)));
        return page;
    }

    public void WriteAutomatic(XmlWriter xml)
    {
        WriteAll(xml, "font-face-decls", fonts);
        WriteAll(xml, "automatic-styles", automatic);
    }

    /// <summary>Styles that are not there in full would be other looks than the agency's.</summary>
    private XElement? Read(PartReader xml)
    {
        var part = Vocabulary.Styles.Read(xml, room);
        if (room.IsFull)
        {
            throw new Refusal(FileFinding.Damaged("a part of it is not laid out as a workbook is"));
        }

        part?.Elements().Where(style => style.Attribute(Family) is { } family && !Families.Contains(family.Value)).Remove();
        part?.Descendants(Vocabulary.Style + "map").Where(map => !Comparison().IsMatch(map.Attribute(Vocabulary.Style + "condition")?.Value ?? string.Empty)).Remove();
        taken.UnionWith(part?.Elements().Select(NameOf) ?? []);
        return part;
    }

    private XElement Like(string family, string? style)
    {
        if (style is not null && byName.TryGetValue((family, style), out var automatic))
        {
            return new XElement(automatic);
        }

        // One of the common styles, or the one that cells have of which nothing is said.
        var parent = style ?? (taken.Contains("Default") ? "Default" : null);
        return new XElement(Vocabulary.Style + "style", new XAttribute(Family, family), parent is null ? null : new XAttribute(Vocabulary.Style + "parent-style-name", parent));
    }

    private string Add(XElement style)
    {
        var name = FreeName();
        style.SetAttributeValue(Name, name);
        automatic.Add(style);
        return name;
    }

    private string FreeName()
    {
        string name;
        do
        {
            name = string.Create(CultureInfo.InvariantCulture, $"marked{++made}");
        }
        while (!taken.Add(name));

        return name;
    }

    private XElement Common(string part) => common[Array.IndexOf(CommonParts, part)];

    private static string NameOf(XElement style) => style.Attribute(Name)?.Value ?? string.Empty;

    private static void WriteAll(XmlWriter xml, string name, List<XElement> children)
    {
        xml.WriteStartElement(name, OdsNames.Office);
        children.ForEach(child => child.WriteTo(xml));
        xml.WriteEndElement();
    }

    /// <summary>What a format may depend on is the number that it shows.</summary>
    [GeneratedRegex(@"^value\(\)(<|>|<=|>=|=|!=)-?[0-9]+(\.[0-9]+)?$")]
    private static partial Regex Comparison();
}
