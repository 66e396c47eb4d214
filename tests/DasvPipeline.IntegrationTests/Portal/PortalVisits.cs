using System.Text;
using DasvPipeline.IntegrationTests.Site;
using Microsoft.Playwright;

namespace DasvPipeline.IntegrationTests.Portal;

/// <summary>Visits to the portal of a host, as a given principal.</summary>
internal static class PortalVisits
{
    /// <summary>Returns the header of a user called Someone with these roles.</summary>
    public static string As(params string[] roles) => Encoded(
        $$"""{"name_typ":"n","claims":[{{string.Join(',', roles.Select(role => $$"""{"typ":"roles","val":"{{role}}"}"""))}},{"typ":"n","val":"Someone"}]}""");

    public static string Encoded(string principal) => Convert.ToBase64String(Encoding.UTF8.GetBytes(principal));

    /// <param name="principal">Null for an anonymous visitor.</param>
    public static Task<Visit> VisitAsync(this Chromium chromium, string address, string? principal, bool hasScript = true, int height = 800) =>
        chromium.VisitAsync(address, new BrowserNewContextOptions
        {
            ViewportSize = new ViewportSize { Width = 1280, Height = height },
            JavaScriptEnabled = hasScript,
            ExtraHTTPHeaders = principal is null ? null : [new("X-MS-CLIENT-PRINCIPAL", principal)],
        });

    /// <inheritdoc cref="AssertUsableAsync(Visit, bool)" />
    public static async Task AssertUsableAsync(this Chromium chromium, string address, string principal, string page, int status = 200)
    {
        await using var visit = await chromium.VisitAsync(address, principal);
        var answer = await visit.Page.GotoAsync(address + page);
        Assert.Equal(status, answer!.Status);
        await visit.AssertUsableAsync(isRefused: status != 200);
    }

    /// <summary>Asserts that the page <see cref="PageAssertions.AssertPassesAsync">passes the page checks</see> and that a keyboard reaches all of it.</summary>
    /// <inheritdoc cref="PageAssertions.AssertPassesAsync" path="/param" />
    public static async Task AssertUsableAsync(this Visit visit, bool isRefused = false)
    {
        await visit.AssertPassesAsync(isRefused);
        await visit.Page.AssertReachedByKeyboardAsync();
    }
}
