using DasvPipeline.Core.Domain;
using DasvPipeline.IntegrationTests.Storage;
using DasvPipeline.IntegrationTests.UseCases;
using DasvPipeline.Tests;
using static DasvPipeline.IntegrationTests.UseCases.SampleFiles;

namespace DasvPipeline.IntegrationTests.Publish;

/// <summary>Traces a headline back to its cells.</summary>
public sealed class TraceHeadlineTests(AzuriteFixture azurite, PublishedSamples samples) : IClassFixture<PublishedSamples>
{
    private static readonly Period Year = Period.Parse("2019-20");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_headline_of_the_samples_is_the_sum_of_its_traced_figures()
    {
        var feed = await samples.Pipeline.FeedAsync();
        foreach (var headline in TestShare.OneIn(4, 1, Pipeline.Catalogue.Headlines))
        {
            var trace = (await samples.Pipeline.Trace.RunAsync(headline.Id.Value, Year, Ct))!;
            var published = Pipeline.Value(feed, headline.Id.Value);
            Assert.NotEmpty(trace.Figures);
            var sum = trace.Figures.Where(figure => figure.Part != "denominator").Sum(figure => figure.Value);
            var over = trace.Figures.Where(figure => figure.Part == "denominator").Sum(figure => figure.Value);
            Assert.Equal(published, over == 0 ? sum : decimal.Round(sum!.Value / over!.Value * 100, 1, MidpointRounding.AwayFromZero));
            Assert.All(trace.Figures, figure => Assert.Contains(Pipeline.SampleFiles, sample => sample.Path == figure.Path));
        }
    }

    [Fact]
    public async Task A_quarter_is_traced_to_its_own_cells()
    {
        var trace = (await samples.Pipeline.Trace.RunAsync("marac-cases", Period.Parse("2019-20-Q1"), Ct))!;
        var figure = Assert.Single(trace.Figures);
        Assert.Equal(("idva-service/marac", "2019-20-Q1", 1), (figure.Return, figure.Period, figure.Version));
        Assert.Matches("^[A-Z]+[0-9]+$", figure.Cell);
        Assert.Null(trace.Hidden);
    }

    [Fact]
    public async Task The_manager_sees_hidden_figures_with_reasons_and_missing_returns()
    {
        var pipeline = await Pipeline.NewAsync(azurite);
        await pipeline.SendAsync(MaracPath(1), Marac(3));
        await pipeline.PublishAsync();

        var trace = (await pipeline.Trace.RunAsync("marac-cases", Year, Ct))!;

        Assert.Equal(("3", "It is a small count, a total of few small counts, or a percentage that reveals one."), (trace.Value, trace.Hidden));
        Assert.Equal(["idva-service/marac/2019-20-Q2", "idva-service/marac/2019-20-Q3", "idva-service/marac/2019-20-Q4"], trace.Missing);
        Assert.Null(Pipeline.Value(await pipeline.FeedAsync(), "marac-cases"));
        var hidden = (await pipeline.Preview.RunAsync(Ct)).Years.Single().Hidden;
        Assert.Equal([("marac-cases/total", 3m), ("marac-cases/2019-20-Q1", 3m), ("report/marac/marac.cases/year", 3m)], hidden.Select(one => (one.Number, one.Value!.Value)));
    }

    [Fact]
    public async Task An_unknown_headline_is_not_traced()
    {
        Assert.Null(await samples.Pipeline.Trace.RunAsync("no-such-headline", Year, Ct));
        Assert.Null(await samples.Pipeline.Trace.RunAsync("cada-children", Period.Parse("2019-20-Q1"), Ct));
    }
}
