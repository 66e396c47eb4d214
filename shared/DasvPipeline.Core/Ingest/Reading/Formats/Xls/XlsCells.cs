namespace DasvPipeline.Core.Ingest.Reading.Formats.Xls;

/// <summary>Collects the cells of a sheet, which can be stored in any order. Rows and columns count from 0.</summary>
internal sealed class XlsCells(string sheet, ReadingContext context)
{
    private readonly List<Cell[]?> rows = [];
    private long capacity;

    /// <summary>Adds a cell. A cell that is there twice refuses the file.</summary>
    public void Add(int row, int column, in Cell cell)
    {
        if (context.IsRefused || !TryGrow(row, column))
        {
            return;
        }

        if (rows[row]![column] != Cell.Blank)
        {
            context.Refuse(FileFindings.Damaged("a cell in it appears twice"));
        }

        rows[row]![column] = cell;
    }

    /// <summary>Adds all cells in their order.</summary>
    public void AddTo(SheetBuilder builder)
    {
        for (var row = 0; row < rows.Count && !context.IsRefused; row++)
        {
            for (var column = 0; column < rows[row]?.Length; column++)
            {
                if (rows[row]![column] != Cell.Blank)
                {
                    builder.AddCell(row + 1, column + 1, rows[row]![column]);
                }
            }

            builder.EndRow(row + 1);
            rows[row] = null;
        }
    }

    /// <summary>Makes room for a cell. Returns false if it is beyond the limits.</summary>
    private bool TryGrow(int row, int column)
    {
        if (row >= context.Limits.RowsPerSheet || column >= context.Limits.Columns)
        {
            return context.Refuse(FileFindings.FarCell(new(sheet, row + 1, column + 1), context.Limits));
        }

        while (rows.Count <= row)
        {
            rows.Add(null);
        }

        var cells = rows[row] ?? [];
        if (column < cells.Length)
        {
            return true;
        }

        // Rows grow in steps, so they can have up to twice as many cells as they need.
        var width = Math.Max(column + 1, cells.Length * 2);
        capacity += width - cells.Length;
        if (capacity > 2L * context.Limits.Cells)
        {
            return context.Refuse(FileFindings.TooMany("cells", context.Limits.Cells));
        }

        Array.Resize(ref cells, width);
        rows[row] = cells;
        return true;
    }
}
