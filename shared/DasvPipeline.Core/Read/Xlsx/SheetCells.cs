using System.Xml;
using DasvPipeline.Core.Read.Zip;

namespace DasvPipeline.Core.Read.Xlsx;

/// <summary>
/// Reads one sheet in a single pass, holding what has something in it. The declared dimension is not looked at: neither
/// the time nor the memory depends on anything but the cells written out. Addresses must rise, as in every real file;
/// a file where they do not could be read in two ways, so it is damaged.
/// </summary>
internal sealed class SheetCells(SheetPart sheet, CellValues values, CellBudget budget)
{
    public const int LastRow = 1_048_576;
    public const int LastColumn = 16_384;

    private readonly Rows rows = new(sheet.Name, budget);
    private readonly bool[] hiddenColumns = new bool[budget.Limits.Columns + 1];
    private readonly CellText text = new();

    private int row;
    private bool rowHidden;
    private int column;
    private CellType type;
    private int style;
    private bool formula;

    public Sheet Read(PartReader xml)
    {
        while (xml.Read())
        {
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
                throw Disordered();
            }

            var hidden = PartReader.IsTrue(xml.Attribute("hidden")) || xml.Attribute("width") is "0";
            if (hidden && PartReader.TryInt(xml.Attribute("min"), out var from) && PartReader.TryInt(xml.Attribute("max"), out var to))
            {
                for (var i = from; i <= to && i < hiddenColumns.Length; i++)
                {
                    hiddenColumns[i] = true;
                }
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
                    rows.End(row);
                }
            }
        }
    }

    private void StartRow(PartReader xml)
    {
        var number = row + 1;
        rowHidden = false;
        while (xml.MoveToNextAttribute())
        {
            switch (xml.AttributeName)
            {
                case "r":
                    number = PartReader.TryInt(xml.Value(), out var given) ? given : 0;
                    break;
                case "hidden":
                    rowHidden |= PartReader.IsTrue(xml.Value());
                    break;
                case "ht":
                    rowHidden |= xml.Value() is "0";
                    break;
            }
        }

        xml.MoveToElement();
        if (number <= row || number > LastRow)
        {
            throw Disordered();
        }

        row = number;
        column = 0;
    }

    private void ReadCells(PartReader xml)
    {
        while (xml.Read() && xml.Depth > 2)
        {
            if (xml is { NodeType: XmlNodeType.Element, Depth: 3 } && xml.Name == "c")
            {
                StartCell(xml);
                if (!xml.IsEmptyElement)
                {
                    ReadValue(xml);
                    Keep();
                }
            }
        }
    }

    private void StartCell(PartReader xml)
    {
        var at = column + 1;
        type = CellType.Number;
        style = 0;
        formula = false;
        while (xml.MoveToNextAttribute())
        {
            switch (xml.AttributeName)
            {
                case "r":
                    at = ColumnOf(xml.Value(), row);
                    break;
                case "t":
                    type = CellValues.TypeOf(xml.Value());
                    break;
                case "s":
                    PartReader.TryInt(xml.Value(), out style);
                    break;
            }
        }

        xml.MoveToElement();
        if (at <= column || at > LastColumn)
        {
            throw Disordered();
        }

        column = at;
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
                    formula |= xml.Name == "f";
                    if (xml.Name == "is" && type == CellType.Inline)
                    {
                        text.Gather(xml);
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
        var hidden = rowHidden || sheet.IsHidden || (column < hiddenColumns.Length && hiddenColumns[column]);
        var traits = (formula ? CellTraits.Formula : CellTraits.None) | (hidden ? CellTraits.Hidden : CellTraits.None);
        if (values.Read(type, style, text) is { IsBlank: false } cell)
        {
            rows.Put(column, cell with { Traits = cell.Traits | traits });
        }
        else if (formula && type != CellType.Formula)
        {
            // A formula that came to an empty text (t="str") has its value and shows nothing; any other was never worked out.
            rows.Put(column, new Cell(CellKind.Blank, null, 0, traits));
        }
    }

    /// <summary>The column of an address such as C14, whose row must be the one it stands in.</summary>
    public static int ColumnOf(ReadOnlySpan<char> address, int row)
    {
        var at = 0;
        var number = 0;
        for (; at < address.Length && at < 3 && char.IsAsciiLetterUpper(address[at]); at++)
        {
            number = (number * 26) + (address[at] - 'A' + 1);
        }

        return PartReader.TryInt(address[at..], out var inRow) && inRow == row ? number : throw Disordered();
    }

    private static Refusal Disordered() => new(FileFinding.Damaged("its rows and columns are not in order"));
}
