using System.Globalization;
using System.Xml;
using DasvPipeline.Core.Domain.Findings;
using DasvPipeline.Core.Ingest.Reading;
using DasvPipeline.Core.Ingest.Reading.Formats.Values;
using DasvPipeline.Core.Ingest.Reading.Formats.Xlsx;
using DasvPipeline.Core.Ingest.Reading.Formats.Zip;

namespace DasvPipeline.Core.Ingest.Annotation.Xlsx;

/// <summary>Copies the rows of a sheet with the value of each cell, and adds the marks. Formulas are not copied.</summary>
internal sealed class CopiedRows
{
    private readonly WorkbookParts workbook;
    private readonly CopiedStyles styles;
    private readonly XmlWriter writer;
    private readonly CellWriter cells;
    private readonly MarkedCells marked;
    private readonly CellText text;
    private int row;

    public CopiedRows(Marks marks, WorkbookParts workbook, CopiedStyles styles, XmlWriter writer, ReadingContext context)
    {
        (this.workbook, this.styles, this.writer) = (workbook, styles, writer);
        text = new CellText(context);
        cells = new CellWriter(writer);
        marked = new MarkedCells(marks, styles, cells);
    }

    /// <summary>Writes <c>sheetData</c>. Without a reader, it contains only the marks.</summary>
    public void Write(PartReader? reader)
    {
        writer.WriteStartElement("sheetData", XlsxVocabulary.Main);
        var hasContent = reader is { IsEmptyElement: false };
        while (hasContent && reader!.Read() && reader.Depth > 1)
        {
            if (reader is { NodeType: XmlNodeType.Element, Depth: 2 } && reader.Name == "row")
            {
                WriteRow(reader);
            }
        }

        marked.WriteRowsBefore(int.MaxValue);
        writer.WriteEndElement();
    }

    private void WriteRow(PartReader reader)
    {
        var attributes = new List<(string Name, string Value)>();
        var number = row + 1;
        while (reader.MoveToNextAttribute())
        {
            switch (reader.AttributeName)
            {
                case "r":
                    number = PartReader.TryParseInt(reader.Value(), out var given) ? given : 0;
                    break;
                case "ht":
                    var height = reader.Value().ToString();
                    attributes.Add(("ht", PartReader.IsZero(height) ? "0" : height));
                    break;
                case "s":
                    attributes.Add(("s", styles.ParseStyle(reader.Value()).ToString(CultureInfo.InvariantCulture)));
                    break;
                case "hidden" or "customFormat" or "customHeight" or "outlineLevel" or "collapsed" or "thickTop" or "thickBot":
                    attributes.Add((reader.AttributeName, reader.Value().ToString()));
                    break;
            }
        }

        reader.MoveToElement();
        row = number;
        marked.WriteRowsBefore(row);
        var isShown = marked.HasMarksIn(row);
        cells.StartRow(row);
        foreach (var (name, value) in attributes.Where(item => !isShown || item is not (("hidden", _) or ("ht", "0"))))
        {
            writer.WriteAttributeString(name, value);
        }

        var column = 0;
        var hasContent = !reader.IsEmptyElement;
        while (hasContent && reader.Read() && reader.Depth > 2)
        {
            if (reader is { NodeType: XmlNodeType.Element, Depth: 3 } && reader.Name == "c")
            {
                column = WriteCell(reader, column + 1);
            }
        }

        marked.WriteCellsBefore(row, int.MaxValue);
        cells.EndRow();
    }

    private int WriteCell(PartReader reader, int column)
    {
        var (type, style) = (CellType.Number, 0);
        while (reader.MoveToNextAttribute())
        {
            switch (reader.AttributeName)
            {
                case "r":
                    column = XlsxSheetReader.ColumnOf(reader.Value(), row);
                    break;
                case "t":
                    type = CellValues.TypeOf(reader.Value().Trim());
                    break;
                case "s":
                    style = styles.ParseStyle(reader.Value());
                    break;
            }
        }

        reader.MoveToElement();
        marked.WriteCellsBefore(row, column);
        var mark = marked.TakeMark(row, column);
        text.Clear();
        if (!reader.IsEmptyElement)
        {
            ReadStored(reader, type);
        }

        WriteValue(type, column, style, mark);
        return column;
    }

    /// <summary>Reads the stored value of the cell. A formula is skipped.</summary>
    private void ReadStored(PartReader reader, CellType type)
    {
        var inValue = false;
        while (reader.Read() && reader.Depth > 3)
        {
            if (reader.NodeType == XmlNodeType.Element && reader.Depth == 4)
            {
                inValue = reader.Name == "v" && !reader.IsEmptyElement;
                if (reader.Name == "is" && type == CellType.Inline)
                {
                    text.ReadRaw(reader);
                }
            }
            else if (inValue && reader.Depth == 5 && reader.NodeType is XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace)
            {
                text.Append(reader.Value());
            }
        }
    }

    private void WriteValue(CellType type, int column, int style, Severity? mark)
    {
        var raw = CellValues.IsText(type) ? text.Raw() : text.Raw().Trim();
        switch (type)
        {
            case CellType.Shared when PartReader.TryParseInt(raw, out var index) && index < workbook.Texts.Count:
                cells.Shared(column, styles.GetVariant(style, mark, CellWriter.IsLikeFormula(workbook.Texts[index])), index);
                break;
            case CellType.Boolean when raw is "1" or "true" or "0" or "false":
                cells.Boolean(column, styles.GetVariant(style, mark, isQuoted: false), raw is "1" or "true");
                break;
            case CellType.Error when !raw.IsEmpty:
                cells.Error(column, styles.GetVariant(style, mark, isQuoted: false), raw.ToString());
                break;
            case CellType.Date when SerialDate.CreateCell(raw) is { } date:
                var serial = workbook.From1904 && date.Number >= SerialDate.Days1904 ? date.Number - SerialDate.Days1904 : date.Number;
                cells.Number(column, styles.GetVariant(style, mark, isQuoted: false), serial.ToString(CultureInfo.InvariantCulture));
                break;
            case CellType.Number when double.TryParse(raw, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number):
                cells.Number(column, styles.GetVariant(style, mark, isQuoted: false), raw.Trim().ToString());
                break;
            default:
                var letters = text.Unescaped().ToString();
                if (letters.Length == 0)
                {
                    cells.Blank(column, styles.GetVariant(style, mark, isQuoted: false));
                }
                else
                {
                    cells.Text(column, styles.GetVariant(style, mark, CellWriter.IsLikeFormula(letters)), letters);
                }

                break;
        }
    }
}
