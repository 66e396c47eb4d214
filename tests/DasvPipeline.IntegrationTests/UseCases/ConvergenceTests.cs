using DasvPipeline.IntegrationTests.Storage;
using DasvPipeline.Tests;
using static DasvPipeline.IntegrationTests.UseCases.SampleFiles;

namespace DasvPipeline.IntegrationTests.UseCases;

/// <summary>
/// A use case that crashes before or after any call to storage and runs again ends like a run without a crash. Meanwhile
/// every reader of the feed gets one whole release.
/// </summary>
public sealed class ConvergenceTests(AzuriteFixture azurite)
{
    private const int MaxParallelism = 4;

    private const string EarlyPath = "idva-service/marac/2020-21-Q1/marac.csv";

    private delegate Task Step(Pipeline pipeline);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [LongInlineData(false)]
    [InlineData(true)]
    public Task A_published_return_and_its_correction_converge_after_crashes(bool afterResponse) => ConvergesAsync(
        afterResponse,
        pipeline => pipeline.UploadAsync(MaracPath(1), Marac(371)),
        pipeline => pipeline.EventAsync(MaracPath(1)),
        pipeline => pipeline.PublishAsync(),
        pipeline => pipeline.UploadAsync(MaracPath(1), Marac(360)),
        pipeline => pipeline.EventAsync(MaracPath(1)),
        pipeline => pipeline.PublishAsync());

    [LongTheory]
    [InlineData(false)]
    [InlineData(true)]
    public Task A_rejected_and_withdrawn_return_converges_after_crashes(bool afterResponse) => ConvergesAsync(
        afterResponse,
        pipeline => pipeline.UploadAsync(MaracPath(2), Marac(371)),
        pipeline => pipeline.EventAsync(MaracPath(2)),
        pipeline => pipeline.PublishAsync(),
        pipeline => pipeline.UploadAsync(MaracPath(2), BadMarac),
        pipeline => pipeline.EventAsync(MaracPath(2)),
        pipeline => pipeline.DeleteAsync(MaracPath(2)),
        pipeline => pipeline.EventAsync(MaracPath(2)),
        pipeline => pipeline.PublishAsync());

    [LongTheory]
    [LongInlineData(false)]
    [InlineData(true)]
    public Task A_return_sent_before_its_period_ends_converges_after_crashes(bool afterResponse) => ConvergesAsync(
        afterResponse,
        pipeline => pipeline.UploadAsync(MaracPath(1), Marac(371)),
        pipeline => pipeline.EventAsync(MaracPath(1)),
        pipeline => pipeline.UploadAsync(EarlyPath, Marac(360)),
        pipeline => pipeline.EventAsync(EarlyPath),
        pipeline => pipeline.PublishAsync(),
        pipeline => SetDayAsync(pipeline, new DateTimeOffset(2020, 6, 30, 12, 0, 0, TimeSpan.Zero)),
        pipeline => pipeline.EventAsync(EarlyPath),
        pipeline => pipeline.PublishAsync());

    [LongTheory]
    [InlineData(false)]
    [InlineData(true)]
    public Task A_version_withdrawn_by_a_person_converges_after_crashes(bool afterResponse) => ConvergesAsync(
        afterResponse,
        pipeline => pipeline.UploadAsync(MaracPath(2), Marac(371)),
        pipeline => pipeline.EventAsync(MaracPath(2)),
        pipeline => pipeline.UploadAsync(MaracPath(2, "again.csv"), Marac(371)),
        pipeline => pipeline.EventAsync(MaracPath(2, "again.csv")),
        pipeline => pipeline.PublishAsync(),
        pipeline => pipeline.Versions.WithdrawAsync(Pipeline.KeyOf(MaracPath(2)), 1, "Counted twice.", new Core.Ports.Person("1", "The manager"), Ct),
        pipeline => pipeline.PublishAsync());

    private static Task SetDayAsync(Pipeline pipeline, DateTimeOffset now)
    {
        pipeline.Clock.SetUtcNow(now);
        return Task.CompletedTask;
    }

    /// <param name="steps">Each step is run again after a crash. Uploads make no call that can crash.</param>
    private async Task ConvergesAsync(bool afterResponse, params Step[] steps)
    {
        var undisturbed = await Pipeline.NewAsync(azurite);
        var calls = new List<int>();
        var editions = new HashSet<string>(StringComparer.Ordinal);
        foreach (var step in steps)
        {
            var counter = new CrashAtCall(0, afterResponse: false);
            await step(undisturbed.Through(counter));
            calls.Add(counter.Calls);
            if (await undisturbed.Store.Feed.ReadAsync("headlines.json", Ct) is { } file)
            {
                editions.Add(System.Text.Encoding.UTF8.GetString(file.Content.Span));
            }
        }

        var expected = await undisturbed.DumpAsync();
        Assert.Equal(2, editions.Count);
        Assert.True(calls.Sum() > 60);

        // Every step crashes once in every run, at the same call. In the larger shares the last call of each step is always among them.
        var points = TestShare.CrashPoints(calls.Max()).Union(TestShare.OneIn(3, 1, calls.Where(count => count > 0))).Order().ToList();
        await Parallel.ForEachAsync(points, new ParallelOptions { MaxDegreeOfParallelism = MaxParallelism, CancellationToken = Ct }, async (call, _) =>
        {
            var pipeline = await Pipeline.NewAsync(azurite);
            using var stop = new CancellationTokenSource();
            var reader = FeedReader.ReadAsync(pipeline, editions, stop.Token);
            var crashes = 0;
            foreach (var step in steps)
            {
                try
                {
                    await step(pipeline.Through(new CrashAtCall(call, afterResponse)));
                }
                catch (CrashException)
                {
                    crashes++;
                    await step(pipeline);
                }
            }

            await stop.CancelAsync();
            await reader;
            Assert.Equal(calls.Count(count => count >= call), crashes);
            var actual = await pipeline.DumpAsync();
            Assert.True(expected == actual, $"After crashes at call {call} of each step:\n{actual}\ninstead of:\n{expected}\n{TestShare.Repeat()}");
        });
    }
}

/// <summary>Reads <c>headlines.json</c> repeatedly, as a public reader.</summary>
internal static class FeedReader
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    /// <returns>The number of reads.</returns>
    public static async Task<int> ReadAsync(Pipeline pipeline, IReadOnlySet<string> editions, CancellationToken stop)
    {
        var reads = 0;
        while (!stop.IsCancellationRequested)
        {
            if (await pipeline.Store.Feed.ReadAsync("headlines.json", TestContext.Current.CancellationToken) is { } file)
            {
                var text = System.Text.Encoding.UTF8.GetString(file.Content.Span);
                Assert.True(editions.Contains(text), $"This is not a release: {text}");
                reads++;
            }

            await Task.Delay(Pause, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        return reads;
    }
}
