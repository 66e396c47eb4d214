using System.Reflection;
using DasvPipeline.Core.Ports;
using DasvPipeline.Functions;
using DasvPipeline.IntegrationTests.Storage;
using DasvPipeline.IntegrationTests.UseCases;
using DasvPipeline.Local.Host;
using DasvPipeline.Portal;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using NCrontab;
using static DasvPipeline.IntegrationTests.UseCases.SampleFiles;

namespace DasvPipeline.IntegrationTests.Local;

public sealed class TriggerTests(AzuriteFixture azurite)
{
    private static readonly Assembly Functions = typeof(IngestReturnTrigger).Assembly;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public void Every_trigger_is_found_with_what_its_attributes_say()
    {
        var triggers = TriggerCollection.Find(Functions, Settings(("PublishSchedule", "1 * * * * *"), ("SweepSchedule", "2 * * * * *"), ("ChaseSchedule", "3 * * * * *")));

        Assert.Equal([("IngestReturn", "returns", "path")], triggers.BlobTriggers.Select(blob => (blob.Name, blob.Container, blob.Token)));
        Assert.Equal(["RemoveReturn"], triggers.QueueTriggers.Select(queue => queue.Name));
        Assert.Equal(
            [("ChaseReturns", "3 * * * * *"), ("PublishHeadlines", "1 * * * * *"), ("SweepReturns", "2 * * * * *")],
            triggers.TimerTriggers.Select(timer => (timer.Name, timer.Schedule)).OrderBy(timer => timer.Name, StringComparer.Ordinal));
        Assert.Equal(
            [
                ("Accessibility", "get", "accessibility"), ("Agency", "get", "returns/{agency}"), ("AnswerDisagreement", "post", "status/disagreements"), ("Asset", "get", "assets/{hash}/{name}"),
                ("Board", "get", "status"), ("Chase", "get", "api/chase"), ("ChasePage", "get", "status/chase"), ("ChooseVersion", "post", "api/choose-version"), ("Decide", "post", "status/headlines"), ("Disagreements", "get", "status/disagreements"),
                ("Discrepancies", "get", "api/discrepancies"), ("DueCalendar", "get", "api/chase.ics"), ("Explain", "post", "api/explanations"),
                ("Explanation", "post", "returns/{agency}/{name}/{period}/explanations"), ("Feed", "get head options", "feed/{*path}"), ("Form", "get", "returns/{agency}/{name}/{period}/form"),
                ("Headlines", "get", "api/headlines"), ("HeadlinesPage", "get", "status/headlines"), ("Health", "get head", "api/health"), ("Hold", "post", "api/hold"),
                ("Lineage", "get", "api/lineage"), ("LineagePage", "get", "status/headlines/{headline}"), ("MarkedCopy", "get", "returns/{agency}/{name}/{period}/{version:int}/marked"),
                ("Preview", "get", "api/preview"), ("PublishNow", "post", "api/publish"), ("ReleaseHold", "post", "api/release-hold"),
                ("Reopen", "post", "api/re-open"), ("Report", "get", "api/report"), ("Return", "get", "returns/{agency}/{name}/{period}"), ("Returns", "get", "returns"),
                ("Send", "post", "returns/{agency}/{name}/{period}"), ("SentFile", "get", "returns/{agency}/{name}/{period}/{version:int}/file"), ("SignOff", "post", "api/sign-off"), ("Status", "get", "api/status"),
                ("UploadLink", "post", "api/upload-links"), ("VerifyFigures", "get", "api/verify-figures"), ("Version", "get", "returns/{agency}/{name}/{period}/{version:int}"),
                ("VersionDecision", "post", "returns/{agency}/{name}/{period}/{version:int}/decision"), ("Withdraw", "post", "api/withdraw"),
            ],
            triggers.HttpTriggers.Select(http => (http.Name, string.Join(' ', http.Methods), http.Route)).OrderBy(http => http.Name, StringComparer.Ordinal));
    }

    [Fact]
    public void Every_function_is_found()
    {
        var triggers = TriggerCollection.Find(Functions, Laptop());
        var functions = Functions.GetTypes().SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static))
            .Where(method => method.GetCustomAttribute<FunctionAttribute>() is not null);

        Assert.Equal(
            functions.Select(method => method.ToString()).Order(StringComparer.Ordinal),
            triggers.BlobTriggers.Concat<Trigger>(triggers.QueueTriggers).Concat(triggers.TimerTriggers).Concat(triggers.HttpTriggers).Select(trigger => trigger.Method.ToString()).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_laptops_settings_are_schedules_that_can_be_read() =>
        Assert.All(
            TriggerCollection.Find(Functions, Laptop()).TimerTriggers,
            timer => Assert.NotNull(CrontabSchedule.TryParse(timer.Schedule, new CrontabSchedule.ParseOptions { IncludingSeconds = true })));

    [Theory]
    [InlineData("PublishSchedule")]
    [InlineData("SweepSchedule")]
    [InlineData("ChaseSchedule")]
    public void A_missing_setting_is_named(string missing)
    {
        string[] all = ["PublishSchedule", "SweepSchedule", "ChaseSchedule"];
        var settings = Settings([.. all.Where(name => name != missing).Select(name => (name, "* * * * * *"))]);

        var fault = Assert.Throws<InvalidOperationException>(() => TriggerCollection.Find(Functions, settings));

        Assert.Equal($"A trigger needs the setting '{missing}', which is missing.", fault.Message);
    }

    [Fact]
    public async Task The_laptop_runs_the_same_trigger_methods_as_Azure()
    {
        var pipeline = await Pipeline.NewAsync(azurite);
        await using var services = Services(pipeline);
        var triggers = TriggerCollection.Find(Functions, Laptop());
        await pipeline.UploadAsync(MaracPath(1), Marac(371));
        await pipeline.UploadAsync(MaracPath(2), Marac(400));

        var ingest = Assert.Single(triggers.BlobTriggers);
        await ingest.RunAsync(services, pipeline.Store.Clients.Returns.GetBlobClient(MaracPath(1)), MaracPath(1), Ct);
        Assert.Equal(371, Assert.Single(await pipeline.LiveAsync(Pipeline.KeyOf(MaracPath(1)))).Figure.Value);
        Assert.Empty(await pipeline.LiveAsync(Pipeline.KeyOf(MaracPath(2))));

        await triggers.GetTimer("SweepReturns").RunAsync(services, Ct);
        await triggers.GetTimer("ChaseReturns").RunAsync(services, Ct);
        await triggers.GetTimer("PublishHeadlines").RunAsync(services, Ct);

        Assert.Equal(771, Pipeline.Value(await pipeline.FeedAsync(), MaracHeadline));
        Assert.Equal(LedgerState.Overdue, (await pipeline.RowAsync(Pipeline.KeyOf(MaracPath(3)))).State);
        Assert.Equal(typeof(IngestReturnTrigger).GetMethod(nameof(IngestReturnTrigger.RunAsync)), ingest.Method);
    }

    [Fact]
    public async Task An_exception_from_a_trigger_reaches_its_caller_unchanged()
    {
        var pipeline = await Pipeline.NewAsync(azurite);
        await using var services = Services(pipeline.Through(new CrashAtCall(1, afterResponse: false)));

        await Assert.ThrowsAsync<CrashException>(() => TriggerCollection.Find(Functions, Laptop()).GetTimer("PublishHeadlines").RunAsync(services, Ct));
    }

    private static ServiceProvider Services(Pipeline pipeline) => new ServiceCollection()
        .AddSingleton<TimeProvider>(pipeline.Clock)
        .AddSingleton(pipeline.Store.Uploads)
        .AddSingleton(pipeline.Store.Returns)
        .AddSingleton(pipeline.Store.Feed)
        .AddLogging()
        .AddDasvHealth()
        .AddDasvPipeline(trustPrincipalHeader: false)
        .BuildServiceProvider();

    private static IConfiguration Laptop() =>
        new ConfigurationBuilder().AddJsonFile(Path.Combine(AppContext.BaseDirectory, "appsettings.json")).Build();

    private static IConfiguration Settings(params (string Name, string Value)[] settings) =>
        new ConfigurationBuilder().AddInMemoryCollection(settings.ToDictionary(setting => setting.Name, setting => (string?)setting.Value)).Build();
}
