using DasvPipeline.Core.Domain.Findings;

namespace DasvPipeline.Core.Ingest.Reading;

/// <summary>Collects the rows of one sheet. Blank cells at the end of a row and blank rows at the end are not kept.</summary>
internal sealed class SheetBuilder(string? sheet, ReadingContext context)
{
    private readonly List<Cell[]> rows = [];
    private readonly List<CellRange> merges = [];
    private readonly List<CellComment> comments = [];
    private Cell[] row = new Cell[16];
    private int filled;

    /// <summary>The number of the last row that is not blank.</summary>
    public int Count => rows.Count;

    /// <summary>Adds a cell to the current row. Columns count from 1 and must be added in ascending order.</summary>
    public void AddCell(long rowNumber, int column, in Cell cell)
    {
        if (column > context.Limits.Columns || rowNumber > context.Limits.RowsPerSheet)
        {
            RefuseFarCell(rowNumber, column);
            return;
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

        if (times > context.Limits.RowsPerSheet || number + times - 1 > context.Limits.RowsPerSheet)
        {
            RefuseFarCell(Math.Max(number, context.Limits.RowsPerSheet + 1), Array.FindIndex(row, cell => cell != Cell.Blank) + 1);
            return;
        }

        while (rows.Count < number - 1 && context.CountRow(0))
        {
            rows.Add([]);
        }

        var cells = row.AsSpan(0, filled).ToArray();
        for (; times > 0 && context.CountRow(filled); times--)
        {
            rows.Add(cells);
        }

        row.AsSpan(0, filled).Clear();
        filled = 0;
    }

    private void RefuseFarCell(long rowNumber, int column) =>
        context.Refuse(FileFindings.FarCell(new CellRef(sheet, (int)Math.Min(rowNumber, int.MaxValue), column), context.Limits));

    /// <summary>Adds a range of merged cells. A range of a single cell is ignored.</summary>
    public void AddMerge(CellRange range)
    {
        if (merges.Count == context.Limits.RowsPerSheet)
        {
            context.Refuse(FileFindings.TooMany("merged cells", context.Limits.RowsPerSheet));
        }
        else if (range.LastRow > range.FirstRow || range.LastColumn > range.FirstColumn)
        {
            merges.Add(range);
        }
    }

    /// <summary>Adds a comment, without the name of its author, which Excel repeats at the start of the text. A blank comment is ignored.</summary>
    public void AddComment(CellComment comment)
    {
        if (comments.Count == context.Limits.RowsPerSheet)
        {
            context.Refuse(FileFindings.TooMany("comments", context.Limits.RowsPerSheet));
            return;
        }

        var text = comment.Text.AsSpan().Trim();
        text = comment.Author.Length > 0 && text.StartsWith(comment.Author + ":", StringComparison.Ordinal) ? text[(comment.Author.Length + 1)..].Trim() : text;
        if (!text.IsEmpty)
        {
            context.CountText(text.Length);
            comments.Add(comment with { Text = text.ToString() });
        }
    }

    public Sheet ToSheet() => new(sheet, rows) { Merges = merges, Comments = comments };
}
