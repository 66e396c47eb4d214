using DasvPipeline.Core.Ingest;
using DasvPipeline.IntegrationTests.Storage;
using DasvPipeline.IntegrationTests.UseCases;
using static DasvPipeline.IntegrationTests.UseCases.SampleFiles;

namespace DasvPipeline.IntegrationTests.Ingest;

/// <summary>An ingest makes as many calls in a full store as in an empty one.</summary>
public sealed class IngestCallTests(AzuriteFixture azurite)
{
    private const int MaxCalls = 10;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_file_is_ingested_in_at_most_10_calls_and_a_repeated_event_makes_1()
    {
        var counter = new CrashAtCall(0, false);
        var pipeline = (await Pipeline.NewAsync(azurite)).Through(counter);

        // The id of the store is read once in each process.
        await pipeline.Store.Returns.CreateProcessedTokenAsync(string.Empty, Ct);
        var calls = new List<int>();
        foreach (var (year, quarter) in new[] { ("2018-19", 1), ("2018-19", 2), ("2018-19", 3), ("2018-19", 4), ("2019-20", 1), ("2019-20", 2) })
        {
            // Figures without a query. From the fifth, both the quarter before and that of last year are compared.
            await pipeline.UploadAsync(SarcPath(year, quarter), Sarc(50 + calls.Count, 20 + calls.Count));
            calls.Add(await CountAsync(SarcPath(year, quarter), IngestResult.Accepted));
        }

        Assert.Equal(1, await CountAsync(SarcPath("2019-20", 2), IngestResult.AlreadyHandled));
        Assert.All(calls, count => Assert.InRange(count, 1, MaxCalls));

        await pipeline.UploadAsync(MaracPath(1), BadMarac);
        Assert.InRange(await CountAsync(MaracPath(1), IngestResult.Rejected), 1, MaxCalls);
        await pipeline.UploadAsync("no/such/return.csv", Marac(1));
        Assert.InRange(await CountAsync("no/such/return.csv", IngestResult.Rejected), 1, 5);

        async Task<int> CountAsync(string path, IngestResult expected)
        {
            var before = counter.Calls;
            Assert.Equal(expected, (await pipeline.EventAsync(path)).Result);
            return counter.Calls - before;
        }
    }
}
