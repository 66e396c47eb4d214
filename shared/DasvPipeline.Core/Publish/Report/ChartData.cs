using DasvPipeline.Core.Publish.Formats;

namespace DasvPipeline.Core.Publish.Report;

/// <summary>The numbers of a chart. Hidden and missing numbers are null, and are not drawn.</summary>
/// <param name="Kind">column, stacked, bar or line.</param>
internal sealed record ChartData(string Title, string Kind, IReadOnlyList<string> Categories, IReadOnlyList<ChartSeries> Series, string Unit)
{
    /// <returns>Null if the table has no chart, or no number to draw.</returns>
    public static ChartData? Create(ReportTableElement table, string period)
    {
        if (table.Chart is null)
        {
            return null;
        }

        var numbers = table.Cells.ToDictionary(cell => (cell.Row, cell.Column), cell => cell.Value);
        var rows = table.Rows.Where(row => row.Kind != "total").ToList();
        var columns = table.Columns.Where(column => column.Kind != "total").ToList();
        var quarters = columns.FindAll(column => column.Kind == "quarter");

        // Time runs from left to right. Otherwise, each row of the table is a group.
        var (categories, series) = quarters.Count > 0
            ? (quarters, rows.ConvertAll(row => new ChartSeries(row.Label, quarters.ConvertAll(column => numbers[(row.Id, column.Id)]))))
            : (rows, columns.ConvertAll(column => new ChartSeries(columns.Count == 1 ? period : column.Label, rows.ConvertAll(row => numbers[(row.Id, column.Id)]))));
        return series.TrueForAll(item => item.Values.All(value => value is null)) ? null
            : new ChartData(table.Title, table.Chart, [.. categories.Select(category => category.Label)], series, table.Cells[0].Unit);
    }

    /// <summary>Describes the chart for people who do not see it.</summary>
    public string Description =>
        $"{(Kind == "line" ? "Line chart" : Kind == "column" ? "Column chart" : "Bar chart")}: {Title}. The table above has the same figures{(HasGaps ? ". Hidden and missing figures are not drawn" : string.Empty)}.";

    private bool HasGaps => Series.Any(series => series.Values.Contains(null));
}

/// <summary>The numbers of one colour in a chart.</summary>
internal sealed record ChartSeries(string Name, IReadOnlyList<decimal?> Values);
