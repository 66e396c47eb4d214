using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Domain.Findings;
using DasvPipeline.Core.Ports;
using DasvPipeline.Core.Publish.Aggregation;
using DasvPipeline.Core.Publish.Disclosure;
using DasvPipeline.Tests.Catalogue;
using DasvPipeline.UnitTests.Publish.Aggregation;
using DasvPipeline.UnitTests.Publish.Disclosure.Attack;

namespace DasvPipeline.UnitTests.Publish.Disclosure;

/// <summary>Sums that no release shows, but that follow from what it shows.</summary>
public sealed class ProtectedSumTests
{
    private const string Uncounted = "calls/area: people not counted under any item";

    [Theory]
    [InlineData(1, 0, true)]
    [InlineData(1, 3, true)]
    [InlineData(2, 2, true)]
    [InlineData(2, 3, false)]
    [InlineData(3, 3, false)]
    [InlineData(0, 0, false)]
    public void The_people_under_no_item_of_a_breakdown_are_protected_together_if_they_are_few(int first, int second, bool isProtected)
    {
        var catalogue = TestCatalogue.Small.Change("returns/north.calls.yaml", "      - { measure: answered }", "      - { measure: answered }\n      - { measure: calls, label: Elsewhere }").Load();
        var figures = new Figures(catalogue, "2019-20").Calls(1, 100, 50).Add("north/calls", "2019-20-Q1", "calls", null, first).Calls(2, 90, 40).Add("north/calls", "2019-20-Q2", "calls", null, second);
        var sheet = new PublicCellBuilder(catalogue.Disclosure);
        sheet.Add(figures.WorkOut("calls"));

        var sums = ProtectedSumFinder.Find(catalogue.Disclosure, sheet.Cells, DisclosureHistory.Empty, sheet.Remainders).Where(sum => sum.Name == Uncounted).Select(sum => sum.Sum);
        Assert.Equal(isProtected ? [Sum.Create([Elsewhere(1, first), Elsewhere(2, second)])] : [], sums);
        Assert.Equal(isProtected, DisclosureControl.Apply(catalogue.Disclosure, figures.WorkOut(), [], DisclosureHistory.Empty).Hidden.Any(cell => cell.Protects == Uncounted));

        static ReportedCount Elsewhere(int quarter, long value) => new($"north/calls/2019-20-Q{quarter}|{new FigureKey(new("calls"), AreaId.All, Breakdown.None)}", value);
    }

    [Fact]
    public void The_people_whom_a_table_counts_in_its_totals_only_are_protected()
    {
        var key = new ReturnKey(ReturnId.TryParse("north/clients")!.Value, Period.Parse("2019-20"));
        var year = new YearFigures(RandomReleases.Catalogue, key.Period, [new LiveReturn(key, 1, [Clients("b1", 3), Clients("b2", 30)])]);
        var table = TableCalculator.Calculate(RandomReleases.Catalogue, year).Single();
        var without = table with { Cells = [.. table.Cells.Where(cell => (cell.Row?.Id, cell.Column?.Id) != ("b1", "f"))] };

        // The total of the row, and the total of the column.
        var uncounted = Sum.Create([new ReportedCount($"north/clients/2019-20|{Clients("b1", 3).Key}", 3)]);
        Assert.Equal([uncounted, uncounted], SumsOf(without));
        Assert.Empty(SumsOf(table));

        Observation Clients(string band, decimal count) => new(
            new FigureKey(new MeasureId("clients"), AreaId.All, Breakdown.Create([new("band", band), new("gender", "f")])), key.Period, new Figure(count), new CellRef(null, 1, 1));

        static IEnumerable<Sum> SumsOf(TableFigures figures)
        {
            var sheet = new PublicCellBuilder(RandomReleases.Catalogue.Disclosure);
            sheet.Add(figures);
            return sheet.Remainders.Where(sum => sum.Name.Contains("not counted", StringComparison.Ordinal) && !sum.Sum.IsEmpty).Select(sum => sum.Sum);
        }
    }
}
