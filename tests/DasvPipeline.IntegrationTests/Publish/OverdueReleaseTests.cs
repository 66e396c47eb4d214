using System.Diagnostics.Metrics;
using DasvPipeline.Core.Oversight;
using DasvPipeline.Core.Telemetry;
using DasvPipeline.IntegrationTests.Storage;
using DasvPipeline.IntegrationTests.UseCases;
using Microsoft.Extensions.Logging.Abstractions;
using static DasvPipeline.IntegrationTests.UseCases.SampleFiles;

namespace DasvPipeline.IntegrationTests.Publish;

public sealed class OverdueReleaseTests(AzuriteFixture azurite)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_days_since_an_announced_date_without_a_release_are_measured()
    {
        var pipeline = await Pipeline.NewAsync(azurite);
        Assert.Equal(0, await MeasuredAsync(pipeline));

        await pipeline.SendAsync(MaracPath(1), Marac(371));
        await pipeline.PublishAsync();
        var announced = (await pipeline.FeedAsync("index.json")).GetProperty("nextRelease").GetDateTime();
        pipeline.Clock.SetUtcNow(new DateTimeOffset(announced, TimeSpan.Zero));
        Assert.Equal(0, await MeasuredAsync(pipeline));

        pipeline.Clock.Advance(TimeSpan.FromDays(3));
        Assert.Equal(3, await MeasuredAsync(pipeline));

        await pipeline.SendAsync(MaracPath(2), Marac(350));
        await pipeline.PublishAsync();
        Assert.Equal(0, await MeasuredAsync(pipeline));
    }

    private static async Task<int> MeasuredAsync(Pipeline pipeline)
    {
        // Other tests run at the same time: only the measurements of this execution context count.
        var here = new AsyncLocal<bool> { Value = true };
        var measured = new List<int>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument.Meter.Name == PipelineTelemetry.Name && instrument.Name == "dasv.release.days_overdue")
            {
                self.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<int>((_, value, _, _) =>
        {
            if (here.Value)
            {
                measured.Add(value);
            }
        });
        listener.Start();
        await new ChaseReturns(Pipeline.Catalogue, pipeline.Store.Returns, pipeline.Announce, pipeline.Status, pipeline.Compare, pipeline.Clock, NullLogger<ChaseReturns>.Instance).RunAsync(Ct);
        return Assert.Single(measured);
    }
}
