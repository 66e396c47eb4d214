using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace DasvPipeline.Tests.Site;

internal static class Axe
{
    /// <summary>Nothing on the page, as it is now, stands in the way of somebody: as far as a program can tell.</summary>
    public static async Task AssertNoBarrierAsync(this IPage page)
    {
        // A page of ours has one frame. The way for many opens a second page for every run, and takes five times as long.
#pragma warning disable CS0618
        var found = await page.RunAxeLegacy();
#pragma warning restore CS0618
        Assert.Empty(found.Violations.Select(one => $"{one.Id}: {one.Help} {string.Join(" | ", one.Nodes.Select(node => node.Html))}"));
        Assert.NotEmpty(found.Passes);
    }
}
