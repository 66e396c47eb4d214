using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Ports;

namespace DasvPipeline.Core.Publish.Aggregation;

/// <summary>A number in a table. A null row or column means the total of all rows or columns.</summary>
public sealed record TableCell(Code? Row, Code? Column, Amount Amount);

/// <summary>A table with two dimensions and its totals.</summary>
public sealed record TableFigures(PublicTable Table, IReadOnlyList<TableCell> Cells, IReadOnlyList<ReturnKey> DueReturns, IReadOnlyList<ReturnKey> MissingReturns)
{
    private const string All = "all";

    public static string CreateCellId(PublicTable table, Code? row, Code? column) => $"tables/{table.Id}/{row?.Id ?? All}/{column?.Id ?? All}";

    /// <summary>Each total with the numbers that it adds up.</summary>
    public IEnumerable<(Amount Total, IReadOnlyList<Amount> Items)> Totals =>
        Cells.Where(cell => cell.Row is null || cell.Column is null).SelectMany(total => new[]
        {
            (total.Row is null, Cells.Where(cell => cell.Row is not null && cell.Column == total.Column)),
            (total.Column is null, Cells.Where(cell => cell.Column is not null && cell.Row == total.Row)),
        }.Where(line => line.Item1).Select(line => (total.Amount, (IReadOnlyList<Amount>)[.. line.Item2.Select(cell => cell.Amount)])));
}

/// <summary>Calculates tables from a year's observations.</summary>
public static class TableCalculator
{
    public static IReadOnlyList<TableFigures> Calculate(PartnershipCatalogue catalogue, YearFigures year) => [.. catalogue.GetTables(year.Year).Select(table => Calculate(catalogue, table, year))];

    private static TableFigures Calculate(PartnershipCatalogue catalogue, PublicTable table, YearFigures year)
    {
        var forms = FormSelector.Select(catalogue, year.Year, cell => IsInTable(cell.Key));
        var requested = forms.SelectMany(form => form.Cells).Select(cell => cell.Key).Where(IsInTable).Select(GetCodes).ToHashSet();
        var returns = SourceReturns.Find(year, forms);
        var figures = year.GetObservations([table.Measure.Id]).Where(item => IsInTable(item.Observation.Key)).ToList();
        var rows = table.Rows.Codes.Where(code => requested.Any(codes => codes.Row == code.Id)).Append(null);
        var columns = table.Columns.Codes.Where(code => requested.Any(codes => codes.Column == code.Id)).Append(null).ToList();
        return new TableFigures(
            table,
            [.. rows.SelectMany(row => columns, (row, column) => new TableCell(row, column, AmountOf(row, column)))],
            returns.Due,
            returns.Missing);

        bool IsInTable(FigureKey key) => key.Measure == table.Measure.Id && GetCodes(key) is { Row: not null, Column: not null };

        (string? Row, string? Column) GetCodes(FigureKey key) => (Dimension.CodeOf(key, table.Rows.Id), Dimension.CodeOf(key, table.Columns.Id));

        Amount AmountOf(Code? row, Code? column)
        {
            var hasGap = year.Gaps.Any(gap => IsInTable(gap.Cell.Key) && IsAt(gap.Cell.Key, row, column));
            var markers = returns.Due.Count == 0 ? Markers.NotApplicable : returns.Missing.Count > 0 || hasGap || year.IsInProgress ? Markers.Provisional : Markers.None;
            return HeadlineCalculator.Add([.. figures.Where(item => IsAt(item.Observation.Key, row, column))], markers) with { HasGap = hasGap };
        }

        bool IsAt(FigureKey key, Code? row, Code? column) =>
            GetCodes(key) is var codes && (row is null || codes.Row == row.Id) && (column is null || codes.Column == column.Id);
    }
}
