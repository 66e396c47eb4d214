using System.Xml;
using DasvPipeline.Core.Read.Values;
using DasvPipeline.Core.Read.Zip;

namespace DasvPipeline.Core.Read.Ods;

/// <summary>
/// Reads one sheet. Rows and columns have no addresses here, only their order, and any of them may stand for many:
/// blank ones are counted, filled ones are put in their places until a limit is met.
/// </summary>
internal sealed class OdsTable(string name, bool sheetHidden, OdsStyles styles, OdsCell cell, CellBudget budget)
{
    private readonly Rows rows = new(name, budget);
    private readonly bool[] hiddenColumns = new bool[budget.Limits.Columns + 1];
    private readonly ShownAs?[] columnFormats = new ShownAs?[budget.Limits.Columns + 1];

    // The last ones passed. They may be told to repeat two thousand million times, again and again.
    private long row;
    private long column;

    private bool rowHidden;
    private ShownAs? rowFormat;

    /// <summary>How deep the collapsed group of rows or columns lies that the reader is in.</summary>
    private int collapsed = int.MaxValue;

    public bool HasLinks { get; private set; }

    public Sheet Read(PartReader xml)
    {
        var top = xml.Depth;
        var read = !xml.IsEmptyElement;
        while (read && xml.Read() && xml.Depth > top)
        {
            if (xml.NodeType != XmlNodeType.Element)
            {
                continue;
            }

            collapsed = xml.Depth <= collapsed ? int.MaxValue : collapsed;
            switch (xml.Name)
            {
                case "table-column":
                    ReadColumn(xml);
                    break;
                case "table-row":
                    ReadRow(xml);
                    break;
                case "table-columns" or "table-header-columns" or "table-rows" or "table-header-rows":
                    break;
                case "table-column-group" or "table-row-group":
                    var hides = collapsed == int.MaxValue && xml.Attribute("display", OdsNames.Table) is "false";
                    collapsed = hides ? xml.Depth : collapsed;
                    break;
                case "table-source":
                    HasLinks = true;
                    break;
                default:
                    xml.Skip();
                    break;
            }
        }

        HasLinks |= cell.HasLinks;
        return rows.ToSheet();
    }

    private void ReadColumn(PartReader xml)
    {
        var repeated = Repeated(xml.Attribute("number-columns-repeated", OdsNames.Table));
        var hidden = collapsed < int.MaxValue || IsHidden(xml.Attribute("visibility", OdsNames.Table)) || styles.HidesColumn(xml.Attribute("style-name", OdsNames.Table));
        var format = styles.ShownBy(xml.Attribute("default-cell-style-name", OdsNames.Table));
        for (var i = column + 1; i <= column + repeated && i < hiddenColumns.Length; i++)
        {
            hiddenColumns[i] = hidden;
            columnFormats[i] = format;
        }

        column += repeated;
    }

    private void ReadRow(PartReader xml)
    {
        var repeated = 1;
        (rowHidden, rowFormat, column) = (collapsed < int.MaxValue, null, 0);
        var isEmpty = xml.IsEmptyElement;
        while (xml.MoveToNextAttribute())
        {
            switch (xml.Name)
            {
                case "number-rows-repeated":
                    repeated = Repeated(xml.Value());
                    break;
                case "visibility":
                    rowHidden |= IsHidden(xml.Value());
                    break;
                case "style-name":
                    rowHidden |= styles.HidesRow(xml.Value());
                    break;
                case "default-cell-style-name":
                    rowFormat = styles.ShownBy(xml.Value());
                    break;
            }
        }

        xml.MoveToElement();
        if (!isEmpty)
        {
            ReadCells(xml);
            rows.End(row + 1, repeated);
        }

        row += repeated;
    }

    private void ReadCells(PartReader xml)
    {
        var top = xml.Depth;
        while (xml.Read() && xml.Depth > top)
        {
            if (xml.NodeType != XmlNodeType.Element)
            {
                continue;
            }

            // A cell covered by a merged one is not seen, but may hold something.
            if (xml.Name is not ("table-cell" or "covered-table-cell"))
            {
                xml.Skip();
                continue;
            }

            cell.Start(xml);
            var format = cell.Format ?? rowFormat ?? (column + 1 < columnFormats.Length ? columnFormats[column + 1] : null);
            var read = cell.Read(xml, format);
            if (!read.IsBlank || read.IsFormula)
            {
                Put(read, cell.Repeated);
            }

            column += cell.Repeated;
        }
    }

    private void Put(in Cell read, int repeated)
    {
        for (var at = column + 1; at <= column + repeated; at++)
        {
            var hidden = rowHidden || sheetHidden || (at < hiddenColumns.Length && hiddenColumns[at]);
            rows.Put((int)Math.Min(at, int.MaxValue), hidden ? read with { Traits = read.Traits | CellTraits.Hidden } : read);
        }
    }

    private static bool IsHidden(ReadOnlySpan<char> visibility) => visibility is "collapse" or "filter";

    private static int Repeated(ReadOnlySpan<char> times) => PartReader.TryInt(times, out var number) && number > 0 ? number : 1;
}
