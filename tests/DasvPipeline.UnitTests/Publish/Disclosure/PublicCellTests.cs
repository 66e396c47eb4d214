using DasvPipeline.Core.Publish.Aggregation;
using DasvPipeline.Core.Publish.Disclosure;
using DasvPipeline.Tests.Catalogue;
using DasvPipeline.UnitTests.Publish.Aggregation;
using DasvPipeline.UnitTests.Publish.Disclosure.Attack;

namespace DasvPipeline.UnitTests.Publish.Disclosure;

/// <summary>What each number reveals when it is shown, and what must stay uncertain when it is hidden.</summary>
public sealed class PublicCellTests
{
    [Theory]
    [InlineData(3, 100, Suppression.Primary, "3")]
    [InlineData(97, 100, Suppression.Primary, "3")]
    [InlineData(2, 4, Suppression.Primary, "2 2 4")]
    [InlineData(0, 4, Suppression.Primary, "4 4")]
    [InlineData(6, 4, Suppression.Primary, "4")]
    [InlineData(0, 9, Suppression.SmallBase, "")]
    [InlineData(5, 10, null, "")]
    [InlineData(0, 100, null, "")]
    public void A_percentage_protects_each_of_its_small_parts(int of, int over, Suppression? reason, string hidden)
    {
        var cell = CellsOf(new Figures().Calls(1, over, 0).Add("north/calls", "2019-20-Q1", "answered", null, of), "answered")["answered/total"];

        Assert.Equal(reason, cell.PrimaryReason);
        Assert.Equal(hidden, string.Join(' ', cell.HiddenConstraints.Select(constraint => constraint.Sum.Value)));
        Assert.Equal([of, over], cell.ShownSums.Select(sum => sum.Value));
    }

    [Fact]
    public void A_numerator_cannot_exceed_its_denominator_whether_or_not_the_percentage_is_shown()
    {
        var cell = CellsOf(new Figures().Calls(1, 100, 0).Add("north/calls", "2019-20-Q1", "answered", null, 60), "answered")["answered/total"];
        foreach (var isHidden in new[] { true, false })
        {
            var constraint = Assert.Single(cell.GetConstraints(isHidden), constraint => !constraint.IsExact);
            Assert.Equal((40, 0), (constraint.Sum.Value, constraint.LowerBound));
        }
    }

    [Theory]
    [InlineData(3, false, 1)]
    [InlineData(3, true, 0)]
    [InlineData(0, true, 0)]
    public void A_hidden_count_is_known_not_to_be_0_unless_zeros_are_hidden_too(int count, bool hidesZeros, int lowerBound)
    {
        var catalogue = TestCatalogue.Small.Change("disclosure.yaml", "threshold: 5", hidesZeros ? "threshold: 5\nhideZerosOf: [people]" : "threshold: 5").Load();
        var sheet = new PublicCellBuilder(catalogue.Disclosure);
        sheet.Add(new Figures(catalogue, "2019-20").People(90, count).WorkOut("people"));

        var cell = sheet.Cells.Single(cell => cell.Id == "people/age/child");
        Assert.Equal((lowerBound, false), cell.HiddenConstraints.Select(constraint => ((int)constraint.LowerBound, constraint.IsExact)).Single());
        Assert.Equal(count == 3 || hidesZeros ? Suppression.Primary : null, cell.PrimaryReason);
    }

    [Fact]
    public void A_headlines_total_is_hidden_last_and_a_0_never()
    {
        var cells = CellsOf(new Figures().People(90, 0), "people");
        Assert.True(cells["people/total"].Cost > cells["people/age/adult"].Cost);
        Assert.Equal(["people/age/child"], cells.Values.Where(cell => cell.IsAlwaysShown).Select(cell => cell.Id));
    }

    [Fact]
    public void The_totals_of_a_table_are_hidden_after_its_numbers()
    {
        var table = TableCalculator.Calculate(RandomReleases.Catalogue, new Figures(RandomReleases.Catalogue, "2019-20").ToYear()).Single();
        var amount = new Figures().People(100, null).WorkOut("people").Total;
        var sheet = new PublicCellBuilder(RandomReleases.Catalogue.Disclosure);
        sheet.Add(table with { Cells = [.. table.Cells.Select(cell => cell with { Amount = amount })] });
        var costs = sheet.Cells.ToDictionary(cell => cell.Id, cell => cell.Cost);
        Assert.True(costs["tables/clients/all/all"] > costs["tables/clients/b1/all"]);
        Assert.True(costs["tables/clients/b1/all"] > costs["tables/clients/b1/f"]);
        Assert.True(costs["tables/clients/all/f"] > costs["tables/clients/b1/f"]);
    }

    [Fact]
    public void The_remainder_of_a_percentages_breakdown_is_not_a_count_of_people()
    {
        var figures = new Figures().Calls(1, 100, 0).Add("north/calls", "2019-20-Q1", "answered", null, 3);
        var sheet = new PublicCellBuilder(Figures.Catalogue.Disclosure);
        sheet.Add(figures.WorkOut("calls") with { Total = figures.WorkOut("answered").Total });
        Assert.DoesNotContain(sheet.Remainders, sum => sum.Name.Contains("not counted", StringComparison.Ordinal));
    }

    private static Dictionary<string, PublicCell> CellsOf(Figures figures, string headline)
    {
        var sheet = new PublicCellBuilder(Figures.Catalogue.Disclosure);
        sheet.Add(figures.WorkOut(headline));
        return sheet.Cells.ToDictionary(cell => cell.Id);
    }
}
