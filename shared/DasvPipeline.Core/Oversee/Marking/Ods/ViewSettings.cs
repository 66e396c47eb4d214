using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml;
using DasvPipeline.Core.Read;
using DasvPipeline.Core.Read.Ods;
using DasvPipeline.Core.Read.Zip;

namespace DasvPipeline.Core.Oversee.Marking.Ods;

/// <summary>What stays in sight of a sheet when it is scrolled, and how large it is shown: of all that <c>settings.xml</c> says, this alone is taken over.</summary>
internal sealed partial class ViewSettings
{
    private const string Short = "short";
    private const string Whole = "int";
    private const string Truth = "boolean";

    private static readonly Dictionary<string, string> Known = new(StringComparer.Ordinal)
    {
        ["HorizontalSplitMode"] = Short,
        ["VerticalSplitMode"] = Short,
        ["HorizontalSplitPosition"] = Whole,
        ["VerticalSplitPosition"] = Whole,
        ["ActiveSplitRange"] = Short,
        ["PositionRight"] = Whole,
        ["PositionBottom"] = Whole,
        ["ZoomType"] = Short,
        ["ZoomValue"] = Whole,
        ["ShowGrid"] = Truth,
    };

    /// <summary>The row of headings stays in sight.</summary>
    private static readonly SortedDictionary<string, string> OfFindings = new(StringComparer.Ordinal)
    {
        ["ActiveSplitRange"] = "2",
        ["PositionBottom"] = FindingsTable.HeaderRow.ToString(CultureInfo.InvariantCulture),
        ["VerticalSplitMode"] = "2",
        ["VerticalSplitPosition"] = FindingsTable.HeaderRow.ToString(CultureInfo.InvariantCulture),
    };

    private readonly Dictionary<string, SortedDictionary<string, string>> sheets = new(StringComparer.Ordinal);

    public void Read(PartReader xml)
    {
        var tables = int.MaxValue;
        SortedDictionary<string, string>? sheet = null;
        while (xml.Read())
        {
            tables = xml.Depth <= tables && xml.NodeType == XmlNodeType.EndElement ? int.MaxValue : tables;
            if (xml.NodeType != XmlNodeType.Element || xml.Attribute("name", Vocabulary.Config) is not { } name)
            {
                continue;
            }

            if (xml.Name == "config-item-map-named" && name == "Tables")
            {
                tables = xml.Depth;
            }
            else if (xml.Name == "config-item-map-entry" && xml.Depth == tables + 1 && sheets.Count < ReadLimits.Default.Sheets)
            {
                sheets[name] = sheet = new SortedDictionary<string, string>(StringComparer.Ordinal);
            }
            else if (xml.Name == "config-item" && xml.Depth == tables + 2 && Known.ContainsKey(name) && ValueOf(xml) is { } value)
            {
                sheet?.TryAdd(name, value);
            }
        }
    }

    /// <param name="names">The names of the sheets in the copy, by those they had.</param>
    public void Write(XmlWriter xml, string findings, IReadOnlyDictionary<string, string> names)
    {
        xml.WriteStartElement("office", "document-settings", OdsNames.Office);
        xml.WriteAttributeString("xmlns", "config", null, Vocabulary.Config);
        xml.WriteAttributeString("version", OdsNames.Office, Vocabulary.Version);
        xml.WriteStartElement("settings", OdsNames.Office);
        Start(xml, "config-item-set", "ooo:view-settings");
        Start(xml, "config-item-map-indexed", "Views");
        xml.WriteStartElement("config-item-map-entry", Vocabulary.Config);
        WriteItem(xml, "ViewId", "string", "view1");
        Start(xml, "config-item-map-named", "Tables");
        WriteSheet(xml, findings, OfFindings);
        foreach (var (old, name) in names)
        {
            if (sheets.TryGetValue(old, out var sheet))
            {
                WriteSheet(xml, name, sheet);
            }
        }

        xml.WriteEndElement();
        WriteItem(xml, "ActiveTable", "string", findings);
        xml.WriteEndDocument();
    }

    private static void WriteSheet(XmlWriter xml, string name, SortedDictionary<string, string> items)
    {
        Start(xml, "config-item-map-entry", name);
        foreach (var (item, value) in items)
        {
            WriteItem(xml, item, Known[item], value);
        }

        xml.WriteEndElement();
    }

    private static void WriteItem(XmlWriter xml, string name, string type, string value)
    {
        Start(xml, "config-item", name);
        xml.WriteAttributeString("type", Vocabulary.Config, type);
        xml.WriteString(value);
        xml.WriteEndElement();
    }

    private static void Start(XmlWriter xml, string element, string name)
    {
        xml.WriteStartElement(element, Vocabulary.Config);
        xml.WriteAttributeString("name", Vocabulary.Config, name);
    }

    /// <summary>The number, or true or false, in the item the reader stands on; null where it is none.</summary>
    private static string? ValueOf(PartReader xml)
    {
        if (xml.IsEmptyElement || !xml.Read() || xml.NodeType != XmlNodeType.Text)
        {
            return null;
        }

        var value = xml.Value();
        return Plain().IsMatch(value) ? value.ToString() : null;
    }

    [GeneratedRegex("^([0-9]{1,7}|true|false)$")]
    private static partial Regex Plain();
}
