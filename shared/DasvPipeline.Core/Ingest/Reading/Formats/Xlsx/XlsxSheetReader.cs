using System.Xml;
using DasvPipeline.Core.Domain.Findings;
using DasvPipeline.Core.Ingest.Reading.Formats.Zip;

namespace DasvPipeline.Core.Ingest.Reading.Formats.Xlsx;

/// <summary>
/// Reads one sheet in a single pass and keeps its filled cells. The declared dimension is ignored, so time and memory
/// depend only on the cells in the file. Addresses must be in ascending order, as in every real file. Any other file
/// could be read in two ways, so it counts as damaged.
/// </summary>
internal sealed class XlsxSheetReader(SheetPart sheet, CellValues values, ReadingContext context, OtherTexts others)
{
    public const int LastRow = 1_048_576;
    public const int LastColumn = 16_384;

    private readonly SheetBuilder rows = new(sheet.Name, context);
    private readonly bool[] hiddenColumns = new bool[context.Limits.Columns + 1];
    private readonly CellText text = new(context);

    private int row;
    private bool isRowHidden;
    private bool isRowHiddenByDefault;
    private int column;
    private CellType type;
    private int style;
    private bool isFormula;

    public Sheet Read(PartReader xml, List<CellComment> comments)
    {
        comments.ForEach(rows.AddComment);
        xml.SkippedText = text => others.Add(TextPlace.OtherPart, text);
        while (xml.Read())
        {
            if (xml is { NodeType: XmlNodeType.Element, Depth: 1, Name: "sheetFormatPr" })
            {
                isRowHiddenByDefault = xml.Attribute("defaultRowHeight") is { } height && PartReader.IsZero(height);
                hiddenColumns.AsSpan().Fill(xml.Attribute("defaultColWidth") is { } width && PartReader.IsZero(width));
            }

            if (xml is { NodeType: XmlNodeType.Element, Depth: 1, Name: "sheetPr" or "sheetViews" or "sheetFormatPr" or "dimension" or "pageMargins" or "pageSetup" })
            {
                continue;
            }

            if (xml is not { NodeType: XmlNodeType.Element, Depth: 1, IsEmptyElement: false })
            {
                continue;
            }

            if (xml.Name == "cols")
            {
                ReadColumns(xml);
            }
            else if (xml.Name == "sheetData")
            {
                ReadRows(xml);
            }
            else if (xml.Name == "mergeCells")
            {
                ReadMerges(xml);
            }
            else if (xml.Name == "headerFooter")
            {
                ReadHeaders(xml);
            }
            else
            {
                MarkupTexts.ReadElement(xml, others, xml.Name switch
                {
                    "dataValidations" => TextPlace.DropDownList,
                    "hyperlinks" => TextPlace.Hyperlink,
                    _ => TextPlace.OtherPart,
                });
            }
        }

        return rows.ToSheet();
    }

    private void ReadColumns(PartReader xml)
    {
        var count = 0;
        while (xml.Read() && xml.Depth > 1)
        {
            if (xml.NodeType != XmlNodeType.Element || xml.Name != "col")
            {
                continue;
            }

            if (++count > LastColumn)
            {
                context.Refuse(NotInOrder());
                return;
            }

            var width = xml.Attribute("width");
            if (PartReader.TryParseInt(xml.Attribute("min"), out var from) && PartReader.TryParseInt(xml.Attribute("max"), out var to))
            {
                for (var i = from; i <= to && i < hiddenColumns.Length; i++)
                {
                    hiddenColumns[i] = PartReader.IsTrue(xml.Attribute("hidden")) || (width is null ? hiddenColumns[i] : PartReader.IsZero(width));
                }
            }
        }
    }

    private void ReadMerges(PartReader xml)
    {
        while (xml.Read() && xml.Depth > 1)
        {
            if (xml is { NodeType: XmlNodeType.Element, Name: "mergeCell", Depth: 2 } && ParseRange(xml.Attribute("ref")) is { } range)
            {
                rows.AddMerge(range);
            }
        }
    }

    private void ReadHeaders(PartReader xml)
    {
        while (xml.Read() && xml.Depth > 1)
        {
            if (xml.NodeType is XmlNodeType.Text or XmlNodeType.CDATA)
            {
                others.Add(TextPlace.HeaderOrFooter, MarkupTexts.RemoveHeaderCodes(xml.Value().ToString()));
            }
        }
    }

    private void ReadRows(PartReader xml)
    {
        while (xml.Read() && xml.Depth > 1)
        {
            if (xml is { NodeType: XmlNodeType.Element, Depth: 2 } && xml.Name == "row")
            {
                StartRow(xml);
                if (!xml.IsEmptyElement)
                {
                    ReadCells(xml);
                    rows.EndRow(row);
                }
            }
        }
    }

    private void StartRow(PartReader xml)
    {
        var number = row + 1;
        var (isHidden, isFlat) = (false, isRowHiddenByDefault);
        while (xml.MoveToNextAttribute())
        {
            switch (xml.AttributeName)
            {
                case "r":
                    number = PartReader.TryParseInt(xml.Value(), out var given) ? given : 0;
                    break;
                case "hidden":
                    isHidden = PartReader.IsTrue(xml.Value());
                    break;
                case "ht":
                    isFlat = PartReader.IsZero(xml.Value());
                    break;
            }
        }

        xml.MoveToElement();
        isRowHidden = isHidden || isFlat;
        if (number <= row || number > LastRow)
        {
            context.Refuse(NotInOrder());
            return;
        }

        row = number;
        column = 0;
    }

    private void ReadCells(PartReader xml)
    {
        while (xml.Read() && xml.Depth > 2)
        {
            if (xml is { NodeType: XmlNodeType.Element, Depth: 3 } && xml.Name == "c" && TryStartCell(xml) && !xml.IsEmptyElement)
            {
                ReadValue(xml);
                Keep();
            }
        }
    }

    private bool TryStartCell(PartReader xml)
    {
        var at = column + 1;
        type = CellType.Number;
        style = 0;
        isFormula = false;
        while (at > 0 && xml.MoveToNextAttribute())
        {
            switch (xml.AttributeName)
            {
                case "r":
                    at = ColumnOf(xml.Value(), row);
                    break;
                case "t":
                    type = CellValues.TypeOf(xml.Value().Trim());
                    break;
                case "s":
                    style = PartReader.TryParseInt(xml.Value(), out var given) ? given : 0;
                    break;
            }
        }

        xml.MoveToElement();
        if (at <= column || at > LastColumn)
        {
            return context.Refuse(NotInOrder());
        }

        column = at;
        return true;
    }

    private void ReadValue(PartReader xml)
    {
        text.Clear();
        var inValue = false;
        while (xml.Read() && xml.Depth > 3)
        {
            switch (xml.NodeType)
            {
                case XmlNodeType.Element when xml.Depth == 4:
                    inValue = xml.Name == "v" && !xml.IsEmptyElement;
                    isFormula |= xml.Name == "f";
                    if (xml.Name == "is" && type == CellType.Inline)
                    {
                        text.ReadRaw(xml);
                    }

                    break;
                case XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace when inValue && xml.Depth == 5:
                    text.Append(xml.Value());
                    break;
            }
        }
    }

    private void Keep()
    {
        var isHidden = isRowHidden || sheet.IsHidden || (column < hiddenColumns.Length && hiddenColumns[column]);
        var traits = (isFormula ? CellTraits.Formula : CellTraits.None) | (isHidden ? CellTraits.Hidden : CellTraits.None);
        if (values.Read(type, style, text) is { IsBlank: false } cell)
        {
            rows.AddCell(row, column, cell with { Traits = cell.Traits | traits });
        }
        else if (isFormula && type != CellType.Formula)
        {
            // A formula whose result is an empty text (t="str") was calculated. Any other blank formula was not.
            rows.AddCell(row, column, new Cell(CellKind.Blank, null, 0, traits));
        }
    }

    /// <summary>Returns the column of an address such as C14 or c14, or 0 if it is not an address in the current row.</summary>
    public static int ColumnOf(ReadOnlySpan<char> address, int row)
    {
        var at = 0;
        var number = 0;
        for (address = address.Trim(); at < address.Length && at < 3 && char.IsAsciiLetter(address[at]); at++)
        {
            number = (number * 26) + (char.ToUpperInvariant(address[at]) - 'A' + 1);
        }

        return PartReader.TryParseInt(address[at..], out var inRow) && inRow == row ? number : 0;
    }

    /// <summary>Parses a range such as B5:C5. Returns null if it is not one.</summary>
    private static CellRange? ParseRange(string? reference) =>
        reference?.Split(':') is [var first, var last] && ParseAddress(first) is { } from && ParseAddress(last) is { } to
            ? new CellRange(from.Row, from.Column, to.Row, to.Column)
            : null;

    /// <summary>Parses an address such as C14. Returns null if it is not one.</summary>
    public static (int Row, int Column)? ParseAddress(string? address)
    {
        var digits = address.AsSpan().IndexOfAnyInRange('0', '9');
        return digits > 0 && PartReader.TryParseInt(address.AsSpan(digits), out var row) && row > 0 && ColumnOf(address, row) is var number and > 0 ? (row, number) : null;
    }

    private static Finding NotInOrder() => FileFindings.Damaged("its rows and columns are not in order");
}
