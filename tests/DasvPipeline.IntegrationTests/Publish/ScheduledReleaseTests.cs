using System.Globalization;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Ports;
using DasvPipeline.IntegrationTests.Storage;
using DasvPipeline.IntegrationTests.UseCases;
using DasvPipeline.Tests.Catalogue;
using static DasvPipeline.IntegrationTests.UseCases.SampleFiles;

namespace DasvPipeline.IntegrationTests.Publish;

/// <summary>Releases at announced times: approval, late approval, corrections, and what withdraws an approval.</summary>
public sealed class ScheduledReleaseTests(AzuriteFixture azurite)
{
    private static readonly Person Manager = new("account-7", "the manager") { TenantId = "tenant-1" };

    private static readonly Period Year = Period.Parse("2019-20");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_was_approved_is_published_at_its_time_and_what_came_later_waits()
    {
        var pipeline = await StartedAsync();
        Assert.Equal("The release is approved. It will be published on 4 August 2020 at 9:30am. Figures that arrive after now wait for the next release.", await ApproveAsync(pipeline));
        Assert.Equal("2020-08-04T09:30:00+01:00", (await pipeline.FeedAsync("calendar.json")).GetProperty("releases")[0].GetProperty("at").GetString());
        await pipeline.SendAsync(MaracPath(1), Marac(361));

        pipeline.Clock.SetUtcNow(At("2020-08-04T08:20:00Z"));
        Assert.False((await pipeline.PublishAsync()).IsNew);

        // The run at 9:30 was missed; the next one publishes.
        pipeline.Clock.SetUtcNow(At("2020-08-04T08:40:00Z"));
        Assert.True((await pipeline.PublishAsync()).IsNew);
        Assert.Equal(1391, Pipeline.Value(await pipeline.FeedAsync(), MaracHeadline));
        Assert.Equal("2020-08-04T08:30:00Z", (await pipeline.FeedAsync()).GetProperty("release").GetProperty("scheduled").GetString());
        Assert.Equal("idva-service/marac/2019-20-Q1", Assert.Single(await pipeline.Store.Feed.ReadPendingAsync(Ct)).Key.ToString());

        // A run before the time makes one call.
        await ApproveAsync(pipeline);
        pipeline.Clock.SetUtcNow(At("2020-11-04T09:29:59Z"));
        var counter = new CrashAtCall(0, afterResponse: false);
        Assert.False((await pipeline.Through(counter).PublishAsync()).IsNew);
        Assert.Equal(1, counter.Calls);
        pipeline.Clock.SetUtcNow(At("2020-11-04T09:30:00Z"));
        Assert.True((await pipeline.PublishAsync()).IsNew);
        Assert.Equal(1381, Pipeline.Value(await pipeline.FeedAsync(), MaracHeadline));
        Assert.Equal("2021-02-05", (await pipeline.FeedAsync("index.json")).GetProperty("nextRelease").GetString());
    }

    [Fact]
    public async Task A_late_approval_publishes_at_once_and_readers_see_that_it_is_late()
    {
        var pipeline = await ReleasedAsync();
        await pipeline.SendAsync(MaracPath(1), Marac(361));
        pipeline.Clock.SetUtcNow(At("2020-11-06T15:00:00Z"));
        Assert.False((await pipeline.PublishAsync()).IsNew);
        Assert.True((await pipeline.Preview.RunAsync(Ct)).Next!.IsLate);
        Assert.Equal(2, await pipeline.Announce.RunAsync(Ct));
        var first = (await pipeline.FeedAsync("calendar.json")).GetProperty("releases")[0];
        Assert.Equal(("2020-11-04", true), (first.GetProperty("date").GetString(), first.GetProperty("late").GetBoolean()));
        Assert.Equal("2021-02-05", (await pipeline.FeedAsync("index.json")).GetProperty("nextRelease").GetString());

        Assert.Equal("Release 2 is published. It was announced for 4 November 2020 at 9:30am.", await ApproveAsync(pipeline));
        Assert.Contains("This release was announced for 4 November 2020 and published on 6 November 2020.", (await pipeline.PublicAsync())["changes.atom"].Text, StringComparison.Ordinal);
        Assert.Equal(0, await pipeline.Announce.RunAsync(Ct));
    }

    [Fact]
    public async Task A_correction_before_the_next_release_needs_a_reason_and_changes_one_year()
    {
        var pipeline = await ReleasedAsync();
        pipeline.Clock.SetUtcNow(At("2020-09-01T10:00:00Z"));
        await pipeline.SendAsync(MaracPath(1), Marac(361));
        await pipeline.SendAsync(SarcPath("2018-19", 1), Sarc(70, 30));
        Assert.False((await pipeline.PublishNow.RunAsync(Manager, null, "Why.", publishesNumbers: false, isDryRun: false, Ct)).IsDone);
        Assert.False((await pipeline.PublishNow.RunAsync(Manager, Year, " ", publishesNumbers: false, isDryRun: false, Ct)).IsDone);
        Assert.False((await pipeline.PublishNow.RunAsync(Manager, Year, "For 3 people.", publishesNumbers: false, isDryRun: false, Ct)).IsDone);
        Assert.Equal("Ten cases were counted twice.", (await pipeline.PublishNow.RunAsync(Manager, Year, "Ten cases were counted twice.", publishesNumbers: true, isDryRun: true, Ct)).PublicText);
        Assert.Equal(1391, Pipeline.Value(await pipeline.FeedAsync(), MaracHeadline));

        Assert.Equal("Release 2 is published.", (await pipeline.PublishNow.RunAsync(Manager, Year, "Some cases were counted twice.", publishesNumbers: false, isDryRun: false, Ct)).Message);
        var release = (await pipeline.FeedAsync()).GetProperty("release");
        Assert.Equal("Some cases were counted twice.", release.GetProperty("unscheduled").GetString());
        Assert.Equal(["2019-20"], release.GetProperty("years").EnumerateArray().Select(year => year.GetProperty("id").GetString()));
        Assert.Equal(1381, Pipeline.Value(await pipeline.FeedAsync(), MaracHeadline));
        Assert.Equal(["2019-20"], (await pipeline.FeedAsync("index.json")).GetProperty("years").EnumerateArray().Select(year => year.GetProperty("id").GetString()));
        Assert.Equal("elms-sarc/referrals/2018-19-Q1", Assert.Single(await pipeline.Store.Feed.ReadPendingAsync(Ct)).Key.ToString());
        Assert.Equal("2020-11-04", (await pipeline.FeedAsync("index.json")).GetProperty("nextRelease").GetString());
    }

    [Fact]
    public async Task A_changed_catalogue_withdraws_the_approval_so_that_nothing_unseen_is_published()
    {
        var pipeline = await ReleasedAsync();
        var before = await pipeline.FeedAsync();
        await pipeline.SendAsync(MaracPath(1), Marac(361));
        await ApproveAsync(pipeline);
        var changed = pipeline.With(TestCatalogue.Shipped.Change("headlines.yaml", "A total of {value} cases were heard at", "{value} cases were discussed at").Load());
        pipeline.Clock.SetUtcNow(At("2020-11-04T09:30:00Z"));

        Assert.False((await changed.PublishAsync()).IsNew);
        Assert.Equal(before.GetRawText(), (await pipeline.FeedAsync()).GetRawText());
        Assert.Null((await changed.Preview.RunAsync(Ct)).Approval);

        await ApproveAsync(changed);
        var change = Assert.Single((await pipeline.FeedAsync()).GetProperty("release").GetProperty("changes").EnumerateArray());
        Assert.Equal("IDVA Service corrected \"MARAC cases\" for April to June 2019 (version 2).", change.GetProperty("reason").GetString());
    }

    [Fact]
    public async Task A_decision_withdraws_the_approval_and_a_hold_keeps_it()
    {
        var pipeline = await ReleasedAsync();
        await pipeline.SendAsync(MaracPath(1), Marac(361));
        await ApproveAsync(pipeline);
        Assert.EndsWith("The release has changed, so approve it again.", (await pipeline.Decide.SignOffAsync(Year, Manager, "All there is.", publishesNumbers: false, Ct)).Message, StringComparison.Ordinal);
        pipeline.Clock.SetUtcNow(At("2020-11-04T09:30:00Z"));
        Assert.False((await pipeline.PublishAsync()).IsNew);

        pipeline.Clock.AdjustTime(At("2020-11-03T09:30:00Z"));
        await ApproveAsync(pipeline);
        await pipeline.Decide.HoldAsync(Manager, "To look.", Ct);
        pipeline.Clock.SetUtcNow(At("2020-11-04T09:30:00Z"));
        Assert.NotNull((await pipeline.PublishAsync()).Hold);
        await pipeline.Decide.ReleaseHoldAsync(Manager, Ct);
        Assert.True((await pipeline.PublishAsync()).IsNew);
        Assert.Equal("final", (await pipeline.FeedAsync()).GetProperty("release").GetProperty("status").GetString());
    }

    [Fact]
    public async Task The_time_of_a_release_never_goes_back()
    {
        var pipeline = await ReleasedAsync();
        await pipeline.SendAsync(MaracPath(1), Marac(361));
        pipeline.Clock.SetUtcNow(At("2021-02-05T09:30:00Z"));
        await ApproveAsync(pipeline);

        // The clock is set back by a day.
        pipeline.Clock.AdjustTime(At("2021-02-04T09:30:00Z"));
        await pipeline.SendAsync(MaracPath(2), Marac(320));
        Assert.True((await pipeline.PublishNow.RunAsync(Manager, Year, "A mistake.", publishesNumbers: false, isDryRun: false, Ct)).IsDone);

        var times = (await pipeline.FeedAsync("index.json")).GetProperty("releases").EnumerateArray().Select(release => release.GetProperty("published").GetDateTime()).ToList();
        Assert.Equal(times.OrderDescending(), times);
        Assert.Equal(3, times.Count);
        Assert.Equal("2021-05-10", (await pipeline.FeedAsync("index.json")).GetProperty("nextRelease").GetString());
    }

    [Fact]
    public async Task Without_announced_times_there_is_nothing_to_approve()
    {
        var pipeline = await Pipeline.NewAsync(azurite);
        Assert.Equal("Releases are published as soon as figures change. They need no approval.", (await pipeline.Approve.RunAsync(Manager, null, publishesNumbers: false, isDryRun: false, Ct)).Message);
    }

    private static async Task<string> ApproveAsync(Pipeline pipeline)
    {
        var outcome = await pipeline.Approve.RunAsync(Manager, note: null, publishesNumbers: false, isDryRun: false, Ct);
        Assert.True(outcome.IsDone, outcome.Message);
        return outcome.Message;
    }

    /// <summary>Returns a store with 4 returns of 2019-20, on 1 June 2020, before the first release.</summary>
    private async Task<Pipeline> StartedAsync()
    {
        var pipeline = (await Pipeline.NewAsync(azurite)).Scheduled();
        foreach (var (quarter, cases) in new[] { (1, 371), (2, 330), (3, 340), (4, 350) })
        {
            await pipeline.SendAsync(MaracPath(quarter), Marac(cases));
        }

        return pipeline;
    }

    /// <summary>Returns a store with the release of 4 August 2020.</summary>
    private async Task<Pipeline> ReleasedAsync()
    {
        var pipeline = await StartedAsync();
        await ApproveAsync(pipeline);
        pipeline.Clock.SetUtcNow(At("2020-08-04T08:30:00Z"));
        Assert.True((await pipeline.PublishAsync()).IsNew);
        return pipeline;
    }

    private static DateTimeOffset At(string time) => DateTimeOffset.Parse(time, CultureInfo.InvariantCulture);
}
