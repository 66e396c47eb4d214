using DasvPipeline.Core.Publish.Disclosure;
using DasvPipeline.Core.Publish.Releases;
using DasvPipeline.UnitTests.Publish.Aggregation;

namespace DasvPipeline.UnitTests.Publish.Disclosure;

/// <summary>Publishing a year in instalments hides more than publishing it at once. The preview says so.</summary>
public sealed class InstalmentTests
{
    [Fact]
    public void A_year_published_in_instalments_hides_at_least_what_it_hides_at_once()
    {
        var (year, history) = (new Figures(), DisclosureHistory.Empty);
        foreach (var (quarter, city, fen) in new[] { (1, 60, 20), (2, 70, 30), (3, 40, 20), (4, 3, 0) })
        {
            year.Calls(quarter, city, fen);
            history = Apply(year, history).DisclosureHistory;
        }

        var (instalments, atOnce) = (Apply(year, history), Apply(year, DisclosureHistory.Empty));
        Assert.True(instalments.Hidden.Count > atOnce.Hidden.Count, $"{instalments.Hidden.Count} numbers were hidden in instalments, and {atOnce.Hidden.Count} at once.");

        var preview = PreviewYear.Create(year.ToYear().Year, decision: null, instalments, atOnce, FeedNumbers.Collect(year.WorkOut(), []), FeedNumbers.FindProvisional(year.WorkOut(), []));
        Assert.Equal(
            instalments.Hidden.Select(hidden => hidden.Cell).Except(atOnce.Hidden.Select(hidden => hidden.Cell)),
            preview.Hidden.Where(hidden => hidden.NeededByEarlierReleases).Select(hidden => hidden.Number));
        Assert.All(preview.Hidden.Where(hidden => hidden.NeededByEarlierReleases), hidden => Assert.Contains("It would be shown if nothing had been published before.", hidden.Instalments, StringComparison.Ordinal));
    }

    [Fact]
    public void A_complete_number_that_protects_another_stays_hidden_in_later_releases()
    {
        var year = new Figures().Calls(1, 60, 20).Calls(2, 3, 0);
        var first = Apply(year, DisclosureHistory.Empty);
        var preview = PreviewYear.Create(year.ToYear().Year, decision: null, first, first, FeedNumbers.Collect(year.WorkOut(), []), FeedNumbers.FindProvisional(year.WorkOut(), []));
        var kept = preview.Hidden.Where(hidden => hidden.StaysHidden).Select(hidden => hidden.Number).ToList();
        Assert.Equal(["calls/2019-20-Q1"], kept);

        var later = Apply(year.Calls(3, 70, 30).Calls(4, 80, 40), first.DisclosureHistory);
        Assert.All(kept, number => Assert.Contains(later.Hidden, hidden => hidden.Cell == number));
    }

    [Fact]
    public void The_history_has_no_statement_that_adds_nothing()
    {
        var history = Apply(new Figures().People(96, 4).Calls(1, 3, 2), DisclosureHistory.Empty).DisclosureHistory;
        var bounds = history.PublishedSums.Where(published => !published.Statement.IsExact).ToList();
        Assert.NotEmpty(bounds);
        Assert.Equal(bounds.Count, bounds.Select(published => published.Statement).Distinct().Count());
        Assert.All(bounds, published => Assert.True(published.Statement.LowerBound > 0 || !published.Statement.Sum.Subtracted.IsEmpty));
    }

    private static DisclosedYear Apply(Figures figures, DisclosureHistory known) => DisclosureControl.Apply(Figures.Catalogue.Disclosure, figures.WorkOut(), [], known);
}
