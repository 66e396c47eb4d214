using System.Xml;
using DasvPipeline.Core.Ingest.Reading.Formats.Values;
using DasvPipeline.Core.Ingest.Reading.Formats.Zip;

namespace DasvPipeline.Core.Ingest.Reading.Formats.Ods;

/// <summary>
/// Reads one sheet. Rows and columns have no addresses, only an order, and an element can represent many of them. Blank
/// ones are counted, and filled ones are added until a limit is exceeded.
/// </summary>
internal sealed class OdsTable(string? name, bool isSheetHidden, OdsStyles styles, OdsCell cell, ReadingContext context, OtherTexts others)
{
    private readonly SheetBuilder rows = new(name, context);
    private readonly bool[] hiddenColumns = new bool[context.Limits.Columns + 1];
    private readonly OdsFormat?[] columnFormats = new OdsFormat?[context.Limits.Columns + 1];

    // The last row and column read. They are long because elements can repeat up to 2 billion times.
    private long row;
    private long column;

    private bool isRowHidden;
    private OdsFormat? rowFormat;

    /// <summary>The depth of the collapsed group of rows or columns that contains the current element.</summary>
    private int collapsedDepth = int.MaxValue;

    public bool HasLinks { get; private set; }

    public Sheet Read(PartReader xml)
    {
        var startDepth = xml.Depth;
        var hasContent = !xml.IsEmptyElement;
        while (hasContent && xml.Read() && xml.Depth > startDepth)
        {
            if (xml.NodeType != XmlNodeType.Element)
            {
                continue;
            }

            collapsedDepth = xml.Depth <= collapsedDepth ? int.MaxValue : collapsedDepth;
            switch (xml.Namespace == OdsNamespaces.Table ? xml.Name : string.Empty)
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
                    var isCollapsed = collapsedDepth == int.MaxValue && xml.Attribute("display", OdsNamespaces.Table) is "false";
                    collapsedDepth = isCollapsed ? xml.Depth : collapsedDepth;
                    break;
                case "table-source":
                    HasLinks = true;
                    break;
                default:
                    MarkupTexts.ReadElement(xml, others, xml.Name == "named-expressions" ? TextPlace.DefinedName : TextPlace.Drawing);
                    break;
            }
        }

        HasLinks |= cell.HasLinks;
        return rows.ToSheet();
    }

    private void ReadColumn(PartReader xml)
    {
        var repeated = Repeated(xml.Attribute("number-columns-repeated", OdsNamespaces.Table));
        var isHidden = collapsedDepth < int.MaxValue || IsHidden(xml.Attribute("visibility", OdsNamespaces.Table)) || styles.HidesColumn(xml.Attribute("style-name", OdsNamespaces.Table));
        var format = styles.FormatOf(xml.Attribute("default-cell-style-name", OdsNamespaces.Table));
        for (var i = column + 1; i <= column + repeated && i < hiddenColumns.Length; i++)
        {
            hiddenColumns[i] = isHidden;
            columnFormats[i] = format;
        }

        column += repeated;
    }

    private void ReadRow(PartReader xml)
    {
        var repeated = 1;
        (isRowHidden, rowFormat, column) = (collapsedDepth < int.MaxValue || styles.HidesRow(xml.Attribute("style-name", OdsNamespaces.Table)), null, 0);
        var isEmpty = xml.IsEmptyElement;
        while (xml.MoveToNextAttribute())
        {
            switch (xml.Namespace == OdsNamespaces.Table ? xml.Name : string.Empty)
            {
                case "number-rows-repeated":
                    repeated = Repeated(xml.Value());
                    break;
                case "visibility":
                    isRowHidden |= IsHidden(xml.Value());
                    break;
                case "default-cell-style-name":
                    rowFormat = styles.FormatOf(xml.Value());
                    break;
            }
        }

        xml.MoveToElement();
        if (!isEmpty)
        {
            ReadCells(xml, repeated);
            rows.EndRow(row + 1, repeated);
        }

        row += repeated;
    }

    private void ReadCells(PartReader xml, int repeatedRows)
    {
        var startDepth = xml.Depth;
        while (xml.Read() && xml.Depth > startDepth)
        {
            if (xml.NodeType != XmlNodeType.Element)
            {
                continue;
            }

            // A cell covered by a merged one is invisible, but can have a value.
            if (xml.Namespace != OdsNamespaces.Table || xml.Name is not ("table-cell" or "covered-table-cell"))
            {
                xml.Skip();
                continue;
            }

            cell.Start(xml);
            var columnFormat = column + 1 < columnFormats.Length ? columnFormats[column + 1] : null;
            var number = cell.Format?.Number ?? rowFormat?.Number ?? columnFormat?.Number;
            var value = cell.Read(xml, new OdsFormat(number, (cell.Format ?? rowFormat ?? columnFormat)?.Font ?? FontEffects.None));
            if (!value.IsBlank || value.IsFormula)
            {
                Put(value, cell.Repeated);
            }

            AddMerges(repeatedRows);
            if (cell.Comment is var (author, text))
            {
                rows.AddComment(new CellComment((int)Math.Min(row + 1, int.MaxValue), (int)Math.Min(column + 1, int.MaxValue), author, text));
            }

            column += cell.Repeated;
        }
    }

    /// <summary>Adds the merged cells of the current cell, in each of the rows that the row represents.</summary>
    private void AddMerges(int repeatedRows)
    {
        if (cell.Span.Rows <= 1 && cell.Span.Columns <= 1)
        {
            return;
        }

        var limits = context.Limits;
        for (var first = row + 1; first <= row + repeatedRows && first <= limits.RowsPerSheet && column < limits.Columns && !context.IsRefused; first++)
        {
            var (lastRow, lastColumn) = (Math.Min(first + cell.Span.Rows - 1, limits.RowsPerSheet), Math.Min(column + cell.Span.Columns, limits.Columns));
            rows.AddMerge(new CellRange((int)first, (int)column + 1, (int)lastRow, (int)lastColumn));
        }
    }

    private void Put(in Cell value, int repeated)
    {
        for (var at = column + 1; at <= column + repeated && !context.IsRefused; at++)
        {
            var isHidden = isRowHidden || isSheetHidden || (at < hiddenColumns.Length && hiddenColumns[at]);
            rows.AddCell(row + 1, (int)Math.Min(at, int.MaxValue), isHidden ? value with { Traits = value.Traits | CellTraits.Hidden } : value);
        }
    }

    private static bool IsHidden(ReadOnlySpan<char> visibility) => visibility is "collapse" or "filter";

    private static int Repeated(ReadOnlySpan<char> times) => PartReader.TryParseInt(times, out var number) && number > 0 ? number : 1;
}
