using System.Globalization;
using System.Xml;
using DasvPipeline.Core.Model;
using DasvPipeline.Core.Read.Values;
using DasvPipeline.Core.Read.Xlsx;
using DasvPipeline.Core.Read.Zip;

namespace DasvPipeline.Core.Oversee.Marking.Xlsx;

/// <summary>The rows of a sheet written anew with the value of each cell, and the marks among them. Formulas are not taken over.</summary>
internal sealed class CopiedRows
{
    private readonly WorkbookParts workbook;
    private readonly StyleBook styles;
    private readonly XmlWriter to;
    private readonly CellWriter cells;
    private readonly MarkedCells marked;
    private readonly CellText text = new();
    private int row;

    public CopiedRows(Marks marks, WorkbookParts workbook, StyleBook styles, XmlWriter to)
    {
        (this.workbook, this.styles, this.to) = (workbook, styles, to);
        cells = new CellWriter(to);
        marked = new MarkedCells(marks, styles, cells);
    }

    /// <summary>Writes <c>sheetData</c> as it is read; what was not there to be read holds the marks alone.</summary>
    public void Write(PartReader? from)
    {
        to.WriteStartElement("sheetData", Vocabulary.Main);
        var more = from is { IsEmptyElement: false };
        while (more && from!.Read() && from.Depth > 1)
        {
            if (from is { NodeType: XmlNodeType.Element, Depth: 2 } && from.Name == "row")
            {
                WriteRow(from);
            }
        }

        marked.WriteRowsBefore(int.MaxValue);
        to.WriteEndElement();
    }

    private void WriteRow(PartReader from)
    {
        var kept = new List<(string Name, string Value)>();
        var number = row + 1;
        while (from.MoveToNextAttribute())
        {
            switch (from.AttributeName)
            {
                case "r":
                    PartReader.TryInt(from.Value(), out number);
                    break;
                case "s":
                    kept.Add(("s", styles.PlainOf(from.Value()).ToString(CultureInfo.InvariantCulture)));
                    break;
                case "ht" or "hidden" or "customFormat" or "customHeight" or "outlineLevel" or "collapsed" or "thickTop" or "thickBot":
                    kept.Add((from.AttributeName, from.Value().ToString()));
                    break;
            }
        }

        from.MoveToElement();
        row = number;
        marked.WriteRowsBefore(row);
        var shown = marked.AnyIn(row);
        cells.StartRow(row);
        foreach (var (name, value) in kept.Where(item => !shown || item is not (("hidden", _) or ("ht", "0"))))
        {
            to.WriteAttributeString(name, value);
        }

        var column = 0;
        var more = !from.IsEmptyElement;
        while (more && from.Read() && from.Depth > 2)
        {
            if (from is { NodeType: XmlNodeType.Element, Depth: 3 } && from.Name == "c")
            {
                column = WriteCell(from, column + 1);
            }
        }

        marked.WriteCellsBefore(row, int.MaxValue);
        cells.EndRow();
    }

    private int WriteCell(PartReader from, int column)
    {
        var (type, style) = (CellType.Number, 0);
        while (from.MoveToNextAttribute())
        {
            switch (from.AttributeName)
            {
                case "r":
                    column = SheetCells.ColumnOf(from.Value(), row);
                    break;
                case "t":
                    type = CellValues.TypeOf(from.Value());
                    break;
                case "s":
                    style = styles.PlainOf(from.Value());
                    break;
            }
        }

        from.MoveToElement();
        marked.WriteCellsBefore(row, column);
        var mark = marked.Take(row, column);
        text.Clear();
        if (!from.IsEmptyElement)
        {
            ReadStored(from, type);
        }

        WriteValue(type, column, style, mark);
        return column;
    }

    /// <summary>What is stored in the cell; a formula beside it is passed over.</summary>
    private void ReadStored(PartReader from, CellType type)
    {
        var inValue = false;
        while (from.Read() && from.Depth > 3)
        {
            if (from.NodeType == XmlNodeType.Element && from.Depth == 4)
            {
                inValue = from.Name == "v" && !from.IsEmptyElement;
                if (from.Name == "is" && type == CellType.Inline)
                {
                    text.Gather(from);
                }
            }
            else if (inValue && from.Depth == 5 && from.NodeType is XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace)
            {
                text.Append(from.Value());
            }
        }
    }

    private void WriteValue(CellType type, int column, int style, Severity? mark)
    {
        var raw = text.Raw();
        switch (type)
        {
            case CellType.Shared when PartReader.TryInt(raw, out var index) && index < workbook.Texts.Count:
                cells.Shared(column, styles.Like(style, mark, CellWriter.IsLikeFormula(workbook.Texts[index])), index);
                break;
            case CellType.Boolean when raw is "1" or "true" or "0" or "false":
                cells.Boolean(column, styles.Like(style, mark, isQuoted: false), raw is "1" or "true");
                break;
            case CellType.Error when !raw.IsEmpty:
                cells.Error(column, styles.Like(style, mark, isQuoted: false), raw.ToString());
                break;
            case CellType.Date when SerialDate.Cell(raw) is { } date:
                var serial = workbook.From1904 ? date.Number - SerialDate.Days1904 : date.Number;
                cells.Number(column, styles.Like(style, mark, isQuoted: false), serial.ToString(CultureInfo.InvariantCulture));
                break;
            case CellType.Number when double.TryParse(raw, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number):
                cells.Number(column, styles.Like(style, mark, isQuoted: false), raw.Trim().ToString());
                break;
            default:
                var letters = text.Unescaped().ToString();
                if (letters.Length == 0)
                {
                    cells.Blank(column, styles.Like(style, mark, isQuoted: false));
                }
                else
                {
                    cells.Text(column, styles.Like(style, mark, CellWriter.IsLikeFormula(letters)), letters);
                }

                break;
        }
    }
}
