using System.Xml;
using DasvPipeline.Core.Read.Values;
using DasvPipeline.Core.Read.Zip;

namespace DasvPipeline.Core.Read.Ods;

/// <summary>
/// What the styles make of cells: how a number is shown, and what is out of sight. A cell's style names a data style,
/// or inherits one; which of the two is written first is not laid down.
/// </summary>
internal sealed class OdsStyles(CellBudget budget)
{
    private const int MostStyles = 70_000;
    private const int MostGenerations = 16;

    private readonly Dictionary<string, ShownAs> formats = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (string? Format, string? Parent)> cells = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ShownAs?> resolved = new(StringComparer.Ordinal);
    private readonly HashSet<string> hiddenSheets = new(StringComparer.Ordinal);
    private readonly HashSet<string> flatRows = new(StringComparer.Ordinal);
    private readonly HashSet<string> narrowColumns = new(StringComparer.Ordinal);

    private string? format;
    private bool inDates;
    private bool date;
    private bool time;
    private string style = string.Empty;

    /// <summary>Reads a part of nothing but styles.</summary>
    public void ReadAll(PartReader xml)
    {
        while (xml.Read())
        {
            Take(xml);
        }
    }

    /// <summary>Reads the styles below the element the reader stands on.</summary>
    public void Read(PartReader xml)
    {
        var top = xml.Depth;
        var more = !xml.IsEmptyElement;
        while (more && xml.Read() && xml.Depth > top)
        {
            Take(xml);
        }
    }

    /// <summary>How a cell of this style shows a number; null where the style says nothing of it.</summary>
    public ShownAs? ShownBy(ReadOnlySpan<char> name)
    {
        var lookup = resolved.GetAlternateLookup<ReadOnlySpan<char>>();
        if (!lookup.TryGetValue(name, out var shown) && cells.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(name, out var key, out _))
        {
            shown = Resolve(key);
            resolved.Add(key, shown);
        }

        return shown;
    }

    public bool HidesSheet(string? name) => name is not null && hiddenSheets.Contains(name);

    /// <summary>Whether rows of this style are nothing high.</summary>
    public bool HidesRow(ReadOnlySpan<char> name) => flatRows.GetAlternateLookup<ReadOnlySpan<char>>().Contains(name);

    /// <summary>Whether columns of this style are nothing wide.</summary>
    public bool HidesColumn(string? name) => name is not null && narrowColumns.Contains(name);

    private ShownAs? Resolve(string? name)
    {
        for (var i = 0; i < MostGenerations && name is not null && cells.TryGetValue(name, out var cell); i++)
        {
            if (cell.Format is not null && formats.TryGetValue(cell.Format, out var shown))
            {
                return shown;
            }

            name = cell.Parent;
        }

        return null;
    }

    private void Take(PartReader xml)
    {
        if (xml.NodeType != XmlNodeType.Element)
        {
            return;
        }

        switch (xml.Name)
        {
            case "style":
                TakeStyle(xml);
                break;
            case "default-style":
                style = string.Empty;
                break;
            case "table-properties" when xml.Attribute("display", OdsNames.Table) is "false":
                hiddenSheets.Add(style);
                break;
            case "table-row-properties" when IsZero(xml.Attribute("row-height", OdsNames.Style)):
                flatRows.Add(style);
                break;
            case "table-column-properties" when IsZero(xml.Attribute("column-width", OdsNames.Style)):
                narrowColumns.Add(style);
                break;
            case "percentage-style":
                TakeFormat(xml, ShownAs.Percent);
                break;
            case "date-style":
                TakeFormat(xml, ShownAs.Date);
                break;
            case "time-style":
                TakeFormat(xml, xml.Attribute("truncate-on-overflow", OdsNames.Number) is "false" ? ShownAs.Elapsed : ShownAs.Time);
                break;
            case "number-style" or "currency-style" or "text-style" or "boolean-style":
                TakeFormat(xml, ShownAs.Number);
                break;
            case "year" or "month" or "day" or "day-of-week" or "week-of-year" or "quarter" or "era":
                date = true;
                TakeParts();
                break;
            case "hours" or "minutes" or "seconds":
                time = true;
                TakeParts();
                break;
        }
    }

    private void TakeStyle(PartReader xml)
    {
        style = Named(xml.Attribute("name", OdsNames.Style));
        if (xml.Attribute("family", OdsNames.Style) is "table-cell" && cells.Count < MostStyles)
        {
            cells[style] = (Kept(xml.Attribute("data-style-name", OdsNames.Style)), Kept(xml.Attribute("parent-style-name", OdsNames.Style)));
        }
    }

    private void TakeFormat(PartReader xml, ShownAs shown)
    {
        (format, inDates, date, time) = (Named(xml.Attribute("name", OdsNames.Style)), shown == ShownAs.Date, false, false);
        if (formats.Count < MostStyles)
        {
            formats[format] = shown;
        }
    }

    /// <summary>A date style with hours in it shows both.</summary>
    private void TakeParts()
    {
        if (format is not null && inDates && formats.ContainsKey(format))
        {
            formats[format] = date && time ? ShownAs.DateAndTime : time ? ShownAs.Time : ShownAs.Date;
        }
    }

    private string Named(string? name) => Kept(name) ?? string.Empty;

    private string? Kept(string? name)
    {
        budget.TakeText(name?.Length ?? 0);
        return name;
    }

    /// <summary>A length such as 0cm or 0.0in.</summary>
    public static bool IsZero(string? length) =>
        length is ['0', ..] && length.AsSpan().TrimEnd("abcdefghijklmnopqrstuvwxyz").IndexOfAnyExcept('0', '.') < 0;
}
