using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain.Findings;

namespace DasvPipeline.Core.Ingest.Reading.Layout;

/// <summary>Finds figures within a table whose label is not recognised.</summary>
internal sealed class UnrecognisedLabels(FigureCollector collector)
{
    public bool Find(TableCandidate candidate) => FindRows(candidate) | FindColumns(candidate);

    /// <summary>Reports rows with figures and an unrecognised label. This is an error, because their figures would be lost.</summary>
    private bool FindRows(TableCandidate candidate)
    {
        var view = candidate.View;
        var values = candidate.Columns.Where(column => column.Role == ColumnRole.Value).Select(column => column.Column).ToList();
        var hits = candidate.LabelRows.Select(hit => hit.Row).ToHashSet();
        var hasUnrecognised = false;
        foreach (var row in Neighbours(candidate, hits))
        {
            var name = view.LabelAt(row, candidate.LabelColumn);
            if (hits.Contains(row) || collector.Labels.IsAnyRow(name) || FormLabels.IsTotal(name) || Label.ParsePeriod(name) is not null
                || !values.Exists(column => FigureSyntax.IsLikeFigure(view[row, column])))
            {
                continue;
            }

            if (collector.Labels.IsOtherArea(candidate.Table, name))
            {
                collector.AddOtherArea(candidate.Columns.Select(column => view.AddressOf(row, column.Column)), view.Sheet);
                continue;
            }

            collector.MarkUsed(values.Select(column => view.AddressOf(row, column)));
            if (row < candidate.FirstRow && FormLabels.IsMetadataWord(name))
            {
                continue;
            }

            hasUnrecognised = true;
            var at = view.AddressOf(row, candidate.LabelColumn);
            collector.Add(view[row, candidate.LabelColumn].Kind == CellKind.Text
                ? ReadingFindings.UnknownLabel(at, view[row, candidate.LabelColumn].DisplayText, collector.SuggestLabels(candidate.Table.Rows), candidate.Table.Rows.SelectMany(member => member.Names))
                : Finding.Error(Codes.UnknownLabel, at, $"There is a figure next to this empty cell in the table \"{candidate.Table.Title}\". Enter a label that says what it counts, or delete the figure."));
        }

        return hasUnrecognised;
    }

    /// <summary>Reports columns with figures and an unrecognised label.</summary>
    private bool FindColumns(TableCandidate candidate)
    {
        var unrecognised = candidate.Columns.Where(column => column.Role == ColumnRole.Unrecognised).ToList();
        foreach (var column in unrecognised)
        {
            collector.MarkUsed(candidate.LabelRows.Select(hit => candidate.View.AddressOf(hit.Row, column.Column)));
            collector.Add(ReadingFindings.UnknownLabel(
                candidate.View.AddressOf(candidate.LabelRow, column.Column), candidate.View[candidate.LabelRow, column.Column].DisplayText, collector.SuggestLabels(candidate.Table.Columns), candidate.Table.Columns.SelectMany(member => member.Names)));
        }

        return unrecognised.Count > 0;
    }

    /// <summary>Returns the rows from the first to the last label, and the rows that adjoin them without a blank.</summary>
    private static IEnumerable<int> Neighbours(TableCandidate candidate, HashSet<int> hits)
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
