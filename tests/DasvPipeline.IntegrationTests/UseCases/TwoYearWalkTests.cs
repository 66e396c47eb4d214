using System.Globalization;
using System.Text.Json;
using System.Xml.Linq;
using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Ingest;
using DasvPipeline.Core.Ports;
using DasvPipeline.Core.Publish.Formats;
using DasvPipeline.IntegrationTests.Site;
using DasvPipeline.IntegrationTests.Storage;
using DasvPipeline.Tests;
using DasvPipeline.Tests.Catalogue;

namespace DasvPipeline.IntegrationTests.UseCases;

/// <summary>Two years of releases with a clock of its own: what index, Atom, the page and each release say at every step.</summary>
public sealed class TwoYearWalkTests(AzuriteFixture azurite, Chromium chromium) : IClassFixture<Chromium>
{
    private static readonly Person Manager = new("account-7", "the manager") { TenantId = "tenant-1" };

    private static readonly XNamespace Atom = "http://www.w3.org/2005/Atom";

    private static readonly Period First = Period.FromYear(2024);

    /// <summary>A small catalogue: a return for each quarter and one for the year.</summary>
    internal static readonly IReadOnlyList<CatalogueFile> Files =
    [
        new("partnership.yaml", "title: Figures\npublisher: A partnership\nlicence: OGL-UK-3.0\nreleaseWorkingDays: 5\n"),
        new("calendar.yaml", "nation: england\ntime: \"09:30\"\npublish: scheduled\n"),
        new("disclosure.yaml", "threshold: 5\n"),
        new("agencies.yaml", "agencies: [{ id: north, name: North }]\n"),
        new("dimensions/area.yaml", "dimension: area\ntitle: Area\ncodes: [{ code: all, label: Everywhere }]\n"),
        new("measures/all.yaml", "measures:\n  - { id: calls, label: Calls, unit: calls, adds: flow }\n  - { id: people, label: People, unit: people, adds: distinct }\n"),
        new("returns/north.calls.yaml", "agency: north\nreturn: calls\ntitle: Calls\nevery: quarter\nfrom: 2024-25\ntables: [{ id: calls, title: Calls, rows: [{ measure: calls }] }]\n"),
        new("returns/north.people.yaml", "agency: north\nreturn: people\ntitle: People\nevery: year\nfrom: 2024-25\ntables: [{ id: people, title: People, rows: [{ measure: people }] }]\n"),
        new("headlines.yaml", """
            headlines:
              - { id: calls, title: Calls taken, of: calls, sentence: "{value} calls were taken{change}." }
              - { id: people, title: People helped, of: people, sentence: "{value} people were helped{change}." }
            """),
    ];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [LongFact]
    public async Task Every_step_of_two_years_is_published_as_it_was_decided()
    {
        var pipeline = (await Pipeline.NewAsync(azurite)).With(Files.Load()).Scheduled();
        pipeline.Clock.SetUtcNow(At("2025-04-28T10:00:00Z"));

        // A complete year, approved and published at its time.
        foreach (var quarter in First.Quarters())
        {
            await SendAsync(pipeline, $"calls/{quarter}", "calls", 100 + quarter.Quarter);
        }

        await SendAsync(pipeline, $"people/{First}", "people", 60);
        Assert.False((await pipeline.PublishAsync()).IsNew);
        Assert.Empty(await pipeline.PublicAsync());
        await ApproveAndPublishAsync(pipeline, expected: "2025-05-08T08:30:00Z", number: 1, note: "The first figures.");
        Assert.Equal("2024-25", await FeaturedAsync(pipeline));
        Assert.Equal("Release 1: provisional figures for April 2024 to March 2025", await TitleAsync(pipeline));
        Assert.Contains("The first figures.", await SummaryAsync(pipeline), StringComparison.Ordinal);

        var page = await PublishedPage.ReadAsync(chromium, pipeline);
        Assert.Equal(("Cambridgeshire and Peterborough, April 2024 to March 2025", "Provisional"), (page.Caption, page.Status));
        Assert.Contains("Published 8 May 2025\nNext release 4 August 2025", Lines(page.About), StringComparison.Ordinal);
        Assert.Contains("The first figures.", page.About, StringComparison.Ordinal);
        Assert.Equal(["410 calls were taken.", "60 people were helped."], page.Cards);
        Assert.StartsWith("Release 1, 8 May 2025: 2024-25 provisional", Assert.Single(page.History), StringComparison.Ordinal);

        // The next year begins. It has its own address after an approval, and is not featured.
        pipeline.Clock.SetUtcNow(At("2025-07-20T10:00:00Z"));
        await SendAsync(pipeline, "calls/2025-26-Q1", "calls", 150);
        Assert.Null(await pipeline.Store.Feed.ReadAsync("2025-26/headlines.json", Ct));
        await ApproveAndPublishAsync(pipeline, expected: "2025-08-04T08:30:00Z", number: 2);
        Assert.Equal("2024-25", await FeaturedAsync(pipeline));
        var begun = await pipeline.FeedAsync("2025-26/headlines.json");
        Assert.Equal(("in-progress", "provisional", "April to June 2025 so far"), (Stage(begun), Status(begun), begun.GetProperty("period").GetProperty("label").GetString()));
        Assert.Equal("April to June 2025 so far: 150 calls were taken, an increase of around 50% from April to June 2024.", Sentence(begun, "calls"));
        Assert.Equal(0, begun.GetProperty("completeness").GetProperty("missing").GetArrayLength());
        Assert.Equal("Release 2: figures for April to June 2025 so far", await TitleAsync(pipeline));

        page = await PublishedPage.ReadAsync(chromium, pipeline);
        Assert.Equal(("Cambridgeshire and Peterborough, April 2024 to March 2025", "Provisional"), (page.Caption, page.Status));
        Assert.StartsWith("Release 2, 4 August 2025: 2025-26 in progress", page.History[0], StringComparison.Ordinal);
        page = await PublishedPage.ReadAsync(chromium, pipeline, "2025-26");
        Assert.Equal(("Cambridgeshire and Peterborough, April to June 2025 so far", "So far this year"), (page.Caption, page.Status));
        Assert.Equal(Sentence(begun, "calls"), page.Cards[0]);

        // Signed off, and final only once it is published.
        var signed = await pipeline.Decide.SignOffAsync(First, Manager, reason: null, publishesNumbers: false, Ct);
        Assert.Equal("2024-25 is signed off. Its figures will be published as final on 4 November 2025 at 9:30am, after you approve that release.", signed.Message);
        Assert.Equal("provisional", Status(await pipeline.FeedAsync()));
        pipeline.Clock.SetUtcNow(At("2025-10-20T10:00:00Z"));
        await SendAsync(pipeline, "calls/2025-26-Q2", "calls", 160);
        await ApproveAndPublishAsync(pipeline, expected: "2025-11-04T09:30:00Z", number: 3);
        Assert.Equal("Release 3: final figures for April 2024 to March 2025, figures for April to September 2025 so far", await TitleAsync(pipeline));
        Assert.Contains("2024-25: provisional before, final now.", await SummaryAsync(pipeline), StringComparison.Ordinal);
        Assert.Equal(["2024-25 final", "2025-26 in-progress"], (await pipeline.FeedAsync()).GetProperty("release").GetProperty("years").EnumerateArray()
            .Select(year => $"{year.GetProperty("id").GetString()} {year.GetProperty("stage").GetString()}"));

        page = await PublishedPage.ReadAsync(chromium, pipeline);
        Assert.Equal("Final", page.Status);
        Assert.StartsWith("Release 3, 4 November 2025: 2024-25 final, 2025-26 in progress", page.History[0], StringComparison.Ordinal);
        Assert.Contains("2024-25: provisional before, final now.", page.History[0], StringComparison.Ordinal);

        // A late correction waits for the next sign-off. Neither another catalogue nor another policy moves the signed-off year.
        var final = (await pipeline.PublicAsync())["2024-25/headlines.json"];
        await SendAsync(pipeline, "calls/2024-25-Q3", "calls", 203);
        var strict = pipeline.With(Files.Change("disclosure.yaml", "threshold: 5", "threshold: 110").Change("headlines.yaml", "calls were taken", "calls were answered").Load());
        pipeline.Clock.SetUtcNow(At("2026-01-25T10:00:00Z"));
        await SendAsync(pipeline, "calls/2025-26-Q3", "calls", 170);
        await ApproveAndPublishAsync(strict, expected: "2026-02-05T09:30:00Z", number: 4);
        Assert.Equal(final, (await pipeline.PublicAsync())["2024-25/headlines.json"]);
        Assert.Contains("calls were answered", Sentence(await pipeline.FeedAsync("2025-26/headlines.json"), "calls"), StringComparison.Ordinal);
        Assert.Equal(("calls", 103m), (Assert.Single((await pipeline.Preview.RunAsync(Ct)).Waiting).Return.Split('/')[1], Series(await pipeline.FeedAsync(), "calls", "2024-25-Q3")));

        page = await PublishedPage.ReadAsync(chromium, pipeline);
        Assert.Equal(("Final", "410 calls were taken."), (page.Status, page.Cards[0]));
        Assert.Equal(4, page.History.Count);

        // Revised, with the reason for readers.
        Assert.True((await pipeline.Decide.SignOffAsync(First, Manager, "North had left out a helpline.", publishesNumbers: false, Ct)).IsDone);
        pipeline.Clock.SetUtcNow(At("2026-04-25T10:00:00Z"));
        await ApproveAndPublishAsync(pipeline, expected: "2026-05-08T08:30:00Z", number: 5);
        Assert.Equal(("revised", 510m), (Status(await pipeline.FeedAsync("2024-25/headlines.json")), Pipeline.Value(await pipeline.FeedAsync("2024-25/headlines.json"), "calls")));
        var summary = await SummaryAsync(pipeline);
        Assert.Contains("2024-25: final before, revised now.", summary, StringComparison.Ordinal);
        Assert.Contains("Calls taken, 2024-25: from 410 to 510. North corrected \"Calls\" for October to December 2024 (version 2). North had left out a helpline.", summary, StringComparison.Ordinal);
        Assert.Equal("2024-25", await FeaturedAsync(pipeline)); // 2025-26 has ended, and is not complete.

        page = await PublishedPage.ReadAsync(chromium, pipeline);
        Assert.Equal(("Revised", "510 calls were taken."), (page.Status, page.Cards[0]));
        Assert.Contains("North had left out a helpline.", page.About, StringComparison.Ordinal);
        Assert.Contains("Calls taken, 2024-25: from 410 to 510.", page.History[0], StringComparison.Ordinal);

        // Re-opened: the figures stay, under review, with the reason.
        Assert.True((await pipeline.Decide.ReopenAsync(First, Manager, "We are checking the helpline.", publishesNumbers: false, Ct)).IsDone);
        await SendAsync(pipeline, "calls/2024-25-Q3", "calls", 303);
        var unscheduled = await pipeline.PublishNow.RunAsync(Manager, First, "The helpline is in question.", publishesNumbers: false, isDryRun: false, Ct);
        Assert.Equal("Release 6 is published.", unscheduled.Message);
        var review = await pipeline.FeedAsync("2024-25/headlines.json");
        Assert.Equal(("under-review", "revised", 510m, "We are checking the helpline."), (Stage(review), Status(review), Pipeline.Value(review, "calls"), review.GetProperty("release").GetProperty("reason").GetString()));
        Assert.Equal("The helpline is in question.", review.GetProperty("release").GetProperty("unscheduled").GetString());
        Assert.Contains("2024-25, under review: We are checking the helpline.", await SummaryAsync(pipeline), StringComparison.Ordinal);

        page = await PublishedPage.ReadAsync(chromium, pipeline);
        Assert.Equal(("Under review", "510 calls were taken."), (page.Status, page.Cards[0]));
        Assert.Contains("We are checking the helpline.", page.About, StringComparison.Ordinal);
        Assert.Contains("Unscheduled release: The helpline is in question.", page.History[0], StringComparison.Ordinal);

        // Signed off again, and the next year is complete and featured.
        Assert.True((await pipeline.Decide.SignOffAsync(First, Manager, "The helpline is now counted.", publishesNumbers: false, Ct)).IsDone);
        await SendAsync(pipeline, "calls/2025-26-Q4", "calls", 180);
        await SendAsync(pipeline, "people/2025-26", "people", 70);
        pipeline.Clock.SetUtcNow(At("2026-07-20T10:00:00Z"));
        await ApproveAndPublishAsync(pipeline, expected: "2026-08-04T08:30:00Z", number: 7);
        Assert.Equal("2025-26", await FeaturedAsync(pipeline));
        Assert.Equal(("revised", "revised", 610m), (Stage(await pipeline.FeedAsync("2024-25/headlines.json")), Status(await pipeline.FeedAsync("2024-25/headlines.json")), Pipeline.Value(await pipeline.FeedAsync("2024-25/headlines.json"), "calls")));
        page = await PublishedPage.ReadAsync(chromium, pipeline);
        Assert.Equal(("Cambridgeshire and Peterborough, April 2025 to March 2026", "Provisional"), (page.Caption, page.Status));
        Assert.Equal("660 calls were taken, an increase of 50 from 2024-25.", page.Cards[0]);
        page = await PublishedPage.ReadAsync(chromium, pipeline, "2024-25");
        Assert.Equal(("Revised", "610 calls were taken."), (page.Status, page.Cards[0]));
        Assert.Contains("The helpline is now counted.", page.About, StringComparison.Ordinal);
        await SchemaValidator.AssertValidAsync((await pipeline.PublicAsync()).Where(file => file.Key.EndsWith("headlines.json", StringComparison.Ordinal)).Select(file => file.Value.Text));
        await SchemaValidator.AssertValidAsync((await pipeline.PublicAsync()).Where(file => file.Key.EndsWith("index.json", StringComparison.Ordinal)).Select(file => file.Value.Text), FeedSchema.GetText(FeedSchema.IndexPath));
    }

    /// <summary>Approves the next release, checks that nothing happens a second before its time, and publishes it at its time.</summary>
    private static async Task ApproveAndPublishAsync(Pipeline pipeline, string expected, int number, string? note = null)
    {
        var approved = await pipeline.Approve.RunAsync(Manager, note, publishesNumbers: false, isDryRun: false, Ct);
        Assert.True(approved.IsDone, approved.Message);
        Assert.Equal(At(expected), (await pipeline.Store.Feed.ReadPublishQueueAsync(Ct)).Approval!.For);
        pipeline.Clock.SetUtcNow(At(expected).AddSeconds(-1));
        Assert.False((await pipeline.PublishAsync()).IsNew);
        pipeline.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal((number, true), (await pipeline.PublishAsync()) is var outcome ? (outcome.Number, outcome.IsNew) : default);
        Assert.Null((await pipeline.Store.Feed.ReadPublishQueueAsync(Ct)).Approval);
        Assert.False((await pipeline.PublishAsync()).IsNew);
        var release = (await pipeline.FeedAsync()).GetProperty("release");
        var index = await pipeline.FeedAsync("index.json");
        Assert.Equal(number, index.GetProperty("releases")[0].GetProperty("number").GetInt32());
        Assert.True(index.GetProperty("nextRelease").GetDateTime() > At(expected).UtcDateTime);
        Assert.True(release.GetProperty("number").GetInt32() <= number);
    }

    internal static async Task SendAsync(Pipeline pipeline, string path, string measure, int value)
    {
        var outcome = await pipeline.SendAsync($"north/{path}/{measure}.csv", string.Create(CultureInfo.InvariantCulture, $"measure,value,note\r\n{measure},{value},checked\r\n"));
        Assert.True(outcome.Result == IngestResult.Accepted, string.Join("; ", outcome.Findings));
    }

    internal static async Task<string?> FeaturedAsync(Pipeline pipeline)
    {
        var latest = (await pipeline.FeedAsync("index.json")).GetProperty("latest").GetString();
        Assert.Equal(latest, (await pipeline.FeedAsync()).GetProperty("period").GetProperty("id").GetString());
        return latest;
    }

    private static async Task<XElement> EntryAsync(Pipeline pipeline) => XDocument.Parse((await pipeline.PublicAsync())["changes.atom"].Text).Root!.Elements(Atom + "entry").First();

    private static async Task<string> TitleAsync(Pipeline pipeline) => (await EntryAsync(pipeline)).Element(Atom + "title")!.Value;

    private static async Task<string> SummaryAsync(Pipeline pipeline) => (await EntryAsync(pipeline)).Element(Atom + "summary")!.Value;

    private static string? Status(JsonElement feed) => feed.GetProperty("release").GetProperty("status").GetString();

    private static string? Stage(JsonElement feed) => feed.GetProperty("release").GetProperty("stage").GetString();

    private static string? Sentence(JsonElement feed, string id) => Pipeline.Headline(feed, id).GetProperty("sentence").GetString();

    /// <summary>Returns a text without its empty lines.</summary>
    private static string Lines(string text) => string.Join('\n', text.Split('\n', StringSplitOptions.RemoveEmptyEntries));

    private static decimal Series(JsonElement feed, string id, string period) =>
        Pipeline.Headline(feed, id).GetProperty("series").EnumerateArray().Single(point => point.GetProperty("period").GetString() == period).GetProperty("value").GetDecimal();

    private static DateTimeOffset At(string time) => DateTimeOffset.Parse(time, CultureInfo.InvariantCulture);
}
