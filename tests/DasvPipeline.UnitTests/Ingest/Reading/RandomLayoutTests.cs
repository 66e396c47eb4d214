using DasvPipeline.Tests;
using DasvPipeline.Tests.Ingest.Reading;
using FsCheck;
using FsCheck.Fluent;

namespace DasvPipeline.UnitTests.Ingest.Reading;

/// <summary>Random figures in random layouts of every form are read correctly. A failure prints its seed.</summary>
public sealed class RandomLayoutTests
{
    [Fact]
    public void Figures_are_read_from_any_layout()
    {
        var property = Prop.ForAll(RandomLayouts.Generate().ToArbitrary(), layout =>
        {
            var content = Grid.Xlsx([.. RandomLayouts.Sheets(layout, out var expected)]);
            var examined = Examine.FileAsync(layout.Form.Return.ToString(), layout.Period.ToString(), content, "return.xlsx", Examine.Unchecked).Result;
            Assert.Equal(string.Empty, Examine.Findings(examined));
            Assert.Equal(expected, Examine.Values(examined, layout.Form));
        });
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(TestShare.Count(small: 100, ci: 500, all: 5_000)).WithReplay(new Replay(new Rnd((ulong)TestShare.Seed), null)), property);
    }

    /// <summary>Found by a seed: the years were read as headings of the table below.</summary>
    [Fact]
    public async Task Figures_that_look_like_years_are_read_as_figures()
    {
        var examined = await Examine.GridAsync(
            "refuge/services",
            "2019-20-Q3",
            """
            outreach referrals
            Q1|Q2|Q3|Q4
            994|995|996|997

            better informed and empowered to act
            Q1|Q2|Q3|Q4
            73%|74%|75%|76%

            children indirectly supported
            Q1|Q2|Q3|Q4
            637|638|639|640

            outreach referrals contacted and supported
            Q1|Q2|Q3|Q4
            93%|94%|95%|96%

            children accommodated
            Q1|Q2|Q3|Q4
            2064|2065|2066|2067

            women accommodated
            Q1|Q2|Q3|Q4
            2220|2221|2222|2223
            """,
            Examine.Unchecked);

        Assert.Equal(string.Empty, Examine.Findings(examined));
        Assert.Equal("996 0.95 639 0.75 2222 2066", Examine.Values(examined, Examine.Form("refuge/services")));
    }
}
