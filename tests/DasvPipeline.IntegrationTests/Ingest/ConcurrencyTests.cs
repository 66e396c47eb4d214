using System.Text;
using System.Text.Json;
using DasvPipeline.IntegrationTests.Storage;
using DasvPipeline.IntegrationTests.UseCases;
using DasvPipeline.Tests;
using static DasvPipeline.IntegrationTests.UseCases.SampleFiles;

namespace DasvPipeline.IntegrationTests.Ingest;

/// <summary>Concurrent publishes, and publishes during ingests, lose nothing. Readers only see whole releases.</summary>
public sealed class ConcurrencyTests(AzuriteFixture azurite)
{
    private const int Readers = 20;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Concurrent_publishes_make_one_release()
    {
        var pipeline = await Pipeline.NewAsync(azurite);
        await pipeline.SendAsync(MaracPath(1), Marac(371));

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => pipeline.PublishAsync()));

        Assert.Equal(1, (await pipeline.FeedAsync()).GetProperty("release").GetProperty("number").GetInt32());
        Assert.Equal(371, Pipeline.Value(await pipeline.FeedAsync(), MaracHeadline));
        Assert.Empty(await pipeline.Store.Feed.ReadPendingAsync(Ct));
        Assert.True((await pipeline.Store.Feed.ReadCurrentAsync(Ct))!.IsAnnounced);
    }

    [Fact]
    public async Task A_publish_between_any_two_calls_of_an_ingest_loses_nothing()
    {
        var counter = new CrashAtCall(0, afterResponse: false);
        var first = await Pipeline.NewAsync(azurite);
        await first.UploadAsync(MaracPath(1), Marac(371));
        await first.Through(counter).EventAsync(MaracPath(1));

        await Parallel.ForEachAsync(TestShare.CrashPoints(counter.Calls), new ParallelOptions { MaxDegreeOfParallelism = 4, CancellationToken = Ct }, async (call, _) =>
        {
            var pipeline = await Pipeline.NewAsync(azurite);
            await pipeline.SendAsync(MaracPath(2), Marac(400));
            await pipeline.PublishAsync();
            await pipeline.UploadAsync(MaracPath(1), Marac(371));

            await pipeline.Through(new BeforeCall(call, pipeline.PublishAsync)).EventAsync(MaracPath(1));
            await pipeline.PublishAsync();

            Assert.Equal(771, Pipeline.Value(await pipeline.FeedAsync(), MaracHeadline));
            Assert.Empty(await pipeline.Store.Feed.ReadPendingAsync(Ct));
        });
    }

    [Fact]
    public async Task An_ingest_between_any_two_calls_of_a_publish_loses_nothing()
    {
        var counter = new CrashAtCall(0, afterResponse: false);
        var first = await Pipeline.NewAsync(azurite);
        await first.SendAsync(MaracPath(1), Marac(371));
        await first.Through(counter).PublishAsync();

        await Parallel.ForEachAsync(TestShare.CrashPoints(counter.Calls), new ParallelOptions { MaxDegreeOfParallelism = 4, CancellationToken = Ct }, async (call, _) =>
        {
            var pipeline = await Pipeline.NewAsync(azurite);
            await pipeline.SendAsync(MaracPath(1), Marac(371));

            await pipeline.Through(new BeforeCall(call, () => pipeline.SendAsync(MaracPath(1), Marac(360)))).PublishAsync();
            await pipeline.PublishAsync();

            Assert.True(Pipeline.Value(await pipeline.FeedAsync(), MaracHeadline) == 360, $"Ingested before call {call}. {TestShare.Repeat()}");
            Assert.Empty(await pipeline.Store.Feed.ReadPendingAsync(Ct));
        });
    }

    [LongFact]
    public async Task Twenty_readers_see_whole_releases_in_order_during_ingests_and_concurrent_publishes()
    {
        const int Corrections = 12;
        var pipeline = await Pipeline.NewAsync(azurite);
        await pipeline.SendAsync(MaracPath(1), Marac(1000));
        await pipeline.PublishAsync();
        using var stop = new CancellationTokenSource();
        var seen = Task.WhenAll(Enumerable.Range(0, Readers).Select(_ => ReadAsync(pipeline, stop.Token)));

        for (var i = 1; i <= Corrections; i++)
        {
            await Task.WhenAll(
                pipeline.SendAsync(MaracPath(1), Marac(1000 + i)),
                pipeline.SendAsync(MaracPath(2), Marac(2000 + i)),
                pipeline.PublishAsync(),
                pipeline.PublishAsync());
        }

        await pipeline.PublishAsync();
        await stop.CancelAsync();

        Assert.Equal(3000 + (2 * Corrections), Pipeline.Value(await pipeline.FeedAsync(), MaracHeadline));
        var documents = (await seen).SelectMany(texts => texts).ToHashSet(StringComparer.Ordinal);
        var files = await pipeline.PublicAsync();
        Assert.All(documents, text => Assert.Equal(Pipeline.WithoutLinks(files[$"releases/{NumberOf(text)}/headlines.json"].Text), Pipeline.WithoutLinks(text)));
        await SchemaValidator.AssertValidAsync(documents);
    }

    private static async Task<List<string>> ReadAsync(Pipeline pipeline, CancellationToken stop)
    {
        var seen = new List<string>();
        while (!stop.IsCancellationRequested)
        {
            var text = Encoding.UTF8.GetString((await pipeline.Store.Feed.ReadAsync("headlines.json", Ct))!.Value.Content.Span);
            Assert.True(seen.Count == 0 || NumberOf(text) >= NumberOf(seen[^1]), "The feed went back to an older release.");
            if (seen.Count == 0 || seen[^1] != text)
            {
                seen.Add(text);
            }

            await Task.Delay(50, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        return seen;
    }

    private static int NumberOf(string text)
    {
        using var json = JsonDocument.Parse(text);
        return json.RootElement.GetProperty("release").GetProperty("number").GetInt32();
    }
}
