using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Publish.Disclosure;
using DasvPipeline.Tests.Catalogue;
using DasvPipeline.UnitTests.Publish.Aggregation;

namespace DasvPipeline.UnitTests.Publish.Disclosure;

/// <summary>What earlier releases reveal, and what must stay hidden because of it.</summary>
public sealed class EarlierReleaseTests
{
    private static readonly DisclosurePolicy Policy = Figures.Catalogue.Disclosure;

    private static readonly ReportedCount
        Large = new("north/calls/2019-20-Q1|a", 100), One = new("north/calls/2019-20-Q2|a", 1), Two = new("south/calls/2019-20-Q3|a", 2), AlsoTwo = new("south/calls/2019-20-Q4|a", 2), Three = new("west/calls/2019-20-Q4|a", 3);

    [Fact]
    public void Each_small_figure_of_this_and_of_earlier_releases_is_protected()
    {
        var known = new DisclosureHistory([new PublishedSum("old", SumConstraint.CreateExact(Sum.Create([Large, Three]))), new PublishedSum("hidden", new SumConstraint(Sum.Create([AlsoTwo]), 1, false))], [], null);
        Assert.Equal([Sum.Create([One]), Sum.Create([Three])], Find(known, One.Figure, Two.Figure, Three.Figure, AlsoTwo.Figure, Large.Figure)([Cell("now", Large, One)]));
    }

    [Fact]
    public void The_small_part_of_a_number_that_comes_from_one_return_is_protected() =>
        Assert.Equal([Sum.Create([Two, Two with { Figure = "south/calls/2019-20-Q3|b" }])], Find(DisclosureHistory.Empty, "south/calls/2019-20-Q3")([Cell("now", Large, Two, Two with { Figure = "south/calls/2019-20-Q3|b" })]));

    [Fact]
    public void A_small_change_of_a_number_since_an_earlier_release_is_protected_in_both_directions()
    {
        var known = new DisclosureHistory(
            [
                new PublishedSum("calls", SumConstraint.CreateExact(Sum.Create([Large, Two, AlsoTwo]))),
                new PublishedSum("others", SumConstraint.CreateExact(Sum.Create([Large]))),
                new PublishedSum("calls", new SumConstraint(Sum.Create([Large]), 1, false)),
            ],
            [],
            null);
        Assert.Equal(
            [Sum.Create([One, Three]), Sum.Create([Two, AlsoTwo])],
            Find(known, "calls: change since an earlier release")([Cell("calls", Large, One, Three)]).Where(sum => sum.Added.Length > 1));
    }

    [Fact]
    public void Numbers_that_a_sum_hidden_earlier_connects_are_protected_together()
    {
        var hidden = new ProtectedSum(Sum.Create([One, Two]), "hidden");
        var component = Assert.Single(ConnectedComponents.Find([Cell("one", One), Cell("two", Two)], new DisclosureHistory([], [hidden], null), []));
        Assert.Equal(["one", "two"], component.Cells.Select(cell => cell.Id));
        Assert.Equal([hidden], component.Known.ProtectedSums);
        Assert.Equal(2, ConnectedComponents.Find([Cell("one", One), Cell("two", Two)], DisclosureHistory.Empty, []).Count());
    }

    [Fact]
    public void The_history_of_a_release_has_what_it_shows_exactly_and_what_it_hides_as_protected()
    {
        var history = Apply(new Figures().People(96, 4), DisclosureHistory.Empty).DisclosureHistory;
        Assert.Equal(
            [("people/age/adult", 1L, false), ("people/age/child", 1, false), ("people/total", 100, true)],
            history.PublishedSums.Where(sum => !sum.Cell.Contains("2019", StringComparison.Ordinal)).Select(sum => (sum.Cell, sum.Statement.LowerBound, sum.Statement.IsExact)).Order());
        Assert.Equal([("people/age/adult", 96L), ("people/age/child", 4)], history.ProtectedSums.Select(sum => (sum.Name, sum.Sum.Value)));
    }

    [Fact]
    public void What_a_release_hid_stays_in_the_history()
    {
        var decision = new SuppressionDecision("figures", [], []);
        var (first, second) = (new ProtectedSum(Sum.Create([One]), "first"), new ProtectedSum(Sum.Create([Two]), "second"));
        var history = DisclosureHistory.Empty.Append([], [first], decision).Append([], [second, new ProtectedSum(first.Sum, "again")], decision);
        Assert.Equal([first, second], history.ProtectedSums);
    }

    [Fact]
    public void A_decision_is_kept_for_the_same_figures_and_made_again_for_others()
    {
        var before = Apply(new Figures().People(100, 50), DisclosureHistory.Empty).DisclosureHistory;
        var chosen = before with { Decision = before.Decision! with { Hidden = [new SuppressedCell("people/total", Suppression.Secondary, "people/age/child")] } };

        Assert.Equal(chosen.Decision!.Hidden, Apply(new Figures().People(100, 50), chosen).Hidden);
        Assert.Contains(Apply(new Figures().People(100, 4), chosen).Hidden, hidden => hidden.Cell == "people/age/child");
    }

    [Fact]
    public void A_decision_depends_on_every_figure_and_on_the_whole_policy()
    {
        var figures = new Figures().People(100, 50);
        string[] decisions =
        [
            Of(Policy, figures), Of(Policy, new Figures().People(101, 50)), Of(Policy, new Figures().People(100, null)), Of(Policy with { Threshold = 6 }, figures),
            Of(Policy with { RoundTo = 5 }, figures), Of(Policy with { SmallestBase = 11 }, figures), Of(Policy, new Figures().People(100, 0)),
            Of(TestCatalogue.Small.Change("disclosure.yaml", "threshold: 5", "threshold: 5\nhideZerosOf: [people]").Load().Disclosure, new Figures().People(100, 0)),
        ];
        Assert.Equal(decisions.Length, decisions.Distinct().Count());
        Assert.Equal(Of(Policy, figures), Of(Policy, new Figures().People(100, 50)));

        static string Of(DisclosurePolicy policy, Figures figures) => DisclosureControl.Apply(policy, figures.WorkOut(), [], DisclosureHistory.Empty).DisclosureHistory.Decision!.Figures;
    }

    [Fact]
    public void A_number_published_before_does_not_protect_a_new_small_one()
    {
        // Hiding the adults again would not help: the total minus the adults that were published is the children.
        var before = Apply(new Figures().People(100, null), DisclosureHistory.Empty);
        Assert.Empty(before.Hidden);
        var now = Apply(new Figures().People(100, 3), before.DisclosureHistory);
        Assert.Contains(now.Hidden, hidden => hidden.Cell == "people/total");
        Assert.Empty(now.Exposed);
    }

    [Fact]
    public void A_late_return_with_few_people_cannot_be_calculated_from_two_totals()
    {
        var before = Apply(new Figures().Calls(1, 100, 50).Calls(3, 90, 60), DisclosureHistory.Empty);
        Assert.Empty(before.Hidden);
        var now = Apply(new Figures().Calls(1, 100, 50).Calls(3, 90, 60).South(3, 3), before.DisclosureHistory);
        Assert.Equal(["calls/2019-20-Q3", "calls/area/city", "calls/total"], now.Hidden.Select(hidden => hidden.Cell).Order(StringComparer.Ordinal));
        Assert.Empty(now.Exposed);
    }

    [Fact]
    public void A_zero_that_was_hidden_stays_hidden_after_it_is_corrected()
    {
        var policy = TestCatalogue.Small.Change("disclosure.yaml", "threshold: 5", "threshold: 5\nhideZerosOf: [people]").Load().Disclosure;
        var before = DisclosureControl.Apply(policy, new Figures().People(0, 90).WorkOut(), [], DisclosureHistory.Empty);
        Assert.Equal(90, before.Headlines.Single(headline => headline.Headline.Id.Value == "people").Total.Value);

        // The total was 90. Showing that 90 of them are children would reveal that there were no adults.
        var now = DisclosureControl.Apply(policy, new Figures().People(50, 90).WorkOut(), [], before.DisclosureHistory);
        Assert.Contains(now.Hidden, hidden => hidden.Cell == "people/age/child");
    }

    [Fact]
    public void A_small_count_that_was_published_before_the_threshold_was_raised_is_reported_as_exposed()
    {
        var before = Apply(new Figures().People(100, 7), DisclosureHistory.Empty);
        Assert.Empty(before.Exposed);
        var now = DisclosureControl.Apply(Policy with { Threshold = 10 }, new Figures().People(100, 7).WorkOut(), [], before.DisclosureHistory);
        Assert.Contains("people/age/child", now.Exposed);
        Assert.Contains(now.Hidden, hidden => hidden.Cell == "people/age/child");
    }

    /// <summary>The total is known. Each of the 2 counts can be 0 to 6 if a hidden count can be 0, and only 1 to 5 if it cannot.</summary>
    [Theory]
    [InlineData(5, 1, false)]
    [InlineData(4, 1, false)]
    [InlineData(3, 1, true)]
    public void A_count_that_only_a_hidden_0_makes_uncertain_is_not_exposed(int adults, int children, bool isExposed)
    {
        var figures = new Figures().People(adults, children);
        var total = Sum.Create(figures.WorkOut("people").Total.Numerator.Select(ReportedCount.Create));
        var now = Apply(figures, new DisclosureHistory([new PublishedSum("people/total", SumConstraint.CreateExact(total))], [], null));
        Assert.Equal(isExposed, now.Exposed.Contains("people/age/child"));
        Assert.All(new[] { "people/age/adult", "people/age/child" }, id => Assert.Contains(now.Hidden, hidden => hidden.Cell == id));
    }

    private static DisclosedYear Apply(Figures figures, DisclosureHistory known) => DisclosureControl.Apply(Policy, figures.WorkOut(), [], known);

    private static PublicCell Cell(string id, params ReportedCount[] counts) => new(id, 1, null, [Sum.Create(counts)], [new SumConstraint(Sum.Create(counts), 1, false)]);

    /// <summary>Returns a function that finds the protected sums with these names.</summary>
    private static Func<PublicCell[], IEnumerable<Sum>> Find(DisclosureHistory known, params string[] names) =>
        cells => ProtectedSumFinder.Find(Policy, cells, known, []).Where(sum => names.Contains(sum.Name)).Select(sum => sum.Sum);
}
