using System.Globalization;
using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Publish.Aggregation;
using DasvPipeline.Core.Publish.Disclosure;
using DasvPipeline.Core.Publish.Formats;
using DasvPipeline.Core.Publish.Releases;
using DasvPipeline.Tests.Catalogue;
using DasvPipeline.UnitTests.Publish.Aggregation;

namespace DasvPipeline.UnitTests.Publish;

/// <summary>A year that has not ended: its figures are those of the months so far.</summary>
public sealed class YearInProgressTests
{
    private static readonly PartnershipCatalogue Catalogue = TestCatalogue.Small.Load();

    private static Figures LastYear => new Figures("2024-25").Calls(1, 100, 10).Calls(2, 200, 20).Calls(3, 300, 30).Calls(4, 400, 40).South(1, 50).South(2, 50).South(3, 50).South(4, 50);

    private static Figures TwoQuarters => new Figures("2025-26").Calls(1, 200, 20).Calls(2, 300, 30).South(1, 60).South(2, 60);

    [Fact]
    public void A_figure_names_its_months_and_is_compared_with_the_same_months_of_last_year()
    {
        var calls = Headline(Document(TwoQuarters, "2025-10-10"), "calls");

        Assert.Equal("April to September 2025 so far: 670 calls were taken, an increase of around 55% from April to September 2024.", calls.Sentence);
        Assert.Equal(("April to September 2025 so far", new DateOnly(2025, 4, 1), new DateOnly(2025, 9, 30)), (calls.Covers!.Label, calls.Covers.From, calls.Covers.To));
        Assert.Equal(("April to September 2024", 430m, 240m), (calls.SameMonths!.Label, calls.SameMonths.Value, calls.SameMonths.Change.Absolute));
        Assert.Null(calls.Previous);
        Assert.Null(calls.Change);
        Assert.Equal(["p"], calls.Markers);
        Assert.Equal(["2025-26-Q1", "2025-26-Q2"], calls.Series.Select(point => point.Period));
        Assert.All(calls.Series, point => Assert.Empty(point.Markers));
    }

    [Fact]
    public void Returns_that_are_not_due_are_not_missing()
    {
        var document = Document(TwoQuarters, "2025-10-10");

        Assert.Equal("April to September 2025 so far", document.Content.Period.Label);
        Assert.Equal((4, 4, 0), (document.Content.Completeness.Expected, document.Content.Completeness.Received, document.Content.Completeness.Missing.Count));
        Assert.Equal((YearStage.Provisional, YearStage.InProgress, false), (document.Lineage.Status, document.Lineage.Stage, document.Lineage.IsComplete));
        Assert.Empty(Headline(document, "calls").Notes);
        Assert.Equal("People helped: no figure for 2025-26 is available yet.", Headline(document, "people").Sentence);
    }

    [Fact]
    public void A_return_is_missing_after_its_due_date_and_the_headline_keeps_its_months()
    {
        var document = Document(new Figures("2025-26").Calls(1, 200, 20).South(1, 60), "2025-12-01");
        var calls = Headline(document, "calls");

        Assert.Equal((4, 2), (document.Content.Completeness.Expected, document.Content.Completeness.Received));
        Assert.Equal(["north/calls/2025-26-Q2", "south/calls/2025-26-Q2"], document.Content.Completeness.Missing.Select(item => $"{item.Return}/{item.Period}"));
        Assert.All(document.Content.Completeness.Missing, item => Assert.Contains("calls", item.Headlines!));
        Assert.StartsWith("April to June 2025 so far: 280 calls were taken", calls.Sentence, StringComparison.Ordinal);
        Assert.Equal("Does not include yet: North for July to September 2025; South for July to September 2025.", Assert.Single(calls.Notes));
    }

    [Fact]
    public void A_missing_return_of_the_months_prevents_a_comparison()
    {
        var calls = Headline(Document(new Figures("2025-26").Calls(1, 200, 20).Calls(2, 300, 30).South(1, 60), "2025-10-10"), "calls");

        Assert.Equal("April to September 2025 so far: 610 calls were taken. 1 of the 4 returns behind this figure is still to come.", calls.Sentence);
        Assert.Null(calls.SameMonths);
    }

    [Fact]
    public void An_incomplete_quarter_of_last_year_prevents_a_comparison()
    {
        var incomplete = new Figures("2024-25").Calls(1, 100, 10).Calls(2, 200, 20).South(1, 50);
        Assert.Null(Headline(Document(TwoQuarters, "2025-10-10", incomplete), "calls").SameMonths);
    }

    [Fact]
    public void A_percentage_of_two_quarters_is_not_compared_and_the_latest_figure_is_compared_with_the_same_quarter()
    {
        static Figures Others(string year) => Enumerable.Range(1, 2).Aggregate(new Figures(year), (figures, quarter) => figures.Calls(quarter, 100, 100)
            .Add("north/calls", figures.Quarter(quarter), "answered", null, 150).Add("north/calls", figures.Quarter(quarter), "volunteers", null, 10 * quarter)
            .South(quarter, 100).Add("south/calls", figures.Quarter(quarter), "volunteers", "city", 10)
            .Add("north/calls", figures.Quarter(quarter), "share", null, 0.5m).Add("north/calls", figures.Quarter(quarter), "grants", null, 5));
        var document = Document(Others("2025-26"), "2025-10-10", Others("2024-25"));

        Assert.Null(Headline(document, "answered").SameMonths);
        Assert.Equal(30, Headline(document, "volunteers").SameMonths!.Value);
    }

    [Fact]
    public void After_the_last_day_the_year_is_a_whole_year_with_missing_returns()
    {
        var document = Document(TwoQuarters, "2026-04-01");

        Assert.Equal((YearStage.Provisional, "April 2025 to March 2026"), (document.Lineage.Stage, document.Content.Period.Label));
        Assert.EndsWith("4 of the 8 returns behind this figure are still to come.", Headline(document, "calls").Sentence, StringComparison.Ordinal);
        Assert.Equal(6, document.Content.Completeness.Expected); // Those of the last quarter and of the year are not due yet.
    }

    [Fact]
    public void A_year_before_any_return_was_due_has_not_applicable_quarters_and_total()
    {
        var calls = Headline(Document(new Figures("2017-18").Received("north/calls", "2017-18-Q1"), "2018-06-01"), "calls");

        Assert.Equal(["z"], calls.Markers);
        Assert.All(calls.Series, point => Assert.Equal(["z"], point.Markers));
        Assert.All(calls.Breakdowns.SelectMany(breakdown => breakdown.Items), item => Assert.Equal(["z"], item.Markers));
    }

    [Fact]
    public void A_quarter_before_a_return_starts_is_not_applicable()
    {
        var onlySouth = TestCatalogue.Small.Without("returns/north.calls.yaml").With(
            "headlines.yaml", "headlines:\n  - { id: calls, title: Calls taken, of: calls, sentence: \"{value} calls were taken{change}.\" }\n").Load();
        var calls = HeadlineCalculator.Calculate(onlySouth, new Figures(onlySouth, "2019-20").South(3, 60).South(4, 60).ToYear()).Single();

        Assert.Equal(["z", "z", "", ""], calls.Series.Select(point => string.Concat(point.Amount.Markers.ToLetters())));
    }

    private static HeadlineElement Headline(YearDocument document, string id) => document.Content.Headlines.Single(headline => headline.Id == id);

    private static YearDocument Document(Figures figures, string asOf, Figures? before = null)
    {
        var year = figures.ToYear(DateOnly.Parse(asOf, CultureInfo.InvariantCulture));
        return YearDocument.Create(
            Catalogue,
            year,
            DisclosureControl.Apply(Catalogue.Disclosure, HeadlineCalculator.Calculate(Catalogue, year), [], DisclosureHistory.Empty),
            ComparableFigures.Create(DisclosureControl.Apply(Catalogue.Disclosure, (before ?? LastYear).WorkOut())),
            decision: null,
            published: null);
    }
}
