using System.Text.RegularExpressions;
using DasvPipeline.Core.Ports;
using DasvPipeline.IntegrationTests.Local;
using DasvPipeline.IntegrationTests.Site;
using DasvPipeline.Local.Host;
using DasvPipeline.Tests;
using DasvPipeline.Tests.Catalogue;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Microsoft.Playwright;
using static DasvPipeline.IntegrationTests.UseCases.SampleFiles;

namespace DasvPipeline.IntegrationTests.Portal.Status;

/// <summary>The work of the manager with a keyboard only, with and without script: each story has as few presses as possible.</summary>
public sealed class ManagerStoryTests(Chromium chromium) : IClassFixture<Chromium>
{
    private const string Contact = "data@idva.example.org";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [LongTheory]
    [InlineData(true, 1280)]
    [InlineData(false, 390)]
    public async Task A_manager_chases_extends_waives_explains_and_compares_with_a_keyboard(bool hasScript, int width)
    {
        await using var laptop = await StartAsync();
        var address = laptop.Address.ToString().TrimEnd('/');
        await SendAsync(laptop, MaracPath(1), Marac(371));
        await SendAsync(laptop, VawgPath, Vawg);
        await using var visit = await chromium.VisitAsync(address, new BrowserNewContextOptions
        {
            ViewportSize = new ViewportSize { Width = width, Height = 900 },
            JavaScriptEnabled = hasScript,
            ExtraHTTPHeaders = [new("X-MS-CLIENT-PRINCIPAL", ManagersLaptop.Manager)],
        });
        var (page, presses) = (visit.Page, 0);
        var main = page.Locator("main");

        // From the first page to all overdue reminded: 2 presses.
        await page.GotoAsync(address + "/status");
        await PressAsync(page.GetByRole(AriaRole.Link, new() { Name = "Chase list", Exact = true }));
        await PressAsync(page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("^Remind of all that is overdue") }));
        await Assertions.Expect(main).ToContainTextAsync("We have written reminders of");
        await Assertions.Expect(main).ToContainTextAsync("have no contact with an e-mail address");
        Assert.Equal(2, presses);
        var message = Assert.Single(await laptop.Services.GetRequiredService<IMessageStore>().ReadAsync(null, Ct), stored => stored.Message.Body.Contains("MARAC cases, July to September 2019", StringComparison.Ordinal));
        Assert.Equal(Contact, message.Message.To);

        // Some agencies: none is refused with its reason, and then one is chosen with the space bar.
        await PressAsync(page.GetByRole(AriaRole.Button, new() { Name = "Remind the chosen agencies" }));
        await Assertions.Expect(page.Locator(".govuk-error-summary")).ToContainTextAsync("Choose at least one agency.");
        await page.Locator("#choose-idva-service").FocusAsync();
        await page.Keyboard.PressAsync("Space");
        await PressAsync(page.GetByRole(AriaRole.Button, new() { Name = "Remind the chosen agencies" }));
        await Assertions.Expect(main).ToContainTextAsync("to 1 agency.");

        // From a mark of the board, a return is extended: 3 presses.
        presses = 0;
        await page.GotoAsync(address + "/status?year=2019-20");
        await PressAsync(page.GetByRole(AriaRole.Link, new() { NameRegex = new Regex("^MARAC cases, 2019-20-Q3: Overdue, by ") }));
        await PressAsync(page.GetByRole(AriaRole.Link, new() { Name = "Extend the due date" }));
        await TypeAsync("#day", "15 August 2020");
        await TypeAsync("#reason", "The system is down.");
        await PressAsync(page.GetByRole(AriaRole.Button, new() { Name = "Extend the due date" }));
        await Assertions.Expect(main).ToContainTextAsync("This return is now due on 15 August 2020.");
        Assert.Equal(3, presses);

        // From the chase list, a return is waived: it opens, and 2 presses.
        presses = 0;
        await page.GotoAsync(address + "/status/chase?year=2019-20");
        await PressAsync(page.Locator("#elms-sarc summary"));
        await PressAsync(page.GetByRole(AriaRole.Link, new() { NameRegex = new Regex("^Waive Referrals to the Sexual Assault Referral Centre, April to June 2019") }));
        await TypeAsync("#reason", "It was closed.");
        await PressAsync(page.GetByRole(AriaRole.Button, new() { Name = "Waive this return" }));
        await Assertions.Expect(main).ToContainTextAsync("This return is waived.");
        Assert.Equal(3, presses);

        // A disagreement is explained: 2 presses.
        presses = 0;
        await page.GotoAsync(address + "/status/disagreements?year=2019-20");
        await PressAsync(page.Locator("#disagreement-1 summary"));
        await TypeAsync("#disagreement-1-text", "The project counts so.");
        await PressAsync(page.GetByRole(AriaRole.Button, new() { Name = "Explain", Exact = true }));
        await Assertions.Expect(page.Locator("#explained-1 .govuk-tag")).ToHaveTextAsync("Explained");
        Assert.Equal(2, presses);

        // Last year is next to this year: 1 press. The search stays in the address.
        presses = 0;
        await page.GotoAsync(address + "/status?year=2019-20&search=idva");
        await PressAsync(page.GetByRole(AriaRole.Link, new() { Name = "Compare with last year" }));
        await Assertions.Expect(page.Locator(".portal-grid__year")).ToHaveTextAsync(["2019-20", "2018-19"]);
        await Assertions.Expect(page.GetByLabel("Name", new() { Exact = true })).ToHaveValueAsync("idva");
        Assert.Equal(1, presses);
        Assert.DoesNotContain(visit.Faults, fault => !fault.StartsWith("Failed to load resource", StringComparison.Ordinal));
        if (hasScript)
        {
            await AssertOpenStatesPassAsync(visit, address);
        }

        async Task PressAsync(ILocator control)
        {
            presses++;
            await control.FocusAsync();
            await page.Keyboard.PressAsync("Enter");
        }

        async Task TypeAsync(string field, string text)
        {
            await page.Locator(field).FocusAsync();
            await page.Keyboard.TypeAsync(text);
        }
    }

    /// <summary>Asserts that open rows, the actions on a return and the marks pass the page checks, also in forced colours.</summary>
    private static async Task AssertOpenStatesPassAsync(Visit visit, string address)
    {
        foreach (var path in new[] { "/status/chase?year=2019-20", "/status/disagreements?year=2019-20", "/returns/idva-service/marac/2019-20-Q4" })
        {
            await visit.Page.GotoAsync(address + path);
            await visit.OpenAllDetailsAsync();
            await visit.AssertPassesAsync(isRefused: true);
        }

        await visit.Page.EmulateMediaAsync(new() { ForcedColors = ForcedColors.Active });
        foreach (var path in new[] { "/status/chase?year=2019-20", "/status/disagreements?year=2019-20", "/status/timeliness", "/status/audit", "/status/guide", "/status?year=2019-20&with=last" })
        {
            await visit.Page.GotoAsync(address + path);
            await visit.AssertPassesAsync(isRefused: true);
        }

        Assert.NotEqual("rgba(0, 0, 0, 0)", await visit.Page.Locator("a.portal-mark--overdue").First.EvaluateAsync<string>("(mark) => getComputedStyle(mark).borderTopColor"));
    }

    private static async Task<LaptopHost> StartAsync() => await LaptopHost.StartAsync(
        null,
        ServedLaptop.FreePort(),
        new FakeTimeProvider(new DateTimeOffset(2020, 6, 1, 12, 0, 0, TimeSpan.Zero)),
        Ct,
        catalogue: TestCatalogue.Shipped.Change("agencies.yaml", "{ id: idva-service, name: IDVA Service }", $"{{ id: idva-service, name: IDVA Service, contacts: [{{ role: Data team, email: {Contact} }}] }}"));

    private static async Task SendAsync(LaptopHost laptop, string path, string content)
    {
        await laptop.Account.GetBlobContainerClient("returns").GetBlobClient(path).UploadAsync(BinaryData.FromString(content), overwrite: true, Ct);
        await laptop.Events.RaiseAsync((_, _) => Task.CompletedTask, Ct);
    }
}
