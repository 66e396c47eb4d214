using System.Net;
using System.Text.Json.Nodes;
using DasvPipeline.IntegrationTests.Local;
using DasvPipeline.Portal.Site;
using DasvPipeline.Tests;
using Microsoft.Playwright;

namespace DasvPipeline.IntegrationTests.Site;

/// <summary>The pages that the app makes have the figures in them, and are what the script of the page makes.</summary>
public sealed class PageWithoutScriptTests(ServedSamples served, Chromium chromium) : IClassFixture<ServedSamples>, IClassFixture<Chromium>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_server_and_the_browser_make_the_same_page()
    {
        await using var written = await chromium.VisitAsync(served.Site(), new BrowserNewContextOptions { JavaScriptEnabled = false });
        await written.Page.GotoAsync(served.Site());
        await using var made = await chromium.VisitAsync(served.Site());
        await made.Page.Clock.SetFixedTimeAsync(new DateTime(2020, 6, 1, 12, 0, 0, DateTimeKind.Utc));
        await made.UseStaticPageAsync();
        await made.OpenAsync();

        foreach (var part in new[] { "#period", "#figures", "#releases" })
        {
            Assert.Equal(await made.Page.Locator(part).InnerTextAsync(), await written.Page.Locator(part).InnerTextAsync());
        }

        Assert.Equal(await PicturesAsync(made), await PicturesAsync(written));
        Assert.True((await PicturesAsync(written)).Count > 20);
        Assert.Empty(made.Faults);
    }

    [LongFact]
    public async Task Script_keeps_a_page_that_is_current_and_replaces_one_that_is_not()
    {
        await using var visit = await chromium.VisitAsync(served.Site());
        await visit.Page.AddInitScriptAsync("addEventListener('DOMContentLoaded', () => document.querySelector('#headlines')?.setAttribute('data-written', ''), { capture: true });");
        await visit.OpenAsync();
        Assert.Equal(1, await visit.Page.Locator("#headlines[data-written]").CountAsync());
        Assert.Equal(20, await visit.Page.Locator(".site-share__buttons:has(button), .site-card--empty").CountAsync());

        await visit.ChangeAsync("headlines.json", document => document["headlines"]![0]!["sentence"] = "A newer sentence.");
        await visit.OpenAsync();
        await Assertions.Expect(visit.Page.Locator("#headlines")).ToContainTextAsync("A newer sentence.");
        Assert.Equal(0, await visit.Page.Locator("#headlines[data-written]").CountAsync());
    }

    [LongFact]
    public async Task If_the_feed_does_not_respond_the_figures_in_the_page_stay()
    {
        await using var visit = await chromium.VisitAsync(served.Site());
        await visit.CutFeedAsync();
        await visit.OpenAsync();
        Assert.Equal(20, await visit.Page.Locator("article").CountAsync());
        Assert.Contains("The latest figures are unavailable.", await visit.Page.Locator("#said").TextContentAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_has_an_etag_and_the_addresses_that_readers_and_search_engines_need()
    {
        using var client = new HttpClient();
        using var first = await client.GetAsync(served.Site() + "2018-19.html", Ct);
        var page = await first.Content.ReadAsStringAsync(Ct);
        Assert.Contains("<title>April 2018 to March 2019: Key headlines", page, StringComparison.Ordinal);
        Assert.Contains($"<link rel=\"canonical\" href=\"{served.Site()}2018-19.html\">", page, StringComparison.Ordinal);
        Assert.Contains($"<meta property=\"og:image\" content=\"{served.Site()}og.png\">", page, StringComparison.Ordinal);
        Assert.Equal("no-cache", first.Headers.CacheControl!.ToString());

        using var again = new HttpRequestMessage(HttpMethod.Get, served.Site() + "2018-19.html");
        again.Headers.IfNoneMatch.Add(first.Headers.ETag!);
        using var second = await client.SendAsync(again, Ct);
        Assert.Equal(HttpStatusCode.NotModified, second.StatusCode);
        using var none = await client.GetAsync(served.Site() + "1999-00.html", Ct);
        Assert.Equal(HttpStatusCode.NotFound, none.StatusCode);
    }

    [Fact]
    public async Task Markup_in_the_feed_is_written_as_text()
    {
        const string markup = "<img src=x onerror=\"alert(1)\"></p><script>alert(1)</script>&";
        var content = JsonNode.Parse((await served.ReadAsync("headlines.json")).GetRawText())!;
        content["period"]!["label"] = markup;
        content["release"]!["reason"] = markup;
        var headline = content["headlines"]![0]!;
        (headline["title"], headline["sentence"], headline["notes"]) = (markup, markup, new JsonArray(markup));
        headline["breakdowns"]![0]!["items"]![0]!["label"] = markup;
        var index = JsonNode.Parse((await served.ReadAsync("index.json")).GetRawText())!;
        var page = YearPage.Write(new YearPageSource("2019-20", content, index, new JsonObject { ["1"] = new JsonArray(markup) }, [content.DeepClone()], "1 \"2", new DateOnly(2020, 6, 1), "https://figures.example/"));
        Assert.DoesNotContain("<img src=x", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>", page, StringComparison.Ordinal);
        Assert.Contains("data-version=\"1 &quot;2\"", page, StringComparison.Ordinal);
        Assert.True(page.Split("&lt;img src=x onerror=").Length > 6);
    }

    private static async Task<IReadOnlyList<string>> PicturesAsync(Visit visit) =>
        [.. (await visit.Page.Locator("#figures svg[role=img]").AllAsync()).Select(picture => picture.EvaluateAsync<string>("(picture) => picture.outerHTML").GetAwaiter().GetResult())];
}
