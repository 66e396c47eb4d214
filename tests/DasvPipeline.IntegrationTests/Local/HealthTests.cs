using System.Net;
using Azure.Core;
using Azure.Core.Pipeline;
using DasvPipeline.Core.Oversight;
using DasvPipeline.Core.Ports;
using DasvPipeline.IntegrationTests.Storage;
using DasvPipeline.IntegrationTests.UseCases;
using DasvPipeline.Portal;
using Microsoft.Extensions.Logging;
using static DasvPipeline.IntegrationTests.UseCases.SampleFiles;

namespace DasvPipeline.IntegrationTests.Local;

/// <summary>The public health check.</summary>
public sealed class HealthTests(AzuriteFixture azurite, ReadOnlyLaptop served) : IClassFixture<ReadOnlyLaptop>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Health_is_good_before_and_after_the_first_release()
    {
        var pipeline = await Pipeline.NewAsync(azurite);
        Assert.Equal((200, """{"status":"healthy"}"""), await AskAsync(pipeline));

        await pipeline.SendAsync(MaracPath(1), Marac(371));
        await pipeline.PublishAsync();
        Assert.Equal((200, """{"status":"healthy"}"""), await AskAsync(pipeline));
    }

    [Fact]
    public async Task Health_is_bad_if_the_announced_feed_is_missing()
    {
        using var capture = new LogCapture();
        var pipeline = (await Pipeline.NewAsync(azurite)).WithLogs(capture.Logs);
        await pipeline.SendAsync(MaracPath(1), Marac(371));
        await pipeline.PublishAsync();
        await pipeline.Store.Clients.Public.GetBlobClient("index.json").DeleteAsync(cancellationToken: Ct);

        Assert.Equal((503, """{"status":"unhealthy","parts":["feed"]}"""), await AskAsync(pipeline, capture.Logs));
        Assert.Equal("Release 1 is announced, but its feed is missing.", Assert.Single(capture.Logged, line => line.Level == LogLevel.Error).Message);
    }

    [Theory]
    [InlineData(1, "returns")]
    [InlineData(2, "feed")]
    public async Task Health_names_the_part_that_does_not_respond_and_only_the_log_says_why(int call, string part)
    {
        using var capture = new LogCapture();
        var pipeline = await Pipeline.NewAsync(azurite);

        Assert.Equal((503, $$"""{"status":"unhealthy","parts":["{{part}}"]}"""), await AskAsync(pipeline.Through(new CrashAtCall(call, afterResponse: false)), capture.Logs));
        Assert.Equal($"Storage of the {part} does not respond: {nameof(CrashException)}.", Assert.Single(capture.Logged).Message);
    }

    [Fact]
    public async Task Health_names_the_settings_that_are_wrong_and_never_their_values()
    {
        var pipeline = await Pipeline.NewAsync(azurite);
        var health = new HealthEndpoint(new CheckHealth(pipeline.Store.Feed, [new WrongSetting()], pipeline.Clock, LoggerFactory.Create(_ => { }).CreateLogger<CheckHealth>()));

        Assert.Equal((503, """{"status":"unhealthy","settings":["SweepSchedule"]}"""), await EndpointCall.AnswerAsync(null, string.Empty, null, request => health.GetAsync(request, Ct)));
    }

    [Fact]
    public async Task Health_does_not_wait_for_storage_that_never_answers()
    {
        var pipeline = await Pipeline.NewAsync(azurite);
        var pending = AskAsync(pipeline.Through(new NeverAnswers()));
        Assert.False(pending.IsCompleted);

        pipeline.Clock.Advance(CheckHealth.Timeout);
        Assert.Equal(503, (await pending.WaitAsync(TimeSpan.FromSeconds(30), Ct)).Status);
    }

    [Fact]
    public async Task Health_calls_storage_at_most_twice_in_ten_seconds()
    {
        var pipeline = await Pipeline.NewAsync(azurite);
        var counter = new CrashAtCall(0, afterResponse: false);
        var health = Health(pipeline.Through(counter));

        Assert.All(await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => health.RunAsync(Ct))), report => Assert.True(report.IsHealthy));
        Assert.Equal(2, counter.Calls);
        pipeline.Clock.Advance(CheckHealth.CacheDuration);
        Assert.True((await health.RunAsync(Ct)).IsHealthy);
        Assert.Equal(4, counter.Calls);
    }

    [Fact]
    public async Task Health_is_served_with_no_store()
    {
        using var response = await served.Client.GetAsync("/api/health", Ct);
        Assert.Equal((HttpStatusCode.OK, "application/json", true), (response.StatusCode, response.Content.Headers.ContentType!.MediaType, response.Headers.CacheControl!.NoStore));
        Assert.Equal("""{"status":"healthy"}""", await response.Content.ReadAsStringAsync(Ct));
    }

    private static CheckHealth Health(Pipeline pipeline, ILoggerFactory? logs = null) =>
        new(pipeline.Store.Feed, [], pipeline.Clock, (logs ?? LoggerFactory.Create(_ => { })).CreateLogger<CheckHealth>());

    private static Task<(int Status, string Body)> AskAsync(Pipeline pipeline, ILoggerFactory? logs = null)
    {
        var health = new HealthEndpoint(Health(pipeline, logs));
        return EndpointCall.AnswerAsync(null, string.Empty, null, request => health.GetAsync(request, Ct));
    }

    private sealed class WrongSetting : ISettingCheck
    {
        public IEnumerable<SettingProblem> FindProblems() => [new SettingProblem("SweepSchedule", "The setting SweepSchedule is \"canary\", which is not a schedule.")];
    }

    private sealed class NeverAnswers : HttpPipelinePolicy
    {
        public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) =>
            throw new NotSupportedException("Storage is called asynchronously.");

        public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) =>
            await Task.Delay(Timeout.InfiniteTimeSpan, message.CancellationToken);
    }
}
