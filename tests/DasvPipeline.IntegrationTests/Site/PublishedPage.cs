using DasvPipeline.IntegrationTests.UseCases;
using DasvPipeline.Local.Commands;
using Microsoft.Playwright;

namespace DasvPipeline.IntegrationTests.Site;

/// <summary>The public page as it shows the feed of a pipeline, at the time of the pipeline's clock.</summary>
/// <param name="Caption">The place and the period at the top.</param>
/// <param name="Status">The status of the figures.</param>
/// <param name="About">The lines about the status, the dates, and the note or reason.</param>
/// <param name="Cards">The sentence of each headline.</param>
/// <param name="History">The heading of each release, newest first, each with its lines.</param>
internal sealed record PublishedPage(string Caption, string Status, string About, IReadOnlyList<string> Cards, IReadOnlyList<string> History)
{
    private const string Root = "http://figures.example/";

    /// <param name="year">The year to choose; null for the year that readers see first.</param>
    public static async Task<PublishedPage> ReadAsync(Chromium chromium, Pipeline pipeline, string? year = null)
    {
        var files = await pipeline.PublicAsync();
        await using var visit = await chromium.VisitAsync(Root + "site/");
        await visit.Page.Clock.SetFixedTimeAsync(pipeline.Clock.GetUtcNow().UtcDateTime);
        await visit.Page.RouteAsync(Root + "**", route => AnswerAsync(route, files));
        await visit.OpenAsync(year is null ? "index.html" : $"index.html?year={year}");
        Assert.Empty(visit.Faults);
        return new PublishedPage(
            await visit.Page.Locator("#period").InnerTextAsync(),
            await visit.Page.Locator(".site-about .govuk-tag").InnerTextAsync(),
            await visit.Page.Locator("#figures > div").First.InnerTextAsync(),
            await visit.Page.Locator(".site-card__sentence").AllInnerTextsAsync(),
            await visit.Page.Locator(".site-release").AllInnerTextsAsync());
    }

    /// <summary>Answers as a static host does that has the page and the feed.</summary>
    private static Task AnswerAsync(IRoute route, SortedDictionary<string, (string Text, string ETag)> files)
    {
        var path = new Uri(route.Request.Url).AbsolutePath;
        var file = Path.Combine(LocalFolders.Repository, path.TrimStart('/'));
        if (path.StartsWith("/site/", StringComparison.Ordinal) && File.Exists(file))
        {
            return route.FulfillAsync(new() { Path = file });
        }

        return path.StartsWith("/feed/", StringComparison.Ordinal) && files.TryGetValue(path["/feed/".Length..], out var found)
            ? route.FulfillAsync(new() { Body = found.Text, ContentType = path.EndsWith(".atom", StringComparison.Ordinal) ? "application/atom+xml" : "application/json" })
            : route.FulfillAsync(new() { Status = 404 });
    }
}
