using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;

namespace DasvPipeline.IntegrationTests.Site;

/// <summary>Assertions that every page must pass in each of its states.</summary>
internal static class PageAssertions
{
    /// <summary>A desktop screen at 100% and at 400%.</summary>
    private static readonly (int Width, int Height)[] Screens = [(1280, 1024), (320, 256)];

    /// <summary>Every rule runs. axe lists all elements that break one, and one that passes: listing them all takes longer than the check.</summary>
    private static readonly AxeRunOptions Options = new() { ResultTypes = [ResultType.Violations] };

    /// <summary>Asserts, at both screen sizes, that axe finds nothing, nothing overflows, and the console has no errors.</summary>
    /// <param name="isRefused">
    /// Whether a response of this visit was an error. The browser always writes these to the console.
    /// </param>
    public static async Task AssertPassesAsync(this Visit visit, bool isRefused = false)
    {
        foreach (var (width, height) in Screens)
        {
            await visit.Page.SetViewportSizeAsync(width, height);

            // Our pages have one frame. The method for several frames opens a second page for every run, and takes five times as long.
#pragma warning disable CS0618
            var found = await visit.Page.RunAxeLegacy(null, Options);
#pragma warning restore CS0618
            Assert.Empty(found.Violations.Select(one => $"{one.Id}: {one.Help} {string.Join(" | ", one.Nodes.Select(node => node.Html))}"));
            Assert.NotEmpty(found.Passes);
            Assert.Equal(width, await visit.Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth"));
        }

        Assert.DoesNotContain(visit.Faults, fault => !isRefused || !fault.StartsWith("Failed to load resource", StringComparison.Ordinal));
    }
}
