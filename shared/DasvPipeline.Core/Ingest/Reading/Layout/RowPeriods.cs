using DasvPipeline.Core.Domain;

namespace DasvPipeline.Core.Ingest.Reading.Layout;

/// <summary>The rows of a table that are for the same time.</summary>
/// <param name="Column">The column that states the time, or 0 if the table has no such column.</param>
/// <param name="Statement">What the column says, or null if it says nothing about time.</param>
internal sealed record RowPeriodGroup(List<(int Row, int Member)> Rows, int Column, PeriodStatement? Statement)
{
    /// <summary>The quarter or year that the column states, as far as it states one.</summary>
    public PartialPeriod Stated => Statement is { Meaning: not StatementMeaning.Unclear } ? PartialPeriod.FindIn(Statement.Text) : PartialPeriod.None;
}

/// <summary>
/// Reads the column that states the time of each row: "Year" with 2018/19 in it, or quarters next to groups of labels.
/// Without it, the figures of another year next to the right labels would be read.
/// </summary>
internal static class RowPeriods
{
    /// <summary>The number of columns before the labels that are searched for the column.</summary>
    private const int ColumnsBefore = 6;

    /// <summary>The number of columns after the labels that are searched for the column.</summary>
    private const int ColumnsAfter = 12;

    /// <summary>Splits the rows of a table by their time.</summary>
    /// <param name="isStock">True if the figures are stocks.</param>
    public static IEnumerable<RowPeriodGroup> Split(SheetView view, int labelColumn, List<(int Row, int Member)> run, Period asked, bool isStock)
    {
        var column = FindColumn(view, labelColumn, run);
        if (column == 0)
        {
            return [new RowPeriodGroup(run, 0, null)];
        }

        var texts = TextsOf(view, column, run, fillDown: column < labelColumn);
        var statements = run.Select((hit, i) => PeriodStatement.Create(texts[i], view.AddressOf(hit.Row, column), view.Expression(texts[i]), asked, isStock)).ToList();
        if (IsPeriodHeading(view, column, run[0].Row))
        {
            return run.Select((hit, i) => (hit, Statement: statements[i])).GroupBy(item => (item.Statement.Meaning, PeriodOf(item.Statement)))
                .Select(group => new RowPeriodGroup([.. group.Select(item => item.hit)], column, group.First().Statement));
        }

        // A heading such as "Reference date" may be about something else, so its times are only queried.
        var doubtful = statements.FirstOrDefault(statement => statement.Meaning != StatementMeaning.Nothing);
        return [new RowPeriodGroup(run, column, doubtful is null ? null : doubtful with { Meaning = StatementMeaning.Unclear })];
    }

    private static Period? PeriodOf(PeriodStatement statement) => statement.Meaning == StatementMeaning.OtherPeriod ? statement.Comparison.Months?.Period : null;

    private static int FindColumn(SheetView view, int labelColumn, List<(int Row, int Member)> run)
    {
        var before = Enumerable.Range(1, Math.Min(labelColumn - 1, ColumnsBefore)).Select(distance => labelColumn - distance)
            .FirstOrDefault(column => StatesTime(view, labelColumn, column, run));

        // Times to the left of other figures are the labels of another table.
        if (before > 0 && !run.Exists(hit => Enumerable.Range(before, labelColumn - before).Any(column => FigureSyntax.IsLikeFigure(view[hit.Row, column]) && !FigureSyntax.IsYear(view[hit.Row, column]))))
        {
            return before;
        }

        var last = Math.Min(view.Columns, labelColumn + ColumnsAfter);
        return Enumerable.Range(labelColumn + 1, last - labelColumn).FirstOrDefault(column => StatesTime(view, labelColumn, column, run));
    }

    /// <summary>Returns true if every filled cell of the column is a time, and the others can be part of a group of rows.</summary>
    private static bool StatesTime(SheetView view, int labelColumn, int column, List<(int Row, int Member)> run)
    {
        if (column < labelColumn && view[run[0].Row, column].IsBlank)
        {
            return false; // the first row must have a time
        }

        var filled = 0;
        foreach (var (row, _) in run)
        {
            var cell = view[row, column];
            if (cell.IsBlank)
            {
                continue;
            }

            if (!view.IsTimeLabel(row, column) && !(FigureSyntax.IsYear(cell) && HeadingOf(view, column, run[0].Row) is { Length: > 0 } heading && FormLabels.IsPeriodWord(heading)))
            {
                return false;
            }

            filled++;
        }

        // Periods directly next to all labels need no heading.
        return column < labelColumn
            || (run.Count > 1 && ((column == labelColumn + 1 && filled == run.Count) || (filled * 2 >= run.Count && HeadingOf(view, column, run[0].Row).Split(' ').Any(FormLabels.IsPeriodWord))));
    }

    /// <summary>Returns the texts of the column. A blank cell after a filled one belongs to its group.</summary>
    private static List<string> TextsOf(SheetView view, int column, List<(int Row, int Member)> run, bool fillDown)
    {
        var texts = new List<string>(run.Count);
        foreach (var (row, _) in run)
        {
            var text = view[row, column].IsBlank ? string.Empty : view.TextAt(row, column) ?? view[row, column].DisplayText;
            texts.Add(text.Length == 0 && fillDown && texts.Count > 0 ? texts[^1] : text);
        }

        return texts;
    }

    /// <summary>Returns true if the heading of the column says that it is the period of the figures, or if it has no heading.</summary>
    private static bool IsPeriodHeading(SheetView view, int column, int firstRow) =>
        HeadingOf(view, column, firstRow) is var heading && (heading.Length == 0 || FormLabels.IsPeriodWord(heading));

    private static string HeadingOf(SheetView view, int column, int firstRow) => firstRow > 1 ? view.LabelAt(firstRow - 1, column) : string.Empty;
}
