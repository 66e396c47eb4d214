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
        var extra = new List<(CellRef At, string Text)>();

        // If every figure that was asked for is there, an extra row cannot be one of them.
        var isComplete = HasAllRows(candidate);
        foreach (var row in Neighbours(candidate, hits))
        {
            var label = candidate.LabelRowOf(row);
            var name = view.LabelAt(label, candidate.LabelColumn);
            if (hits.Contains(row) || candidate.OtherRows.Contains(row) || IsHeading(candidate, row) || candidate.Subtotals.Contains(row) || collector.Labels.IsAnyRow(name) || FormLabels.IsTotal(name) || Label.ParsePeriod(name) is not null
                || !values.Exists(column => FigureSyntax.IsLikeFigure(view[row, column])))
            {
                continue;
            }

            if (collector.Labels.IsOtherArea(candidate.Table, name))
            {
                collector.AddOtherArea(candidate.Columns.Select(column => view.AddressOf(row, column.Column)), view.Sheet);
                continue;
            }

            collector.MarkUsed(candidate.Columns.Select(column => view.AddressOf(row, column.Column)));
            if (candidate.Table.Ignored.Contains(name))
            {
                continue;
            }

            if (row < candidate.FirstRow && FormLabels.IsMetadataWord(name))
            {
                continue;
            }

            var at = candidate.LabelAddress(row);
            if (isComplete && view[label, candidate.LabelColumn].Kind == CellKind.Text)
            {
                extra.Add((at, view[label, candidate.LabelColumn].DisplayText));
                continue;
            }

            hasUnrecognised = true;
            collector.Add(view[label, candidate.LabelColumn].Kind == CellKind.Text
                ? ReadingFindings.UnknownLabel(at, view[label, candidate.LabelColumn].DisplayText, collector.SuggestLabels(candidate.Table.Rows), candidate.Table.Rows.SelectMany(member => member.Names))
                : Finding.Error(Codes.UnknownLabel, at, $"There is a figure next to this empty cell in the table \"{candidate.Table.Title}\". Enter a label that says what it counts, or delete the figure."));
        }

        AddExtra("row", [.. extra.Distinct()]);
        return hasUnrecognised;
    }

    /// <summary>Returns true if each row of the form was found and has something in it, so that an extra row cannot be one of them.</summary>
    private static bool HasAllRows(TableCandidate candidate)
    {
        var columns = candidate.Columns.Where(column => column.Role == ColumnRole.Value).ToList();
        return Enumerable.Range(0, candidate.Table.Rows.Length).All(member => candidate.Table.Rows[member].IsTotal
            || candidate.LabelRows.Any(hit => hit.Member == member && columns.Exists(column => !candidate.View[hit.Row, column.Column].IsBlank)));
    }

    /// <summary>Returns true if each column of the form was found and has something in it.</summary>
    private static bool HasAllColumns(TableCandidate candidate)
    {
        var columns = candidate.Columns.Where(column => column.Role == ColumnRole.Value).ToList();
        return Enumerable.Range(0, candidate.Table.Columns.Length).All(member => candidate.Table.Columns[member].IsTotal
            || columns.Exists(column => column.MemberIndex == member && candidate.LabelRows.Any(hit => !candidate.View[hit.Row, column.Column].IsBlank)));
    }

    /// <summary>Reports rows or columns that the form does not ask for, next to all figures that it asks for.</summary>
    private void AddExtra(string kind, List<(CellRef At, string Text)> extra)
    {
        if (extra.Count > 0)
        {
            collector.Add(ReadingFindings.NotAskedFor(kind, extra[0].At, extra.ConvertAll(item => item.Text)));
        }
    }

    /// <summary>Reports columns with figures and an unrecognised label.</summary>
    private bool FindColumns(TableCandidate candidate)
    {
        var unrecognised = candidate.Columns.Where(column => column.Role == ColumnRole.Unrecognised).ToList();
        collector.MarkUsed(unrecognised.SelectMany(column => RowsOf(candidate).Select(row => candidate.View.AddressOf(row, column.Column))));
        unrecognised.RemoveAll(column => candidate.Table.Ignored.Contains(candidate.View.NameOf(column.Text)));
        if (unrecognised.Count > 0 && (candidate.Table.IsList || HasAllColumns(candidate)))
        {
            AddExtra("column", unrecognised.ConvertAll(column => (candidate.View.AddressOf(candidate.LabelRow, column.Column), column.Text)));
            return false;
        }

        foreach (var column in unrecognised)
        {
            collector.Add(ReadingFindings.UnknownLabel(
                candidate.View.AddressOf(candidate.LabelRow, column.Column), candidate.View[candidate.LabelRow, column.Column].DisplayText, collector.SuggestLabels(candidate.Table.Columns), candidate.Table.Columns.SelectMany(member => member.Names)));
        }

        return unrecognised.Count > 0;
    }

    /// <summary>Returns true for a row of column labels. Its years look like figures.</summary>
    private static bool IsHeading(TableCandidate candidate, int row) => candidate.HeadingRows.Contains(row)
        && candidate.Columns.All(column => candidate.View[row, column.Column] is var cell && (!FigureSyntax.IsLikeFigure(cell) || FigureSyntax.IsYear(cell)));

    /// <summary>Returns the rows of the table, with its subtotals and the rows that were added to it.</summary>
    private static IEnumerable<int> RowsOf(TableCandidate candidate) => Neighbours(candidate, [.. candidate.LabelRows.Select(hit => hit.Row)]).Where(row => !IsHeading(candidate, row));

    /// <summary>Returns the rows from the first to the last label, and the rows that adjoin them without a blank.</summary>
    private static IEnumerable<int> Neighbours(TableCandidate candidate, HashSet<int> hits)
    {
        var (first, last) = (hits.Min(), hits.Max());
        while (first > 1 && !candidate.View[first - 1, candidate.LabelColumn].IsBlank)
        {
            first--;
        }

        while (last < candidate.View.Rows && !candidate.View[candidate.LabelRowOf(last + 1), candidate.LabelColumn].IsBlank)
        {
            last++;
        }

        return Enumerable.Range(first, last - first + 1);
    }
}
