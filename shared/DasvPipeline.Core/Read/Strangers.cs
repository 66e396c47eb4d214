using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Model;

namespace DasvPipeline.Core.Read;

/// <summary>Finds figures within a table whose label is not recognised.</summary>
internal sealed class Strangers(FigureCollector collector)
{
    public bool Find(TableSpot candidate) => FindRows(candidate) | FindColumns(candidate);

    /// <summary>Reports rows with figures and an unrecognised label. This is an error, because their figures would be lost.</summary>
    private bool FindRows(TableSpot candidate)
    {
        var view = candidate.View;
        var values = candidate.Columns.Where(column => column.Role == ColumnRole.Value).Select(column => column.Column).ToList();
        var hits = candidate.Hits.Select(hit => hit.Row).ToHashSet();
        var hasUnrecognised = false;
        foreach (var row in Neighbours(candidate, hits))
        {
            var name = view.NameAt(row, candidate.LabelColumn);
            if (hits.Contains(row) || collector.Labels.IsAnyRow(name) || FormLabels.IsTotal(name) || Label.ReadPeriod(name) is not null
                || !values.Exists(column => WrittenFigure.IsLike(view[row, column])))
            {
                continue;
            }

            if (collector.Labels.IsOfAnotherArea(candidate.Table, name))
            {
                collector.AddOtherArea(candidate.Columns.Select(column => view.RefOf(row, column.Column)), view.Sheet);
                continue;
            }

            collector.MarkTaken(values.Select(column => view.RefOf(row, column)));
            if (row < candidate.FirstRow && FormLabels.IsAboutWord(name))
            {
                continue;
            }

            hasUnrecognised = true;
            var at = view.RefOf(row, candidate.LabelColumn);
            collector.Add(view[row, candidate.LabelColumn].Kind == CellKind.Text
                ? FindingText.UnknownLabel(at, view[row, candidate.LabelColumn].Shown, collector.Hints(candidate.Table.Rows), candidate.Table.Rows.SelectMany(member => member.Names))
                : Finding.Error(Codes.UnknownLabel, at, $"There is a figure next to this empty cell in the table \"{candidate.Table.Title}\". Enter a label that says what it counts, or delete the figure."));
        }

        return hasUnrecognised;
    }

    /// <summary>Reports columns with figures and an unrecognised label.</summary>
    private bool FindColumns(TableSpot candidate)
    {
        var unrecognised = candidate.Columns.Where(column => column.Role == ColumnRole.Stranger).ToList();
        foreach (var column in unrecognised)
        {
            collector.MarkTaken(candidate.Hits.Select(hit => candidate.View.RefOf(hit.Row, column.Column)));
            collector.Add(FindingText.UnknownLabel(
                candidate.View.RefOf(candidate.LabelRow, column.Column), candidate.View[candidate.LabelRow, column.Column].Shown, collector.Hints(candidate.Table.Columns), candidate.Table.Columns.SelectMany(member => member.Names)));
        }

        return unrecognised.Count > 0;
    }

    /// <summary>Returns the rows from the first to the last label, and the rows that adjoin them without a blank.</summary>
    private static IEnumerable<int> Neighbours(TableSpot candidate, HashSet<int> hits)
    {
        var (first, last) = (hits.Min(), hits.Max());
        while (first > 1 && !candidate.View[first - 1, candidate.LabelColumn].IsBlank)
        {
            first--;
        }

        while (last < candidate.View.Rows && !candidate.View[last + 1, candidate.LabelColumn].IsBlank)
        {
            last++;
        }

        return Enumerable.Range(first, last - first + 1);
    }
}
