using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;

namespace DasvPipeline.Core.Ingest.Reading.Layout;

/// <summary>The rows of a table, with those whose label is merged over several rows.</summary>
/// <param name="All">The rows with a label of the table, including those of other tables.</param>
/// <param name="Rows">The rows that can be this table.</param>
/// <param name="MeasureColumn">The column that names the table of each row, or 0 if there is no such column.</param>
/// <param name="AreMerged">True if a label is merged over several rows.</param>
internal sealed record LabelledRows(List<(int Row, int Member)> All, List<(int Row, int Member)> Rows, int MeasureColumn = 0, bool AreMerged = false);

/// <summary>
/// Reads labels in 2 columns: an area that is merged over several rows, and next to it a measure or a period in each of
/// them. The first column can also have the measures. In a transposed view, these are 2 rows of headings.
/// </summary>
internal sealed class MergedLabels(FormLabels labels, Period period, SheetView view)
{
    /// <summary>The number of columns after the labels that are searched for figures.</summary>
    private const int MaxColumns = 40;

    private readonly TextCache<string> _namesByText = new();

    /// <summary>Finds the rows of a table. Returns null if they are all of other tables, or if we cannot tell.</summary>
    public LabelledRows? Find(FormTable table, int labelColumn, List<(int Row, int Member)> run)
    {
        var all = AddMergedRows(labelColumn, run);
        var after = all.ConvertAll(hit => NameAt(hit.Row, labelColumn + 1));
        if (after.Exists(labels.IsAnyTitle))
        {
            return Choose(table, all, after, labelColumn + 1, all.Count > run.Count);
        }

        var areTimes = all.TrueForAll(hit => view.IsTimeLabel(hit.Row, labelColumn + 1));
        if (areTimes && run.DistinctBy(hit => hit.Member).Count() == 1)
        {
            all = run; // a single label above periods is the title of its figures
        }

        if (labelColumn > 1 && NamesBefore(labelColumn - 1, all) is var before && before.Exists(labels.IsAnyTitle) && before.TrueForAll(name => name.Length > 0))
        {
            return Choose(table, all, before, labelColumn - 1, all.Count > run.Count);
        }

        return all.Count == run.Count || areTimes ? new LabelledRows(all, all, AreMerged: all.Count > run.Count) : null;
    }

    /// <summary>Returns true if the label directly above is merged over this row, which has a measure, a period or a figure of its own.</summary>
    /// <param name="labelled">The row with the label.</param>
    public bool IsMergedOver(int labelColumn, int labelled, int row) =>
        view[row, labelColumn].IsBlank && view.LabelAt(labelled, labelColumn + 1).Length > 0 && view.LabelAt(row, labelColumn + 1) is { Length: > 0 } name
        && (labels.IsAnyTitle(name) || view.IsTimeLabel(row, labelColumn + 1)
            || Enumerable.Range(labelColumn + 2, Math.Clamp(view.Columns - labelColumn - 1, 0, MaxColumns)).Any(column => FigureSyntax.IsLikeFigure(view[row, column])));

    /// <summary>Returns true if the next label adjoins a run and has a title directly before it, as the run has a label.</summary>
    public bool HasTitlesBefore(int labelColumn, List<(int Row, int Member)> run, int next) =>
        labelColumn > 1 && next == run[^1].Row + 1 && view.LabelAt(run[0].Row, labelColumn - 1).Length > 0 && labels.IsAnyTitle(view.LabelAt(next, labelColumn - 1));

    private List<(int Row, int Member)> AddMergedRows(int labelColumn, List<(int Row, int Member)> run)
    {
        var all = new List<(int Row, int Member)>();
        foreach (var (row, member) in run)
        {
            all.Add((row, member));
            for (var merged = row + 1; merged <= view.Rows && IsMergedOver(labelColumn, row, merged); merged++)
            {
                all.Add((merged, member));
            }
        }

        return all;
    }

    private LabelledRows? Choose(FormTable table, List<(int Row, int Member)> all, List<string> names, int measureColumn, bool areMerged)
    {
        var rows = all.Where((_, i) => labels.IsTitleOf(table, names[i])).ToList();
        return rows.Count == 0 ? null : new LabelledRows(all, rows, measureColumn, areMerged);
    }

    /// <summary>Returns the names in a column before the labels. A blank cell after a filled one belongs to its group.</summary>
    private List<string> NamesBefore(int column, List<(int Row, int Member)> rows)
    {
        var names = new List<string>();
        foreach (var (row, _) in rows)
        {
            names.Add(view[row, column].IsBlank && names.Count > 0 ? names[^1] : NameAt(row, column));
        }

        return names;
    }

    /// <summary>Returns a label, or an empty string if it is for another time: "Incidents 2018-19".</summary>
    private string NameAt(int row, int column)
    {
        if (view.LabelAt(row, column) is not { Length: > 0 } name || view.TextAt(row, column) is not { } text)
        {
            return string.Empty;
        }

        if (!_namesByText.TryGetValue(text, out var cached))
        {
            var statement = PeriodStatement.Create(text, view.AddressOf(row, column), labels.ExpressionOf(view, new Heading(name, text, default)), period);
            _namesByText.Add(text, cached = statement.Meaning == StatementMeaning.Nothing ? name : string.Empty);
        }

        return cached;
    }
}
