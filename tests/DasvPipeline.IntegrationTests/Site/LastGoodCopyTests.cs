using DasvPipeline.IntegrationTests.Local;
using DasvPipeline.Tests;
using Microsoft.Playwright;

namespace DasvPipeline.IntegrationTests.Site;

/// <summary>The page when the feed cannot be reached.</summary>
public sealed class LastGoodCopyTests(ServedSamples served, Chromium chromium) : IClassFixture<ServedSamples>, IClassFixture<Chromium>
{
    private const string Notice = ".govuk-notification-banner";

    [Theory]
    [InlineData("cut")]
    [LongInlineData("503")]
    [LongInlineData("404")]
    [InlineData("not JSON")]
    [LongInlineData("not headlines")]
    public async Task The_last_good_copy_is_shown_with_its_date(string trouble)
    {
        await using var visit = await chromium.VisitAsync(served.Site());
        await visit.UseStaticPageAsync();
        await visit.OpenAsync();
        var before = await visit.Page.Locator("#headlines").InnerTextAsync();
        await TroubleAsync(visit, trouble);
        await visit.OpenAsync();

        var notice = await visit.Page.Locator(Notice).InnerTextAsync();
        Assert.Contains("The latest figures are unavailable at the moment.", notice, StringComparison.Ordinal);
        Assert.Matches(@"the copy that your browser saved on \d+ \w+ \d{4} at \d+:\d\d", notice);
        Assert.Equal(before, await visit.Page.Locator("#headlines").InnerTextAsync());
        Assert.Contains("Release 1", await visit.Page.Locator("#history").InnerTextAsync(), StringComparison.Ordinal);

        await visit.RestoreFeedAsync();
        await visit.UseStaticPageAsync();
        await visit.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Try again" }).ClickAsync();
        await visit.Page.Locator(Notice).WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Detached });
        await visit.Page.Locator("#headlines").WaitForAsync();
    }

    [LongFact]
    public async Task Without_a_copy_the_page_says_so_and_recovers_without_a_reload()
    {
        await using var visit = await chromium.VisitAsync(served.Site());
        await visit.UseStaticPageAsync();
        await visit.Page.Clock.InstallAsync();
        await visit.CutFeedAsync();
        await visit.OpenAsync();
        Assert.Contains("The figures are unavailable at the moment.", await visit.Page.Locator(Notice).InnerTextAsync(), StringComparison.Ordinal);
        Assert.Equal(0, await visit.Page.Locator("article").CountAsync());

        await visit.RestoreFeedAsync();
        await visit.UseStaticPageAsync();
        await visit.Page.Clock.FastForwardAsync(15_000);
        await visit.Page.Locator("#headlines").WaitForAsync();
        Assert.Equal(0, await visit.Page.Locator(Notice).CountAsync());
    }

    [LongFact]
    public async Task An_older_release_from_a_proxy_cache_does_not_replace_a_newer_one()
    {
        await using var visit = await chromium.VisitAsync(served.Site());
        await visit.UseStaticPageAsync();
        await visit.ChangeAsync("headlines.json", document =>
        {
            (document["release"]!["number"], document["release"]!["published"]) = (7, "2020-07-01T12:00:00Z");
            document["headlines"]![0]!["sentence"] = "The newer sentence.";
        });
        await visit.OpenAsync();
        await visit.RestoreFeedAsync();
        await visit.UseStaticPageAsync();
        await visit.OpenAsync();

        Assert.Contains("The newer sentence.", await visit.Page.Locator("#headlines").InnerTextAsync(), StringComparison.Ordinal);
        Assert.Equal(0, await visit.Page.Locator(Notice).CountAsync());
    }

    [LongFact]
    public async Task A_browser_without_storage_still_shows_the_figures()
    {
        await using var visit = await chromium.VisitAsync(served.Site());
        await visit.UseStaticPageAsync();
        await visit.Page.AddInitScriptAsync("Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError'); } });");
        await visit.OpenAsync();
        Assert.Equal(20, await visit.Page.Locator("article").CountAsync());
        Assert.Empty(visit.Faults);
    }

    [LongFact]
    public async Task Without_the_index_and_the_log_the_headlines_are_shown()
    {
        await using var visit = await chromium.VisitAsync(served.Site());
        await visit.UseStaticPageAsync();
        await visit.Page.RouteAsync("**/feed/{index.json,changes.atom}", route => route.FulfillAsync(new RouteFulfillOptions { Status = 500 }));
        await visit.OpenAsync();
        Assert.Equal(20, await visit.Page.Locator("article").CountAsync());
        Assert.Equal(4, await visit.Page.Locator("#downloads a").CountAsync());
        Assert.Contains("is unavailable at the moment", await visit.Page.Locator("#history").InnerTextAsync(), StringComparison.Ordinal);
    }

    [LongTheory]
    [InlineData("?year=1999-00")]
    [InlineData("?year=../releases/1")]
    [InlineData("?year=")]
    public async Task A_year_without_figures_links_to_the_latest_year(string query)
    {
        await using var visit = await chromium.VisitAsync(served.Site());
        await visit.UseStaticPageAsync();
        await visit.OpenAsync(query);
        Assert.Contains("There are no figures for this year.", await visit.Page.Locator(Notice).InnerTextAsync(), StringComparison.Ordinal);
        await visit.Page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "See the latest figures" }).ClickAsync();
        await visit.SettleAsync();
        Assert.Equal(20, await visit.Page.Locator("article").CountAsync());
    }

    [LongFact]
    public async Task Without_script_a_static_page_says_where_the_figures_are()
    {
        await using var visit = await chromium.VisitAsync(served.Site(), new BrowserNewContextOptions { JavaScriptEnabled = false });
        await visit.UseStaticPageAsync();
        await visit.Page.GotoAsync(served.Site());
        using var client = new HttpClient();
        foreach (var name in new[] { "headlines.csv", "headlines.json" })
        {
            var link = visit.Page.Locator($"#without-script a[href$='{name}']");
            Assert.True(await link.IsVisibleAsync());
            using var answer = await client.GetAsync(new Uri(new Uri(served.Site()), await link.GetAttributeAsync("href")), TestContext.Current.CancellationToken);
            Assert.True(answer.IsSuccessStatusCode);
        }
    }

    private static Task TroubleAsync(Visit visit, string trouble) => trouble switch
    {
        "cut" => visit.CutFeedAsync(),
        "503" or "404" => visit.Page.RouteAsync("**/feed/**", route => route.FulfillAsync(new RouteFulfillOptions { Status = int.Parse(trouble, System.Globalization.CultureInfo.InvariantCulture) })),
        "not JSON" => visit.Page.RouteAsync("**/feed/**", route => route.FulfillAsync(new RouteFulfillOptions { Body = "<html>Sign in to the wireless network</html>" })),
        _ => visit.Page.RouteAsync("**/feed/**", route => route.FulfillAsync(new RouteFulfillOptions { Body = "{}" })),
    };
}
