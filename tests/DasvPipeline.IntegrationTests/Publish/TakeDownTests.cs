using System.Text;
using System.Text.Json;
using System.Xml.Linq;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Ports;
using DasvPipeline.Core.Publish;
using DasvPipeline.Core.Publish.Formats;
using DasvPipeline.IntegrationTests.Storage;
using DasvPipeline.IntegrationTests.UseCases;
using DasvPipeline.Storage.Uploads;
using DasvPipeline.Tests;
using static DasvPipeline.IntegrationTests.UseCases.SampleFiles;

namespace DasvPipeline.IntegrationTests.Publish;

/// <summary>A published release is taken down. The history keeps its number and says that it was taken down.</summary>
public sealed class TakeDownTests(AzuriteFixture azurite)
{
    private const string Reason = "The figures were wrong.";

    private static readonly XNamespace Atom = "http://www.w3.org/2005/Atom";

    private static readonly Person Manager = new("account-1", "al");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_earlier_release_leaves_a_marked_gap_and_the_feed_stays()
    {
        var pipeline = await ReleasesAsync(371, 372, 373);
        var latest = (await pipeline.PublicAsync())["headlines.json"];

        var outcome = await TakeDown(pipeline).RunAsync(2, Reason, publishesNumbers: false, isDryRun: false, Manager, Ct);

        Assert.Equal((OutcomeStatus.Done, "Release 2 is taken down. Later releases show the same years: 3. Look at their figures and changes too."), (outcome.Status, outcome.Message));
        var files = await pipeline.PublicAsync();
        Assert.Equal(latest, files["headlines.json"]);
        Assert.DoesNotContain(files.Keys, path => path.StartsWith("releases/2/", StringComparison.Ordinal));
        await AssertHistoryAsync(pipeline, 3, 2);
        Assert.Null((await pipeline.Store.Feed.ReadPublishQueueAsync(Ct)).Decisions.Hold);
        Assert.DoesNotContain("from 371 to 372", files["changes.atom"].Text, StringComparison.Ordinal);
        Assert.DoesNotContain("from 371 to 372", files["releases/3/changes.atom"].Text, StringComparison.Ordinal);

        // The next release continues the marked history.
        await pipeline.SendAsync(MaracPath(1), Marac(374));
        await pipeline.PublishAsync();
        await AssertHistoryAsync(pipeline, 4, 2);
    }

    [Fact]
    public async Task The_current_release_takes_its_year_out_until_the_figures_are_corrected()
    {
        var pipeline = await ReleasesAsync(371, 372);
        await TakeDown(pipeline).RunAsync(2, Reason, publishesNumbers: false, isDryRun: false, Manager, Ct);

        var files = await pipeline.PublicAsync();
        Assert.Empty(files.Where(file => file.Value.Text.Contains("372", StringComparison.Ordinal)).Select(file => file.Key));
        Assert.DoesNotContain("headlines.json", files.Keys);
        Assert.DoesNotContain(files.Keys, path => path.StartsWith("2019-20/", StringComparison.Ordinal));
        await AssertHistoryAsync(pipeline, 2, 2);
        Assert.NotNull((await pipeline.Store.Feed.ReadPublishQueueAsync(Ct)).Decisions.Hold);
        Assert.False((await pipeline.PublishAsync()).IsNew);

        await pipeline.SendAsync(MaracPath(1), Marac(380));
        await pipeline.Decide.ReleaseHoldAsync(Manager, Ct);
        Assert.True((await pipeline.PublishAsync()).IsNew);

        var feed = await pipeline.FeedAsync();
        Assert.Equal(380, Pipeline.Value(feed, MaracHeadline));
        Assert.DoesNotContain((await pipeline.PublicAsync()).Where(file => !file.Key.StartsWith("releases/1/", StringComparison.Ordinal)), file => file.Value.Text.Contains("372", StringComparison.Ordinal));
        await AssertHistoryAsync(pipeline, 3, 2);
    }

    [Fact]
    public async Task The_same_figures_are_published_again_if_the_hold_is_released_without_a_correction()
    {
        var pipeline = await ReleasesAsync(371);
        await TakeDown(pipeline).RunAsync(1, Reason, publishesNumbers: false, isDryRun: false, Manager, Ct);
        await pipeline.Decide.ReleaseHoldAsync(Manager, Ct);
        await pipeline.PublishAsync();
        Assert.Equal(371, Pipeline.Value(await pipeline.FeedAsync(), MaracHeadline));
        await AssertHistoryAsync(pipeline, 2, 1);
    }

    [Fact]
    public async Task A_year_of_an_earlier_release_stays_and_becomes_the_latest()
    {
        var pipeline = await Pipeline.NewAsync(azurite);
        await pipeline.SendAsync(SarcPath("2018-19", 1), Sarc(350, 240));
        await pipeline.PublishAsync();
        await pipeline.SendAsync(MaracPath(1), Marac(371));
        await pipeline.PublishAsync();

        await TakeDown(pipeline).RunAsync(2, Reason, publishesNumbers: false, isDryRun: false, Manager, Ct);

        Assert.Equal("2018-19", (await pipeline.FeedAsync()).GetProperty("period").GetProperty("id").GetString());
        Assert.Equal("2018-19", (await pipeline.FeedAsync("index.json")).GetProperty("latest").GetString());
        Assert.Contains("2018-19/headlines.csv", (await pipeline.PublicAsync()).Keys);
        Assert.DoesNotContain((await pipeline.PublicAsync()).Values, file => file.Text.Contains("371", StringComparison.Ordinal));
        await AssertHistoryAsync(pipeline, 2, 2);
    }

    [Fact]
    public async Task The_time_of_a_take_down_is_not_before_the_release_whatever_the_clock_did()
    {
        var pipeline = await ReleasesAsync(371, 372);
        pipeline.Clock.AdjustTime(pipeline.Clock.GetUtcNow().AddDays(-1));
        await TakeDown(pipeline).RunAsync(1, Reason, publishesNumbers: false, isDryRun: false, Manager, Ct);
        var index = await pipeline.FeedAsync("index.json");
        var (published, at) = (index.GetProperty("releases")[0].GetProperty("published").GetDateTime(), index.GetProperty("releases")[1].GetProperty("takenDown").GetProperty("at").GetDateTime());
        Assert.True(at >= published, $"{at} {published}");
    }

    [Fact]
    public async Task A_dry_run_says_what_would_be_done_and_changes_nothing()
    {
        var pipeline = await ReleasesAsync(371, 372);
        var before = await pipeline.Store.DumpAsync(Ct);
        var current = await TakeDown(pipeline).RunAsync(2, Reason, publishesNumbers: false, isDryRun: true, Manager, Ct);
        Assert.Equal(
            (OutcomeStatus.Done, "We would take release 2 down. This cannot be undone. The feed would have no figures for 2019-20 until you correct them and release the hold on publishing.", Reason),
            (current.Status, current.Message, current.PublicText));
        var earlier = await TakeDown(pipeline).RunAsync(1, Reason, publishesNumbers: false, isDryRun: true, Manager, Ct);
        Assert.Equal("We would take release 1 down. This cannot be undone. Later releases show the same years: 2. Look at their figures and changes too.", earlier.Message);
        Assert.Equal(before, await pipeline.Store.DumpAsync(Ct));
    }

    [Theory]
    [InlineData(9, Reason, OutcomeStatus.NotFound)]
    [InlineData(1, "", OutcomeStatus.Incomplete)]
    [InlineData(1, "Ask jo@example.org.", OutcomeStatus.Incomplete)]
    [InlineData(1, "It showed 3 women.", OutcomeStatus.Incomplete)]
    public async Task A_wrong_number_or_reason_changes_nothing(int number, string reason, OutcomeStatus expected)
    {
        var pipeline = await ReleasesAsync(371);
        var before = await pipeline.Store.DumpAsync(Ct);
        Assert.Equal(expected, (await TakeDown(pipeline).RunAsync(number, reason, publishesNumbers: false, isDryRun: false, Manager, Ct)).Status);
        Assert.Equal(before, await pipeline.Store.DumpAsync(Ct));
    }

    [Fact]
    public async Task An_interrupted_take_down_can_be_repeated()
    {
        foreach (var call in TestShare.OneIn(8, 1, Enumerable.Range(1, 39)))
        {
            var pipeline = await ReleasesAsync(371, 372);
            try
            {
                await TakeDown(pipeline.Through(new CrashAtCall(call, afterResponse: call % 2 == 0))).RunAsync(2, Reason, publishesNumbers: false, isDryRun: false, Manager, Ct);
            }
            catch (CrashException)
            {
                // Repeated below.
            }

            Assert.True((await TakeDown(pipeline).RunAsync(2, Reason, publishesNumbers: false, isDryRun: false, Manager, Ct)).IsDone);
            Assert.Empty((await pipeline.PublicAsync()).Where(file => file.Value.Text.Contains("372", StringComparison.Ordinal)).Select(file => file.Key));
            await AssertHistoryAsync(pipeline, 2, 2, isValidated: false);
        }
    }

    internal static TakeDownRelease TakeDown(Pipeline pipeline) => new(Pipeline.Catalogue, pipeline.Store.Feed, new BlobCopies(pipeline.Store.Clients), pipeline.PublishOptions, pipeline.Clock);

    /// <summary>Publishes a release for each of these numbers of cases.</summary>
    private async Task<Pipeline> ReleasesAsync(params int[] cases)
    {
        var pipeline = await Pipeline.NewAsync(azurite);
        foreach (var number in cases)
        {
            await pipeline.SendAsync(MaracPath(1), Marac(number));
            Assert.True((await pipeline.PublishAsync()).IsNew);
        }

        return pipeline;
    }

    /// <summary>Checks that the index and the log are valid, list every release, and mark one.</summary>
    private static async Task AssertHistoryAsync(Pipeline pipeline, int count, int takenDown, bool isValidated = true)
    {
        var files = await pipeline.PublicAsync();
        var text = files["index.json"].Text;
        if (isValidated)
        {
            await SchemaValidator.AssertValidAsync([text], FeedSchema.GetText(FeedSchema.IndexPath));
        }

        using var index = JsonDocument.Parse(text);
        var releases = index.RootElement.GetProperty("releases").EnumerateArray().ToList();
        Assert.Equal(Enumerable.Range(1, count).Reverse(), releases.Select(release => release.GetProperty("number").GetInt32()));
        var marked = Assert.Single(releases, release => release.TryGetProperty("takenDown", out _));
        Assert.Equal((takenDown, Reason), (marked.GetProperty("number").GetInt32(), marked.GetProperty("takenDown").GetProperty("reason").GetString()));

        var log = XDocument.Load(new MemoryStream(Encoding.UTF8.GetBytes(files["changes.atom"].Text))).Root!;
        var entries = log.Elements(Atom + "entry").ToList();
        Assert.Equal(count, entries.Count);
        Assert.All(entries, entry => Assert.True(entry.Element(Atom + "id") is not null && entry.Element(Atom + "updated") is not null && entry.Elements(Atom + "link").Any()));
        var gap = Assert.Single(entries, entry => entry.Element(Atom + "title")!.Value == FormattableString.Invariant($"Release {takenDown}: taken down"));
        Assert.Equal(Reason, gap.Element(Atom + "summary")!.Value);

        // Every other release has its figures.
        Assert.All(releases.Where(release => !release.TryGetProperty("takenDown", out _)), release => Assert.Contains(release.GetProperty("path").GetString()!, files.Keys));
    }
}
