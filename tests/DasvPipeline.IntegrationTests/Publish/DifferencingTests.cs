using System.Text.Json;
using DasvPipeline.IntegrationTests.Storage;
using DasvPipeline.IntegrationTests.UseCases;
using static DasvPipeline.IntegrationTests.UseCases.SampleFiles;

namespace DasvPipeline.IntegrationTests.Publish;

/// <summary>Promise 12 on the real store: a comparison of releases must not disclose a small count.</summary>
public sealed class DifferencingTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task The_totals_before_and_after_do_not_disclose_a_small_late_return()
    {
        var pipeline = await Pipeline.NewAsync(azurite);
        await pipeline.SendAsync(MaracPath(1), Marac(371));
        await pipeline.PublishAsync();
        await pipeline.SendAsync(MaracPath(2), Marac(3));
        await pipeline.PublishAsync();

        var feed = await pipeline.FeedAsync();
        Assert.Null(Pipeline.Value(feed, "marac-cases"));
        Assert.Equal([371m, null], Series(feed).Take(2));
        var change = Assert.Single(feed.GetProperty("release").GetProperty("changes").EnumerateArray());
        Assert.Equal((371m, JsonValueKind.Null), (change.GetProperty("from").GetDecimal(), change.GetProperty("to").ValueKind));

        // With another return added, the total can be shown again if nobody can subtract that return's quarter.
        await pipeline.SendAsync(MaracPath(3), Marac(200));
        await pipeline.PublishAsync();
        feed = await pipeline.FeedAsync();
        Assert.Equal(574, Pipeline.Value(feed, "marac-cases"));
        Assert.Equal([371m, null, null], Series(feed).Take(3));
    }

    [Fact]
    public async Task The_correction_of_another_quarter_does_not_disclose_a_hidden_quarter()
    {
        var pipeline = await Pipeline.NewAsync(azurite);
        foreach (var (quarter, cases) in new[] { (1, 2), (2, 40), (3, 300), (4, 310) })
        {
            await pipeline.SendAsync(MaracPath(quarter), Marac(cases));
        }

        await pipeline.PublishAsync();
        Assert.Equal([null, null, 300m, 310], Series(await pipeline.FeedAsync()));

        // The second quarter and the total together would disclose the first.
        await pipeline.SendAsync(MaracPath(1), Marac(50));
        await pipeline.PublishAsync();
        var feed = await pipeline.FeedAsync();
        Assert.True(Series(feed).ElementAt(1) is null, "The first quarter was 652 - 40 - 300 - 310.");
        Assert.True(Pipeline.Value(feed, "marac-cases") is null || Series(feed).ElementAt(0) is null, "And 700 - 50 - 300 - 310 is the second.");
    }

    [Fact]
    public async Task Publishing_the_same_figures_again_makes_no_release_and_hides_the_same_figures()
    {
        var pipeline = await Pipeline.NewAsync(azurite);
        await pipeline.SendAsync(SarcPath("2019-20", 1), Sarc(60, 3));
        await pipeline.SendAsync(SarcPath("2019-20", 2), Sarc(2, 30));
        await pipeline.PublishAsync();
        var before = await pipeline.PublicAsync();

        await pipeline.SendAsync(SarcPath("2018-19", 1), Sarc(60, 30));
        await pipeline.DeleteAsync(SarcPath("2018-19", 1));
        await pipeline.EventAsync(SarcPath("2018-19", 1));

        Assert.False((await pipeline.PublishAsync()).IsNew);
        Assert.Equal(before, await pipeline.PublicAsync());
    }

    [Fact]
    public async Task The_figures_of_a_release_that_crashed_before_its_announcement_count_as_disclosed()
    {
        var pipeline = await Pipeline.NewAsync(azurite);
        await pipeline.SendAsync(MaracPath(1), Marac(371));
        await Assert.ThrowsAnyAsync<Exception>(() => pipeline.Through(new CrashAtAddress("releases/1/index.json")).PublishAsync());
        Assert.Contains("371", (await pipeline.PublicAsync())["releases/1/headlines.json"].Text, StringComparison.Ordinal);

        await pipeline.SendAsync(MaracPath(2), Marac(3));
        await pipeline.PublishAsync();
        var feed = await pipeline.FeedAsync();
        Assert.Equal(2, feed.GetProperty("release").GetProperty("number").GetInt32());
        Assert.Null(Pipeline.Value(feed, "marac-cases"));
    }

    [Theory]
    [InlineData("2019-20", "2020-21")]
    [InlineData("2020-21", "2019-20")]
    public async Task The_totals_of_a_project_do_not_disclose_how_few_people_a_year_added(string first, string second)
    {
        var pipeline = await Pipeline.NewAsync(azurite);
        pipeline.Clock.Advance(TimeSpan.FromDays(730));
        foreach (var year in new[] { first, second })
        {
            await pipeline.SendAsync($"vawg-project/support/{year}/support.csv", $"measure,value,note\nvawg.young-people,{(year == "2019-20" ? 621 : 624)},\n");
            await pipeline.PublishAsync();
        }

        var files = await pipeline.PublicAsync();
        Assert.Equal(["headlines.csv", "headlines.json"], FilesWith(first).Order(StringComparer.Ordinal));
        Assert.Empty(FilesWith(second));

        // The year's own files, in the formats that have the headlines.
        IEnumerable<string> FilesWith(string year) => files.Where(file => file.Key.StartsWith(year + "/headlines.", StringComparison.Ordinal) && file.Value.Text.Contains(year == "2019-20" ? "621" : "624", StringComparison.Ordinal))
            .Select(file => file.Key[(year.Length + 1)..]);
    }

    private static IEnumerable<decimal?> Series(JsonElement feed) => Pipeline.Headline(feed, "marac-cases").GetProperty("series").EnumerateArray()
        .Select(point => point.GetProperty("value") is { ValueKind: JsonValueKind.Number } value ? value.GetDecimal() : (decimal?)null);
}
