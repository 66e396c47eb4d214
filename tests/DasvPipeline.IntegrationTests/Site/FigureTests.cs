using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using DasvPipeline.IntegrationTests.Local;
using DasvPipeline.Tests;
using Microsoft.Playwright;

namespace DasvPipeline.IntegrationTests.Site;

/// <summary>The page shows the figures of the feed and no others.</summary>
public sealed class FigureTests(ServedSamples served, Chromium chromium) : IClassFixture<ServedSamples>, IClassFixture<Chromium>
{
    private const string Markup = "<img src=x onerror=\"document.title='owned'\"><script>document.title='owned'</script> & \"quoted\"";

    [Theory]
    [InlineData("", "headlines.json")]
    [LongInlineData("?year=2018-19", "2018-19/headlines.json")]
    public async Task Every_headline_is_shown_as_in_the_feed(string query, string file)
    {
        var feed = await served.ReadAsync(file);
        await using var visit = await chromium.VisitAsync(served.Site());
        await visit.OpenAsync(query);
        await visit.OpenAllDetailsAsync();

        Assert.Contains(feed.GetProperty("period").GetProperty("label").GetString()!, await visit.Page.Locator("#period").InnerTextAsync(), StringComparison.Ordinal);
        var headlines = feed.GetProperty("headlines").EnumerateArray().ToList();
        Assert.Equal(headlines.Count, await visit.Page.Locator("article").CountAsync());
        foreach (var headline in headlines)
        {
            await HoldsAsync(visit.Page.Locator($"article[id='{headline.GetProperty("id").GetString()}']"), headline);
        }

        Assert.Empty(visit.Faults);
    }

    [Fact]
    public async Task Every_cell_of_a_table_is_shown_and_hidden_ones_are_described_in_words()
    {
        var table = (await served.ReadAsync("headlines.json")).GetProperty("tables")[0];
        await using var visit = await chromium.VisitAsync(served.Site());
        await visit.OpenAsync();

        var rows = await visit.Page.Locator("#tables tbody tr").AllAsync();
        var shown = new List<string>();
        foreach (var row in rows)
        {
            shown.AddRange(await row.Locator("td").AllInnerTextsAsync());
        }

        var columns = table.GetProperty("columns").GetProperty("items").GetArrayLength() + 1;
        Assert.Equal((table.GetProperty("rows").GetProperty("items").GetArrayLength() + 1) * columns, shown.Count);
        Assert.Equal(
            table.GetProperty("cells").EnumerateArray().Select(Words).Order(StringComparer.Ordinal),
            shown.Select(text => text.Replace("\n", " ", StringComparison.Ordinal).Trim()).Order(StringComparer.Ordinal));
        Assert.Contains("[c]", string.Concat(shown), StringComparison.Ordinal);
    }

    [LongFact]
    public async Task Releases_downloads_and_the_next_release_match_the_index()
    {
        await using var visit = await chromium.VisitAsync(served.Site());
        await visit.OpenAsync();

        Assert.Contains("Release 1, 1 June 2020: 2018-19 provisional, 2019-20 provisional", await visit.Page.Locator("#history").InnerTextAsync(), StringComparison.Ordinal);
        Assert.Contains("The first release.", await visit.Page.Locator("#history").InnerTextAsync(), StringComparison.Ordinal);
        using var client = new HttpClient();
        foreach (var link in await visit.Page.Locator("#downloads a, #history a").AllAsync())
        {
            using var answer = await client.GetAsync(await link.EvaluateAsync<string>("(link) => link.href"), TestContext.Current.CancellationToken);
            Assert.True(answer.IsSuccessStatusCode, await link.InnerTextAsync());
        }
    }

    [LongFact]
    public async Task Another_year_is_chosen_without_script()
    {
        await using var visit = await chromium.VisitAsync(served.Site(), new BrowserNewContextOptions { JavaScriptEnabled = false });
        await visit.Page.GotoAsync(served.Site());
        await visit.Page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "April 2018 to March 2019" }).ClickAsync();
        await visit.Page.WaitForURLAsync("**/2018-19.html");

        Assert.Contains("April 2018 to March 2019", await visit.Page.Locator("#period").InnerTextAsync(), StringComparison.Ordinal);
        Assert.Equal("April 2018 to March 2019", await visit.Page.Locator(".site-years [aria-current]").InnerTextAsync());
        Assert.Equal("1,831 referrals", await visit.Page.Locator("#idva-referrals .site-card__value").InnerTextAsync());
    }

    [Fact]
    public async Task Markup_in_the_feed_is_shown_as_text()
    {
        await using var visit = await chromium.VisitAsync(served.Site());
        await visit.ChangeAsync("headlines.json", document =>
        {
            document["release"]!["reason"] = Markup;
            document["period"]!["label"] = Markup;
            document["completeness"]!["missing"] = new JsonArray(new JsonObject { ["agency"] = "a", ["agencyName"] = Markup, ["return"] = "a/b", ["returnTitle"] = Markup, ["period"] = Markup });
            var headline = document["headlines"]![0]!;
            (headline["title"], headline["sentence"], headline["unit"], headline["formatted"]) = (Markup, Markup, Markup, Markup);
            headline["notes"] = new JsonArray(Markup);
            headline["series"]![0]!["period"] = Markup;
            headline["breakdowns"]![0]!["title"] = Markup;
            headline["breakdowns"]![0]!["items"]![0]!["label"] = Markup;
            document["tables"]![0]!["title"] = Markup;
            document["tables"]![0]!["rows"]!["items"]![0]!["label"] = Markup;
        });
        await visit.Page.RouteAsync("**/feed/changes.atom", route => route.FulfillAsync(new RouteFulfillOptions
        {
            ContentType = "application/atom+xml",
            Body = $"""<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>Release 1: final</title><link rel="alternate" href="releases/1/headlines.json"/><summary>{System.Net.WebUtility.HtmlEncode(Markup)}</summary></entry></feed>""",
        }));
        await visit.OpenAsync();

        Assert.NotEqual("owned", await visit.Page.TitleAsync());
        Assert.Equal(0, await visit.Page.Locator("main img, main script").CountAsync());
        var text = await visit.Page.Locator("main").EvaluateAsync<string>("(main) => main.textContent");
        Assert.True(text.Split(Markup).Length > 12, text);
        Assert.Empty(visit.Faults);
    }

    [Fact]
    public async Task A_hidden_headline_says_that_it_is_hidden_and_never_0()
    {
        await using var visit = await chromium.VisitAsync(served.Site());
        await visit.ChangeAsync("headlines.json", States.Hide);
        await visit.OpenAsync();

        var card = visit.Page.Locator("article").First;
        Assert.Equal(0, await card.Locator(".site-card__value").CountAsync());
        Assert.Contains("The number of referrals is not shown, to protect people. How we protect people", await card.InnerTextAsync(), StringComparison.Ordinal);
        Assert.Contains("April to June 2019: not shown, to protect people", await card.Locator(".site-quarters svg").GetAttributeAsync("aria-label"), StringComparison.Ordinal);
        Assert.Equal(1, await card.Locator(".site-quarters .hidden").CountAsync());

        // The part that is hidden has no bar, and the others have one.
        Assert.Equal(0, await card.Locator(".site-split tbody tr").First.Locator(".bar").CountAsync());
        Assert.Equal(1, await card.Locator(".site-split tbody tr").Nth(1).Locator(".bar").CountAsync());
    }

    [Fact]
    public async Task A_chart_of_years_has_no_point_for_a_hidden_year_and_no_line_to_it_or_across_a_break()
    {
        await using var visit = await States.EnterAsync("three years", served, chromium);
        var hidden = visit.Page.Locator("#idva-referrals .site-trend svg");
        Assert.Equal(["1,831", "1,979", "[c]"], await hidden.Locator(".value").AllTextContentsAsync());
        Assert.Equal(2, await hidden.Locator(".point").CountAsync());
        Assert.Equal(1, await hidden.Locator(".trend").CountAsync());

        // The mark of a hidden figure is where it always is, and as high as always.
        Assert.Equal("102", await hidden.Locator(".hidden").GetAttributeAsync("y"));
        Assert.Contains("April 2020 to March 2021: not shown, to protect people", await hidden.GetAttributeAsync("aria-label"), StringComparison.Ordinal);
        Assert.Contains("April 2020 to March 2021\t[c]", await visit.Page.Locator("#idva-referrals .site-years-table").InnerTextAsync(), StringComparison.Ordinal);

        var changed = visit.Page.Locator("#sarc-referrals .site-trend svg");
        Assert.Equal(["288", "311", "311 [b]"], await changed.Locator(".value").AllTextContentsAsync());
        Assert.Equal((3, 1, 1), (await changed.Locator(".point").CountAsync(), await changed.Locator(".trend").CountAsync(), await changed.Locator(".break").CountAsync()));
        Assert.Empty(visit.Faults);
    }

    [LongFact]
    public async Task A_year_in_progress_has_a_mark_of_its_own_and_no_line_to_it()
    {
        await using var visit = await States.EnterAsync("a year in progress", served, chromium);
        var chart = visit.Page.Locator("#idva-referrals .site-trend svg");
        Assert.Equal((1, 1), (await chart.Locator("path.point").CountAsync(), await chart.Locator(".trend").CountAsync()));
        Assert.Contains("so far", await chart.TextContentAsync(), StringComparison.Ordinal);
        Assert.Empty(visit.Faults);
    }

    [LongFact]
    public async Task A_page_without_script_hides_what_the_feed_hides()
    {
        await using var visit = await States.EnterAsync("hidden and 3 years, script off", served, chromium);
        var card = visit.Page.Locator("#idva-referrals");
        Assert.Equal(["1,831", "1,979", "[c]"], await card.Locator(".site-trend .value").AllTextContentsAsync());
        Assert.Equal(["[c]", "512", "498", "474"], await card.Locator(".site-quarters .value").AllTextContentsAsync());
        Assert.Contains("The number of referrals is not shown, to protect people.", await card.InnerTextAsync(), StringComparison.Ordinal);
    }

    private static async Task HoldsAsync(ILocator card, JsonElement headline)
    {
        var text = await card.InnerTextAsync();
        Assert.Contains(headline.GetProperty("title").GetString()!, text, StringComparison.Ordinal);
        Assert.Contains(headline.GetProperty("sentence").GetString()!, text, StringComparison.Ordinal);
        var series = headline.GetProperty("series").EnumerateArray().ToList();
        if (headline.GetProperty("formatted").GetString() is { } formatted)
        {
            Assert.Contains(formatted, await card.Locator(".site-card__value").InnerTextAsync(), StringComparison.Ordinal);
        }
        else if (series.All(point => point.GetProperty("value").ValueKind == JsonValueKind.Null))
        {
            // A headline without any figure is its title, a sentence and its notes.
            Assert.Equal(0, await card.Locator(".site-card__value, .site-quarters, details").CountAsync());
            return;
        }

        Assert.All(headline.GetProperty("notes").EnumerateArray(), note => Assert.Contains(note.GetString()!, text, StringComparison.Ordinal));
        if (headline.GetProperty("change") is { ValueKind: JsonValueKind.Object } change)
        {
            Assert.Contains(Number(Math.Abs(change.GetProperty("absolute").GetDecimal())), await card.Locator(".site-card__aside").First.InnerTextAsync(), StringComparison.Ordinal);
        }

        var unit = headline.GetProperty("unit").GetString()!;
        if (series.Count > 1)
        {
            var expected = series.Select(point => Words(point, unit)).ToList();
            Assert.Equal(expected, (await card.Locator(".site-quarters-table td").AllInnerTextsAsync()).Select(Flat));
            Assert.Equal(series.Select(point => Words(point, unit, spoken: false)), await card.Locator(".site-quarters .value").AllTextContentsAsync());
        }

        var split = headline.GetProperty("breakdowns").EnumerateArray().SelectMany(breakdown => breakdown.GetProperty("items").EnumerateArray()).ToList();
        Assert.Equal(split.Select(item => Words(item, unit)), (await card.Locator(".site-split td").AllInnerTextsAsync()).Select(Flat));
        Assert.Equal(split.Select(item => item.GetProperty("label").GetString()), await card.Locator(".site-split tbody th").AllInnerTextsAsync());
    }

    private static string Flat(string text) => text.Replace("\n", " ", StringComparison.Ordinal).Trim();

    private static string Words(JsonElement point) => Words(point, string.Empty);

    private static string Words(JsonElement point, string unit, bool spoken = true)
    {
        string[] markers = [.. point.GetProperty("markers").EnumerateArray().Select(marker => marker.GetString()!)];
        var value = point.GetProperty("value") is { ValueKind: JsonValueKind.Number } number ? Number(number.GetDecimal()) + (unit == "percent" ? "%" : string.Empty) : null;
        var shown = string.Join(' ', new[] { value }.Concat(markers.Select(marker => $"[{marker}]")).Where(part => part is not null));
        return markers.Length == 0 || !spoken ? shown : shown + " " + string.Join(", ", new[] { value }.Concat(markers.Select(Meaning)).Where(part => part is not null));
    }

    private static string Meaning(string marker) => marker switch
    {
        "c" => "not shown, to protect people",
        "x" => "not available",
        "z" => "not applicable",
        "e" => "estimated",
        "p" => "provisional",
        _ => "revised",
    };

    private static string Number(decimal value) => value.ToString("#,0.#", CultureInfo.InvariantCulture);
}
