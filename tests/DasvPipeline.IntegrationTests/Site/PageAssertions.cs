using Deque.AxeCore.Playwright;

namespace DasvPipeline.IntegrationTests.Site;

/// <summary>What every page of ours is, in each of its states.</summary>
internal static class PageAssertions
{
    /// <summary>A desk, and 400% of it.</summary>
    private static readonly (int Width, int Height)[] Screens = [(1280, 1024), (320, 256)];

    /// <summary>What is shown now, on either screen: axe finds nothing, nothing runs off it, and the console is silent.</summary>
    /// <param name="isRefused">
    /// Whether an answer of this visit was not a success. The browser itself tells the console of those, and nothing can keep it from that.
    /// </param>
    public static async Task AssertSoundAsync(this Visit visit, bool isRefused = false)
    {
        foreach (var (width, height) in Screens)
        {
            await visit.Page.SetViewportSizeAsync(width, height);

            // A page of ours has one frame. The way for many opens a second page for every run, and takes five times as long.
#pragma warning disable CS0618
            var found = await visit.Page.RunAxeLegacy();
#pragma warning restore CS0618
            Assert.Empty(found.Violations.Select(one => $"{one.Id}: {one.Help} {string.Join(" | ", one.Nodes.Select(node => node.Html))}"));
            Assert.NotEmpty(found.Passes);
            Assert.Equal(width, await visit.Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth"));
        }

        Assert.DoesNotContain(visit.Faults, fault => !isRefused || !fault.StartsWith("Failed to load resource", StringComparison.Ordinal));
    }
}
