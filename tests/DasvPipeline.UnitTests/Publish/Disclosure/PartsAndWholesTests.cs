using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Publish.Disclosure;
using DasvPipeline.Tests.Catalogue;
using DasvPipeline.UnitTests.Publish.Aggregation;
using DasvPipeline.UnitTests.Publish.Disclosure.Attack;

namespace DasvPipeline.UnitTests.Publish.Disclosure;

/// <summary>A headline that counts part of another: what remains of the whole is a count of people too.</summary>
public sealed class PartsAndWholesTests
{
    private static readonly Period Year = Period.Parse("2019-20");

    private const string Headlines = """
        headlines:
          - { id: offences, title: Offences, of: calls, breakdowns: [area], sentence: "{value} offences{change}." }
          - { id: serious, title: Serious offences, of: serious, breakdowns: [area], sentence: "{value} serious offences{change}." }
        """;

    [Theory]
    [InlineData(52, 50, true)]
    [InlineData(52, 48, true)]
    [InlineData(52, 47, false)]
    [InlineData(52, 52, false)]
    [InlineData(52, 53, false)]
    public void A_small_remainder_cannot_be_calculated(int all, int serious, bool isHidden)
    {
        var disclosed = Publish(Load("{ id: part, operation: not-above, of: serious, to: calls, by: [area] }"), all, serious);
        Assert.Equal(isHidden, disclosed.Hidden.Count > 0);
        Assert.Empty(disclosed.Exposed);
    }

    [Fact]
    public void A_remainder_is_protected_by_period_place_and_year()
    {
        var figures = new Figures(Load("{ id: part, operation: not-above, of: serious, to: calls }"), "2019-20");
        foreach (var quarter in new[] { 1, 2 })
        {
            figures.Calls(quarter, 51, 60).Add("north/calls", figures.Quarter(quarter), "serious", "city", 50).Add("north/calls", figures.Quarter(quarter), "serious", "fen", quarter == 1 ? 60 : 50);
        }

        var links = PartsAndWholes.Find(Load("{ id: part, operation: not-above, of: serious, to: calls }"), figures.ToYear());
        Assert.Equal([1L, 1, 1, 2], links.Remainders.Select(remainder => remainder.Sum).Where(sum => sum.IsSmall(RandomReleases.Catalogue.Disclosure)).Select(sum => sum.Value).Order());
        Assert.Equal(4, links.Relations.Count);
        Assert.All(links.Remainders, remainder => Assert.Equal("part: calls without serious", remainder.Name));
    }

    [Fact]
    public void Two_counts_of_the_same_people_are_known_to_be_equal()
    {
        var catalogue = Load("{ id: same, operation: equal, of: serious, to: calls }");

        // Without the check, the city would be hidden in one of the headlines only.
        var figures = new Figures(catalogue, "2019-20").Calls(1, 60, 3).Add("north/calls", "2019-20-Q1", "serious", "city", 60).Add("north/calls", "2019-20-Q1", "serious", "fen", 3);
        var relation = PartsAndWholes.Find(catalogue, figures.ToYear()).Relations;
        Assert.All(relation, known => Assert.Equal((true, 0L), (known.Statement.IsExact, known.Statement.LowerBound)));
        Assert.Equal(2, relation.Count);
        Assert.Empty(PartsAndWholes.Find(catalogue, figures.ToYear()).Remainders);
    }

    [Fact]
    public void A_mistake_in_one_place_does_not_disclose_the_remainder_of_the_year()
    {
        var catalogue = Load("{ id: part, operation: not-above, of: serious, to: calls, by: [area] }");
        var figures = new Figures(catalogue, "2019-20").Calls(1, 60, 50).Add("north/calls", "2019-20-Q1", "serious", "city", 57).Add("north/calls", "2019-20-Q1", "serious", "fen", 51);
        Assert.Contains(PartsAndWholes.Find(catalogue, figures.ToYear()).Remainders, remainder => remainder.Sum.Value == 2);
    }

    [Fact]
    public void A_check_of_measures_that_are_not_published_discloses_nothing()
    {
        Assert.Empty(LinkedChecks.Find(Load("{ id: part, operation: not-above, of: volunteers, to: calls }"), Year));
        Assert.Equal(["first", "second"], LinkedChecks.Find(Load("{ id: first, operation: not-above, of: serious, to: answered }\n  - { id: second, operation: not-above, of: answered, to: calls }\n  - { id: third, operation: not-above, of: volunteers, to: calls }"), Year).Select(check => check.Id));
    }

    [Fact]
    public void A_part_is_known_through_a_measure_that_is_not_published()
    {
        var catalogue = Load("{ id: first, operation: equal, of: serious, to: answered }\n  - { id: second, operation: not-above, of: answered, to: calls }");
        Assert.Contains(new MeasureId("answered"), LinkedChecks.GetUsedMeasures(catalogue, Year));
        var figures = new Figures(catalogue, "2019-20").Calls(1, 30, 22).Add("north/calls", "2019-20-Q1", "serious", "city", 28).Add("north/calls", "2019-20-Q1", "serious", "fen", 22).Add("north/calls", "2019-20-Q1", "answered", null, 50);
        var disclosed = DisclosureControl.Apply(catalogue, figures.ToYear(), DisclosureHistory.Empty, []);
        Assert.NotEmpty(disclosed.Hidden);
        Assert.Empty(disclosed.Exposed);
    }

    [Fact]
    public void The_shipped_catalogue_links_serious_offences_with_all_sexual_offences() =>
        Assert.Contains(LinkedChecks.Find(PartnershipCatalogue.LoadEmbedded(), Year), check => check.Id == "serious-offences-part");

    private static DisclosedYear Publish(PartnershipCatalogue catalogue, int all, int serious)
    {
        var figures = new Figures(catalogue, "2019-20").Calls(1, all, 0).Add("north/calls", "2019-20-Q1", "serious", "city", serious).Add("north/calls", "2019-20-Q1", "serious", "fen", 0);
        return DisclosureControl.Apply(catalogue, figures.ToYear(), DisclosureHistory.Empty, []);
    }

    private static PartnershipCatalogue Load(string check) => TestCatalogue.Small
        .Change("measures/all.yaml", "  - { id: people,", "  - { id: serious, label: Serious, unit: calls, adds: flow }\n  - { id: people,")
        .Change("returns/north.calls.yaml", "  - id: others", "  - id: serious\n    title: Serious calls\n    measure: serious\n    rows: [{ area: city }, { area: fen }]\n  - id: others")
        .With("headlines.yaml", Headlines)
        .With("checks.yaml", $"checks:\n  - {check}\n")
        .Load();
}
