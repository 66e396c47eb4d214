using DasvPipeline.IntegrationTests.Local;
using DasvPipeline.Tests;
using Microsoft.Playwright;

namespace DasvPipeline.IntegrationTests.Site;

/// <summary>The page stays small and still: what it loads, and how far its parts move while it loads.</summary>
public sealed class BudgetTests(ServedSamples served, Chromium chromium) : IClassFixture<ServedSamples>, IClassFixture<Chromium>
{
    private const int MaxBytes = 150 * 1024;

    /// <summary>The limit of a good page. Source: web.dev, Cumulative Layout Shift.</summary>
    private const double MaxShift = 0.1;

    [LongTheory]
    [InlineData(1280, 800, false)]
    [InlineData(390, 844, false)]
    [InlineData(390, 844, true)]
    public async Task The_page_with_its_data_is_small_and_does_not_jump(int width, int height, bool isStatic)
    {
        await using var visit = await chromium.VisitAsync(served.Site(), new BrowserNewContextOptions { ViewportSize = new ViewportSize { Width = width, Height = height } });
        if (isStatic)
        {
            await visit.UseStaticPageAsync();
        }

        var loaded = new List<IResponse>();
        visit.Page.Response += (_, response) => loaded.Add(response);
        await visit.Page.AddInitScriptAsync("window.shift = 0; new PerformanceObserver((list) => { for (const entry of list.getEntries()) window.shift += entry.value; }).observe({ type: 'layout-shift', buffered: true });");
        await visit.OpenAsync();
        await Assertions.Expect(visit.Page.Locator("head script[type='application/ld+json']")).ToHaveCountAsync(1);

        var sizes = new List<(string Path, int Bytes)>();
        foreach (var response in loaded)
        {
            var size = await response.Request.SizesAsync();
            sizes.Add((new Uri(response.Url).AbsolutePath, size.ResponseBodySize));
        }

        Assert.All(loaded, response => Assert.Equal(new Uri(served.Root).Authority, new Uri(response.Url).Authority));
        Assert.True(sizes.Sum(size => size.Bytes) <= MaxBytes, string.Join('\n', sizes));
        var first = await visit.Page.Locator(".site-card__value").First.BoundingBoxAsync();
        Assert.True(first!.Y + first.Height <= height, FormattableString.Invariant($"The first figure ends at {first.Y + first.Height}."));
        var shift = await visit.Page.EvaluateAsync<double>("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(window.shift))))");
        Assert.True(shift <= MaxShift, FormattableString.Invariant($"{shift}; {string.Join('\n', sizes)}"));
    }
}
