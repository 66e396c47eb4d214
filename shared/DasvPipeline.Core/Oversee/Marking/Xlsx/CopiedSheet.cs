using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;
using DasvPipeline.Core.Model;
using DasvPipeline.Core.Read.Values;
using DasvPipeline.Core.Read.Xlsx;
using DasvPipeline.Core.Read.Zip;

namespace DasvPipeline.Core.Oversee.Marking.Xlsx;

/// <summary>
/// One sheet of the agency's workbook written anew as it is read, in a single pass: its view, widths, rows, values and
/// merged cells, with the marks in their places. Formulas, links, conditions, validations and drawings are not taken over.
/// </summary>
internal sealed partial class CopiedSheet
{
    /// <summary>What is taken over, in the order that a sheet has (ECMA-376 part 1, 18.3.1.99).</summary>
    private static readonly string[] Parts = ["sheetPr", "sheetViews", "sheetFormatPr", "cols", "sheetData", "mergeCells", "pageSetup"];

    private static readonly int CellsPart = Array.IndexOf(Parts, "sheetData");

    /// <summary>Of one element of those around the cells, with what is in it.</summary>
    private const int MostHeld = 1_000;

    private readonly Marks marks;
    private readonly WorkbookParts workbook;
    private readonly StyleBook styles;
    private readonly XmlWriter to;
    private readonly CellWriter cells;
    private readonly MarkedCells marked;
    private readonly CellText text = new();
    private int row;

    public CopiedSheet(Marks marks, WorkbookParts workbook, StyleBook styles, XmlWriter to)
    {
        (this.marks, this.workbook, this.styles, this.to) = (marks, workbook, styles, to);
        cells = new CellWriter(to);
        marked = new MarkedCells(marks, styles, cells);
    }

    public void Write(PartReader from)
    {
        var reached = -1;
        while (from.Read())
        {
            var part = from is { NodeType: XmlNodeType.Element, Depth: 1 } ? Array.IndexOf(Parts, from.Name) : -1;
            if (part > reached)
            {
                if (part > CellsPart && reached < CellsPart)
                {
                    WriteCells(null);
                }

                reached = part;
                WritePart(from, part);
            }
        }

        if (reached < CellsPart)
        {
            WriteCells(null);
        }
    }

    private void WritePart(PartReader from, int part)
    {
        switch (Parts[part])
        {
            case "sheetData":
                WriteCells(from);
                break;
            case "cols":
                WriteEach(from, Column);
                break;
            case "mergeCells":
                WriteEach(from, merged => Area().IsMatch(merged.Attribute("ref")?.Value ?? string.Empty) ? merged : null);
                break;
            default:
                if (Vocabulary.Sheets.Read(from, new Room(MostHeld)) is { } small)
                {
                    Complete(small).WriteTo(to);
                }

                break;
        }
    }

    /// <summary>Writes an element's children one by one, and the element itself only if any of them is taken over.</summary>
    private void WriteEach(PartReader from, Func<XElement, XElement?> change)
    {
        var name = from.Name;
        var top = from.Depth;
        var any = false;
        var more = !from.IsEmptyElement;
        while (more && from.Read() && from.Depth > top)
        {
            if (from.NodeType == XmlNodeType.Element && Vocabulary.Sheets.Read(from, new Room(MostHeld)) is { } child && change(child) is { } changed)
            {
                if (!any)
                {
                    to.WriteStartElement(name, Vocabulary.Main);
                    any = true;
                }

                changed.WriteTo(to);
            }
        }

        if (any)
        {
            to.WriteEndElement();
        }
    }

    private static XElement Complete(XElement part)
    {
        switch (part.Name.LocalName)
        {
            case "sheetViews":
                part.Elements().Skip(1).Remove();
                if (!part.HasElements)
                {
                    part.Add(new XElement(Vocabulary.Sheet + "sheetView"));
                }

                part.Elements().First().SetAttributeValue("workbookViewId", "0");
                break;
            case "sheetFormatPr" when part.Attribute("defaultRowHeight") is null:
                part.SetAttributeValue("defaultRowHeight", "15");
                break;
        }

        return part;
    }

    /// <summary>Columns as wide as they were; hidden ones are shown again where something was found in them.</summary>
    private XElement? Column(XElement column)
    {
        if (!PartReader.TryInt(column.Attribute("min")?.Value, out var from) || !PartReader.TryInt(column.Attribute("max")?.Value, out var until)
            || from < 1 || until < from || until > SheetCells.LastColumn)
        {
            return null;
        }

        if (column.Attribute("style") is { } style)
        {
            style.Value = Style(style.Value).ToString(CultureInfo.InvariantCulture);
        }

        if (marks.AnyInColumns(from, until))
        {
            column.Attribute("hidden")?.Remove();
            if (column.Attribute("width")?.Value is "0")
            {
                column.Attribute("width")!.Remove();
            }
        }

        return column;
    }

    private void WriteCells(PartReader? from)
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
                    kept.Add(("s", Style(from.Value()).ToString(CultureInfo.InvariantCulture)));
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
                    style = Style(from.Value());
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

    private int Style(ReadOnlySpan<char> number) => PartReader.TryInt(number, out var style) ? styles.Plain(style) : 0;

    [GeneratedRegex("^[A-Z]{1,3}[0-9]{1,7}:[A-Z]{1,3}[0-9]{1,7}$")]
    private static partial Regex Area();
}
