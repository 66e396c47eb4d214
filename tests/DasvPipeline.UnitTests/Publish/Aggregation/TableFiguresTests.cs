using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Domain.Findings;
using DasvPipeline.Core.Ports;
using DasvPipeline.Core.Publish.Aggregation;
using DasvPipeline.Tests.Catalogue;

namespace DasvPipeline.UnitTests.Publish.Aggregation;

/// <summary>A table of clients, whom two agencies report, in a catalogue that also has visits by the same dimensions.</summary>
public sealed class TableFiguresTests
{
    private static readonly Period Year = Period.Parse("2019-20");

    private static readonly PartnershipCatalogue Catalogue = TestCatalogue.Small
        .With("dimensions/band.yaml", "dimension: band\ntitle: Age band\ncodes:\n  - { code: b1, label: Band 1 }\n  - { code: b2, label: Band 2 }\n  - { code: b3, label: Band 3 }\n")
        .With("dimensions/gender.yaml", "dimension: gender\ntitle: Gender\ncodes:\n  - { code: f, label: Female }\n  - { code: m, label: Male }\n  - { code: x, label: Other }\n")
        .Change("measures/all.yaml", "  - { id: people,", "  - { id: clients, label: Clients, unit: clients, adds: flow }\n  - { id: visits, label: Visits, unit: visits, adds: flow }\n  - { id: people,")
        .With("returns/north.clients.yaml", Return("north", "clients", "{ band: b1 }, { band: b2 }", "{ gender: f }, { gender: m }"))
        .With("returns/south.clients.yaml", Return("south", "clients", "{ band: b1 }, { band: b2 }", "{ gender: f }, { gender: m }"))
        .With("returns/north.visits.yaml", Return("north", "visits", "{ band: b2 }, { band: b3 }", "{ gender: m }, { gender: x }"))
        .With("tables.yaml", "tables:\n  - { id: clients, title: Clients, of: clients, rows: band, columns: gender }\n")
        .Load();

    [Fact]
    public void A_table_adds_the_agencies_and_has_only_the_rows_and_columns_that_a_form_asks_for()
    {
        var table = Calculate(Live("north", "clients", 20, 30, 40, 50), Live("south", "clients", 100, 200, 300, 400), Live("north", "visits", 1000, 2000, 3000, 4000));

        Assert.Equal(
            [
                ("b1", "f", 120m), ("b1", "m", 230), ("b1", null, 350),
                ("b2", "f", 340), ("b2", "m", 450), ("b2", null, 790),
                (null, "f", 460), (null, "m", 680), (null, null, 1140),
            ],
            table.Cells.Select(cell => (cell.Row?.Id, cell.Column?.Id, cell.Amount.Value!.Value)));
        Assert.All(table.Cells, cell => Assert.Equal(Markers.None, cell.Amount.Markers));
        Assert.Equal(["north/clients/2019-20", "south/clients/2019-20"], table.DueReturns.Select(key => key.ToString()));
        Assert.Empty(table.MissingReturns);
    }

    [Fact]
    public void Every_number_of_a_table_is_provisional_while_a_return_is_missing()
    {
        var table = Calculate(Live("north", "clients", 20, 30, 40, 50));

        Assert.Equal(["south/clients/2019-20"], table.MissingReturns.Select(key => key.ToString()));
        Assert.All(table.Cells, cell => Assert.Equal(Markers.Provisional, cell.Amount.Markers));
    }

    [Fact]
    public void Each_total_is_listed_with_the_numbers_that_it_adds_up()
    {
        var table = Calculate(Live("north", "clients", 20, 30, 40, 50), Live("south", "clients", 100, 200, 300, 400));

        Assert.Equal(
            ["350 = 120 + 230", "790 = 340 + 450", "460 = 120 + 340", "680 = 230 + 450", "1140 = 350 + 790", "1140 = 460 + 680"],
            table.Totals.Select(line => $"{line.Total.Value} = {string.Join(" + ", line.Items.Select(item => item.Value))}"));
    }

    private static TableFigures Calculate(params IReadOnlyList<LiveReturn> live) => TableCalculator.Calculate(Catalogue, new YearFigures(Catalogue, Year, live)).Single();

    /// <summary>Returns a return whose cells have these values, row by row.</summary>
    private static LiveReturn Live(string agency, string name, params IReadOnlyList<decimal> values)
    {
        var key = new ReturnKey(ReturnId.TryParse($"{agency}/{name}")!.Value, Year);
        return new LiveReturn(key, 1, [.. Catalogue.FindForm(key)!.Cells.Zip(values, (cell, value) => new Observation(cell.Key, Year, new Figure(value), new CellRef(null, 1, 1)))]);
    }

    private static string Return(string agency, string name, string rows, string columns) => $"""
        agency: {agency}
        return: {name}
        title: A return
        every: year
        from: 2019-20
        tables:
          - id: only
            title: By age and gender
            measure: {name}
            rows: [{rows}]
            columns: [{columns}]
        """;
}
