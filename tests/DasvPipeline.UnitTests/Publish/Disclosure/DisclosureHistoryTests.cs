using DasvPipeline.Core.Publish.Aggregation;
using DasvPipeline.Core.Publish.Disclosure;
using DasvPipeline.Core.Publish.Releases;
using DasvPipeline.UnitTests.Publish.Disclosure.Attack;

namespace DasvPipeline.UnitTests.Publish.Disclosure;

/// <summary>The disclosure history, stored from release to release.</summary>
public sealed class DisclosureHistoryTests
{
    [Fact]
    public void The_history_is_read_as_it_was_written_and_the_same_figures_are_hidden()
    {
        var known = DisclosureHistory.Empty;
        foreach (var year in new RandomReleases(7).Years(6))
        {
            var once = Apply(year, known);
            var parsed = Read(Write(once.DisclosureHistory));
            Assert.Equal(Write(once.DisclosureHistory), Write(parsed));
            Assert.Equal(once.DisclosureHistory.PublishedSums, parsed.PublishedSums);

            // Later releases do not change the decision on these figures.
            var again = Apply(year, parsed);
            Assert.Equal(once.Hidden, again.Hidden);
            Assert.Equal(Write(once.DisclosureHistory), Write(again.DisclosureHistory));
            known = parsed;
        }
    }

    [Fact]
    public void Each_release_adds_only_new_figures_to_the_history()
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

    private static byte[] Write(DisclosureHistory history) => new YearRecord("hash", new SortedDictionary<string, RecordedReturn>(StringComparer.Ordinal), history.ToDocument()).ToJson();

    private static DisclosureHistory Read(byte[] record) => DisclosureHistory.From(YearRecord.Parse(record).History);
}
