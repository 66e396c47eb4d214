using Azure.Core;
using Azure.Core.Pipeline;
using DasvPipeline.IntegrationTests.Storage;
using DasvPipeline.IntegrationTests.UseCases;
using DasvPipeline.Tests;
using DasvPipeline.Tests.Catalogue;
using static DasvPipeline.IntegrationTests.UseCases.SampleFiles;

namespace DasvPipeline.IntegrationTests.Ingest;

/// <summary>A publish that recalculates many years and is stopped, as a function is at its time limit, continues where it stopped.</summary>
public sealed class CheckpointTests(AzuriteFixture azurite)
{
    private static readonly string[] Years = ["2018-19", "2019-20", "2020-21"];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [LongFact]
    public async Task A_publish_that_is_always_stopped_before_its_end_completes_in_several_runs_with_the_same_files()
    {
        var (whole, stopped) = (await PublishedAsync(), await PublishedAsync());
        var all = new ReadLimit(int.MaxValue);
        Assert.True((await whole.Through(all).PublishAsync()).IsNew);
        Assert.Equal(4 * Years.Length, all.Reads);

        // Each run may read 5 returns and then stops. A year has 4, so that without checkpoints no run would ever get beyond the second year.
        var (runs, reads) = (0, 0);
        for (var isDone = false; !isDone; runs++)
        {
            Assert.InRange(runs, 0, Years.Length);
            using var limit = new ReadLimit(5);
            try
            {
                isDone = (await stopped.Through(limit).Publish.RunAsync(limit.Stop)).IsNew;
            }
            catch (OperationCanceledException)
            {
                Assert.Contains(".checkpoint.json", await stopped.Store.DumpAsync(Ct), StringComparison.Ordinal);
            }

            reads += limit.Reads;
        }

        Assert.Equal(Years.Length, runs);
        Assert.InRange(reads, all.Reads, all.Reads + (2 * runs));
        Assert.Equal(Texts(await whole.PublicAsync()), Texts(await stopped.PublicAsync()));
        Assert.DoesNotContain(".checkpoint.json", await stopped.Store.DumpAsync(Ct), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_checkpoint_of_another_catalogue_is_not_used()
    {
        var pipeline = await PublishedAsync();
        using var limit = new ReadLimit(5);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => pipeline.Through(limit).Publish.RunAsync(limit.Stop));

        using var all = new ReadLimit(int.MaxValue);
        var other = pipeline.With(TestCatalogue.Shipped.Change("partnership.yaml", "publisher: ", "publisher: New ").Change("partnership.yaml", "title: ", "title: Other ").Load());
        Assert.True((await other.Through(all).PublishAsync()).IsNew);
        Assert.Equal(4 * Years.Length, all.Reads);
    }

    [LongFact]
    public async Task A_publish_of_one_year_keeps_no_checkpoint()
    {
        var pipeline = await Pipeline.NewAsync(azurite);
        await pipeline.SendAsync(MaracPath(1), Marac(371));
        var writes = new ReadLimit(int.MaxValue);
        await pipeline.Through(writes).PublishAsync();
        Assert.Equal(0, writes.Checkpoints);
    }

    /// <summary>Returns a store with 3 published years of 4 returns, and a catalogue that changes all of them.</summary>
    private async Task<Pipeline> PublishedAsync()
    {
        var pipeline = await Pipeline.NewAsync(azurite);
        pipeline.Clock.SetUtcNow(new DateTimeOffset(2021, 6, 1, 12, 0, 0, TimeSpan.Zero));
        foreach (var year in Years)
        {
            for (var quarter = 1; quarter <= 4; quarter++)
            {
                await pipeline.SendAsync(SarcPath(year, quarter), Sarc(50 + quarter, 20));
            }
        }

        await pipeline.PublishAsync();
        return pipeline.With(TestCatalogue.Shipped.Change("partnership.yaml", "publisher: ", "publisher: New ").Load());
    }

    private static IEnumerable<KeyValuePair<string, string>> Texts(SortedDictionary<string, (string Text, string ETag)> files) => files.Select(file => KeyValuePair.Create(file.Key, file.Value.Text));

    /// <summary>Counts the reads of observations, and stops the run at one of them, as the host does when the time of a function is over.</summary>
    private sealed class ReadLimit(int limit) : HttpPipelinePolicy, IDisposable
    {
        private readonly CancellationTokenSource _stop = new();
        private int _reads;
        private int _checkpoints;

        public CancellationToken Stop => _stop.Token;

        public int Reads => _reads;

        public int Checkpoints => _checkpoints;

        public void Dispose() => _stop.Dispose();

        public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) => throw new NotSupportedException("Storage is called asynchronously.");

        public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
        {
            var address = message.Request.Uri.ToString();
            if (address.Contains("Observations", StringComparison.Ordinal) && Interlocked.Increment(ref _reads) > limit)
            {
                await _stop.CancelAsync();
            }

            if (address.Contains(".checkpoint.json", StringComparison.Ordinal))
            {
                Interlocked.Increment(ref _checkpoints);
            }

            await ProcessNextAsync(message, pipeline);
        }
    }
}
