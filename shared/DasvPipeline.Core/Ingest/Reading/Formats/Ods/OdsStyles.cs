using System.Xml;
using DasvPipeline.Core.Ingest.Reading.Formats.Values;
using DasvPipeline.Core.Ingest.Reading.Formats.Zip;

namespace DasvPipeline.Core.Ingest.Reading.Formats.Ods;

/// <summary>The format of a cell. The number format is null if no style gives one.</summary>
internal readonly record struct OdsFormat(NumberFormatKind? Number, FontEffects Font);

/// <summary>
/// Reads how styles format numbers and what they hide. A cell's style names a data style or inherits one. The two can be
/// in any order in the file.
/// </summary>
internal sealed class OdsStyles(ReadingContext context, OtherTexts others)
{
    private const int MaxStyles = 70_000;
    private const int MaxInheritance = 16;
    private const string SheetFamily = "table", RowFamily = "table-row", ColumnFamily = "table-column";

    private readonly Dictionary<string, NumberFormatKind> formats = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (string? Format, string? Parent)> cells = new(StringComparer.Ordinal);
    private readonly Dictionary<string, OdsFormat> resolved = new(StringComparer.Ordinal);
    private readonly Dictionary<string, OdsVisibility> visibility = new(StringComparer.Ordinal)
    {
        [SheetFamily] = new(),
        [RowFamily] = new(),
        [ColumnFamily] = new(),
    };

    private readonly OdsFonts fonts = new();

    private string? format;
    private bool isDateStyle;
    private bool hasDate;
    private bool hasTime;
    private string style = string.Empty;
    private OdsVisibility? hides;

    /// <summary>Reads a part that contains only styles.</summary>
    public void ReadAll(PartReader xml)
    {
        while (xml.Read())
        {
            if (xml is { NodeType: XmlNodeType.Element, Namespace: OdsNamespaces.Style, Name: "header" or "footer" or "header-left" or "footer-left" or "header-first" or "footer-first" })
            {
                MarkupTexts.ReadElement(xml, others, TextPlace.HeaderOrFooter);
                continue;
            }

            ReadNode(xml);
        }
    }

    /// <summary>Reads the styles below the current element.</summary>
    public void Read(PartReader xml)
    {
        var startDepth = xml.Depth;
        var hasContent = !xml.IsEmptyElement;
        while (hasContent && xml.Read() && xml.Depth > startDepth)
        {
            ReadNode(xml);
        }
    }

    /// <summary>Reads an element, or a text, which is a part of a number format.</summary>
    private void ReadNode(PartReader xml)
    {
        if (xml.NodeType is XmlNodeType.Text or XmlNodeType.CDATA)
        {
            others.Add(TextPlace.NumberFormat, xml.Value());
        }
        else
        {
            ReadElement(xml);
        }
    }

    /// <summary>Returns the format of a cell style, or null if there is no such style.</summary>
    public OdsFormat? FormatOf(ReadOnlySpan<char> name)
    {
        var lookup = resolved.GetAlternateLookup<ReadOnlySpan<char>>();
        if (lookup.TryGetValue(name, out var shown))
        {
            return shown;
        }

        if (!cells.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(name, out var key, out _))
        {
            return null;
        }

        shown = new OdsFormat(Resolve(key), fonts.EffectsOf("table-cell", key, FontEffects.None));
        resolved.Add(key, shown);
        return shown;
    }

    /// <summary>Returns the effects of a style of a paragraph, or of a part of it.</summary>
    public FontEffects EffectsOf(string family, string? name, FontEffects outer) => fonts.EffectsOf(family, name, outer);

    public bool HidesSheet(string? name) => visibility[SheetFamily].IsHidden(name);

    /// <summary>Returns true if rows of this style have a height of 0. The name is null for rows without a style.</summary>
    public bool HidesRow(string? name) => visibility[RowFamily].IsHidden(name);

    /// <summary>Returns true if columns of this style have a width of 0. The name is null for columns without a style.</summary>
    public bool HidesColumn(string? name) => visibility[ColumnFamily].IsHidden(name);

    private NumberFormatKind? Resolve(string? name)
    {
        for (var i = 0; i < MaxInheritance && name is not null && cells.TryGetValue(name, out var cell); i++)
        {
            if (cell.Format is not null && formats.TryGetValue(cell.Format, out var shown))
            {
                return shown;
            }

            name = cell.Parent;
        }

        return null;
    }

    private void ReadElement(PartReader xml)
    {
        if (xml.NodeType != XmlNodeType.Element)
        {
            return;
        }

        if (xml.Namespace == OdsNamespaces.Style)
        {
            ReadStyleElement(xml);
        }
        else if (xml.Namespace == OdsNamespaces.Number)
        {
            ReadNumberElement(xml);
        }
    }

    private void ReadStyleElement(PartReader xml)
    {
        switch (xml.Name)
        {
            case "style":
                ReadStyle(xml);
                break;
            case "default-style":
                style = string.Empty;
                fonts.End();
                hides = visibility.GetValueOrDefault(xml.Attribute("family", OdsNamespaces.Style) ?? string.Empty);
                break;
            case "text-properties":
                fonts.ReadProperties(xml);
                break;
            case "table-properties" when xml.Attribute("display", OdsNamespaces.Table) is { } display:
                hides?.Set(style, display is "false");
                break;
            case "table-row-properties" when xml.Attribute("row-height", OdsNamespaces.Style) is { } height:
                hides?.Set(style, IsZero(height));
                break;
            case "table-column-properties" when xml.Attribute("column-width", OdsNamespaces.Style) is { } width:
                hides?.Set(style, IsZero(width));
                break;
        }
    }

    private void ReadNumberElement(PartReader xml)
    {
        switch (xml.Name)
        {
            case "percentage-style":
                ReadFormat(xml, NumberFormatKind.Percent);
                break;
            case "date-style":
                ReadFormat(xml, NumberFormatKind.Date);
                break;
            case "time-style":
                ReadFormat(xml, xml.Attribute("truncate-on-overflow", OdsNamespaces.Number) is "false" ? NumberFormatKind.Elapsed : NumberFormatKind.Time);
                break;
            case "number-style" or "currency-style" or "text-style" or "boolean-style":
                ReadFormat(xml, NumberFormatKind.Number);
                break;
            case "year" or "month" or "day" or "day-of-week" or "week-of-year" or "quarter" or "era":
                hasDate = true;
                UpdateFormat();
                break;
            case "hours" or "minutes" or "seconds":
                hasTime = true;
                UpdateFormat();
                break;
        }
    }

    private void ReadStyle(PartReader xml)
    {
        style = NameOrEmpty(xml.Attribute("name", OdsNamespaces.Style));
        var parent = CountText(xml.Attribute("parent-style-name", OdsNamespaces.Style));
        fonts.Start(xml, style, parent);
        var family = xml.Attribute("family", OdsNamespaces.Style) ?? string.Empty;
        hides = visibility.GetValueOrDefault(family);
        hides?.Add(style, parent);
        if (family is "table-cell" && cells.Count < MaxStyles)
        {
            cells[style] = (CountText(xml.Attribute("data-style-name", OdsNamespaces.Style)), parent);
        }
    }

    private void ReadFormat(PartReader xml, NumberFormatKind shown)
    {
        fonts.End();
        hides = null;
        (format, isDateStyle, hasDate, hasTime) = (NameOrEmpty(xml.Attribute("name", OdsNamespaces.Style)), shown == NumberFormatKind.Date, false, false);
        if (formats.Count < MaxStyles)
        {
            formats[format] = shown;
        }
    }

    /// <summary>Updates the current date style for its parts. A date style with hours shows date and time.</summary>
    private void UpdateFormat()
    {
        if (format is not null && isDateStyle && formats.ContainsKey(format))
        {
            formats[format] = hasDate && hasTime ? NumberFormatKind.DateAndTime : hasTime ? NumberFormatKind.Time : NumberFormatKind.Date;
        }
    }

    private string NameOrEmpty(string? name) => CountText(name) ?? string.Empty;

    private string? CountText(string? name)
    {
        context.CountText(name?.Length ?? 0);
        return name;
    }

    /// <summary>Returns true for a length such as 0cm or 0.0in.</summary>
    public static bool IsZero(string length) =>
        length is ['0', ..] && length.AsSpan().TrimEnd("abcdefghijklmnopqrstuvwxyz").IndexOfAnyExcept('0', '.') < 0;
}
