using DasvPipeline.Core.Catalogue;

namespace DasvPipeline.Core.Read;

/// <summary>What stands above a table, as it lies on its sheet, and the sheet's name say of it.</summary>
/// <param name="Rank">2 with this table's title, 1 with none, 0 with another's.</param>
/// <param name="When">The nearest title, line or name that says a period.</param>
internal readonly record struct TableCaption(int Rank, When When)
{
    /// <summary>Rows above a table's column labels in which its title is looked for.</summary>
    public const int TitleRows = 6;

    /// <param name="firstHeading">Of the view, the row furthest above the table that labels its columns; 0 where there is none.</param>
    /// <param name="lastColumn">Of the view, the last that the table has.</param>
    public static TableCaption Of(
        FormLabels labels, FormTable table, SheetView view, int labelColumn, List<(int Row, int Member)> run, int firstHeading, int lastColumn)
    {
        var sheet = view.Sheet;
        var (top, left, right) = view.Turned
            ? (labelColumn, Math.Max(1, firstHeading > 0 ? Math.Min(firstHeading, run[0].Row - 1) : run[0].Row - 1), run[^1].Row)
            : (run[0].Row, Math.Max(1, labelColumn), lastColumn);
        var (rank, when, isDone) = ((int?)null, When.Of(sheet[top, left].Text ?? string.Empty), false);
        for (var row = top - 1; row >= Math.Max(1, top - Headings.Most - TitleRows) && !isDone && rank is null; row--)
        {
            if (left > 1 && !view.Turned && labels.IsTitleOf(table, NameAt(sheet, row, left - 1)))
            {
                rank = 2; // a title that stands out to the left
                when = when.Else(When.In(sheet[row, left - 1].Text!));
                break;
            }

            when = when.Else(SaidBy(sheet, row, left, right));
            for (var column = left; column <= right && rank is null; column++)
            {
                var name = NameAt(sheet, row, column);
                if (name.Length == 0)
                {
                    continue;
                }

                if (labels.IsTitleOf(table, name))
                {
                    rank = 2;
                    when = when.Else(When.In(sheet[row, column].Text!));
                }
                else if (labels.IsTitleOfAnother(table, name))
                {
                    rank = 0;
                }

                // The labels of a table above: what stands higher is that table's.
                isDone |= labels.IsAnyRow(name) && !FormLabels.IsTotal(name) && (view.Turned || column == labelColumn);
            }
        }

        var sheetName = Label.Normalise(sheet.Name ?? string.Empty);
        rank ??= labels.IsTitleOf(table, sheetName) ? 2 : labels.IsTitleOfAnother(table, sheetName) ? 0 : 1;
        return new TableCaption(rank.Value, when.Else(SaidByFirstLine(labels, view)).Else(When.In(sheet.Name ?? string.Empty)));
    }

    /// <summary>A row above a table that says nothing but when: "2018-19", or "Quarter" with 1 beside it.</summary>
    private static When SaidBy(Sheet sheet, int row, int left, int right)
    {
        var filled = Enumerable.Range(left, Math.Max(1, right - left + 1)).Where(column => !sheet[row, column].IsBlank).ToList();
        if (filled is not [var first, ..] || sheet[row, first].Text is not { Length: <= Label.Longest } text)
        {
            return When.Unsaid;
        }

        // The corner of a table, beside the labels of its columns, may say the year of them all.
        if ((filled.Count == 1 || first == left) && When.Of(text) is { IsSaid: true } alone)
        {
            return alone;
        }

        var (name, beside) = (Label.Normalise(text), sheet[row, first + 1]);
        return !FormLabels.IsAboutWord(name) ? When.Unsaid
            : name == "quarter" && beside.Shown.Trim() is ['1' or '2' or '3' or '4'] ? When.Of("Q" + beside.Shown.Trim())
            : When.Of(beside.Text ?? string.Empty);
    }

    /// <summary>What a sheet begins with is its title, unless it is that of a table.</summary>
    private static When SaidByFirstLine(FormLabels labels, SheetView view) =>
        Label.Normalise(view.FirstText) is var name && !labels.IsAnyTitle(name) && !labels.IsAnyRow(name) ? When.In(view.FirstText) : When.Unsaid;

    private static string NameAt(Sheet sheet, int row, int column) =>
        sheet[row, column] is { Kind: CellKind.Text, Text: { Length: <= Label.Longest } text } ? Label.Normalise(text) : string.Empty;
}
