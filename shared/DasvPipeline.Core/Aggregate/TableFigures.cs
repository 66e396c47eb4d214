using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Model;
using DasvPipeline.Core.Store;

namespace DasvPipeline.Core.Aggregate;

/// <summary>A number of a table; a total over all rows, all columns or both where there is no code.</summary>
public sealed record TableCell(Code? Row, Code? Column, Amount Amount);

/// <summary>A table of two dimensions with its totals.</summary>
public sealed record TableFigures(PublicTable Table, IReadOnlyList<TableCell> Cells, IReadOnlyList<ReturnKey> Owed, IReadOnlyList<ReturnKey> Missing)
{
    private const string All = "all";

    public static string IdOf(PublicTable table, Code? row, Code? column) => $"tables/{table.Id}/{row?.Id ?? All}/{column?.Id ?? All}";

    /// <summary>Each total with the numbers it adds up.</summary>
    public IEnumerable<(Amount Total, IReadOnlyList<Amount> Items)> Lines =>
        Cells.Where(cell => cell.Row is null || cell.Column is null).SelectMany(total => new[]
        {
            (total.Row is null, Cells.Where(cell => cell.Row is not null && cell.Column == total.Column)),
            (total.Column is null, Cells.Where(cell => cell.Column is not null && cell.Row == total.Row)),
        }.Where(line => line.Item1).Select(line => (total.Amount, (IReadOnlyList<Amount>)[.. line.Item2.Select(cell => cell.Amount)])));
}

/// <summary>Works tables out of a year's observations.</summary>
public static class TableArithmetic
{
    public static IReadOnlyList<TableFigures> WorkOut(PartnershipCatalogue catalogue, YearFigures year) => [.. catalogue.Tables.Select(table => WorkOut(catalogue, table, year))];

    private static TableFigures WorkOut(PartnershipCatalogue catalogue, PublicTable table, YearFigures year)
    {
        var forms = catalogue.Forms.Where(form => form.Cells.Any(cell => Asks(cell.Key))).ToList();
        var asked = forms.SelectMany(form => form.Cells).Select(cell => cell.Key).Where(Asks).Select(Place).ToHashSet();
        var owed = forms.SelectMany(form => form.OwedIn(year.Year).Select(period => new ReturnKey(form.Return, period))).ToList();
        var missing = owed.Where(key => !year.IsLive(key)).ToList();
        var figures = year.Of([table.Measure.Id]).Where(item => Asks(item.Observation.Key)).ToList();
        var rows = table.Rows.Codes.Where(code => asked.Any(place => place.Row == code.Id)).Append(null);
        var columns = table.Columns.Codes.Where(code => asked.Any(place => place.Column == code.Id)).Append(null).ToList();
        return new TableFigures(
            table,
            [.. rows.SelectMany(row => columns, (row, column) => new TableCell(row, column, AmountOf(row, column)))],
            owed,
            missing);

        bool Asks(FigureKey key) => key.Measure == table.Measure.Id && Place(key) is { Row: not null, Column: not null };

        (string? Row, string? Column) Place(FigureKey key) => (Dimension.CodeOf(key, table.Rows.Id), Dimension.CodeOf(key, table.Columns.Id));

        Amount AmountOf(Code? row, Code? column) => HeadlineArithmetic.Add(
            [.. figures.Where(item => Place(item.Observation.Key) is var at && (row is null || at.Row == row.Id) && (column is null || at.Column == column.Id))],
            owed.Count == 0 ? Markers.NotApplicable : missing.Count > 0 ? Markers.Provisional : Markers.None);
    }
}
