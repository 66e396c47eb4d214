using System.Reflection;
using System.Text.Json;
using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Oversight;
using DasvPipeline.Core.Ports;
using DasvPipeline.Core.Publish;
using DasvPipeline.Functions;
using DasvPipeline.IntegrationTests.Storage;
using DasvPipeline.IntegrationTests.UseCases;
using DasvPipeline.Local.Host;
using DasvPipeline.Portal;
using DasvPipeline.Storage.Connect;
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
        var triggers = TriggerCollection.Find(Functions, Settings(("PublishSchedule", "1 * * * * *"), ("SweepSchedule", "2 * * * * *"), ("ChaseSchedule", "3 * * * * *"), ("BackupSchedule", "4 * * * * *")));

        Assert.Equal([("IngestReturn", "returns", "path")], triggers.BlobTriggers.Select(blob => (blob.Name, blob.Container, blob.Token)));
        Assert.Equal([("RemoveReturn", "deleted-uploads"), ("RetryReturn", "webjobs-blobtrigger-poison")], triggers.QueueTriggers.Select(queue => (queue.Name, queue.Queue)));
        Assert.Equal(
            [("BackUpTables", "4 * * * * *"), ("ChaseReturns", "3 * * * * *"), ("PublishHeadlines", "1 * * * * *"), ("SendMessages", "2 * * * * *"), ("SweepReturns", "2 * * * * *"), ("WriteReminders", "3 * * * * *")],
            triggers.TimerTriggers.Select(timer => (timer.Name, timer.Schedule)).OrderBy(timer => timer.Name, StringComparer.Ordinal));
        Assert.Equal(
            [
                ("About", "get head", "about"), ("Access", "get head", "access"), ("Accessibility", "get head", "accessibility"), ("Agency", "get head", "returns/{agency}"), ("AgencyFigures", "get head", "api/agency-figures"), ("AgencyFiguresPage", "get head", "returns/{agency}/figures"), ("AgencyMessages", "get head", "returns/{agency}/messages"), ("AnnualReport", "get head", "api/annual-report"), ("AnswerDisagreement", "post", "status/disagreements"), ("ApiDescription", "get head", "api/openapi.json"), ("ApiPage", "get head", "about/api"),
                ("ApplyCatalogue", "post", "api/catalogue/apply"), ("Approve", "post", "api/approve"), ("ApproveCatalogue", "post", "status/catalogue/approval"), ("Arrange", "post", "api/arrange"), ("ArrangementForm", "post", "returns/{agency}/{name}/{period}/arrangements/{kind}"), ("ArrangementPage", "get head", "returns/{agency}/{name}/{period}/arrangements/{kind}"), ("AskForAccess", "post", "access"), ("Asset", "get head", "assets/{hash}/{name}"), ("Audit", "get head", "api/audit"), ("AuditPage", "get head", "status/audit"), ("Board", "get head", "status"), ("BoardFile", "get head", "status/file/{name}"), ("Catalogue", "get head", "api/catalogue"),
                ("CatalogueChangePage", "get head", "status/catalogue/changes/{change}"), ("CataloguePage", "get head", "status/catalogue"), ("CatalogueVersion", "get head", "status/catalogue/versions/{number:int}"), ("CatalogueVersions", "get head", "api/catalogue/versions"), ("ChangeAccess", "post", "status/people"), ("ChangeCatalogue", "post", "status/catalogue/changes/{change}"), ("Chase", "get head", "api/chase"),
                ("ChasePage", "get head", "status/chase"), ("CheckedFile", "get head", "returns/{agency}/{name}/{period}/checked/{id}"), ("CheckedFiles", "get head", "api/checked-files"), ("ChooseVersion", "post", "api/choose-version"), ("Decide", "post", "status/headlines"),
                ("DeleteFile", "post", "api/delete"), ("DeleteFileForm", "post", "returns/{agency}/{name}/{period}/{version:int}/delete"), ("DeleteFilePage", "get head", "returns/{agency}/{name}/{period}/{version:int}/delete"), ("Disagreements", "get head", "status/disagreements"),
                ("Discrepancies", "get head", "api/discrepancies"), ("DueCalendar", "get head", "api/chase.ics"), ("EnterFigures", "post", "api/enter-figures"), ("EntryForm", "get head", "api/entry-form"), ("EntryPage", "get head", "returns/{agency}/{name}/{period}/figures"), ("EntryPageForm", "post", "returns/{agency}/{name}/{period}/figures"), ("Explain", "post", "api/explanations"),
                ("Explanation", "post", "returns/{agency}/{name}/{period}/explanations"), ("Favicon", "get head", "favicon.ico"), ("Feed", "get head options", "feed/{*path}"), ("Form", "get head", "returns/{agency}/{name}/{period}/form"),
                ("GuidePage", "get head", "status/guide"), ("Headlines", "get head", "api/headlines"), ("HeadlinesPage", "get head", "status/headlines"), ("Health", "get head", "api/health"), ("Hold", "post", "api/hold"),
                ("Lineage", "get head", "api/lineage"), ("LineagePage", "get head", "status/headlines/{headline}"), ("MarkedCheckedFile", "get head", "returns/{agency}/{name}/{period}/checked/{id}/marked"), ("MarkedCopy", "get head", "returns/{agency}/{name}/{period}/{version:int}/marked"), ("MessageContact", "post", "api/message-contacts"), ("MessageContactForm", "post", "returns/{agency}/messages"), ("Messages", "get head", "api/messages"), ("MessagesPage", "get head", "status/messages"), ("MoveFile", "post", "api/move"), ("MoveFileForm", "post", "returns/{agency}/{name}/{period}/{version:int}/move"),
                ("NilReturn", "post", "api/nil-return"), ("NilReturnForm", "post", "returns/{agency}/{name}/{period}/nil-return"), ("NilReturnPage", "get head", "returns/{agency}/{name}/{period}/nil-return"), ("People", "get head", "status/people"), ("Preview", "get head", "api/preview"), ("PreviewCatalogue", "post", "api/catalogue/preview"), ("PublishNow", "post", "api/publish"), ("Receipt", "get head", "api/receipt"), ("ReceiptFile", "get head", "returns/{agency}/{name}/{period}/{version:int}/receipt"), ("ReleaseHold", "post", "api/release-hold"), ("Remind", "post", "status/chase"),
                ("Reopen", "post", "api/re-open"), ("Report", "get head", "api/report"), ("ReportFile", "get head", "status/report/{year}/{name}"), ("ReportPage", "get head", "status/report"), ("RestoreCatalogue", "post", "status/catalogue/versions/{number:int}"), ("Return", "get head", "returns/{agency}/{name}/{period}"), ("Returns", "get head", "returns"), ("Robots", "get head", "robots.txt"), ("SecurityContact", "get head", ".well-known/security.txt"),
                ("Send", "post", "returns/{agency}/{name}/{period}"), ("SendCheckedFile", "post", "returns/{agency}/{name}/{period}/checked/{id}"), ("SendFiles", "post", "api/send-files"), ("SentFile", "get head", "returns/{agency}/{name}/{period}/{version:int}/file"), ("SeveralFiles", "post", "returns/{agency}/files"), ("SeveralFilesPage", "get head", "returns/{agency}/files"), ("SignOff", "post", "api/sign-off"), ("Site", "get head", "site/{*name}"), ("Sitemap", "get head", "sitemap.xml"), ("StartPage", "get head", "status/start"), ("StartPageForm", "post", "status/start"), ("Status", "get head", "api/status"), ("StopViewing", "get head", "view-as"),
                ("TakeDown", "post", "api/take-down"), ("Timeliness", "get head", "status/timeliness"), ("TimelinessFile", "get head", "status/timeliness/{name}"), ("Upload", "put", "api/uploads/{token}"), ("UploadCatalogue", "post", "status/catalogue"), ("UploadLink", "post", "api/upload-links"), ("VerifyFigures", "get head", "api/verify-figures"), ("Version", "get head", "returns/{agency}/{name}/{period}/{version:int}"), ("VersionDecision", "post", "returns/{agency}/{name}/{period}/{version:int}/decision"),
                ("ViewAs", "get head", "view-as/{agency}"), ("Withdraw", "post", "api/withdraw"), ("WithdrawApproval", "post", "api/withdraw-approval"),
                ("ZOtherAddress", "get head post put patch delete options trace", "{*path}"),
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
            timer => Assert.NotNull(CrontabSchedule.TryParse(timer.Schedule!, new CrontabSchedule.ParseOptions { IncludingSeconds = true })));

    [Theory]
    [InlineData("PublishSchedule", "PublishHeadlines")]
    [InlineData("SweepSchedule", "SendMessages", "SweepReturns")]
    [InlineData("ChaseSchedule", "ChaseReturns", "WriteReminders")]
    [InlineData("BackupSchedule", "BackUpTables")]
    public void A_missing_schedule_stops_its_own_timer_only(string missing, params string[] timers)
    {
        string[] all = ["PublishSchedule", "SweepSchedule", "ChaseSchedule", "BackupSchedule"];
        var settings = Settings([.. all.Where(name => name != missing).Select(name => (name, "* * * * * *"))]);

        Assert.Equal(timers, TriggerCollection.Find(Functions, settings).TimerTriggers.Where(found => found.Schedule is null).Select(found => found.Name).Order(StringComparer.Ordinal));
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
    public async Task A_failed_upload_is_retried_from_its_queue_and_settled_if_it_was_processed()
    {
        var pipeline = await Pipeline.NewAsync(azurite);
        await pipeline.UploadAsync(MaracPath(1), Marac(371));
        var retry = TriggerCollection.Find(Functions, Laptop()).QueueTriggers.Single(queue => queue.Queue == RetryReturnTrigger.Queue);
        var message = JsonSerializer.Deserialize<FailedUpload>($$"""{"Type":"BlobTrigger","FunctionId":"Host.Functions.IngestReturn","BlobType":"BlockBlob","ContainerName":"returns","BlobName":"{{MaracPath(1)}}","ETag":"\"0x8D\""}""")!;

        await using var failing = Services(pipeline.Through(new CrashAtCall(1, afterResponse: false)));
        await Assert.ThrowsAsync<CrashException>(() => retry.RunAsync(failing, message, Ct));
        await using var services = Services(pipeline);
        await retry.RunAsync(services, message, Ct);
        Assert.Equal(LedgerState.Accepted, (await pipeline.RowAsync(Pipeline.KeyOf(MaracPath(1)))).State);

        var counter = new CrashAtCall(0, afterResponse: false);
        await using var counted = Services(pipeline.Through(counter));
        await retry.RunAsync(counted, message, Ct);
        Assert.Equal(2, counter.Calls);
        await retry.RunAsync(counted, new FailedUpload { ContainerName = "reports", BlobName = MaracPath(1) }, Ct);
        Assert.Equal(2, counter.Calls);
    }

    [Theory]
    [InlineData("""{"ContainerName":"returns"}""")]
    [InlineData("""{"BlobName":"idva-service/marac/2019-20-Q1/marac.csv"}""")]
    [InlineData("{}")]
    public async Task A_message_that_names_no_upload_is_not_settled(string message)
    {
        await using var services = Services(await Pipeline.NewAsync(azurite));
        var retry = TriggerCollection.Find(Functions, Laptop()).QueueTriggers.Single(queue => queue.Queue == RetryReturnTrigger.Queue);
        await Assert.ThrowsAsync<InvalidOperationException>(() => retry.RunAsync(services, JsonSerializer.Deserialize<FailedUpload>(message)!, Ct));
    }

    [Fact]
    public void Failed_uploads_are_tried_for_an_hour_and_not_for_seconds()
    {
        using var host = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "host.json")));
        var extensions = host.RootElement.GetProperty("extensions");
        var queues = extensions.GetProperty("queues");
        var pause = TimeSpan.Parse(queues.GetProperty("visibilityTimeout").GetString()!, System.Globalization.CultureInfo.InvariantCulture);
        Assert.InRange(pause, TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(10));
        Assert.InRange(pause * queues.GetProperty("maxDequeueCount").GetInt32(), TimeSpan.FromMinutes(30), TimeSpan.FromHours(6));
        Assert.InRange(extensions.GetProperty("blobs").GetProperty("poisonBlobThreshold").GetInt32(), 1, 3);
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
        .AddSingleton(pipeline.Store.Catalogues)
        .AddSingleton(pipeline.Store.Messages)
        .AddSingleton<IMessageTransport>(TestTransport.Shown)
        .AddSingleton<IStorageFaults, StorageFaults>()
        .AddLogging()
        .AddDasvHealth()
        .AddSingleton(new PublishOptions(PublishMode.Continuous))
        .AddDasvPipeline(CatalogueSource.Create(PartnershipCatalogue.EmbeddedFiles()), trustPrincipalHeader: false)
        .BuildServiceProvider();

    private static IConfiguration Laptop() =>
        new ConfigurationBuilder().AddJsonFile(Path.Combine(AppContext.BaseDirectory, "appsettings.json")).Build();

    private static IConfiguration Settings(params (string Name, string Value)[] settings) =>
        new ConfigurationBuilder().AddInMemoryCollection(settings.ToDictionary(setting => setting.Name, setting => (string?)setting.Value)).Build();
}
