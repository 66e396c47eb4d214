using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using DasvPipeline.IntegrationTests.Local;
using Microsoft.Playwright;

namespace DasvPipeline.IntegrationTests.Site;

/// <summary>The page shows the figures of the feed and no others.</summary>
public sealed class FigureTests(ServedSamples served, Chromium chromium) : IClassFixture<ServedSamples>, IClassFixture<Chromium>
{
    private const string Markup = "<img src=x onerror=\"document.title='owned'\"><script>document.title='owned'</script> & \"quoted\"";

    [Theory]
    [InlineData("", "headlines.json")]
    [InlineData("?year=2018-19", "2018-19/headlines.json")]
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

    [Fact]
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

    [Fact]
    public async Task Another_year_is_chosen_without_script()
    {
        await using var visit = await chromium.VisitAsync(served.Site());
        await visit.OpenAsync();
        await visit.Page.SelectOptionAsync("#year", "2018-19");
        await visit.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Show this year" }).ClickAsync();
        await visit.SettleAsync();

        Assert.EndsWith("?year=2018-19", visit.Page.Url, StringComparison.Ordinal);
        Assert.Contains("April 2018 to March 2019", await visit.Page.Locator("#period").InnerTextAsync(), StringComparison.Ordinal);
        Assert.Equal("2018-19", await visit.Page.InputValueAsync("#year"));
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
        Assert.Contains("Not shown", await card.Locator(".site-card__value").InnerTextAsync(), StringComparison.Ordinal);
        Assert.Contains("hidden so that nobody can be recognised", await card.InnerTextAsync(), StringComparison.Ordinal);
        Assert.Contains("April to June 2019: not shown, to protect people", await card.Locator("svg").GetAttributeAsync("aria-label"), StringComparison.Ordinal);
        Assert.Equal(1, await card.Locator("svg .hidden").CountAsync());
    }

    private static async Task HoldsAsync(ILocator card, JsonElement headline)
    {
        var text = await card.InnerTextAsync();
        Assert.Contains(headline.GetProperty("title").GetString()!, text, StringComparison.Ordinal);
        Assert.Contains(headline.GetProperty("sentence").GetString()!, text, StringComparison.Ordinal);
        Assert.Contains(headline.GetProperty("formatted").GetString() ?? "No", await card.Locator(".site-card__value").InnerTextAsync(), StringComparison.Ordinal);
        Assert.All(headline.GetProperty("notes").EnumerateArray(), note => Assert.Contains(note.GetString()!, text, StringComparison.Ordinal));
        if (headline.GetProperty("change") is { ValueKind: JsonValueKind.Object } change)
        {
            Assert.Contains(Number(Math.Abs(change.GetProperty("absolute").GetDecimal())), await card.Locator(".site-card__aside").First.InnerTextAsync(), StringComparison.Ordinal);
        }

        var unit = headline.GetProperty("unit").GetString()!;
        var series = headline.GetProperty("series").EnumerateArray().ToList();
        if (series.Count > 1)
        {
            var expected = series.Select(point => Words(point, unit)).ToList();
            Assert.Equal(expected, (await card.Locator(".site-series td").AllInnerTextsAsync()).Select(Flat));
            Assert.Equal(series.Select(point => Words(point, unit, spoken: false)), await card.Locator("svg .value").AllTextContentsAsync());
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
