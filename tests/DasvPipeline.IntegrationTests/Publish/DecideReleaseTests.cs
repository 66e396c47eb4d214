using System.Globalization;
using System.Text.Json;
using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Ingest;
using DasvPipeline.Core.Ports;
using DasvPipeline.IntegrationTests.Storage;
using DasvPipeline.IntegrationTests.UseCases;
using DasvPipeline.Tests;
using DasvPipeline.Tests.Catalogue;
using static DasvPipeline.IntegrationTests.UseCases.SampleFiles;

namespace DasvPipeline.IntegrationTests.Publish;

/// <summary>The manager's decisions: sign-off, revision and re-opening of a year, and holding all publishing.</summary>
public sealed class DecideReleaseTests(AzuriteFixture azurite)
{
    private static readonly Person Manager = new("account-7", "the manager") { TenantId = "tenant-1" };

    private static readonly Period Year = Period.Parse("2019-20");

    /// <summary>A catalogue with one return, which is due once a year.</summary>
    private static readonly PartnershipCatalogue OneReturn = TestCatalogue.Small
        .Without("returns/north.calls.yaml").Without("returns/south.calls.yaml")
        .With("headlines.yaml", "headlines:\n  - { id: people, title: People helped, of: people, sentence: \"{value} people were helped{change}.\" }\n")
        .Load();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_year_that_is_not_ready_is_not_signed_off_and_every_obstacle_is_reported()
    {
        var pipeline = await StartedAsync();

        var outcome = await pipeline.Decide.SignOffAsync(Year, Manager, null, publishesNumbers: false, Ct);

        Assert.Equal((false, "2019-20 is not ready to sign off. To sign it off anyway, give a reason."), (outcome.IsDone, outcome.Message));
        Assert.Contains(outcome.Obstacles, obstacle => obstacle.EndsWith(" has no accepted \"Referrals to the Sexual Assault Referral Centre\" for July to September 2019.", StringComparison.Ordinal));
        Assert.Equal(Pipeline.Catalogue.GetReturnsDueIn(Year).Count() - 5, outcome.Obstacles.Count(obstacle => obstacle.Contains("has no accepted", StringComparison.Ordinal)));
        Assert.False((await pipeline.PublishAsync()).IsNew);
        Assert.Equal("provisional", StatusOf(await pipeline.FeedAsync()));
    }

    [Fact]
    public async Task Signed_off_figures_are_final_and_ignore_later_returns()
    {
        var pipeline = await StartedAsync();
        Assert.Contains("p", MarkersOf(await pipeline.FeedAsync(), "sarc-referrals"));

        Assert.True((await pipeline.Decide.SignOffAsync(Year, Manager, "The others report next year.", publishesNumbers: false, Ct)).IsDone);
        Assert.True((await pipeline.PublishAsync()).IsNew);
        var final = await pipeline.FeedAsync();
        Assert.Equal(("final", "The others report next year."), (StatusOf(final), final.GetProperty("release").GetProperty("reason").GetString()));
        Assert.Empty(MarkersOf(final, "sarc-referrals"));
        Assert.Contains("2019-20, signed off: The others report next year.", (await pipeline.PublicAsync())["changes.atom"].Text, StringComparison.Ordinal);

        await pipeline.SendAsync(MaracPath(1), Marac(361));
        Assert.False((await pipeline.PublishAsync()).IsNew);
        Assert.Equal(371 + 330 + 340 + 350, Pipeline.Value(await pipeline.FeedAsync(), "marac-cases"));
        var preview = await pipeline.Preview.RunAsync(Ct);
        Assert.Equal(("idva-service/marac", "2019-20-Q1", 1, 2), preview.Waiting.Select(one => (one.Return, one.Period, one.SignedOff!.Value, one.Live!.Value)).Single());
        Assert.Null(preview.Writes);
    }

    [Fact]
    public async Task A_correction_of_final_figures_is_revised_with_the_managers_reason_and_nothing_else_differs()
    {
        var pipeline = await StartedAsync();
        await pipeline.Decide.SignOffAsync(Year, Manager, "Complete as far as it will be.", publishesNumbers: false, Ct);
        await pipeline.PublishAsync();
        var before = await pipeline.FeedAsync();
        await pipeline.SendAsync(MaracPath(1), Marac(361));

        var unsaid = await pipeline.Decide.SignOffAsync(Year, Manager, " ", publishesNumbers: false, Ct);
        Assert.False(unsaid.IsDone);
        Assert.True((await pipeline.Decide.SignOffAsync(Year, Manager, "Ten cases had been counted twice.", publishesNumbers: false, Ct)).IsDone);
        await pipeline.PublishAsync();
        var after = await pipeline.FeedAsync();

        Assert.Equal("revised", StatusOf(after));
        Assert.Equal(["r"], MarkersOf(after, "marac-cases"));
        var change = Assert.Single(after.GetProperty("release").GetProperty("changes").EnumerateArray());
        Assert.EndsWith(" for April to June 2019 (version 2). Ten cases had been counted twice.", change.GetProperty("reason").GetString(), StringComparison.Ordinal);
        Assert.Equal(
            [
                "$.headlines[marac-cases].formatted", "$.headlines[marac-cases].markers[0]", "$.headlines[marac-cases].sentence", "$.headlines[marac-cases].series[2019-20-Q1].markers[0]",
                "$.headlines[marac-cases].series[2019-20-Q1].value", "$.headlines[marac-cases].value",
            ],
            Differences(before, after).Where(path => !path.StartsWith("$.release.", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        Assert.False((await pipeline.Decide.SignOffAsync(Year, Manager, "Again.", publishesNumbers: false, Ct)).Message.Contains("revised", StringComparison.Ordinal));
    }

    /// <summary>Everything is accepted and explained, so the missing reason is the only obstacle.</summary>
    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" .\u200b")]
    public async Task A_complete_year_is_signed_off_without_a_reason_and_revised_only_with_one(string? none)
    {
        const string Path = "north/people/2019-20/people.csv";
        var pipeline = (await Pipeline.NewAsync(azurite)).With(OneReturn);
        await pipeline.SendAsync(Path, People(60));
        Assert.Equal((true, "2019-20 is signed off. Its figures will be published as final."), await SignOffAsync(none));
        await pipeline.PublishAsync();
        var final = await pipeline.PublicAsync();
        await pipeline.SendAsync(Path, People(61));

        Assert.Equal((false, "2019-20 was already final. Give a reason for revising its figures."), await SignOffAsync(none));
        Assert.False((await pipeline.PublishAsync()).IsNew);
        Assert.Equal(final, await pipeline.PublicAsync());

        Assert.Equal((true, "2019-20 is signed off again. Its figures will be published as revised."), await SignOffAsync("A woman was not counted."));
        Assert.True((await pipeline.PublishAsync()).IsNew);
        Assert.Equal(("revised", 101m), (StatusOf(await pipeline.FeedAsync()), Pipeline.Value(await pipeline.FeedAsync(), "people")));

        async Task<(bool IsDone, string Message)> SignOffAsync(string? reason)
        {
            var outcome = await pipeline.Decide.SignOffAsync(Year, Manager, reason, publishesNumbers: false, Ct);
            Assert.Empty(outcome.Obstacles);
            return (outcome.IsDone, outcome.Message);
        }

        static string People(int adults) => string.Create(CultureInfo.InvariantCulture, $"measure,age,value\r\npeople,adult,{adults}\r\npeople,child,40\r\n");
    }

    [Fact]
    public async Task A_reopened_year_keeps_its_final_figures_under_review_until_it_is_signed_off_again()
    {
        var pipeline = await StartedAsync();
        Assert.False((await pipeline.Decide.ReopenAsync(Year, Manager, "A mistake.", publishesNumbers: false, Ct)).IsDone);
        await pipeline.Decide.SignOffAsync(Year, Manager, "Complete as far as it will be.", publishesNumbers: false, Ct);
        await pipeline.PublishAsync();
        await pipeline.SendAsync(MaracPath(1), Marac(361));

        Assert.False((await pipeline.Decide.ReopenAsync(Year, Manager, null, publishesNumbers: false, Ct)).IsDone);
        Assert.True((await pipeline.Decide.ReopenAsync(Year, Manager, "An agency will correct its figures.", publishesNumbers: false, Ct)).IsDone);
        await pipeline.PublishAsync();

        var feed = await pipeline.FeedAsync();
        Assert.Equal(("final", 371 + 330 + 340 + 350), (StatusOf(feed), (int)Pipeline.Value(feed, "marac-cases")!.Value));
        Assert.Equal(("under-review", "An agency will correct its figures."), (feed.GetProperty("release").GetProperty("stage").GetString(), feed.GetProperty("release").GetProperty("reason").GetString()));
        await pipeline.Decide.SignOffAsync(Year, Manager, "Corrected.", publishesNumbers: false, Ct);
        await pipeline.PublishAsync();
        feed = await pipeline.FeedAsync();
        Assert.Equal(("revised", 361 + 330 + 340 + 350), (StatusOf(feed), (int)Pipeline.Value(feed, "marac-cases")!.Value));
        Assert.Equal(["r"], MarkersOf(feed, "marac-cases"));
    }

    [LongFact]
    public async Task A_year_that_is_signed_off_and_reopened_before_a_publish_was_never_final()
    {
        var pipeline = await StartedAsync();
        await pipeline.Decide.SignOffAsync(Year, Manager, "Complete as far as it will be.", publishesNumbers: false, Ct);
        Assert.Equal("2019-20 is open again. Its figures are provisional.", (await pipeline.Decide.ReopenAsync(Year, Manager, "Not yet.", publishesNumbers: false, Ct)).Message);
        await pipeline.SendAsync(MaracPath(1), Marac(361));
        await pipeline.PublishAsync();
        Assert.Equal(("provisional", 1381m), (StatusOf(await pipeline.FeedAsync()), Pipeline.Value(await pipeline.FeedAsync(), "marac-cases")));

        await pipeline.Decide.SignOffAsync(Year, Manager, "Complete now.", publishesNumbers: false, Ct);
        await pipeline.PublishAsync();
        Assert.Equal("final", StatusOf(await pipeline.FeedAsync()));
    }

    [LongFact]
    public async Task A_year_that_is_reviewed_without_a_change_stays_final()
    {
        var pipeline = await StartedAsync();
        await pipeline.Decide.SignOffAsync(Year, Manager, "Complete as far as it will be.", publishesNumbers: false, Ct);
        await pipeline.PublishAsync();
        await pipeline.Decide.ReopenAsync(Year, Manager, "A question came up.", publishesNumbers: false, Ct);
        await pipeline.PublishAsync();
        await pipeline.Decide.SignOffAsync(Year, Manager, "The figures are right.", publishesNumbers: false, Ct);
        await pipeline.PublishAsync();
        var release = (await pipeline.FeedAsync()).GetProperty("release");
        Assert.Equal(("final", "final"), (release.GetProperty("status").GetString(), release.GetProperty("stage").GetString()));
    }

    [Fact]
    public async Task A_dry_run_shows_the_public_text_and_what_is_open_and_changes_nothing()
    {
        var pipeline = await StartedAsync();
        var before = await pipeline.DumpAsync();

        var shown = await pipeline.Decide.PreviewSignOffAsync(Year, "  The others \n report next year. ", publishesNumbers: false, Ct);
        Assert.Equal((true, "2019-20 will be signed off. Its figures will be published as final.", "The others report next year."), (shown.IsDone, shown.Message, shown.PublicText));
        Assert.Contains(shown.Obstacles, obstacle => obstacle.Contains("has no accepted", StringComparison.Ordinal));
        Assert.False((await pipeline.Decide.PreviewSignOffAsync(Year, "Only 3 women were counted twice.", publishesNumbers: false, Ct)).IsDone);
        Assert.Equal(before, await pipeline.DumpAsync());

        await pipeline.Decide.SignOffAsync(Year, Manager, "The others report next year.", publishesNumbers: false, Ct);
        await pipeline.PublishAsync();
        Assert.Equal(shown.PublicText, (await pipeline.FeedAsync()).GetProperty("release").GetProperty("reason").GetString());
    }

    [Fact]
    public async Task During_a_hold_returns_are_ingested_and_published_only_afterwards()
    {
        var pipeline = await StartedAsync();
        Assert.False((await pipeline.Decide.HoldAsync(Manager, null, Ct)).IsDone);
        await pipeline.Decide.HoldAsync(Manager, "A figure is being looked into.", Ct);
        Assert.Equal(IngestResult.Accepted, (await pipeline.SendAsync(MaracPath(1), Marac(361))).Result);

        var outcome = await pipeline.PublishAsync();
        Assert.Equal((1, false, "A figure is being looked into."), (outcome.Number, outcome.IsNew, outcome.Hold!.Reason));
        var preview = await pipeline.Preview.RunAsync(Ct);
        Assert.Equal(("A figure is being looked into.", "marac-cases", 1391m, 1381m), (preview.Hold!.Reason, preview.Changes.Single().Headline, preview.Changes.Single().From, preview.Changes.Single().To));

        Assert.True((await pipeline.Decide.ReleaseHoldAsync(Manager, Ct)).IsDone);
        Assert.False((await pipeline.Decide.ReleaseHoldAsync(Manager, Ct)).IsDone);
        Assert.True((await pipeline.PublishAsync()).IsNew);
        Assert.Equal(1381, Pipeline.Value(await pipeline.FeedAsync(), "marac-cases"));
    }

    [Fact]
    public async Task The_audit_records_who_decided_what_and_when()
    {
        var pipeline = await StartedAsync();
        await pipeline.Decide.HoldAsync(Manager, "To look.", Ct);
        await pipeline.Decide.ReleaseHoldAsync(Manager, Ct);
        await pipeline.Decide.SignOffAsync(Year, Manager, "All there is.", publishesNumbers: false, Ct);
        await pipeline.Decide.ReopenAsync(Year, Manager, "Not all there is.", publishesNumbers: false, Ct);

        var audit = (await pipeline.DumpAsync()).Split('\n').Where(row => row.StartsWith("Audit: ", StringComparison.Ordinal) && row.Contains("By=the manager", StringComparison.Ordinal)).ToList();
        foreach (var (name, reason) in new[] { ("held", "To look."), ("hold-released", null), ("signed-off", "All there is."), ("re-opened", "Not all there is.") })
        {
            var row = Assert.Single(audit, row => row.Contains($"Event={name},", StringComparison.Ordinal) || row.EndsWith($"Event={name}", StringComparison.Ordinal));
            Assert.Contains("At=06/01/2020 12:00:00", row, StringComparison.Ordinal);
            Assert.Contains("ById=account-7, ByTenant=tenant-1", row, StringComparison.Ordinal);
            Assert.True(reason is null || row.Contains(reason, StringComparison.Ordinal), row);
        }
    }

    [LongFact]
    public async Task A_publish_between_two_decisions_does_not_lose_the_second()
    {
        var pipeline = await StartedAsync();
        await pipeline.Decide.SignOffAsync(Year, Manager, "All there is.", publishesNumbers: false, Ct);
        var outstanding = await pipeline.Store.Feed.ReadPublishQueueAsync(Ct);
        await pipeline.Decide.ReopenAsync(Year, Manager, "Not all.", publishesNumbers: false, Ct);
        await pipeline.Store.Feed.CompleteAsync(outstanding.Current, outstanding, Ct);

        Assert.False((await pipeline.Store.Feed.ReadPublishQueueAsync(Ct)).Decisions.GetYear(Year)!.IsPublished);
    }

    [Fact]
    public async Task A_missing_return_is_named_with_the_headlines_that_it_affects_and_what_they_cover()
    {
        var feed = await (await StartedAsync()).FeedAsync();
        var missing = feed.GetProperty("completeness").GetProperty("missing").EnumerateArray().Single(item => item.GetProperty("return").GetString() == "elms-sarc/referrals" && item.GetProperty("period").GetString() == "2019-20-Q4");
        Assert.Equal(["sarc-referrals"], missing.GetProperty("headlines").EnumerateArray().Select(id => id.GetString()));
        var notes = Pipeline.Headline(feed, "sarc-referrals").GetProperty("notes").EnumerateArray().Select(note => note.GetString());
        Assert.Contains(notes, note => note!.StartsWith("Does not include yet: ", StringComparison.Ordinal) && note.EndsWith(" for July to September 2019, October to December 2019, January to March 2020.", StringComparison.Ordinal));
    }

    private async Task<Pipeline> StartedAsync()
    {
        var pipeline = await Pipeline.NewAsync(azurite);
        foreach (var (quarter, cases) in new[] { (1, 371), (2, 330), (3, 340), (4, 350) })
        {
            await pipeline.SendAsync(MaracPath(quarter), Marac(cases));
        }

        await pipeline.SendAsync(SarcPath("2019-20", 1), Sarc(60, 30));
        Assert.True((await pipeline.PublishAsync()).IsNew);
        return pipeline;
    }

    private static string? StatusOf(JsonElement feed) => feed.GetProperty("release").GetProperty("status").GetString();

    private static IEnumerable<string?> MarkersOf(JsonElement feed, string headline) =>
        Pipeline.Headline(feed, headline).GetProperty("markers").EnumerateArray().Select(marker => marker.GetString());

    /// <summary>Returns the places where two documents differ. Items of a list are named by their id or period.</summary>
    private static IEnumerable<string> Differences(JsonElement one, JsonElement other)
    {
        var (then, now) = (Leaves(one, "$").ToDictionary(), Leaves(other, "$").ToDictionary());
        return then.Keys.Union(now.Keys).Where(path => then.GetValueOrDefault(path) != now.GetValueOrDefault(path));
    }

    private static IEnumerable<KeyValuePair<string, string>> Leaves(JsonElement element, string path) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(property => Leaves(property.Value, $"{path}.{property.Name}")),
        JsonValueKind.Array => element.EnumerateArray().SelectMany((item, i) => Leaves(item, $"{path}[{NameOf(item) ?? i.ToString(CultureInfo.InvariantCulture)}]")),
        _ => [new(path, element.GetRawText())],
    };

    private static string? NameOf(JsonElement item) =>
        item.ValueKind != JsonValueKind.Object ? null : item.TryGetProperty("id", out var id) ? id.GetString() : item.TryGetProperty("headline", out _) ? null : item.TryGetProperty("return", out _) ? null : item.TryGetProperty("period", out var period) ? period.GetString() : null;
}
