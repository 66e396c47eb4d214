namespace DasvPipeline.Core.Ingest.Reading;

/// <summary>Collects the rows of one sheet. Blank cells at the end of a row and blank rows at the end are not kept.</summary>
internal sealed class SheetBuilder(string? sheet, CellBudget budget)
{
    private readonly List<Cell[]> rows = [];
    private Cell[] row = new Cell[16];
    private int filled;

    /// <summary>The number of the last row that is not blank.</summary>
    public int Count => rows.Count;

    /// <summary>Adds a cell to the current row. Columns count from 1 and must be added in ascending order.</summary>
    public void AddCell(int column, in Cell cell)
    {
        if (column > budget.Limits.Columns)
        {
            throw new FileRefusedException(FileFindings.TooManyColumns(sheet, budget.Limits.Columns));
        }

        if (column > row.Length)
        {
            Array.Resize(ref row, Math.Max(column, row.Length * 2));
        }

        row[column - 1] = cell;
        filled = column;
    }

    /// <summary>
    /// Ends the current row, which is row <paramref name="number"/>. Rows that were skipped before it are blank.
    /// If the row is repeated, all repetitions share one copy.
    /// </summary>
    public void EndRow(long number, long times = 1)
    {
        if (filled == 0)
        {
            return;
        }

        if (times > budget.Limits.RowsPerSheet || number + times - 1 > budget.Limits.RowsPerSheet)
        {
            throw new FileRefusedException(FileFindings.TooManyRows(sheet, budget.Limits.RowsPerSheet));
        }

        while (rows.Count < number - 1)
        {
            budget.CountRow(0);
            rows.Add([]);
        }

        var cells = row.AsSpan(0, filled).ToArray();
        for (; times > 0; times--)
        {
            budget.CountRow(filled);
            rows.Add(cells);
        }

        row.AsSpan(0, filled).Clear();
        filled = 0;
    }

    public Sheet ToSheet() => new(sheet, rows);
}
