using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Ports;
using DasvPipeline.Core.Publish;
using DasvPipeline.Core.Publish.Releases;
using DasvPipeline.IntegrationTests.Storage;
using DasvPipeline.IntegrationTests.UseCases;
using DasvPipeline.Tests;
using static DasvPipeline.IntegrationTests.UseCases.SampleFiles;

namespace DasvPipeline.IntegrationTests.Publish;

/// <summary>Current headlines next to published headlines.</summary>
public sealed class CompareHeadlinesTests(AzuriteFixture azurite)
{
    private static readonly Period Year = Period.FromYear(2019);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_figure_that_changed_since_publication_is_shown_next_to_the_published_one()
    {
        var pipeline = await Pipeline.NewAsync(azurite);
        await pipeline.SendAsync(MaracPath(1), Marac(371));
        var before = await OfAsync(pipeline, MaracHeadline);
        await pipeline.PublishAsync();
        var same = await OfAsync(pipeline, MaracHeadline);
        await pipeline.SendAsync(MaracPath(2), Marac(1_000));
        var after = await OfAsync(pipeline, MaracHeadline);

        Assert.Equal((371m, (ComparedFigure?)null, true), (before.Now.Value, before.Published, before.Differs));
        Assert.Equal(("371", "371", false), (same.Now.Formatted, same.Published!.Formatted, same.Differs));
        Assert.Equal(("1,371", "371", true), (after.Now.Formatted, after.Published!.Formatted, after.Differs));
        Assert.Equal((4, 2), (after.Due, after.Missing));
    }

    [Fact]
    public async Task The_manager_sees_a_small_count_with_the_reason_why_it_is_hidden()
    {
        var pipeline = await Pipeline.NewAsync(azurite);
        await pipeline.SendAsync(MaracPath(1), Marac(3));
        await pipeline.PublishAsync();

        var marac = await OfAsync(pipeline, MaracHeadline);

        Assert.Equal((3m, "It is a small count, a total of few small counts, or a percentage that reveals one."), (marac.Now.Value, marac.Hidden));
        Assert.Equal(((decimal?)null, false), (marac.Published!.Value, marac.Differs));
        Assert.Contains("c", marac.Published.Markers);
    }

    [Fact]
    public async Task A_figure_that_arrives_after_sign_off_is_shown_next_to_the_final_one()
    {
        var pipeline = await Pipeline.NewAsync(azurite);
        await pipeline.SendAsync(MaracPath(1), Marac(371));
        await pipeline.Decide.SignOffAsync(Year, new Person("1", "Someone"), "Agreed.", publishesNumbers: false, Ct);
        await pipeline.PublishAsync();
        await pipeline.SendAsync(MaracPath(1), Marac(400));
        await pipeline.PublishAsync();

        var standings = await Compare(pipeline).RunAsync(null, Ct);
        var marac = standings.Headlines.Single(headline => headline.Id == MaracHeadline);

        Assert.Equal(("2019-20", "final", true, 1), (standings.Year, standings.Status, standings.IsSignedOff, standings.Release));
        Assert.Equal((400m, 371m, true), (marac.Now.Value, marac.Published!.Value, marac.Differs));
    }

    [LongFact]
    public async Task A_percentage_is_shown_as_in_the_feed()
    {
        var pipeline = await Pipeline.NewAsync(azurite);
        await pipeline.SendSamplesAsync(Pipeline.SampleFiles.Where(file => file.Path.StartsWith("idva-service/idva/2019-20", StringComparison.Ordinal)));
        await pipeline.PublishAsync();

        var rate = await OfAsync(pipeline, "idva-engagement-rate");

        Assert.Equal((rate.Published!.Value, rate.Published.Formatted, false), (rate.Now.Value, rate.Now.Formatted, rate.Differs));
        Assert.True(rate.Now.Value > 1);
    }

    private static CompareHeadlines Compare(Pipeline pipeline) => new(Pipeline.Catalogue, pipeline.Builder, pipeline.Store.Returns, pipeline.Store.Feed, pipeline.Clock);

    private static async Task<ComparedHeadline> OfAsync(Pipeline pipeline, string id) =>
        (await Compare(pipeline).RunAsync(Year, Ct)).Headlines.Single(headline => headline.Id == id);
}
