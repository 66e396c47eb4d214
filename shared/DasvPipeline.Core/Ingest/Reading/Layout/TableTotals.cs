using DasvPipeline.Core.Catalogue;

namespace DasvPipeline.Core.Ingest.Reading.Layout;

/// <summary>Finds the totals of a table and the figures that each should be the sum of. Totals are checked, and never stored.</summary>
internal static class TableTotals
{
    /// <summary>Returns the totals of a table.</summary>
    /// <param name="isWhole">True if the candidate has all rows of the table, so that a total row can be checked.</param>
    /// <param name="found">The figures read from the table, including those of other periods.</param>
    /// <returns>The cell of each total, with its parts. There are no parts if the total cannot be checked.</returns>
    public static IEnumerable<(int Row, int Column, IReadOnlyList<FoundFigure> Parts)> Find(
        TableCandidate candidate, Dictionary<int, int> rowOf, List<(FoundFigure Figure, int Row, CandidateColumn Column)> found, bool isWhole)
    {
        var totalRows = TotalRows(candidate, rowOf);
        foreach (var row in totalRows)
        {
            foreach (var column in candidate.Columns.Where(column => column.Role is ColumnRole.Value or ColumnRole.OtherPeriod))
            {
                yield return (row, column.Column, isWhole ? [.. found.Where(item => item.Column == column && TotalAt(candidate, rowOf, row)?.Includes(candidate.Table.Rows[item.Figure.FormCell.Row]) != false).Select(item => item.Figure)] : []);
            }
        }

        foreach (var column in candidate.Columns.Where(column => column.Role == ColumnRole.Total))
        {
            foreach (var row in rowOf.Values.Concat(totalRows).Distinct())
            {
                var parts = totalRows.Contains(row) ? [] : found.FindAll(item => item.Row == row && (candidate.Table.IsList
                    || (item.Column.Role == ColumnRole.Value && (!candidate.Table.Columns[column.MemberIndex].IsTotal || candidate.Table.Columns[column.MemberIndex].Includes(candidate.Table.Columns[item.Column.MemberIndex])))));
                yield return (row, column.Column, AddsUp(candidate.Table, parts) ? [.. parts.Select(item => item.Figure)] : []);
            }
        }
    }

    /// <summary>Returns the total of the form in a row, or null for a row that only looks like a total.</summary>
    private static Member? TotalAt(TableCandidate candidate, Dictionary<int, int> rowOf, int row) =>
        rowOf.FirstOrDefault(pair => pair.Value == row && candidate.Table.Rows[pair.Key].IsTotal) is { Value: > 0 } found ? candidate.Table.Rows[found.Key] : null;

    /// <summary>Returns the total rows of the form, or else a row directly above or below the table that is labelled "Total".</summary>
    private static List<int> TotalRows(TableCandidate candidate, Dictionary<int, int> rowOf)
    {
        var rows = rowOf.Where(pair => candidate.Table.Rows[pair.Key].IsTotal).Select(pair => pair.Value).ToList();
        return rows.Count > 0 || candidate.HasMergedLabels ? rows
            : [.. new[] { candidate.FirstRow - 1, candidate.LastRow + 1 }.Where(row => row > 0 && FormLabels.IsTotal(candidate.View.LabelAt(row, candidate.LabelColumn)))];
    }

    /// <summary>
    /// Returns true if parts can be added up. A total over periods covers one year, from its first quarter without a gap:
    /// "year to date" next to the second quarter alone is not that quarter. People counted in 2 quarters may be the same.
    /// </summary>
    private static bool AddsUp(FormTable table, List<(FoundFigure Figure, int Row, CandidateColumn Column)> parts)
    {
        if (!table.IsList)
        {
            return true;
        }

        var periods = parts.Select(part => part.Column.Period).ToList();
        return periods.Count > 1
            && parts.TrueForAll(part => part.Figure.FormCell.Measure.Aggregation != Aggregation.Distinct)
            && periods.TrueForAll(period => period?.FirstYear == periods[0]?.FirstYear)
            && periods.Select(period => period?.Quarter ?? 0).Order().SequenceEqual(Enumerable.Range(1, periods.Count));
    }
}
