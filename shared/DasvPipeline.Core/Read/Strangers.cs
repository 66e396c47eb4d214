using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Model;

namespace DasvPipeline.Core.Read;

/// <summary>Figures among a table's own whose label nobody knows.</summary>
internal sealed class Strangers(FigureCollector collector)
{
    public bool Find(TableSpot spot) => FindRows(spot) | FindColumns(spot);

    /// <summary>Rows with figures among the table's own whose label nobody knows: an error, for their figures would be lost.</summary>
    private bool FindRows(TableSpot spot)
    {
        var view = spot.View;
        var values = spot.Columns.Where(column => column.Role == ColumnRole.Value).Select(column => column.Column).ToList();
        var hits = spot.Hits.Select(hit => hit.Row).ToHashSet();
        var any = false;
        foreach (var row in Neighbours(spot, hits))
        {
            var name = view.NameAt(row, spot.LabelColumn);
            if (hits.Contains(row) || collector.Labels.IsAnyRow(name) || FormLabels.IsTotal(name) || Label.ReadPeriod(name) is not null
                || !values.Exists(column => WrittenFigure.IsLike(view[row, column])))
            {
                continue;
            }

            if (collector.Labels.IsOfAnotherArea(spot.Table, name))
            {
                collector.AddOtherArea(spot.Columns.Select(column => view.RefOf(row, column.Column)), view.Sheet);
                continue;
            }

            collector.MarkTaken(values.Select(column => view.RefOf(row, column)));
            if (row < spot.FirstRow && FormLabels.IsAboutWord(name))
            {
                continue;
            }

            any = true;
            var at = view.RefOf(row, spot.LabelColumn);
            collector.Add(view[row, spot.LabelColumn].Kind == CellKind.Text
                ? FindingText.UnknownLabel(at, view[row, spot.LabelColumn].Shown, collector.Hints(spot.Table.Rows), spot.Table.Rows.SelectMany(member => member.Names))
                : Finding.Error(Codes.UnknownLabel, at, $"There is a figure beside this empty cell in the table \"{spot.Table.Title}\". Say what it counts, or delete it."));
        }

        return any;
    }

    /// <summary>The same for the columns of a table of rows by columns.</summary>
    private bool FindColumns(TableSpot spot)
    {
        var strangers = spot.Columns.Where(column => column.Role == ColumnRole.Stranger).ToList();
        foreach (var column in strangers)
        {
            collector.MarkTaken(spot.Hits.Select(hit => spot.View.RefOf(hit.Row, column.Column)));
            collector.Add(FindingText.UnknownLabel(
                spot.View.RefOf(spot.LabelRow, column.Column), spot.View[spot.LabelRow, column.Column].Shown, collector.Hints(spot.Table.Columns), spot.Table.Columns.SelectMany(member => member.Names)));
        }

        return strangers.Count > 0;
    }

    /// <summary>The rows from the first label to the last, and those that follow or precede without a blank.</summary>
    private static IEnumerable<int> Neighbours(TableSpot spot, HashSet<int> hits)
    {
        var (first, last) = (hits.Min(), hits.Max());
        while (first > 1 && !spot.View[first - 1, spot.LabelColumn].IsBlank)
        {
            first--;
        }

        while (last < spot.View.Rows && !spot.View[last + 1, spot.LabelColumn].IsBlank)
        {
            last++;
        }

        return Enumerable.Range(first, last - first + 1);
    }
}
