using System.Text.Json;
using DasvPipeline.Core.Oversight;
using DasvPipeline.Core.Ports;
using DasvPipeline.IntegrationTests.Ingest;
using DasvPipeline.IntegrationTests.Storage;
using DasvPipeline.IntegrationTests.UseCases;
using DasvPipeline.Local.Commands;
using DasvPipeline.Storage.Backups;
using DasvPipeline.Tests;
using Microsoft.Extensions.Logging.Abstractions;
using static DasvPipeline.IntegrationTests.UseCases.SampleFiles;

namespace DasvPipeline.IntegrationTests.Infra;

/// <summary>The telemetry of the whole process is exported, so no other test runs at the same time.</summary>
[CollectionDefinition(nameof(AloneInProcess), DisableParallelization = true)]
public sealed class AloneInProcess;

/// <summary>Each alert fires on what the pipeline really sends when it must, and not when it must not.</summary>
[Collection(nameof(AloneInProcess))]
public sealed class AlertConditionTests(AzuriteFixture azurite)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_return_is_stuck_if_no_sweep_succeeds()
    {
        await using var sink = await TelemetrySink.StartAsync(Ct);
        var pipeline = await Pipeline.NewAsync(azurite);
        await Assert.ThrowsAnyAsync<Exception>(() => pipeline.Through(new CrashAtCall(1, afterResponse: false)).Sweep.RunAsync(Ct));
        var failed = sink.Export();
        Assert.True(Fires("return-stuck", failed, Last(failed)));

        await pipeline.Sweep.RunAsync(Ct);
        var swept = sink.Export();
        Assert.False(Fires("return-stuck", swept, Last(swept)));
        Assert.False(Fires("return-stuck", swept, Last(swept) + TimeSpan.FromMinutes(29)));
        Assert.True(Fires("return-stuck", swept, Last(swept) + TimeSpan.FromMinutes(31)));
    }

    [Fact]
    public async Task A_publish_that_fails_is_reported_and_one_that_publishes_holds_or_changes_nothing_is_not()
    {
        await using var sink = await TelemetrySink.StartAsync(Ct);
        var pipeline = await Pipeline.NewAsync(azurite);
        await pipeline.SendAsync(MaracPath(1), Marac(371));
        await pipeline.PublishAsync();
        await pipeline.PublishAsync();
        await pipeline.Decide.HoldAsync(new Person("1", "somebody"), "We are checking a figure.", Ct);
        await pipeline.PublishAsync();
        var published = sink.Export();
        Assert.Equal(3, published.Dependencies.Count(row => row.Name == "dasv.publish"));
        Assert.False(Fires("publish-failed", published, Last(published)));

        await Assert.ThrowsAnyAsync<Exception>(() => pipeline.Through(new CrashAtCall(1, afterResponse: false)).PublishAsync());
        var failed = sink.Export();
        Assert.True(Fires("publish-failed", failed, Last(failed)));
        Assert.False(Fires("publish-failed", failed, Last(failed) + TimeSpan.FromMinutes(16)));
    }

    [Fact]
    public async Task An_upload_is_given_up_if_its_ingest_fails_again_and_again()
    {
        await using var sink = await TelemetrySink.StartAsync(Ct);
        var pipeline = await Pipeline.NewAsync(azurite);
        await pipeline.UploadAsync(MaracPath(1), Marac(371));
        for (var failures = 1; failures <= 5; failures++)
        {
            await Assert.ThrowsAnyAsync<Exception>(() => pipeline.Through(new CrashAtCall(1, afterResponse: false)).EventAsync(MaracPath(1)));
            var rows = sink.Export();
            Assert.Equal(failures == 5, Fires("upload-given-up", rows, Last(rows)));
        }

        await pipeline.SendAsync(MaracPath(2), BadMarac);
        var rejected = sink.Export();
        Assert.Equal(5, rejected.Dependencies.Count(row => row.Name == "dasv.ingest" && !row.Success));
    }

    [Fact]
    public async Task A_missing_copy_of_the_tables_is_reported_after_two_days()
    {
        await using var sink = await TelemetrySink.StartAsync(Ct);
        var pipeline = await Pipeline.NewAsync(azurite);
        await new BackUpTables(new TableBackup(pipeline.Store.Clients), pipeline.Clock, NullLogger<BackUpTables>.Instance).RunAsync(Ct);
        var rows = sink.Export();
        Assert.False(Fires("no-backup", rows, Last(rows) + TimeSpan.FromHours(47)));
        Assert.True(Fires("no-backup", rows, Last(rows) + TimeSpan.FromHours(49)));

        await Assert.ThrowsAnyAsync<Exception>(() =>
            new BackUpTables(new TableBackup(pipeline.Through(new CrashAtCall(1, afterResponse: false)).Store.Clients), pipeline.Clock, NullLogger<BackUpTables>.Instance).RunAsync(Ct));
        var failed = sink.Export();
        Assert.True(Fires("no-backup", failed, Last(rows) + TimeSpan.FromHours(49)));
    }

    [Fact]
    public async Task A_release_is_overdue_only_after_its_date()
    {
        await using var sink = await TelemetrySink.StartAsync(Ct);
        var pipeline = await Pipeline.NewAsync(azurite);
        await pipeline.SendAsync(MaracPath(1), Marac(371));
        await pipeline.PublishAsync();
        await pipeline.Chase.RunAsync(Ct);
        var before = sink.Export();
        Assert.Contains(before.Metrics, row => row.Name == "dasv.release.days_overdue");
        Assert.False(Fires("release-overdue", before, Last(before)));

        pipeline.Clock.Advance(TimeSpan.FromDays(400));
        await pipeline.Chase.RunAsync(Ct);
        var after = sink.Export();
        Assert.True(Fires("release-overdue", after, Last(after)));
    }

    [Fact]
    public async Task A_file_with_people_is_reported_until_it_is_deleted()
    {
        await using var sink = await TelemetrySink.StartAsync(Ct);
        var pipeline = await Pipeline.NewAsync(azurite);
        await pipeline.SendAsync(MaracPath(1), Marac(371));
        await pipeline.Chase.RunAsync(Ct);
        var before = sink.Export();
        Assert.False(Fires("personal-data-kept", before, Last(before)));

        var rejected = await pipeline.SendAsync("idva-service/marac/2019-20-Q1/list.csv", "MARAC cases heard,12\r\n\r\nClient name,Mobile\r\nMary Canarybird,07700 900123\r\n");
        var kept = sink.Export();
        Assert.True(Fires("personal-data-kept", kept, Last(kept)));

        await DeleteFileTests.Delete(pipeline).RunAsync(Pipeline.KeyOf(MaracPath(1)), rejected.Version, new Person("account-7", "jo"), Ct);
        var deleted = sink.Export();
        Assert.False(Fires("personal-data-kept", deleted, Last(deleted)));
    }

    [LongFact]
    public async Task The_template_makes_its_queries_from_the_conditions()
    {
        var rules = (await Deployment.OfAsync(Deployment.Whole)).Of("Microsoft.Insights/scheduledQueryRules");
        Assert.Equal(
            AlertCondition.All.Select(condition => $"{condition.Window} {condition.Query}").Order(StringComparer.Ordinal),
            rules.Select(rule => $"{rule["properties"]!["windowSize"]} {rule["properties"]!["criteria"]!["allOf"]![0]!["query"]}").Order(StringComparer.Ordinal));
    }

    [LongFact]
    public async Task The_queries_of_alerts_and_of_the_workbook_are_valid_Kusto()
    {
        using var workbook = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(LocalFolders.Repository, "infra", "workbook.json"), Ct));
        var tiles = workbook.RootElement.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("content")).Where(content => content.TryGetProperty("query", out _)).Select(content => content.GetProperty("query").GetString()!).ToList();
        Assert.True(tiles.Count > 8);
        Assert.Equal(string.Empty, await SchemaValidator.QueryFaultsAsync([.. tiles, .. AlertCondition.All.Select(condition => condition.Query)]));
        Assert.Contains("Nome", await SchemaValidator.QueryFaultsAsync([AlertCondition.All[0].Query.Replace("Name", "Nome", StringComparison.Ordinal)]), StringComparison.Ordinal);
    }

    private static bool Fires(string name, TelemetryRows rows, DateTimeOffset at) => AlertCondition.All.Single(condition => condition.Name == name).Fires(rows, at);

    /// <summary>Returns a time just after the newest row.</summary>
    private static DateTimeOffset Last(TelemetryRows rows) =>
        rows.Dependencies.Select(row => row.Time).Concat(rows.Metrics.Select(row => row.Time)).Max() + TimeSpan.FromSeconds(1);
}
