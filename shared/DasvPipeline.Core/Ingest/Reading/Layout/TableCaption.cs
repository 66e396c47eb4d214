using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Domain.Findings;
using DasvPipeline.Core.Domain.PeriodExpressions;

namespace DasvPipeline.Core.Ingest.Reading.Layout;

/// <summary>Whose title a table has. A higher value is better.</summary>
internal enum TitleMatch
{
    OtherTable,
    NoTitle,

    /// <summary>A text that contains the title, such as "Table 3: Outreach by area, England".</summary>
    Similar,
    Own,
}

/// <summary>The title and period of a table, taken from the cells above it and from the sheet's name.</summary>
/// <param name="TitleMatch">Whose title it is.</param>
/// <param name="Period">The period in the nearest title, line or name that states one.</param>
/// <param name="Statements">The texts that state another kind of figure, one month, or a time that is no period of the return.</param>
internal readonly record struct TableCaption(TitleMatch TitleMatch, PartialPeriod Period, IReadOnlyList<PeriodStatement> Statements)
{
    /// <summary>The number of rows above the column labels that are searched for the title.</summary>
    public const int TitleRows = 6;

    /// <summary>A longer text at the top of a sheet is a sentence and not a title.</summary>
    private const int MaxSheetTitle = 100;

    /// <summary>Reads the caption of a table.</summary>
    /// <param name="firstHeading">The highest row of column labels, in the view's coordinates. 0 if the table has no such row.</param>
    /// <param name="lastColumn">The last column of the table, in the view's coordinates.</param>
    /// <param name="isStock">True if the figures are stocks.</param>
    public static TableCaption Read(
        FormLabels labels, Period asked, FormTable table, SheetView view, int labelColumn, List<(int Row, int Member)> run, int firstHeading, int lastColumn, bool isStock)
    {
        var sheet = view.Sheet;
        var (top, left, right) = view.IsTransposed
            ? (labelColumn, Math.Max(1, firstHeading > 0 ? Math.Min(firstHeading, run[0].Row - 1) : run[0].Row - 1), run[^1].Row)
            : (run[0].Row, Math.Max(1, labelColumn), lastColumn);
        var texts = new List<(string Text, CellRef? At)>();
        Note(top, left);
        var (titleMatch, statedPeriod, isDone, isSimilar) = ((TitleMatch?)null, PartialPeriod.Parse(sheet[top, left].Text ?? string.Empty), false, false);
        for (var row = top - 1; row >= Math.Max(1, top - ColumnHeadings.MaxRows - TitleRows) && !isDone && titleMatch is null; row--)
        {
            if (left > 1 && !view.IsTransposed && labels.IsTitleOf(table, NameAt(sheet, row, left - 1)))
            {
                titleMatch = TitleMatch.Own; // a title one column to the left
                statedPeriod = statedPeriod.FillFrom(PartialPeriod.FindIn(sheet[row, left - 1].Text!));
                Note(row, left - 1);
                break;
            }

            // A column of periods may stand before the labels, with the title above it.
            if (left > 1 && !view.IsTransposed && labels.IsSimilarTitle(table, NameAt(sheet, row, left - 1)))
            {
                isSimilar = true;
                Note(row, left - 1);
            }

            statedPeriod = statedPeriod.FillFrom(PeriodInRow(sheet, row, left, right, Note));
            for (var column = left; column <= right && titleMatch is null; column++)
            {
                var name = NameAt(sheet, row, column);
                if (name.Length == 0)
                {
                    continue;
                }

                if (labels.IsTitleOf(table, name))
                {
                    titleMatch = TitleMatch.Own;
                    statedPeriod = statedPeriod.FillFrom(PartialPeriod.FindIn(sheet[row, column].Text!));
                    Note(row, column);
                }
                else if (labels.IsTitleOfAnother(table, name))
                {
                    titleMatch = TitleMatch.OtherTable;
                }
                else if (labels.IsSimilarTitle(table, name))
                {
                    isSimilar = true;
                    Note(row, column);
                }

                // These are labels of a table above, so higher rows belong to that table.
                isDone |= labels.IsAnyRow(name) && !FormLabels.IsTotal(name) && (view.IsTransposed || column == labelColumn);
            }
        }

        var sheetName = Label.Normalise(sheet.Name ?? string.Empty);
        titleMatch ??= labels.IsTitleOf(table, sheetName) ? TitleMatch.Own : labels.IsTitleOfAnother(table, sheetName) ? TitleMatch.OtherTable
            : isSimilar || labels.IsSimilarTitle(table, sheetName) ? TitleMatch.Similar : TitleMatch.NoTitle;
        var firstRow = !view.IsTransposed && firstHeading > 0 ? firstHeading : top;
        if (view.FirstAddress is var first && (first.Row < firstRow || (first.Row < top && first.Column <= left)) && IsSheetTitle(labels, view))
        {
            texts.Add((view.FirstText, view.FirstAddress));
        }

        texts.Add((sheet.Name ?? string.Empty, null));
        return new TableCaption(
            titleMatch.Value,
            statedPeriod.FillFrom(PeriodInFirstLine(labels, view)).FillFrom(PartialPeriod.FindIn(sheet.Name ?? string.Empty)),
            [
                .. texts.Distinct().Where(item => item.Text.Length <= Label.MaxLength)
                    .Select(item => PeriodStatement.Create(item.Text, item.At, labels.ExpressionOf(view, new Heading(view.NameOf(item.Text), item.Text, default)), asked, isStock))
                    .Where(statement => statement.Meaning is StatementMeaning.Month or StatementMeaning.OtherKind or StatementMeaning.Unclear),
            ]);

        void Note(int row, int column)
        {
            // A date alone can be the day on which the form was filled in. Next to "Period" it states a time, as a text does.
            var cell = sheet[row, column];
            if (cell.Kind == CellKind.Text || (cell.Kind == CellKind.Date && FormLabels.IsPeriodWord(NameAt(sheet, row, column - 1))))
            {
                texts.Add((SheetView.TextOf(cell)!, new CellRef(sheet.Name, row, column)));
            }
        }
    }

    /// <summary>Returns true if the first text of the sheet is its title: a short text that is no sentence and no label.</summary>
    private static bool IsSheetTitle(FormLabels labels, SheetView view) =>
        view.FirstText is { Length: > 0 and <= MaxSheetTitle } text && view.Sheet[view.FirstAddress.Row, view.FirstAddress.Column].Kind == CellKind.Text && !text.TrimEnd().EndsWith('.') && !labels.IsAnyRow(Label.Normalise(text));

    /// <summary>Reads a row above a table that states only a period: "2018-19", or "Quarter" with 1 next to it.</summary>
    private static PartialPeriod PeriodInRow(Sheet sheet, int row, int left, int right, Action<int, int> note)
    {
        var filled = Enumerable.Range(left, Math.Max(1, right - left + 1)).Where(column => !sheet[row, column].IsBlank).ToList();
        if (filled is not [var first, ..] || sheet[row, first].Text is not { Length: <= Label.MaxLength } text)
        {
            return PartialPeriod.None;
        }

        if (filled.Count == 1 && PeriodExpressionParser.Parse(text) is { IsSilent: false, Rest: "" })
        {
            note(row, first);
        }

        // The corner of a table, next to its column labels, may state the year of all columns.
        if ((filled.Count == 1 || first == left) && PartialPeriod.Parse(text) is { HasValue: true } alone)
        {
            return alone;
        }

        var (name, next) = (Label.Normalise(text), sheet[row, first + 1]);
        if (FormLabels.IsPeriodWord(name))
        {
            note(row, first + 1);
        }

        return !FormLabels.IsMetadataWord(name) ? PartialPeriod.None
            : name == "quarter" && next.DisplayText.Trim() is ['1' or '2' or '3' or '4'] ? PartialPeriod.Parse("Q" + next.DisplayText.Trim())
            : PartialPeriod.Parse(next.DisplayText);
    }

    /// <summary>Reads the period in the first text of a sheet. It is the sheet's title, unless it is the title of a table.</summary>
    private static PartialPeriod PeriodInFirstLine(FormLabels labels, SheetView view) =>
        Label.Normalise(view.FirstText) is var name && !labels.IsAnyTitle(name) && !labels.IsAnyRow(name) ? PartialPeriod.FindIn(view.FirstText) : PartialPeriod.None;

    private static string NameAt(Sheet sheet, int row, int column) =>
        sheet[row, column] is { Kind: CellKind.Text, Text: { Length: <= Label.MaxLength } text } ? Label.Normalise(text) : string.Empty;
}
