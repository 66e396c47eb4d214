using System.Globalization;
using System.Xml;
using DasvPipeline.Core.Read;
using DasvPipeline.Core.Read.Ods;
using DasvPipeline.Core.Read.Xlsx;
using DasvPipeline.Core.Read.Zip;

namespace DasvPipeline.Core.Oversee.Marking.Ods;

/// <summary>
/// The rows of a sheet written anew with the marks in their places. Rows and cells have no addresses, only their order, and
/// any of them may stand for many: one in which there is a mark is divided before and behind it, and not spread out.
/// </summary>
/// <param name="defaults">The style of the cells of each column that name none themselves, by its number.</param>
/// <param name="copies">How many cells may be written more than once, in the whole spreadsheet.</param>
internal sealed class CopiedRows(Marks marks, string?[] defaults, Looks looks, Room copies, XmlWriter to)
{
    /// <summary>Of one row, its cells and their letters.</summary>
    private const int MostHeld = 500_000;

    /// <summary>The row and column to be written next, the first being 1, and the next mark.</summary>
    private int row = 1;
    private int column;
    private int next;
    private int comments;

    /// <summary>Writes the row the reader stands on, which is left on its end.</summary>
    public void Write(PartReader from)
    {
        var repeated = PartReader.TryInt(from.Attribute("number-rows-repeated", OdsNames.Table), out var times) && times > 0 ? times : 1;
        var held = new HeldRow(
            from.Attribute("style-name", OdsNames.Table), from.Attribute("default-cell-style-name", OdsNames.Table), from.Attribute("visibility", OdsNames.Table), ReadCells(from));
        Write(held, repeated);
    }

    /// <summary>Writes the marked rows that are not in the file.</summary>
    public void WriteRest()
    {
        if (next < marks.Cells.Count)
        {
            Write(new HeldRow(null, null, null, []), marks.Cells[^1].Row - row + 1);
        }
    }

    private static List<HeldCell> ReadCells(PartReader from)
    {
        var cells = new List<HeldCell>();
        var room = new Room(MostHeld);
        long columns = 0;
        var top = from.Depth;
        var more = !from.IsEmptyElement;
        while (more && from.Read() && from.Depth > top)
        {
            if (from is { NodeType: XmlNodeType.Element, Name: "table-cell" or "covered-table-cell" } && columns < SheetCells.LastColumn)
            {
                cells.Add(HeldCell.Read(from, room));
                columns += cells[^1].Repeated;
            }
            else if (from.NodeType == XmlNodeType.Element)
            {
                from.Skip();
            }
        }

        return cells;
    }

    private void Write(HeldRow held, int repeated)
    {
        var left = Math.Min(repeated, SheetCells.LastRow - row + 1);
        for (var isFirst = true; left > 0; isFirst = false)
        {
            if (!isFirst && !copies.Take(held.Cells.Count))
            {
                throw new Refusal(FileFinding.Damaged("rows in it repeat more than any workbook's"));
            }

            var isMarked = IsMarked(row);
            var times = isMarked || next == marks.Cells.Count ? left : Math.Min(left, marks.Cells[next].Row - row);
            times = isMarked ? 1 : times;
            WriteOnce(held, times, isMarked);
            row += times;
            left -= times;
        }
    }

    private void WriteOnce(HeldRow held, int times, bool isMarked)
    {
        to.WriteStartElement("table-row", OdsNames.Table);
        WriteIf("style-name", isMarked && looks.Hides("table-row", held.Style) ? null : held.Style);
        WriteIf("default-cell-style-name", held.CellStyle);
        WriteIf("visibility", isMarked ? null : held.Visibility);
        WriteIf("number-rows-repeated", times > 1 ? times.ToString(CultureInfo.InvariantCulture) : null);
        column = 1;
        foreach (var cell in held.Cells)
        {
            Write(cell, cell.Repeated, held);
        }

        // Marks behind the last cell, or the one cell that a row must have.
        var last = marks.Cells.Skip(next).TakeWhile(mark => mark.Row == row).LastOrDefault()?.Column ?? (held.Cells.Count == 0 ? 1 : 0);
        Write(HeldCell.Blank(1), last - column + 1, held);
        to.WriteEndElement();
    }

    private void Write(HeldCell cell, int repeated, HeldRow held)
    {
        var left = Math.Min(repeated, SheetCells.LastColumn - column + 1);
        while (left > 0)
        {
            var marked = IsMarked(row) ? marks.Cells[next].Column : int.MaxValue;
            var times = marked == column ? 1 : Math.Min(left, marked - column);
            if (marked == column)
            {
                var mark = marks.Cells[next++];
                cell.Write(to, 1, looks.Marked(cell.Style ?? held.CellStyle ?? defaults[column], mark.Severity), ++comments > Marks.MostComments ? null : mark.Comment);
            }
            else
            {
                cell.Write(to, times, cell.Style, comment: null);
            }

            column += times;
            left -= times;
        }
    }

    private bool IsMarked(int number) => next < marks.Cells.Count && marks.Cells[next].Row == number;

    private void WriteIf(string name, string? value)
    {
        if (value is not null)
        {
            to.WriteAttributeString(name, OdsNames.Table, value);
        }
    }

    /// <param name="CellStyle">Of its cells that name none themselves.</param>
    private sealed record HeldRow(string? Style, string? CellStyle, string? Visibility, IReadOnlyList<HeldCell> Cells);
}
