using DasvPipeline.Core.Aggregate;
using DasvPipeline.Core.Disclose;
using DasvPipeline.UnitTests.Disclose.Attack;

namespace DasvPipeline.UnitTests.Disclose;

/// <summary>What readers know, kept from release to release.</summary>
public sealed class KnowledgeTests
{
    [Fact]
    public void It_is_read_as_it_was_written_and_the_same_figures_hide_the_same()
    {
        var known = Knowledge.None;
        foreach (var year in new RandomReleases(7).Years(6))
        {
            var once = Apply(year, known);
            var kept = Knowledge.Parse(once.Knowledge.ToJson());
            Assert.Equal(once.Knowledge.ToJson(), kept.ToJson());
            Assert.Equal(once.Knowledge.Told, kept.Told);

            // Whatever is known by now: what was decided of these figures stands.
            var again = Apply(year, kept);
            Assert.Equal(once.Hidden, again.Hidden);
            Assert.Equal(once.Knowledge.ToJson(), again.Knowledge.ToJson());
            known = kept;
        }
    }

    [Fact]
    public void Of_many_releases_only_what_is_new_is_kept()
    {
        var known = Knowledge.None;
        var year = new RandomReleases(3).Years(1).Single();
        for (var release = 0; release < 5; release++)
        {
            known = Apply(year, known).Knowledge;
        }

        Assert.Equal(known.Told.Count, known.Told.Distinct().Count());
        Assert.Equal(Apply(year, Knowledge.None).Knowledge.Told.Count, known.Told.Count);
    }

    private static DisclosedYear Apply(Core.Store.YearFigures year, Knowledge known) => Disclosure.Apply(
        RandomReleases.Catalogue.Disclosure,
        HeadlineArithmetic.WorkOut(RandomReleases.Catalogue, year),
        TableArithmetic.WorkOut(RandomReleases.Catalogue, year),
        known);
}
