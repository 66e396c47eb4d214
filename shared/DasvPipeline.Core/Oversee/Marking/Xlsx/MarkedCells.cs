using DasvPipeline.Core.Model;

namespace DasvPipeline.Core.Oversee.Marking.Xlsx;

/// <summary>Puts a sheet's marks among its cells as they are written from top to bottom; where there is no cell, makes a blank one.</summary>
internal sealed class MarkedCells(Marks marks, StyleBook styles, CellWriter cells)
{
    private int next;

    public bool AnyIn(int row) => next < marks.Cells.Count && marks.Cells[next].Row == row;

    /// <summary>Writes the rows before this one that hold nothing but marks.</summary>
    public void WriteRowsBefore(int row)
    {
        while (next < marks.Cells.Count && marks.Cells[next].Row is var number && number < row)
        {
            cells.StartRow(number);
            WriteCellsBefore(number, int.MaxValue);
            cells.EndRow();
        }
    }

    /// <summary>Writes the blank cells of the row being written that are marked and stand before a column.</summary>
    public void WriteCellsBefore(int row, int column)
    {
        for (; AnyIn(row) && marks.Cells[next].Column < column; next++)
        {
            cells.Blank(marks.Cells[next].Column, styles.Like(0, marks.Cells[next].Severity, isQuoted: false));
        }
    }

    /// <summary>The mark of the cell about to be written; null where it has none.</summary>
    public Severity? Take(int row, int column) =>
        AnyIn(row) && marks.Cells[next].Column == column ? marks.Cells[next++].Severity : null;
}
