using Azure;
using Azure.Core;
using Azure.Core.Pipeline;
using DasvPipeline.IntegrationTests.Storage;
using DasvPipeline.IntegrationTests.UseCases;
using DasvPipeline.Portal;
using DasvPipeline.Storage.Connect;
using Microsoft.Extensions.Logging.Abstractions;
using static DasvPipeline.IntegrationTests.UseCases.SampleFiles;

namespace DasvPipeline.IntegrationTests.Local;

/// <summary>The feed is served from memory while storage does not respond.</summary>
public sealed class FeedCopyTests(AzuriteFixture azurite)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_last_good_copy_is_served_during_an_outage_and_storage_is_asked_once_in_ten_seconds()
    {
        var (pipeline, outage, endpoint) = await StartAsync();
        var before = await ReadAsync(endpoint, "headlines.json");
        Assert.Equal(200, before.Status);

        outage.IsOn = true;
        Assert.Equal(before, await ReadAsync(endpoint, "headlines.json"));
        var calls = outage.Calls;
        Assert.Equal(before, await ReadAsync(endpoint, "headlines.json"));
        await Assert.ThrowsAsync<AggregateException>(() => ReadAsync(endpoint, "index.json"));
        Assert.Equal(calls, outage.Calls);

        pipeline.Clock.Advance(FeedCopies.Pause);
        outage.IsOn = false;
        await pipeline.SendAsync(MaracPath(1), Marac(360));
        await pipeline.PublishAsync();
        Assert.NotEqual(before, await ReadAsync(endpoint, "headlines.json"));
    }

    [Fact]
    public async Task A_file_that_was_taken_down_or_is_old_is_not_served_from_memory()
    {
        var (pipeline, outage, endpoint) = await StartAsync();
        Assert.Equal(200, (await ReadAsync(endpoint, "headlines.json")).Status);
        Assert.Equal(200, (await ReadAsync(endpoint, "index.json")).Status);
        await pipeline.Store.Clients.Public.GetBlobClient("headlines.json").DeleteAsync(cancellationToken: Ct);
        Assert.Equal(404, (await ReadAsync(endpoint, "headlines.json")).Status);

        outage.IsOn = true;
        await Assert.ThrowsAsync<RequestFailedException>(() => ReadAsync(endpoint, "headlines.json"));
        Assert.Equal(200, (await ReadAsync(endpoint, "index.json")).Status);
        pipeline.Clock.Advance(FeedCopies.MaxAge);
        await Assert.ThrowsAsync<RequestFailedException>(() => ReadAsync(endpoint, "index.json"));
    }

    private static Task<(int Status, string Body)> ReadAsync(FeedEndpoint endpoint, string path) =>
        EndpointCall.AnswerAsync(null, string.Empty, null, request => endpoint.HandleAsync(request, path, Ct));

    private async Task<(Pipeline Pipeline, Outage Outage, FeedEndpoint Endpoint)> StartAsync()
    {
        var pipeline = await Pipeline.NewAsync(azurite);
        await pipeline.SendAsync(MaracPath(1), Marac(371));
        await pipeline.PublishAsync();
        var outage = new Outage();
        return (pipeline, outage, new FeedEndpoint(new FeedCopies(pipeline.Through(outage).Store.Feed, new StorageFaults(), pipeline.Clock, NullLogger<FeedCopies>.Instance)));
    }

    /// <summary>Answers every call with 503 while it is on.</summary>
    private sealed class Outage : HttpPipelinePolicy
    {
        public bool IsOn { get; set; }

        public int Calls { get; private set; }

        public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) => throw new NotSupportedException("Storage is called asynchronously.");

        public override ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
        {
            Calls++;
            return IsOn ? throw new RequestFailedException(503, "The server is busy.") : ProcessNextAsync(message, pipeline);
        }
    }
}
