using DasvPipeline.Core.Catalogue;

namespace DasvPipeline.Core.Read;

/// <summary>Finds the totals of a table and what each is the sum of. A total is checked, never stored.</summary>
internal static class SpotTotals
{
    /// <param name="isWhole">All the rows of the table are here, and so all the parts of a total below them.</param>
    /// <param name="found">The figures taken from the table, those of other periods among them.</param>
    /// <returns>Each total's cell, with no parts where what it should be is not known.</returns>
    public static IEnumerable<(int Row, int Column, IReadOnlyList<FoundFigure> Parts)> Of(
        TableSpot spot, Dictionary<int, int> rowOf, List<(FoundFigure Figure, int Row, SpotColumn Column)> found, bool isWhole)
    {
        var totalRows = TotalRows(spot, rowOf);
        foreach (var row in totalRows)
        {
            foreach (var column in spot.Columns.Where(column => column.Role is ColumnRole.Value or ColumnRole.OtherPeriod))
            {
                yield return (row, column.Column, isWhole ? [.. found.Where(item => item.Column == column).Select(item => item.Figure)] : []);
            }
        }

        foreach (var column in spot.Columns.Where(column => column.Role == ColumnRole.Total))
        {
            foreach (var row in rowOf.Values.Concat(totalRows).Distinct())
            {
                var parts = totalRows.Contains(row) ? [] : found.FindAll(item => item.Row == row && (spot.Table.IsList || item.Column.Role == ColumnRole.Value));
                yield return (row, column.Column, AddsUp(spot.Table, parts) ? [.. parts.Select(item => item.Figure)] : []);
            }
        }
    }

    /// <summary>The form's own total rows; else a row beside the table that is only called "Total".</summary>
    private static List<int> TotalRows(TableSpot spot, Dictionary<int, int> rowOf)
    {
        var rows = rowOf.Where(pair => spot.Table.Rows[pair.Key].IsTotal).Select(pair => pair.Value).ToList();
        return rows.Count > 0 ? rows
            : [.. new[] { spot.FirstRow - 1, spot.LastRow + 1 }.Where(row => row > 0 && FormLabels.IsTotal(spot.View.NameAt(row, spot.LabelColumn)))];
    }

    /// <summary>
    /// A total over periods is one year's, from its first quarter on without a gap: "year to date" beside the second quarter
    /// alone is not that quarter. People counted in two quarters may be the same, and do not add up.
    /// </summary>
    private static bool AddsUp(FormTable table, List<(FoundFigure Figure, int Row, SpotColumn Column)> parts)
    {
        if (!table.IsList)
        {
            return true;
        }

        var periods = parts.Select(part => part.Column.Period).ToList();
        return periods.Count > 1
            && parts.TrueForAll(part => part.Figure.Asked.Measure.Adds != Adds.Distinct)
            && periods.TrueForAll(period => period?.FirstYear == periods[0]?.FirstYear)
            && periods.Select(period => period?.Quarter ?? 0).Order().SequenceEqual(Enumerable.Range(1, periods.Count));
    }
}
