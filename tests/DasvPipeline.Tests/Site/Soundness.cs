using Deque.AxeCore.Playwright;

namespace DasvPipeline.Tests.Site;

internal static class Soundness
{
    /// <summary>A desk, and 400% of it.</summary>
    private static readonly int[] Widths = [1280, 320];

    /// <summary>What is shown now, at either width: axe finds nothing, nothing runs off the screen, and the console is silent.</summary>
    public static async Task AssertSoundAsync(this Visit visit)
    {
        foreach (var width in Widths)
        {
            await visit.Page.SetViewportSizeAsync(width, 800);

            // A page of ours has one frame. The way for many opens a second page for every run, and takes five times as long.
#pragma warning disable CS0618
            var found = await visit.Page.RunAxeLegacy();
#pragma warning restore CS0618
            Assert.Empty(found.Violations.Select(one => $"{one.Id}: {one.Help} {string.Join(" | ", one.Nodes.Select(node => node.Html))}"));
            Assert.NotEmpty(found.Passes);
            Assert.Equal(width, await visit.Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth"));
        }

        // The browser itself tells of every answer that is not a success, and nothing can keep it from that.
        Assert.DoesNotContain(visit.Faults, fault => !fault.StartsWith("Failed to load resource", StringComparison.Ordinal));
    }
}
