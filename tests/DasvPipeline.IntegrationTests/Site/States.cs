using System.Text.Json.Nodes;
using DasvPipeline.IntegrationTests.Local;
using Microsoft.Playwright;

namespace DasvPipeline.IntegrationTests.Site;

/// <summary>Every state in which a visitor can see the pages.</summary>
internal static class States
{
    public static IReadOnlyList<string> All { get; } =
        ["loaded", "everything open", "an earlier year", "hidden and provisional", "loading", "an earlier copy", "no feed", "no such year", "script off", "accessibility statement"];

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
                await visit.OpenAsync("?year=2018-19");
                break;
            case "hidden and provisional":
                await visit.ChangeAsync("headlines.json", Hide);
                await visit.OpenAsync();
                await visit.OpenAllDetailsAsync();
                break;
            case "loading":
                await visit.Page.RouteAsync("**/feed/headlines.json", _ => Task.CompletedTask);
                await visit.Page.GotoAsync(served.Site());
                await visit.Page.GetByText("Loading the figures…").WaitForAsync();
                break;
            case "an earlier copy":
                await visit.OpenAsync();
                await visit.CutFeedAsync();
                await visit.OpenAsync();
                break;
            case "no feed":
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

    private static void Mark(JsonNode point, int? value, string marker) => (point["value"], point["markers"]) = (value, new JsonArray(marker));
}
