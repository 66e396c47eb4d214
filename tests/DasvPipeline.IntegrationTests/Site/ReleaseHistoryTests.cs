using System.Text.Json;
using System.Text.Json.Nodes;
using DasvPipeline.IntegrationTests.Local;
using DasvPipeline.Tests;
using Microsoft.Playwright;

namespace DasvPipeline.IntegrationTests.Site;

/// <summary>The page shows earlier releases page by page, and describes the feed to search engines.</summary>
public sealed class ReleaseHistoryTests(ServedSamples served, Chromium chromium) : IClassFixture<ServedSamples>, IClassFixture<Chromium>
{
    [LongFact]
    public async Task Earlier_releases_are_added_one_page_at_a_time_with_their_changes()
    {
        await using var visit = await chromium.VisitAsync(served.Site());
        await visit.ChangeAsync("index.json", index =>
        {
            index["earlier"] = "history/2.json";
            index["releases"]![0]!["number"] = 21;
        });
        await FulfilAsync(visit, 2, new JsonObject { ["number"] = 11, ["published"] = "2020-05-02T09:30:00Z", ["status"] = "final", ["path"] = "releases/11/headlines.json" }, "history/1.json");
        var gone = new JsonObject { ["number"] = 1, ["published"] = "2020-05-01T09:30:00Z", ["status"] = "final", ["path"] = "releases/1/headlines.json", ["takenDown"] = new JsonObject { ["at"] = "2020-05-03T09:30:00Z", ["reason"] = "Wrong." } };
        await FulfilAsync(visit, 1, gone, null);
        await visit.OpenAsync();

        var headings = visit.Page.Locator("#history h3");
        var button = visit.Page.GetByRole(AriaRole.Button, new() { Name = "Show earlier releases" });
        await button.ClickAsync();
        await Assertions.Expect(headings).ToHaveCountAsync(2);
        await Assertions.Expect(headings.Nth(1)).ToBeFocusedAsync();
        await Assertions.Expect(visit.Page.Locator("#history")).ToContainTextAsync("Changes of release 11.");
        await button.ClickAsync();
        await Assertions.Expect(headings).ToHaveCountAsync(3);
        await Assertions.Expect(button).ToHaveCountAsync(0);
        Assert.Equal(["Release 21", "Release 11", "Release 1"], (await headings.AllInnerTextsAsync()).Select(text => text.Split(',')[0]));

        // The files of a release that was taken down are gone.
        await Assertions.Expect(visit.Page.GetByText("Release 11 as it was published (JSON)")).ToHaveCountAsync(1);
        await Assertions.Expect(visit.Page.GetByText("Release 1 as it was published (JSON)")).ToHaveCountAsync(0);
        Assert.Empty(visit.Faults);
    }

    [LongFact]
    public async Task Search_engines_find_the_description_of_the_feed_in_the_page()
    {
        await using var visit = await chromium.VisitAsync(served.Site());
        await visit.OpenAsync();
        var block = visit.Page.Locator("head script[type='application/ld+json']");
        await Assertions.Expect(block).ToHaveCountAsync(1);
        using var dataset = JsonDocument.Parse((await block.TextContentAsync())!);
        Assert.Equal("Domestic abuse and sexual violence headline figures", dataset.RootElement.GetProperty("name").GetString());
        var root = new Uri(dataset.RootElement.GetProperty("@context")[0].GetProperty("@base").GetString()!);
        using var client = new HttpClient();
        foreach (var file in dataset.RootElement.GetProperty("distribution").EnumerateArray())
        {
            using var answer = await client.GetAsync(new Uri(root, file.GetProperty("contentUrl").GetString()), TestContext.Current.CancellationToken);
            Assert.True(answer.IsSuccessStatusCode, file.GetRawText());
        }

        Assert.Empty(visit.Faults);
    }

    private static async Task FulfilAsync(Visit visit, int page, JsonObject release, string? earlier)
    {
        var body = new JsonObject { ["page"] = page, ["releases"] = new JsonArray(release), ["earlier"] = earlier };
        await visit.Page.RouteAsync($"**/feed/history/{page}.json", route => route.FulfillAsync(new() { ContentType = "application/json", Body = body.ToJsonString() }));
        var log = $"""<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>Release {release["number"]}: final</title><summary>Changes of release {release["number"]}.</summary></entry></feed>""";
        await visit.Page.RouteAsync($"**/feed/history/{page}.atom", route => route.FulfillAsync(new() { ContentType = "application/atom+xml", Body = log }));
    }
}
