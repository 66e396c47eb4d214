using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Publish.Disclosure;
using DasvPipeline.Core.Publish.Releases;
using DasvPipeline.Tests.Catalogue;
using DasvPipeline.UnitTests.Publish.Aggregation;

namespace DasvPipeline.UnitTests.Publish.Disclosure;

/// <summary>A figure that covers a whole project grows from year to year. Its growth is a count of people.</summary>
public sealed class CumulativeGrowthTests
{
    /// <summary>People are counted over the whole project, in the north and in the south.</summary>
    private static readonly PartnershipCatalogue Catalogue = TestCatalogue.Small
        .Change("measures/all.yaml", "unit: people, adds: distinct", "unit: people, adds: distinct, covers: project")
        .With("returns/south.people.yaml", "agency: south\nreturn: people\ntitle: People\nevery: year\nfrom: 2019-20\ntables:\n  - id: people\n    title: People\n    measure: people\n    rows: [{ age: adult }]\n")
        .Load();

    [Theory]
    [InlineData(621, 624, true)]
    [InlineData(621, 622, true)]
    [InlineData(621, 621, false)]
    [InlineData(621, 626, false)]
    [InlineData(621, 600, false)]
    public void The_new_total_is_hidden_if_it_would_disclose_a_small_growth(int before, int now, bool isHidden)
    {
        var years = new Years();
        Assert.Equal(before, years.Publish("2019-20", before));
        Assert.Equal(isHidden ? null : now, years.Publish("2020-21", now));
        Assert.Empty(years.Exposed);
    }

    [Fact]
    public void The_older_total_is_hidden_if_the_newer_one_was_published_first()
    {
        var years = new Years();
        Assert.Equal(624, years.Publish("2020-21", 624));
        Assert.Null(years.Publish("2019-20", 621));
        Assert.Equal(624, years.Publish("2020-21", 624));
        Assert.Empty(years.Exposed);
    }

    [Fact]
    public void A_growth_over_2_years_is_protected_if_the_year_between_has_no_figure_or_a_hidden_one()
    {
        var without = new Years();
        without.Publish("2019-20", 621);
        without.Publish("2020-21", null);
        Assert.Null(without.Publish("2021-22", 624));

        var hidden = new Years();
        hidden.Publish("2019-20", 621);
        Assert.Null(hidden.Publish("2020-21", 622));
        Assert.Null(hidden.Publish("2021-22", 623));
        Assert.Equal(640, hidden.Publish("2022-23", 640));
        Assert.Empty(hidden.Exposed);
    }

    [Fact]
    public void The_growth_since_a_total_that_was_published_and_withdrawn_is_protected()
    {
        var years = new Years();
        years.Publish("2019-20", 621);
        years.Publish("2019-20", null);
        Assert.Null(years.Publish("2020-21", 624));
    }

    [Fact]
    public void A_small_growth_of_one_agency_is_protected_within_a_large_growth()
    {
        var years = new Years();
        years.Publish("2019-20", 300, 200);
        Assert.Null(years.Publish("2020-21", 340, 203));
        Assert.Equal(360 + 230, years.Publish("2021-22", 360, 230));
        Assert.Empty(years.Exposed);
    }

    [Fact]
    public void A_year_is_not_compared_with_the_previous_one()
    {
        var (before, now) = (new Figures(Catalogue, "2019-20").People(500, null), new Figures(Catalogue, "2020-21").People(700, null));
        var disclosed = DisclosureControl.Apply(Catalogue, now.ToYear(), DisclosureHistory.Empty, []);
        var document = YearDocument.Create(Catalogue, now.ToYear(), disclosed, new ComparableFigures(new(StringComparer.Ordinal) { ["people"] = before.WorkOut("people").Total.Value!.Value, ["calls"] = 3 }, ComparableFigures.None.Quarters), decision: null, published: null);
        var people = document.Content.Headlines.Single(headline => headline.Id == "people");
        Assert.Equal((700m, null, null), (people.Value, people.Previous, people.Change));
        Assert.Equal("700 people were helped. 1 of the 2 returns behind this figure is still to come.", people.Sentence);
        Assert.NotNull(document.Content.Headlines.Single(headline => headline.Id == "calls").Previous);
    }

    /// <summary>The published years of a project, each with its history.</summary>
    private sealed class Years
    {
        private readonly SortedDictionary<string, (Figures Figures, DisclosureHistory History)> _years = new(StringComparer.Ordinal);

        public List<string> Exposed { get; } = [];

        /// <summary>Publishes a year, and returns its published total.</summary>
        public decimal? Publish(string year, int? north, int? south = null)
        {
            var figures = new Figures(Catalogue, year);
            figures = north is null ? figures : figures.People(north, null);
            figures = south is null ? figures : figures.Add("south/people", year, "people", "adult", south);
            var history = _years.TryGetValue(year, out var known) ? known.History : DisclosureHistory.Empty;
            var others = _years.Where(other => string.CompareOrdinal(other.Key, year) < 0).TakeLast(1).Concat(_years.Where(other => string.CompareOrdinal(other.Key, year) > 0).Take(1))
                .Select(other => OtherYear.Create(Catalogue, other.Value.Figures.ToYear().Year, other.Value.Figures.ToYear().GetObservations([new("people")]), other.Value.History));
            var disclosed = DisclosureControl.Apply(Catalogue, figures.ToYear(), history, [.. others]);
            _years[year] = (figures, disclosed.DisclosureHistory);
            Exposed.AddRange(disclosed.Exposed);
            return disclosed.Headlines.Single(headline => headline.Headline.Id.Value == "people").Total.Value;
        }
    }
}
