using System.Text.Json;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Ingest;
using DasvPipeline.Core.Publish;
using DasvPipeline.IntegrationTests.Storage;
using DasvPipeline.IntegrationTests.UseCases;
using DasvPipeline.Tests;
using DasvPipeline.Tests.Catalogue;
using static DasvPipeline.IntegrationTests.UseCases.SampleFiles;

namespace DasvPipeline.IntegrationTests.Publish;

public sealed class PublishHeadlinesTests(AzuriteFixture azurite)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Nothing_is_published_before_a_return_is_accepted()
    {
        var pipeline = await Pipeline.NewAsync(azurite);
        await pipeline.SendAsync(MaracPath(1), BadMarac);
        var counter = new CrashAtCall(0, afterResponse: false);

        Assert.Equal(new PublishOutcome(0, IsNew: false), await pipeline.Through(counter).PublishAsync());

        Assert.Equal(2, counter.Calls);
        Assert.Empty(await pipeline.PublicAsync());
    }

    [Fact]
    public async Task A_correction_makes_release_2_with_its_changes_and_leaves_release_1_unchanged()
    {
        var pipeline = await Pipeline.NewAsync(azurite);
        await SendMaracAsync(pipeline, 371, 360, 380, 360);
        await pipeline.PublishAsync();
        var first = await pipeline.PublicAsync();
        pipeline.Clock.Advance(TimeSpan.FromDays(1));

        await pipeline.SendAsync(MaracPath(2), Marac(350));
        var outcome = await pipeline.PublishAsync();

        Assert.Equal(new PublishOutcome(2, IsNew: true), outcome);
        var feed = await pipeline.FeedAsync();
        Assert.Equal(1461, Pipeline.Value(feed, MaracHeadline));
        var release = feed.GetProperty("release");
        Assert.Equal((2, "2020-06-02T12:00:00Z"), (release.GetProperty("number").GetInt32(), release.GetProperty("published").GetString()));
        var change = Assert.Single(release.GetProperty("changes").EnumerateArray());
        Assert.Equal((MaracHeadline, "2019-20"), (change.GetProperty("headline").GetString(), change.GetProperty("period").GetString()));
        Assert.Equal((1471, 1461), (change.GetProperty("from").GetInt32(), change.GetProperty("to").GetInt32()));
        Assert.Equal("IDVA Service corrected \"MARAC cases\" for July to September 2019 (version 2).", change.GetProperty("reason").GetString());

        var second = await pipeline.PublicAsync();
        Assert.All(first.Where(file => file.Key.StartsWith("releases/1/", StringComparison.Ordinal)), file => Assert.Equal(file.Value, second[file.Key]));
        Assert.Equal(Pipeline.WithoutLinks(second["releases/2/headlines.json"].Text), Pipeline.WithoutLinks(second["headlines.json"].Text));
        Assert.Equal(Pipeline.WithoutLinks(second["releases/2/2019-20/headlines.json"].Text), Pipeline.WithoutLinks(second["2019-20/headlines.json"].Text));
        await SchemaValidator.AssertValidAsync(second.Where(file => file.Key.EndsWith("headlines.json", StringComparison.Ordinal)).Select(file => file.Value.Text));
    }

    [Fact]
    public async Task A_correction_that_changes_no_published_figure_makes_no_release()
    {
        var pipeline = await Pipeline.NewAsync(azurite);
        await SendMaracAsync(pipeline, 371, 360, 380, 360);
        await pipeline.PublishAsync();
        var before = await pipeline.PublicAsync();

        await pipeline.SendAsync(MaracPath(2), Marac(360) + "\r\n");
        var outcome = await pipeline.PublishAsync();

        Assert.Equal(2, (await pipeline.RowAsync(Pipeline.KeyOf(MaracPath(2)))).LiveVersion);
        Assert.Equal(new PublishOutcome(1, IsNew: false), outcome);
        Assert.Equal(before, await pipeline.PublicAsync());
        Assert.Empty(await pipeline.Store.Feed.ReadPendingAsync(Ct));
    }

    [Fact]
    public async Task Missing_returns_make_a_figure_provisional_and_are_named()
    {
        var pipeline = await Pipeline.NewAsync(azurite);
        for (var quarter = 1; quarter <= 4; quarter++)
        {
            await pipeline.SendAsync(SarcPath("2018-19", quarter), Sarc(50, 20));
        }

        for (var quarter = 1; quarter <= 3; quarter++)
        {
            await pipeline.SendAsync(SarcPath("2019-20", quarter), Sarc(60, 30));
        }

        await pipeline.PublishAsync();

        var feed = await pipeline.FeedAsync();
        Assert.Equal("provisional", feed.GetProperty("release").GetProperty("status").GetString());
        var completeness = feed.GetProperty("completeness");
        var missing = completeness.GetProperty("missing").EnumerateArray().ToList();
        var due = Pipeline.Catalogue.GetReturnsDueIn(Period.Parse("2019-20")).Count(item => item.Form.GetDueDate(item.Key.Period) < new DateOnly(2020, 6, 1));
        Assert.Equal(75, due); // One return of the year is due later.
        Assert.Equal((due, 3, due - 3), (completeness.GetProperty("expected").GetInt32(), completeness.GetProperty("received").GetInt32(), missing.Count));
        Assert.Equal(["2019-20-Q4"], missing.Where(item => item.GetProperty("return").GetString() == "elms-sarc/referrals").Select(item => item.GetProperty("period").GetString()));

        var headline = Pipeline.Headline(feed, "sarc-referrals");
        Assert.Equal(270, headline.GetProperty("value").GetInt32());
        Assert.Equal(["p"], headline.GetProperty("markers").EnumerateArray().Select(marker => marker.GetString()));
        Assert.EndsWith(" 1 of the 4 returns behind this figure is still to come.", headline.GetProperty("sentence").GetString(), StringComparison.Ordinal);
        Assert.DoesNotContain("2018-19", headline.GetProperty("sentence").GetString(), StringComparison.Ordinal);
        Assert.Equal(JsonValueKind.Null, headline.GetProperty("change").ValueKind);
        await SchemaValidator.AssertValidAsync([(await pipeline.PublicAsync())["headlines.json"].Text]);
    }

    [Fact]
    public async Task A_corrected_figure_of_the_previous_year_changes_the_comparison()
    {
        var pipeline = await Pipeline.NewAsync(azurite);
        foreach (var year in new[] { "2018-19", "2019-20" })
        {
            for (var quarter = 1; quarter <= 4; quarter++)
            {
                await pipeline.SendAsync(SarcPath(year, quarter), Sarc(year == "2018-19" ? 50 : 60, 20));
            }
        }

        await pipeline.PublishAsync();
        Assert.Equal(280, Previous(await pipeline.FeedAsync()));

        await pipeline.SendAsync(SarcPath("2018-19", 4), Sarc(40, 20));
        await pipeline.PublishAsync();

        var feed = await pipeline.FeedAsync();
        Assert.Equal(270, Previous(feed));
        Assert.Equal(50, Pipeline.Headline(feed, "sarc-referrals").GetProperty("change").GetProperty("absolute").GetInt32());
        var change = Assert.Single(feed.GetProperty("release").GetProperty("changes").EnumerateArray());
        Assert.Equal(("sarc-referrals", "2018-19", 280, 270), (
            change.GetProperty("headline").GetString(), change.GetProperty("period").GetString(), change.GetProperty("from").GetInt32(), change.GetProperty("to").GetInt32()));
        Assert.Equal(270, Pipeline.Value(await pipeline.FeedAsync("2018-19/headlines.json"), "sarc-referrals"));

        static int Previous(JsonElement feed) => Pipeline.Headline(feed, "sarc-referrals").GetProperty("previous").GetProperty("value").GetInt32();
    }

    [LongFact]
    public async Task The_latest_year_stays_the_latest_when_an_older_one_changes_and_a_newer_one_has_no_figures()
    {
        var pipeline = await Pipeline.NewAsync(azurite);
        pipeline.Clock.Advance(TimeSpan.FromDays(1000));
        foreach (var year in new[] { "2018-19", "2019-20", "2020-21" })
        {
            await pipeline.SendAsync(SarcPath(year, 1), Sarc(50, 20));
        }

        await pipeline.PublishAsync();

        await pipeline.SendAsync(SarcPath("2018-19", 1), Sarc(55, 20));
        await pipeline.SendAsync(SarcPath("2021-22", 1), Sarc(50, 20));
        await pipeline.DeleteAsync(SarcPath("2021-22", 1));
        await pipeline.EventAsync(SarcPath("2021-22", 1));
        await pipeline.PublishAsync();

        Assert.Equal("2020-21", (await pipeline.FeedAsync()).GetProperty("period").GetProperty("id").GetString());
        Assert.Equal("2020-21", (await pipeline.FeedAsync("index.json")).GetProperty("latest").GetString());
        Assert.Equal(75, Pipeline.Value(await pipeline.FeedAsync("2018-19/headlines.json"), "sarc-referrals"));
    }

    [Fact]
    public async Task A_fault_on_any_read_second_pages_too_leaves_the_feed_as_it_was()
    {
        var pipeline = await Pipeline.NewAsync(azurite);
        await SendMaracAsync(pipeline, 371, 360, 380, 360);
        await pipeline.PublishAsync();
        var published = await pipeline.PublicAsync();
        for (var quarter = 1; quarter <= 4; quarter++)
        {
            await pipeline.SendAsync(MaracPath(quarter), Marac(500));
        }

        var call = 0;
        SmallPages policy;
        PublishOutcome? outcome = null;
        var laterPages = 0;
        do
        {
            policy = new SmallPages(call += TestShare.Count(small: 3, ci: 1, all: 1));
            try
            {
                outcome = await pipeline.Through(policy).PublishAsync();
            }
            catch (CrashException)
            {
                // The files of the new release are already published at this point.
                var now = await pipeline.PublicAsync();
                var pointer = now["headlines.json"];
                Assert.True(pointer == published["headlines.json"] || Pipeline.WithoutLinks(pointer.Text) == Pipeline.WithoutLinks(now["releases/2/headlines.json"].Text), $"After a fault on read {call}.");
                if (await pipeline.Store.Feed.ReadCurrentAsync(Ct) is { Number: 1 })
                {
                    Assert.All(published, file => Assert.Equal(file.Value, now[file.Key]));
                    laterPages = policy.LaterPages;
                }
            }
        }
        while (outcome is null);

        Assert.True(laterPages >= 2, "No second page was read before the release.");
        Assert.Equal(2000, Pipeline.Value(await pipeline.FeedAsync(), MaracHeadline));
        Assert.Equal(2, (await pipeline.FeedAsync()).GetProperty("release").GetProperty("number").GetInt32());
    }

    [Fact]
    public async Task A_small_count_is_hidden_and_the_document_stays_valid()
    {
        var pipeline = await Pipeline.NewAsync(azurite);
        await pipeline.SendAsync(SarcPath("2019-20", 1), Sarc(50, 3));
        await pipeline.PublishAsync();

        var headline = Pipeline.Headline(await pipeline.FeedAsync(), "sarc-referrals");
        Assert.All(headline.GetProperty("breakdowns")[0].GetProperty("items").EnumerateArray(), item => Assert.Equal(JsonValueKind.Null, item.GetProperty("value").ValueKind));
        await SchemaValidator.AssertValidAsync([(await pipeline.PublicAsync())["headlines.json"].Text]);
    }

    [Fact]
    public async Task A_changed_disclosure_policy_applies_to_every_published_year_although_no_return_changed()
    {
        var pipeline = await Pipeline.NewAsync(azurite);
        pipeline.Clock.Advance(TimeSpan.FromDays(30));
        foreach (var year in new[] { "2018-19", "2019-20", "2020-21" })
        {
            await pipeline.SendAsync(SarcPath(year, 1), Sarc(50, 7));
        }

        await pipeline.PublishAsync();
        Assert.Equal([true, true, true], await AreShownAsync());

        var strict = pipeline.With(TestCatalogue.Shipped.Change("disclosure.yaml", "threshold: 5", "threshold: 10").Load());
        Assert.Equal(new PublishOutcome(2, IsNew: true), await strict.PublishAsync());
        Assert.Equal([false, false, false], await AreShownAsync());
        Assert.Equal((new PublishOutcome(2, IsNew: false), 1), await CountedAsync(strict));

        async Task<IEnumerable<bool>> AreShownAsync()
        {
            var shown = new List<bool>();
            foreach (var year in new[] { "2018-19", "2019-20", "2020-21" })
            {
                var items = Pipeline.Headline(await pipeline.FeedAsync($"{year}/headlines.json"), "sarc-referrals").GetProperty("breakdowns")[0].GetProperty("items");
                shown.Add(items.EnumerateArray().All(item => item.GetProperty("value").ValueKind == JsonValueKind.Number));
            }

            return shown;
        }
    }

    [LongFact]
    public async Task A_changed_headline_is_published_although_no_return_changed()
    {
        var pipeline = await Pipeline.NewAsync(azurite);
        await SendMaracAsync(pipeline, 371);
        await pipeline.PublishAsync();

        var changed = pipeline.With(TestCatalogue.Shipped.Change("headlines.yaml", "A total of {value} cases were heard at", "{value} cases were discussed at").Load());
        Assert.Equal(new PublishOutcome(2, IsNew: true), await changed.PublishAsync());

        Assert.StartsWith("371 cases were discussed at ", Pipeline.Headline(await pipeline.FeedAsync(), MaracHeadline).GetProperty("sentence").GetString(), StringComparison.Ordinal);
        Assert.Equal((new PublishOutcome(2, IsNew: false), 1), await CountedAsync(changed));
    }

    [LongFact]
    public async Task A_changed_catalogue_that_changes_nothing_published_is_compared_once()
    {
        var pipeline = await Pipeline.NewAsync(azurite);
        await SendMaracAsync(pipeline, 371);
        await pipeline.PublishAsync();
        var before = await pipeline.PublicAsync();

        var changed = pipeline.With(TestCatalogue.Shipped.Change("checks.yaml", "of: marac.cases, max: 2000", "of: marac.cases, max: 2001").Load());
        Assert.False((await changed.PublishAsync()).IsNew);

        Assert.Equal((new PublishOutcome(1, IsNew: false), 1), await CountedAsync(changed));
        Assert.Equal(before, await pipeline.PublicAsync());
    }

    private static async Task<(PublishOutcome Outcome, int Calls)> CountedAsync(Pipeline pipeline)
    {
        var counter = new CrashAtCall(0, afterResponse: false);
        return (await pipeline.Through(counter).PublishAsync(), counter.Calls);
    }

    private static async Task SendMaracAsync(Pipeline pipeline, params int[] quarters)
    {
        for (var i = 0; i < quarters.Length; i++)
        {
            Assert.Equal(IngestResult.Accepted, (await pipeline.SendAsync(MaracPath(i + 1), Marac(quarters[i]))).Result);
        }
    }
}
