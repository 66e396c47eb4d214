using System.Text;
using DasvPipeline.Tests.Site;
using Microsoft.Playwright;

namespace DasvPipeline.Tests.Portal;

/// <summary>Visits to the portal of a host, as whoever the principal says.</summary>
internal static class PortalVisits
{
    private static readonly int[] Widths = [1280, 320];

    /// <summary>The header of somebody called Someone, with these roles.</summary>
    public static string As(params string[] roles) => Encoded(
        $$"""{"name_typ":"n","claims":[{{string.Join(',', roles.Select(role => $$"""{"typ":"roles","val":"{{role}}"}"""))}},{"typ":"n","val":"Someone"}]}""");

    public static string Encoded(string principal) => Convert.ToBase64String(Encoding.UTF8.GetBytes(principal));

    /// <param name="principal">Null for nobody.</param>
    public static Task<Visit> VisitAsync(this Chromium chromium, string address, string? principal, bool hasScript = true, int width = 1280, int height = 800) =>
        chromium.VisitAsync(address, new BrowserNewContextOptions
        {
            ViewportSize = new ViewportSize { Width = width, Height = height },
            JavaScriptEnabled = hasScript,
            ExtraHTTPHeaders = principal is null ? null : [new("X-MS-CLIENT-PRINCIPAL", principal)],
        });

    /// <inheritdoc cref="AssertSoundAsync(Visit)" />
    public static async Task AssertSoundAsync(this Chromium chromium, string address, string principal, string page, int status = 200)
    {
        await using var visit = await chromium.VisitAsync(address, principal);
        var answer = await visit.Page.GotoAsync(address + page);
        Assert.Equal(status, answer!.Status);
        await visit.AssertSoundAsync();
    }

    /// <summary>
    /// What is shown now, on a desk and at 400%: axe finds nothing and nothing runs off the screen; a keyboard reaches everything,
    /// and the console is silent.
    /// </summary>
    public static async Task AssertSoundAsync(this Visit visit)
    {
        foreach (var width in Widths)
        {
            await visit.Page.SetViewportSizeAsync(width, 800);
            await visit.Page.AssertNoBarrierAsync();
            Assert.True(await visit.Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth") <= width, $"{visit.Page.Url} is wider than {width}");
        }

        await visit.Page.AssertReachedByKeyboardAsync();

        // The browser itself tells of every answer that is not a success, and nothing can keep it from that.
        Assert.DoesNotContain(visit.Faults, fault => !fault.StartsWith("Failed to load resource", StringComparison.Ordinal));
    }
}
