using DasvPipeline.Core.Ports;
using DasvPipeline.IntegrationTests.Local;
using DasvPipeline.IntegrationTests.Site;
using DasvPipeline.Local.Host;
using DasvPipeline.Tests;
using Microsoft.Extensions.Time.Testing;
using Microsoft.Playwright;
using static DasvPipeline.IntegrationTests.UseCases.SampleFiles;

namespace DasvPipeline.IntegrationTests.Portal.Status;

/// <summary>A quarter's release, from the sign-in to its publication. The pages say at each step what is, and not what will be.</summary>
public sealed class ReleaseStoryTests(Chromium chromium) : IClassFixture<Chromium>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [LongFact]
    public async Task A_release_is_approved_with_a_keyboard_in_3_presses_after_what_changes_was_seen_and_every_state_says_what_is()
    {
        // The day on which the returns of April to June were due. The release is 5 working days later.
        var clock = new FakeTimeProvider(new DateTimeOffset(2020, 7, 28, 12, 0, 0, TimeSpan.Zero));
        await using var laptop = await LaptopHost.StartAsync(null, ServedLaptop.FreePort(), clock, Ct, settings: new Dictionary<string, string?> { ["PublishMode"] = "scheduled" });
        await SendAsync(laptop, MaracPath(1), 371);
        var address = laptop.Address.ToString().TrimEnd('/');
        await using var visit = await chromium.VisitAsync(address, new BrowserNewContextOptions { ViewportSize = new ViewportSize { Width = 390, Height = 844 } });
        var page = visit.Page;

        // Signs in, and is on the start page.
        await page.GotoAsync(address + "/sign-in");
        await page.TabToAsync("button[value='manager']");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("What needs doing today");
        await Assertions.Expect(page.Locator("#decide")).ToContainTextAsync("The next release is not approved: Figures for April to June 2020, 4 August 2020 at 9:30am. 1 return has changed since the last release.");
        await visit.AssertUsableAsync();

        // 390 pixels wide, and only with the keyboard: sees what changes, approves, and confirms.
        await page.SetViewportSizeAsync(390, 844);
        await ApproveAsync(page, "If you approve it, we will publish on 4 August 2020 at 9:30am:", "April 2019 to March 2020: provisional figures, for the first time.");
        await Assertions.Expect(page.Locator(".govuk-notification-banner__heading")).ToHaveTextAsync("The release is approved. It will be published on 4 August 2020 at 9:30am. Figures that arrive after now wait for the next release.");
        Assert.Equal("The manager", (await laptop.Feed.ReadPublishQueueAsync(Ct)).Approval!.By.Name);

        // Approved: what was approved is shown, and not what came later.
        await SendAsync(laptop, MaracPath(2), 400);
        await page.GotoAsync(address + "/status/headlines?year=2019-20");
        Assert.Equal("Not published", await page.Locator(".govuk-caption-l").InnerTextAsync());
        await Assertions.Expect(page.Locator("#will-publish")).ToHaveTextAsync("It is approved, and we will publish on 4 August 2020 at 9:30am:");
        await Assertions.Expect(page.Locator("#later")).ToHaveTextAsync("1 return changed after the approval. It waits for the release after this one, unless you approve it again.");
        await visit.AssertUsableAsync();
        clock.SetUtcNow(new DateTimeOffset(2020, 8, 4, 9, 0, 0, TimeSpan.Zero));
        await laptop.PublishAsync(Ct);

        // Signed off, and not published: nothing says that it is final.
        clock.SetUtcNow(new DateTimeOffset(2020, 10, 28, 12, 0, 0, TimeSpan.Zero));
        Assert.True((await laptop.DecideAsync((decide, by) => decide.SignOffAsync(Core.Domain.Period.FromYear(2019), by, "All there is.", publishesNumbers: false, Ct), Ct)).IsDone);
        await page.GotoAsync(address + "/status/headlines?year=2019-20");
        Assert.Equal("Published as provisional in release 1. Signed off, and not published as final yet", await page.Locator(".govuk-caption-l").InnerTextAsync());
        Assert.Equal("No return of the year has changed since.", await page.Locator("#nothing-to-sign-off").InnerTextAsync());
        await page.GotoAsync(address + "/status/report?year=2019-20");
        Assert.Equal("Published in release 1. Readers see: “Provisional: these figures may change”.", await page.Locator("#published").InnerTextAsync());
        Assert.Equal("If we published it now, readers would see: “Final figures”.", await page.Locator("#stage").InnerTextAsync());

        // 1280 pixels wide: the same 3 presses, and the figure that changes is seen before.
        await page.SetViewportSizeAsync(1280, 1024);
        await page.GotoAsync(address + "/status/start");
        await ApproveAsync(page, "If you approve it, we will publish on 4 November 2020 at 9:30am:", "April 2019 to March 2020: final figures. 1 headline changes.");
        clock.SetUtcNow(new DateTimeOffset(2020, 11, 4, 10, 0, 0, TimeSpan.Zero));
        await laptop.PublishAsync(Ct);
        await page.GotoAsync(address + "/status/headlines?year=2019-20");
        Assert.Equal("Published as final in release 2", await page.Locator(".govuk-caption-l").InnerTextAsync());
        await Assertions.Expect(page.Locator("#will-publish")).ToHaveTextAsync("The release of 5 February 2021 at 9:30am will change nothing, as the figures are now. No release will be made.");

        // Held: the start page says it first, and frees it with one press.
        Assert.True((await laptop.DecideAsync((decide, by) => decide.HoldAsync(by, "Something is looked at.", Ct), Ct)).IsDone);
        await page.GotoAsync(address + "/status/start");
        await Assertions.Expect(page.Locator(".portal-today h2").First).ToHaveTextAsync("Free what is stuck");
        await page.EmulateMediaAsync(new() { ForcedColors = ForcedColors.Active });
        await visit.AssertUsableAsync();
        await page.TabToAsync("button[value='release-hold']");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator(".govuk-notification-banner__heading")).ToHaveTextAsync("The hold is released. Nothing will be published until you approve the next release.");
    }

    /// <summary>Approves from the start page: a link, a button and a confirmation.</summary>
    /// <param name="when">What the pages say about the time.</param>
    /// <param name="what">What the pages say about the year.</param>
    private static async Task ApproveAsync(IPage page, string when, string what)
    {
        await page.TabToAsync("#approve-link");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator("#will-publish")).ToHaveTextAsync(when);
        await Assertions.Expect(page.Locator("#years")).ToContainTextAsync(what);
        await page.TabToAsync("button[value='approve']");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("Approve the next release?");
        await Assertions.Expect(page.Locator("#years")).ToContainTextAsync(what);
        await page.TabToAsync("button[value='approve']");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator("#approval")).ToContainTextAsync("The manager approved the release");
    }

    private static async Task SendAsync(LaptopHost laptop, string path, int cases)
    {
        await laptop.Account.GetBlobContainerClient("returns").GetBlobClient(path).UploadAsync(BinaryData.FromString(Marac(cases)), overwrite: true, Ct);
        await laptop.Events.RaiseAsync((_, _) => Task.CompletedTask, Ct);
    }
}

internal static class LaptopDecisions
{
    /// <summary>Makes a decision as the manager, in a run of its own.</summary>
    public static async Task<Core.Domain.Outcome> DecideAsync(this LaptopHost laptop, Func<Core.Publish.DecideRelease, Person, Task<Core.Domain.Outcome>> decide, CancellationToken ct)
    {
        await using var scope = await laptop.Services.OpenScopeAsync("Decide", ct);
        return await decide((Core.Publish.DecideRelease)scope.ServiceProvider.GetService(typeof(Core.Publish.DecideRelease))!, new Person("account-7", "Sam"));
    }
}
