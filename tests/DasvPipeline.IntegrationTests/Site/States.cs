using System.Text.Json.Nodes;
using DasvPipeline.IntegrationTests.Local;
using Microsoft.Playwright;

namespace DasvPipeline.IntegrationTests.Site;

/// <summary>Every state in which a visitor can see the pages.</summary>
internal static class States
{
    public static IReadOnlyList<string> All { get; } =
        ["loaded", "everything open", "an earlier year", "one year", "three years", "a year in progress", "hidden and provisional", "loading", "an earlier copy", "no feed", "no such year", "script off", "accessibility statement", "for other sites"];

    public static async Task<Visit> EnterAsync(string state, ServedSamples served, Chromium chromium, BrowserNewContextOptions? options = null)
    {
        var visit = await chromium.VisitAsync(served.Site(), options);
        switch (state)
        {
            case "everything open":
                await visit.OpenAsync();
                await visit.OpenAllDetailsAsync();
                break;
            case "an earlier year":
                await visit.OpenAsync("2018-19.html");
                break;
            case "one year":
                await visit.UseStaticPageAsync();
                await visit.ChangeAsync("index.json", index => index["years"]!.AsArray().RemoveAt(1));
                await visit.OpenAsync();
                break;
            case "three years":
                await visit.ChangeAsync("index.json", AddYear);
                await AddYearAsync(visit, served, document => HideYear(document));
                await visit.OpenAsync();
                await visit.OpenAllDetailsAsync();
                break;
            case "a year in progress":
                await visit.UseStaticPageAsync();
                await visit.ChangeAsync("index.json", AddYear);
                await AddYearAsync(visit, served, document => Begin(document));
                await visit.OpenAsync("?year=2020-21");
                break;
            case "hidden and provisional":
                await visit.ChangeAsync("headlines.json", Hide);
                await visit.OpenAsync();
                await visit.OpenAllDetailsAsync();
                break;
            case "loading":
                await visit.UseStaticPageAsync();
                await visit.Page.RouteAsync("**/feed/headlines.json", _ => Task.CompletedTask);
                await visit.Page.GotoAsync(served.Site());
                await visit.Page.GetByText("Loading the figures…").WaitForAsync();
                break;
            case "an earlier copy":
                await visit.UseStaticPageAsync();
                await visit.OpenAsync();
                await visit.CutFeedAsync();
                await visit.OpenAsync();
                break;
            case "no feed":
                await visit.UseStaticPageAsync();
                await visit.CutFeedAsync();
                await visit.OpenAsync();
                break;
            case "no such year":
                await visit.OpenAsync("?year=1999-00");
                break;
            case "script off":
                // As if script were off, but axe, which is a script, can still run.
                await visit.Page.RouteAsync("**/*.js", route => route.AbortAsync());
                await visit.Page.GotoAsync(served.Site());
                break;
            case "accessibility statement":
                await visit.OpenAsync("accessibility.html");
                break;
            case "for other sites":
                await visit.OpenAsync("embed.html");
                await visit.Page.Locator("#ids button").Last.WaitForAsync();
                await visit.Page.Locator("dasv-headlines .card").Last.WaitForAsync();
                await visit.Page.Locator("dasv-headline[chart=years] svg").WaitForAsync();
                break;
            default:
                await visit.OpenAsync();
                break;
        }

        return visit;
    }

    /// <summary>A year with hidden, revised, estimated and missing figures.</summary>
    public static void Hide(JsonNode document)
    {
        document["release"]!["status"] = "revised";
        document["release"]!["reason"] = "Peterborough's figures for sexual violence were corrected.";
        document["completeness"]!["missing"] = new JsonArray(new JsonObject
        {
            ["agency"] = "idva-service",
            ["agencyName"] = "IDVA Service",
            ["return"] = "idva-service/marac",
            ["returnTitle"] = "MARAC cases",
            ["period"] = "2019-20-Q4",
        });
        var hidden = document["headlines"]![0]!;
        (hidden["value"], hidden["formatted"], hidden["markers"]) = (null, null, new JsonArray("c"));
        (hidden["change"], hidden["previous"], hidden["sentence"]) = (null, null, "The number of referrals is not shown, to protect people.");
        Mark(hidden["series"]![0]!, null, "c");
        Mark(hidden["breakdowns"]![0]!["items"]![0]!, null, "c");
        var provisional = document["headlines"]![1]!;
        provisional["markers"] = new JsonArray("e", "p");
        Mark(provisional["series"]![3]!, null, "x");
        Mark(provisional["series"]![2]!, 371, "e");
    }

    private static void AddYear(JsonNode index) => index["years"]!.AsArray().Insert(0, new JsonObject { ["id"] = "2020-21", ["label"] = "April 2020 to March 2021", ["path"] = "2020-21/headlines.json", ["files"] = new JsonArray() });

    /// <summary>Serves a third year, made from the second.</summary>
    private static async Task AddYearAsync(Visit visit, ServedSamples served, Action<JsonNode> change)
    {
        var document = JsonNode.Parse((await served.ReadAsync("headlines.json")).GetRawText())!;
        document["period"] = new JsonObject { ["id"] = "2020-21", ["label"] = "April 2020 to March 2021" };
        foreach (var headline in document["headlines"]!.AsArray())
        {
            foreach (var point in headline!["series"]!.AsArray())
            {
                point!["period"] = point["period"]!.GetValue<string>().Replace("2019-20", "2020-21", StringComparison.Ordinal);
            }
        }

        change(document);
        await visit.Page.RouteAsync("**/feed/2020-21/headlines.json", route => route.FulfillAsync(new RouteFulfillOptions { ContentType = "application/json", Body = document.ToJsonString() }));
    }

    /// <summary>A year that hides its first headline, and has a break in another that has a figure in all years.</summary>
    private static void HideYear(JsonNode document)
    {
        Hide(document);
        document["headlines"]!.AsArray().Single(item => item!["id"]!.GetValue<string>() == "sarc-referrals")!["break"] =
            new JsonObject { ["period"] = "2020-21", ["note"] = "From April 2020, this includes referrals by telephone." };
    }

    /// <summary>A year of which only the first 2 quarters are over.</summary>
    private static void Begin(JsonNode document)
    {
        document["release"]!["stage"] = "in-progress";
        document["period"]!["label"] = "April to September 2020 so far";
        foreach (var headline in document["headlines"]!.AsArray())
        {
            (headline!["previous"], headline["change"], headline["sameMonths"], headline["markers"]) = (null, null, null, new JsonArray("p"));
            var series = headline["series"]!.AsArray();
            while (series.Count > 2)
            {
                series.RemoveAt(2);
            }
        }
    }

    private static void Mark(JsonNode point, int? value, string marker) => (point["value"], point["markers"]) = (value, new JsonArray(marker));
}
