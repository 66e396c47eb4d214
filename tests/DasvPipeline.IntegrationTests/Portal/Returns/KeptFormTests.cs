using DasvPipeline.IntegrationTests.Site;
using DasvPipeline.Tests;
using Microsoft.Playwright;

namespace DasvPipeline.IntegrationTests.Portal.Returns;

/// <summary>What a person has chosen or entered is not lost when it cannot be sent, and is sent once.</summary>
public sealed class KeptFormTests(AgencysLaptop served, Chromium chromium) : IClassFixture<AgencysLaptop>, IClassFixture<Chromium>
{
    private const string Marac = "/returns/idva-service/marac/2020-21-Q1";

    [LongFact]
    public async Task A_file_is_still_chosen_after_a_lost_connection_and_a_lost_role()
    {
        await using var visit = await served.VisitAsync(chromium, PortalVisits.As("agency:idva-service"));
        var page = visit.Page;
        var send = page.GetByRole(AriaRole.Button, new() { Name = "Send", Exact = true });
        var problem = page.Locator("[data-problem]");
        await page.GotoAsync(served.Address + Marac);
        await page.Locator("input[type=file]").SetInputFilesAsync(new FilePayload { Name = "marac.csv", MimeType = "text/csv", Buffer = "MARAC cases heard,372"u8.ToArray() });

        await page.RouteAsync("**" + Marac, route => route.Request.Method == "POST" ? route.AbortAsync() : route.ContinueAsync());
        await send.ClickAsync();
        await Assertions.Expect(problem).ToContainTextAsync("The connection was lost.");
        await page.UnrouteAllAsync();

        await page.Context.SetOfflineAsync(true);
        await send.ClickAsync();
        await Assertions.Expect(problem).ToContainTextAsync("There is no connection. Nothing was sent");
        await page.Context.SetOfflineAsync(false);

        // Somebody signs in with another role in another tab, and signs in again as before.
        await page.SetExtraHTTPHeadersAsync([new("X-MS-CLIENT-PRINCIPAL", PortalVisits.As("agency:elms-sarc"))]);
        await send.ClickAsync();
        await Assertions.Expect(problem).ToContainTextAsync("You do not have access any more. Nothing was sent");
        await page.SetExtraHTTPHeadersAsync([new("X-MS-CLIENT-PRINCIPAL", PortalVisits.As("manager"))]);
        await send.ClickAsync();
        await Assertions.Expect(problem).ToContainTextAsync("You are signed in as somebody else");
        await visit.AssertUsableAsync(isRefused: true);
        await page.SetExtraHTTPHeadersAsync([new("X-MS-CLIENT-PRINCIPAL", PortalVisits.As("agency:idva-service"))]);

        // Two presses at once send it once.
        var posts = 0;
        page.Request += (_, request) => posts += request.Method == "POST" ? 1 : 0;
        await send.EvaluateAsync("(button) => { button.click(); button.click(); }");
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("Accepted");
        Assert.Equal(1, posts);
    }

    [LongFact]
    public async Task Entered_figures_stay_on_the_page_after_a_lost_role()
    {
        await using var visit = await served.VisitAsync(chromium, PortalVisits.As("agency:idva-service"));
        var page = visit.Page;
        await page.GotoAsync(served.Address + "/returns/idva-service/marac/2020-21-Q2/figures");
        await page.Locator("input.govuk-input").FillAsync("368");
        await page.SetExtraHTTPHeadersAsync([new("X-MS-CLIENT-PRINCIPAL", PortalVisits.As("agency:elms-sarc"))]);
        await page.GetByRole(AriaRole.Button, new() { Name = "Send these figures" }).ClickAsync();
        await Assertions.Expect(page.Locator("[data-problem]")).ToContainTextAsync("You do not have access any more.");
        await Assertions.Expect(page.Locator("input.govuk-input")).ToHaveValueAsync("368");
        await page.SetExtraHTTPHeadersAsync([new("X-MS-CLIENT-PRINCIPAL", PortalVisits.As("agency:idva-service"))]);
        await page.GetByRole(AriaRole.Button, new() { Name = "Send these figures" }).ClickAsync();
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("Accepted");
    }
}
