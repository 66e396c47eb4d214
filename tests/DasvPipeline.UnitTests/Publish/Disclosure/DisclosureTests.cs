using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Publish.Aggregation;
using DasvPipeline.Core.Publish.Disclosure;
using DasvPipeline.Core.Publish.Formats;
using DasvPipeline.Core.Publish.Releases;
using DasvPipeline.Tests.Catalogue;
using DasvPipeline.UnitTests.Publish.Aggregation;

namespace DasvPipeline.UnitTests.Publish.Disclosure;

public sealed partial class DisclosureTests
{
    private static readonly Amount Hidden = new(null, Markers.Confidential);

    [Theory]
    [InlineData(1, true)]
    [InlineData(4, true)]
    [InlineData(5, false)]
    [InlineData(0, false)]
    public void A_small_count_is_hidden_and_0_is_shown(int count, bool isHidden)
    {
        var people = Published(new Figures().People(count, 0), "people");
        Assert.Equal(isHidden ? null : count, people.Total.Value);
        Assert.Equal(isHidden ? Markers.Confidential : Markers.None, people.Total.Markers);
    }

    [Fact]
    public void A_small_quarter_is_hidden_with_the_smallest_other_quarter_only()
    {
        var calls = Published(new Figures().Calls(1, 3, 0).Calls(2, 200, 20).Calls(3, 300, 30).Calls(4, 400, 40).South(3, 5).South(4, 5), "calls");
        Assert.Equal([null, null, 335m, 445m], calls.Series.Select(point => point.Amount.Value));
        Assert.All(calls.Series.Take(2), point => Assert.Equal(Hidden, point.Amount));
        Assert.Equal(1003, calls.Total.Value);
        Assert.Equal([913m, 90], calls.Breakdowns.Single().Items.Select(item => item.Amount.Value));
    }

    [Fact]
    public void Both_of_two_groups_are_hidden_if_one_is_small()
    {
        var people = Published(new Figures().People(96, 4), "people");
        Assert.Equal(100, people.Total.Value);
        Assert.All(people.Breakdowns.Single().Items, item => Assert.Equal(Hidden, item.Amount));
    }

    [Fact]
    public void A_small_remainder_of_a_breakdown_cannot_be_calculated()
    {
        // 3 calls have no area: they are the total minus the areas.
        var catalogue = TestCatalogue.Small.Change("returns/north.calls.yaml", "      - { measure: answered }", "      - { measure: answered }\n      - { measure: calls, label: Elsewhere }").Load();
        Assert.Equal([100m, null], With(3).Breakdowns.Single().Items.Select(item => item.Amount.Value));
        Assert.Equal([100m, 50], With(5).Breakdowns.Single().Items.Select(item => item.Amount.Value));
        Assert.Equal([100m, 50], With(0).Breakdowns.Single().Items.Select(item => item.Amount.Value));

        HeadlineFigures With(int elsewhere) => Publish(
            catalogue, new Figures(catalogue, "2019-20").Calls(1, 100, 50).Add("north/calls", "2019-20-Q1", "calls", null, elsewhere).WorkOut()).Single(item => item.Headline.Id.Value == "calls");
    }

    [Theory]
    [InlineData(3, 100)]
    [InlineData(97, 100)]
    [InlineData(2, 4)]
    [InlineData(0, 4)]
    [InlineData(0, 9)]
    public void A_percentage_is_hidden_if_its_numerator_remainder_or_base_is_small(int of, int over)
    {
        var answered = Published(new Figures().Calls(1, over, 0).Add("north/calls", "2019-20-Q1", "answered", null, of), "answered");
        Assert.Equal(new Amount(null, Markers.Confidential | Markers.Provisional), answered.Total);
    }

    [Theory]
    [InlineData(0, 100)]
    [InlineData(100, 100)]
    [InlineData(5, 10)]
    public void A_percentage_of_enough_people_is_shown(int of, int over)
    {
        var answered = Published(new Figures().Calls(1, over, 0).Add("north/calls", "2019-20-Q1", "answered", null, of), "answered");
        Assert.Equal((decimal)of / over, answered.Total.Value);
    }

    [Fact]
    public void Amounts_of_money_are_not_hidden() => Assert.Equal(3, Published(new Figures().Add("north/calls", "2019-20-Q1", "grants", null, 3), "grants").Total.Value);

    [Fact]
    public void An_unavailable_figure_stays_unavailable()
    {
        var calls = Published(new Figures().Calls(1, 3, 0), "calls");
        Assert.Equal([Markers.Confidential, Markers.NotAvailable, Markers.NotAvailable, Markers.NotAvailable], calls.Series.Select(point => point.Amount.Markers));
    }

    [Fact]
    public void The_threshold_comes_from_the_catalogue()
    {
        var catalogue = TestCatalogue.Small.Change("disclosure.yaml", "5", "10").Load();
        var people = Publish(catalogue, new Figures(catalogue, "2019-20").People(9, 0).WorkOut()).Single(item => item.Headline.Id.Value == "people");
        Assert.Null(people.Total.Value);
    }

    [Fact]
    public void A_0_is_hidden_for_the_measures_that_the_policy_names()
    {
        var catalogue = TestCatalogue.Small.Change("disclosure.yaml", "threshold: 5", "threshold: 5\nhideZerosOf: [people]").Load();
        var people = Publish(catalogue, new Figures(catalogue, "2019-20").People(0, 90).WorkOut()).Single(item => item.Headline.Id.Value == "people");
        Assert.Equal(90, people.Total.Value);
        Assert.All(people.Breakdowns.Single().Items, item => Assert.Equal(Hidden, item.Amount));
    }

    [Fact]
    public void Counts_are_rounded_and_percentages_use_rounded_counts_if_the_policy_says_so()
    {
        var catalogue = TestCatalogue.Small.Change("disclosure.yaml", "threshold: 5", "threshold: 5\nroundTo: 5").Load();
        var figures = Publish(catalogue, new Figures(catalogue, "2019-20").People(96, 48).Calls(1, 61, 42).Add("north/calls", "2019-20-Q1", "answered", null, 52).Add("north/calls", "2019-20-Q1", "grants", null, 1003).WorkOut());
        var people = figures.Single(item => item.Headline.Id.Value == "people");
        Assert.Equal([145m, 95, 50], people.Breakdowns.Single().Items.Select(item => item.Amount.Value).Prepend(people.Total.Value));
        Assert.Equal(decimal.Round(50m / 105, 3), figures.Single(item => item.Headline.Id.Value == "answered").Total.Value);
        Assert.Equal(1003, figures.Single(item => item.Headline.Id.Value == "grants").Total.Value);
    }

    [Theory]
    [InlineData(5, 63, 60, 1.0)]
    [InlineData(50, 10, 20, null)]
    public void A_percentage_of_rounded_counts_is_at_most_100_and_has_no_value_if_its_base_rounds_to_0(int roundTo, int of, int over, double? share)
    {
        var catalogue = TestCatalogue.Small.Change("disclosure.yaml", "threshold: 5", FormattableString.Invariant($"threshold: 5\nroundTo: {roundTo}")).Load();
        var answered = Publish(catalogue, new Figures(catalogue, "2019-20").Calls(1, over, 0).Add("north/calls", "2019-20-Q1", "answered", null, of).WorkOut()).Single(item => item.Headline.Id.Value == "answered");
        Assert.Equal((decimal?)share, answered.Total.Value);
    }

    [Theory]
    [InlineData("people")]
    [InlineData("answered")]
    [InlineData("calls")]
    public void A_hidden_headline_leaves_no_number_in_the_document_or_its_sentence(string id)
    {
        var now = new Figures().People(1, 2).Calls(1, 2, 1).Add("north/calls", "2019-20-Q1", "answered", null, 2);
        var before = new Figures("2018-19").People(500, 400).Calls(1, 700, 600).Add("north/calls", "2018-19-Q1", "answered", null, 800);
        using var document = Document(now, before);
        var text = document.RootElement.GetProperty("headlines").EnumerateArray().Single(item => item.GetProperty("id").GetString() == id).GetRawText();

        text = Months().Replace(text, string.Empty);
        Assert.DoesNotMatch(@"\d", Year().Replace(text, string.Empty).Replace("of the 6 returns", string.Empty, StringComparison.Ordinal));
        Assert.Contains("the figure for 2019-20 is not published, so that nobody can be recognised.", text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_comparison_does_not_disclose_a_figure_hidden_last_year()
    {
        using var document = Document(new Figures().People(100, 50), new Figures("2018-19").People(3, 0));
        var people = document.RootElement.GetProperty("headlines").EnumerateArray().Single(item => item.GetProperty("id").GetString() == "people");
        Assert.Equal("150 people were helped.", people.GetProperty("sentence").GetString());
        Assert.Equal((JsonValueKind.Null, JsonValueKind.Null), (people.GetProperty("previous").ValueKind, people.GetProperty("change").ValueKind));
    }

    [Fact]
    public void The_lineage_has_no_value_for_a_hidden_figure()
    {
        var document = YearDocumentOf(new Figures().People(1, 2), new Figures("2018-19"));
        Assert.Null(document.Lineage.Values["people"]);
    }

    private static HeadlineFigures Published(Figures figures, string headline) =>
        Publish(Figures.Catalogue, figures.WorkOut()).Single(item => item.Headline.Id.Value == headline);

    private static IReadOnlyList<HeadlineFigures> Publish(PartnershipCatalogue catalogue, IReadOnlyList<HeadlineFigures> figures) =>
        DisclosureControl.Apply(catalogue.Disclosure, figures);

    private static JsonDocument Document(Figures now, Figures before) =>
        JsonDocument.Parse(Encoding.UTF8.GetString(YearDocumentOf(now, before).ToBytes(new ReleaseElement(1, string.Empty, DateTime.UnixEpoch, []), FeedLinks.Relative, "headlines.json")));

    /// <summary>Returns the document of a year as if returns were due from a year earlier.</summary>
    private static YearDocument YearDocumentOf(Figures now, Figures before)
    {
        var figures = DisclosureControl.Apply(Figures.Catalogue.Disclosure, now.WorkOut(), [], DisclosureHistory.Empty);
        var then = Publish(Figures.Catalogue, before.WorkOut())
            .Select(item => item with { DueReturns = [new ReturnKey(ReturnId.TryParse("north/people")!.Value, Period.FromYear(2018))], MissingReturns = [] }).ToList();
        return YearDocument.Create(Figures.Catalogue, now.ToYear(), figures, ComparableFigures.Create(then), decision: null, published: null);
    }

    [GeneratedRegex("[A-Z][a-z]+ to [A-Z][a-z]+ 20[0-9]{2}")]
    private static partial Regex Months();

    [GeneratedRegex(@"20\d\d-\d\d(-Q\d)?")]
    private static partial Regex Year();
}
