using System.Xml;
using DasvPipeline.Core.Ingest.Reading.Formats.Zip;

namespace DasvPipeline.Core.Ingest.Reading.Formats.Xlsx;

/// <summary>
/// Collects the texts of the parts that have no cells of the workbook: drawings, charts, properties, and the data that is stored for
/// pivot tables and linked workbooks. They can be damaged: what can be read is searched.
/// </summary>
internal sealed class XlsxOtherParts(Package package, OtherTexts texts)
{
    private const string Core = "docProps/core.xml";

    private readonly ReadingContext context = package.Context;

    public void Read()
    {
        foreach (var name in package.UnreadXml.ToList())
        {
            if (name.EndsWith(".rels", StringComparison.OrdinalIgnoreCase) || IsIgnored(name))
            {
                continue;
            }

            Action<PartReader> read = Has(name, "pivotCacheRecords") ? xml => ReadRecords(xml, [])
                : Has(name, "pivotCacheDefinition") ? xml => ReadPivotTable(xml, name)
                : Has(name, "externalLinks/") ? ReadLinkedWorkbook
                : xml => MarkupTexts.ReadPart(xml, texts, PlaceOf(name));
            if (!package.IsRead(name))
            {
                package.TryRead(name, read, PartOptions.None, isNeeded: false);
            }
        }

        foreach (var name in package.Names.Where(name => Has(name, "embeddings/") && !name.EndsWith(".rels", StringComparison.OrdinalIgnoreCase)).ToList())
        {
            texts.AddEmbedded(limits => EmbeddedFile.Read(package.ReadBytes(name), limits));
        }

        if (package.Names.Any(name => Has(name, "media/")))
        {
            texts.AddPicture(isLarge: false);
            foreach (var name in package.Names.Where(name => Has(name, "drawings/drawing") && name.EndsWith(".xml", StringComparison.OrdinalIgnoreCase)).ToList())
            {
                package.TryRead(name, ReadPictures, PartOptions.None, isNeeded: false);
            }
        }

        // Those of sheets have been read, but not their addresses outside the file.
        foreach (var name in package.Names.Where(name => name.EndsWith(".rels", StringComparison.OrdinalIgnoreCase)).ToList())
        {
            package.TryRead(name, ReadAddresses, PartOptions.None, isNeeded: false);
        }
    }

    /// <summary>Returns true for the names of the people who wrote comments, and for a list of formulas.</summary>
    private static bool IsIgnored(string name) =>
        Has(name, "persons/") || Has(name, "calcChain") || Has(name, "theme/") || name.Equals("[Content_Types].xml", StringComparison.OrdinalIgnoreCase);

    private static TextPlace PlaceOf(string name) =>
        Has(name, "docProps/") || name.Equals(Core, StringComparison.OrdinalIgnoreCase) ? TextPlace.Property
        : Has(name, "drawing") || Has(name, "charts/") || Has(name, "diagrams/") || Has(name, "ctrlProps/") ? TextPlace.Drawing
        : Has(name, "pivot") || Has(name, "slicer") || Has(name, "timeline") ? TextPlace.PivotTable
        : Has(name, "connections") || Has(name, "queryTables/") ? TextPlace.LinkedWorkbook
        : TextPlace.OtherPart;

    private static bool Has(string name, string part) => name.Contains(part, StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads the fields of a pivot table with their values, and then the records of the part that it names.</summary>
    private void ReadPivotTable(PartReader xml, string part)
    {
        var fields = new List<string>();
        var items = new List<List<Cell>>();
        while (xml.Read())
        {
            if (xml is { NodeType: XmlNodeType.Element, Name: "cacheField" } && fields.Count < context.Limits.Columns)
            {
                fields.Add(xml.Attribute("name") ?? string.Empty);
                items.Add([]);
            }
            else if (xml.NodeType == XmlNodeType.Element && items.Count > 0 && ReadItem(xml) is { IsBlank: false } item && items[^1].Count < context.Limits.RowsPerSheet - 1)
            {
                items[^1].Add(item);
            }
        }

        for (var column = 0; column < fields.Count; column++)
        {
            var rows = new SheetBuilder(null, context);
            AddRow(rows, 1, [new Cell(CellKind.Text, fields[column])]);
            for (var i = 0; i < items[column].Count && !context.IsRefused; i++)
            {
                AddRow(rows, i + 2, [items[column][i]]);
            }

            texts.AddTable(TextPlace.PivotTable, rows);
        }

        var slash = part.LastIndexOf('/') + 1;
        foreach (var relation in WorkbookParts.ReadRelations(package, $"{part[..slash]}_rels/{part[slash..]}.rels", isNeeded: false).Where(relation => relation.Type == "pivotCacheRecords"))
        {
            if (!package.IsRead(relation.Path))
            {
                package.TryRead(relation.Path, records => ReadRecords(records, fields), PartOptions.None, isNeeded: false);
            }
        }
    }

    private void ReadRecords(PartReader xml, List<string> fields)
    {
        var rows = new SheetBuilder(null, context);
        AddRow(rows, 1, fields.Select(field => new Cell(CellKind.Text, field)));
        var (row, column) = (1, 0);
        var cells = new List<Cell>();
        while (xml.Read())
        {
            if (xml is { NodeType: XmlNodeType.Element, Name: "r", Depth: 1 })
            {
                row++;
                cells.Clear();
            }
            else if (xml is { NodeType: XmlNodeType.Element, Depth: 2 } && cells.Count < context.Limits.Columns)
            {
                cells.Add(ReadItem(xml));
            }
            else if (xml is { NodeType: XmlNodeType.EndElement, Name: "r", Depth: 1 })
            {
                column = cells.FindLastIndex(cell => !cell.IsBlank);
                AddRow(rows, row, cells.Take(column + 1));
            }
        }

        texts.AddTable(TextPlace.PivotTable, rows);
    }

    /// <summary>Reads a value of a pivot table. A number is kept only if it is so long that it can be a telephone or NHS number.</summary>
    private Cell ReadItem(PartReader xml)
    {
        const double MinLong = 1e8;
        var value = xml.Name is "s" or "d" or "n" ? xml.Attribute("v") : null;
        if (string.IsNullOrEmpty(value))
        {
            return Cell.Blank;
        }

        context.CountText(value.Length);
        return xml.Name != "n" ? new Cell(CellKind.Text, value)
            : double.TryParse(value, System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture, out var number) && number is >= MinLong and < 1e15 ? new Cell(CellKind.Number, null, number)
            : Cell.Blank;
    }

    private void ReadLinkedWorkbook(PartReader xml)
    {
        var rows = new SheetBuilder(null, context);
        (int Row, int Column)? at = null;
        var row = 0;
        while (xml.Read())
        {
            switch (xml.NodeType)
            {
                case XmlNodeType.Element when xml.Name == "sheetData":
                    rows.EndRow(row);
                    texts.AddTable(TextPlace.LinkedWorkbook, rows);
                    (rows, row) = (new SheetBuilder(null, context), 0);
                    break;
                case XmlNodeType.Element when xml.Name == "cell":
                    at = XlsxSheetReader.ParseAddress(xml.Attribute("r"));
                    break;
                case XmlNodeType.Element when xml.Name is "sheetName" or "definedName":
                    texts.Add(TextPlace.LinkedWorkbook, xml.Attribute("val") ?? xml.Attribute("name"));
                    break;
                case XmlNodeType.Text or XmlNodeType.CDATA when at is var (cellRow, cellColumn):
                    if (cellRow > row)
                    {
                        rows.EndRow(row);
                        row = cellRow;
                    }

                    var text = xml.Value().ToString();
                    context.CountText(text.Length);
                    if (cellRow == row && cellRow <= context.Limits.RowsPerSheet && cellColumn <= context.Limits.Columns)
                    {
                        rows.AddCell(cellRow, cellColumn, new Cell(CellKind.Text, text));
                    }

                    at = null;
                    break;
            }
        }

        rows.EndRow(row);
        texts.AddTable(TextPlace.LinkedWorkbook, rows);
    }

    /// <summary>Finds pictures by the cells that they cover, or by their size.</summary>
    private void ReadPictures(PartReader xml)
    {
        var (columns, rows, sign, isLarge) = (0, 0, 1, false);
        var number = string.Empty;
        while (xml.Read())
        {
            switch (xml.NodeType)
            {
                case XmlNodeType.Element when xml.Name is "twoCellAnchor" or "oneCellAnchor" or "absoluteAnchor":
                    (columns, rows, sign, isLarge) = (0, 0, 1, false);
                    break;
                case XmlNodeType.Element when xml.Name is "from" or "to":
                    sign = xml.Name == "from" ? -1 : 1;
                    break;
                case XmlNodeType.Element when xml.Name == "ext" && PartReader.TryParseInt(xml.Attribute("cx"), out var width) && PartReader.TryParseInt(xml.Attribute("cy"), out var height):
                    isLarge |= PictureSize.IsLarge(width / PictureSize.UnitsPerMillimetre, height / PictureSize.UnitsPerMillimetre);
                    break;
                case XmlNodeType.Element when xml.Name == "pic":
                    texts.AddPicture(isLarge || PictureSize.CoversManyCells(columns, rows));
                    break;
                case XmlNodeType.Text:
                    number = xml.Value().ToString();
                    break;
                case XmlNodeType.EndElement when xml.Name is "col" or "row" && PartReader.TryParseInt(number, out var at):
                    (columns, rows) = xml.Name == "col" ? (columns + (sign * at), rows) : (columns, rows + (sign * at));
                    break;
            }
        }
    }

    private void ReadAddresses(PartReader xml)
    {
        while (xml.Read())
        {
            if (xml is { NodeType: XmlNodeType.Element, Name: "Relationship" } && xml.Attribute("TargetMode") is "External" && xml.Attribute("Target") is { } target)
            {
                texts.Add(TextPlace.Hyperlink, Uri.UnescapeDataString(target));
            }
        }
    }

    private static void AddRow(SheetBuilder rows, int number, IEnumerable<Cell> cells)
    {
        var column = 0;
        foreach (var cell in cells)
        {
            rows.AddCell(number, ++column, cell);
        }

        rows.EndRow(number);
    }
}
