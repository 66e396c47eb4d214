using Deque.AxeCore.Commons;

namespace DasvPipeline.IntegrationTests.Site;

/// <summary>Assertions that every page must pass in each of its states.</summary>
internal static class PageAssertions
{
    /// <summary>A desktop screen at 100% and at 400%.</summary>
    private static readonly (int Width, int Height)[] Screens = [(1280, 1024), (320, 256)];

    /// <summary>
    /// Every rule runs. axe lists all elements that break one, and one that passes: listing them all takes longer than the check. Our pages
    /// have one frame.
    /// </summary>
    private const string RunAxe = """
        async () => {
          const { violations, passes } = await axe.run(document, { resultTypes: ['violations'] });
          return [`${passes.length}`, ...violations.map((one) => `${one.id}: ${one.help} ${one.nodes.map((node) => node.html).join(' | ')}`)];
        }
        """;

    private static readonly string Axe = new BundledAxeScriptProvider().GetScript();

    /// <summary>Asserts, at both screen sizes, that axe finds nothing, nothing overflows, and the console has no errors.</summary>
    /// <param name="isRefused">
    /// Whether a response of this visit was an error. The browser always writes these to the console.
    /// </param>
    public static async Task AssertPassesAsync(this Visit visit, bool isRefused = false)
    {
        foreach (var (width, height) in Screens)
        {
            await visit.Page.SetViewportSizeAsync(width, height);

            // The script of axe is large, so a page gets it once.
            if (!await visit.Page.EvaluateAsync<bool>("() => 'axe' in window"))
            {
                await visit.Page.EvaluateAsync(Axe);
            }

            var found = await visit.Page.EvaluateAsync<string[]>(RunAxe);
            Assert.Empty(found[1..]);
            Assert.NotEqual("0", found[0]);
            Assert.Equal(width, await visit.Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth"));
        }

        Assert.DoesNotContain(visit.Faults, fault => !isRefused || !fault.StartsWith("Failed to load resource", StringComparison.Ordinal));
    }
}
