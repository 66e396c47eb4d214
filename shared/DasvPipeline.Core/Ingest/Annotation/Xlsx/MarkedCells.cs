using DasvPipeline.Core.Domain.Findings;

namespace DasvPipeline.Core.Ingest.Annotation.Xlsx;

/// <summary>Adds marks while the cells of a sheet are written from top to bottom. Creates a blank cell if a marked cell does not exist.</summary>
internal sealed class MarkedCells(Marks marks, CopiedStyles styles, CellWriter cells)
{
    private int next;

    public bool HasMarksIn(int row) => next < marks.Cells.Count && marks.Cells[next].Row == row;

    /// <summary>Writes the earlier rows that contain only marks.</summary>
    public void WriteRowsBefore(int row)
    {
        while (next < marks.Cells.Count && marks.Cells[next].Row is var number && number < row)
        {
            cells.StartRow(number);
            WriteCellsBefore(number, int.MaxValue);
            cells.EndRow();
        }
    }

    /// <summary>Writes the marked blank cells of the current row that are before a column.</summary>
    public void WriteCellsBefore(int row, int column)
    {
        for (; HasMarksIn(row) && marks.Cells[next].Column < column; next++)
        {
            cells.Blank(marks.Cells[next].Column, styles.GetVariant(0, marks.Cells[next].Severity, isQuoted: false));
        }
    }

    /// <summary>Returns the mark of the next cell to write, or null if it has none.</summary>
    public Severity? TakeMark(int row, int column) =>
        HasMarksIn(row) && marks.Cells[next].Column == column ? marks.Cells[next++].Severity : null;
}
