using DasvPipeline.Core.Publish.Aggregation;
using DasvPipeline.Core.Publish.Disclosure;
using DasvPipeline.UnitTests.Disclose.Attack;

namespace DasvPipeline.UnitTests.Disclose;

/// <summary>What readers know, kept from release to release.</summary>
public sealed class KnowledgeTests
{
    [Fact]
    public void It_is_read_as_it_was_written_and_the_same_figures_hide_the_same()
    {
        var known = DisclosureHistory.Empty;
        foreach (var year in new RandomReleases(7).Years(6))
        {
            var once = Apply(year, known);
            var kept = DisclosureHistory.Parse(once.DisclosureHistory.ToJson());
            Assert.Equal(once.DisclosureHistory.ToJson(), kept.ToJson());
            Assert.Equal(once.DisclosureHistory.PublishedSums, kept.PublishedSums);

            // Whatever is known by now: what was decided of these figures stands.
            var again = Apply(year, kept);
            Assert.Equal(once.Hidden, again.Hidden);
            Assert.Equal(once.DisclosureHistory.ToJson(), again.DisclosureHistory.ToJson());
            known = kept;
        }
    }

    [Fact]
    public void Of_many_releases_only_what_is_new_is_kept()
    {
        var known = DisclosureHistory.Empty;
        var year = new RandomReleases(3).Years(1).Single();
        for (var release = 0; release < 5; release++)
        {
            known = Apply(year, known).DisclosureHistory;
        }

        Assert.Equal(known.PublishedSums.Count, known.PublishedSums.Distinct().Count());
        Assert.Equal(Apply(year, DisclosureHistory.Empty).DisclosureHistory.PublishedSums.Count, known.PublishedSums.Count);
    }

    private static DisclosedYear Apply(Core.Ports.YearFigures year, DisclosureHistory known) => DisclosureControl.Apply(
        RandomReleases.Catalogue.Disclosure,
        HeadlineCalculator.Calculate(RandomReleases.Catalogue, year),
        TableCalculator.Calculate(RandomReleases.Catalogue, year),
        known);
}
