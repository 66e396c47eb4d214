using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Ports;
using DasvPipeline.IntegrationTests.Site;
using DasvPipeline.Tests;
using Microsoft.Playwright;
using static DasvPipeline.IntegrationTests.UseCases.SampleFiles;

namespace DasvPipeline.IntegrationTests.Portal.Status;

/// <summary>The manager's decisions on the pages, without script. Each test works in any state that another one leaves.</summary>
public sealed class DecisionPageTests(ManagersLaptop served, Chromium chromium) : IClassFixture<ManagersLaptop>, IClassFixture<Chromium>
{
    private const string Headlines = "/status/headlines?year=2019-20";
    private const string Disagreements = "/status/disagreements?year=2019-20";

    private static readonly Period Year = Period.FromYear(2019);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_disagreement_is_explained_or_dismissed_and_hostile_text_is_encoded()
    {
        await using var visit = await OpenAsync(Disagreements);
        var open = visit.Page.Locator("li[id^=disagreement]");
        Assert.Equal(1, await open.CountAsync());

        await open.First.Locator("summary").ClickAsync();
        await open.First.GetByRole(AriaRole.Button, new() { Name = "Explain" }).ClickAsync();
        Assert.StartsWith("Error: ", await visit.Page.TitleAsync(), StringComparison.Ordinal);
        Assert.Equal("Write why it is right, or dismiss it.", await visit.Page.Locator(".govuk-error-summary__list a").InnerTextAsync());
        Assert.Equal("disagreement-1-text", (await visit.Page.Locator(".govuk-error-summary__list a").GetAttributeAsync("href"))![1..]);

        await visit.Page.Locator("#disagreement-1-text").FillAsync(ManagersLaptop.Hostile);
        await open.First.GetByRole(AriaRole.Button, new() { Name = "Dismiss" }).ClickAsync();
        Assert.Equal("It is dismissed. We will not ask again unless the figures change.", await BannerAsync(visit));
        Assert.Equal(0, await open.CountAsync());
        Assert.Contains("&lt;script&gt;", await visit.Page.ContentAsync(), StringComparison.Ordinal);
        Assert.Equal(0, await visit.Page.Locator("main img").CountAsync());

        var explanation = Assert.Single((await served.Laptop.Returns.ReadExplanationsAsync(Year, Ct)).Values);
        Assert.Equal(("Dismissed: " + ManagersLaptop.Hostile, "Someone"), (explanation.Text, explanation.By?.Name));
    }

    [Fact]
    public async Task An_unexplained_query_links_to_its_return()
    {
        await using var visit = await OpenAsync(Disagreements);

        await visit.Page.Locator("summary", new() { HasText = "Referrals to the Sexual Assault Referral Centre" }).ClickAsync();
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Go to this return" }).ClickAsync();
        Assert.EndsWith("/returns/elms-sarc/referrals/2019-20-Q1", visit.Page.Url, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_manager_holds_and_releases_publishing_and_signs_off_and_reopens_a_year()
    {
        await using var visit = await OpenAsync(Headlines);
        Assert.Contains("from 371 to 771", await visit.Page.Locator("main").InnerTextAsync(), StringComparison.Ordinal);

        await PressAsync(visit, "Hold publishing");
        Assert.Equal("Give a reason for holding publishing.", await RefusalAsync(visit));
        Assert.Contains("Give a reason for holding publishing.", await visit.Page.Locator(".govuk-error-message").InnerTextAsync(), StringComparison.Ordinal);
        await visit.Page.Locator("#hold-reason").FillAsync(ManagersLaptop.Hostile);
        await PressAsync(visit, "Hold publishing");
        Assert.StartsWith("Publishing is on hold.", await BannerAsync(visit), StringComparison.Ordinal);
        Assert.Contains("<script>", await visit.Page.Locator(".govuk-inset-text").First.InnerTextAsync(), StringComparison.Ordinal);
        await PressAsync(visit, "Publish now");
        Assert.StartsWith("Someone put publishing on hold on ", await RefusalAsync(visit), StringComparison.Ordinal);
        await PressAsync(visit, "Release the hold");
        Assert.StartsWith("The hold is released.", await BannerAsync(visit), StringComparison.Ordinal);

        await PressAsync(visit, "Publish now");
        Assert.Equal("Release 2 is published.", await BannerAsync(visit));
        Assert.Contains("There is nothing to publish. All figures are published as they are.", await visit.Page.Locator("main").InnerTextAsync(), StringComparison.Ordinal);

        await PressAsync(visit, "Sign off the year");
        Assert.Equal("2019-20 is not ready to sign off. To sign it off anyway, give a reason.", await RefusalAsync(visit));
        Assert.Contains("has no accepted \"MARAC cases\" for July to September 2019.", await visit.Page.Locator(".govuk-error-summary").InnerTextAsync(), StringComparison.Ordinal);
        Assert.StartsWith("Error: ", await visit.Page.TitleAsync(), StringComparison.Ordinal);
        await visit.Page.Locator("#sign-off-reason").FillAsync("Agreed with the board.");
        await PressAsync(visit, "Sign off the year");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Confirm and sign off" }).WaitForAsync();
        Assert.Equal("Agreed with the board.", await visit.Page.Locator("#public-text").InnerTextAsync());
        Assert.Equal("2019-20 will be signed off. Its figures will be published as final.", await visit.Page.Locator("#effect").InnerTextAsync());
        Assert.Contains("has no accepted", await visit.Page.Locator("#open").InnerTextAsync(), StringComparison.Ordinal);
        Assert.Empty((await served.Laptop.Feed.ReadPublishQueueAsync(Ct)).Decisions.Years);
        await PressAsync(visit, "Confirm and sign off");
        Assert.StartsWith("2019-20 is signed off.", await BannerAsync(visit), StringComparison.Ordinal);
        Assert.True((await served.Laptop.Feed.ReadPublishQueueAsync(Ct)).Decisions.GetYear(Year)!.IsSignedOff);
        await served.Laptop.PublishAsync(Ct);

        await served.UploadAsync(MaracPath(1), Marac(372));
        await served.Laptop.Events.RaiseAsync((_, _) => Task.CompletedTask, Ct);
        await visit.Page.GotoAsync(served.Address + Headlines);
        Assert.Contains("version 1 is signed off, version 2 is the newest accepted.", await visit.Page.Locator("main").InnerTextAsync(), StringComparison.Ordinal);
        await visit.Page.Locator("#re-open-reason").FillAsync("A correction.");
        await PressAsync(visit, "Re-open the year");
        await PressAsync(visit, "Confirm and re-open");
        Assert.Equal("2019-20 is open again. Its final figures stay published, and readers will see that they are under review.", await BannerAsync(visit));
        Assert.Equal(Decisions.Empty.Hold, (await served.Laptop.Feed.ReadPublishQueueAsync(Ct)).Decisions.Hold);
    }

    [LongFact]
    public async Task The_answer_to_a_decision_is_accessible()
    {
        await using var visit = await served.VisitAsync(chromium, ManagersLaptop.Manager);
        await visit.Page.GotoAsync(served.Address + Headlines);
        await PressAsync(visit, "Hold publishing");
        Assert.Equal("Give a reason for holding publishing.", await RefusalAsync(visit));
        await visit.AssertUsableAsync(isRefused: true);
        await visit.Page.Locator("#hold-reason").FillAsync("Something is being looked at.");
        await PressAsync(visit, "Hold publishing");
        Assert.StartsWith("Publishing is on hold.", await BannerAsync(visit), StringComparison.Ordinal);
        await visit.AssertUsableAsync(isRefused: true);
        await PressAsync(visit, "Release the hold");
        Assert.StartsWith("The hold is released.", await BannerAsync(visit), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_link_from_another_site_shows_no_message_on_the_page()
    {
        await using var visit = await OpenAsync(Headlines + "&message=Call%200900%20123456");

        Assert.DoesNotContain("0900", await visit.Page.ContentAsync(), StringComparison.Ordinal);
        Assert.Equal(0, await visit.Page.Locator(".govuk-notification-banner").CountAsync());
    }

    private async Task<Visit> OpenAsync(string page)
    {
        var visit = await served.VisitAsync(chromium, ManagersLaptop.Manager, hasScript: false);
        await visit.Page.GotoAsync(served.Address + page);
        return visit;
    }

    private static Task PressAsync(Visit visit, string button) => visit.Page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();

    private static Task<string> BannerAsync(Visit visit) => visit.Page.Locator(".govuk-notification-banner__heading").InnerTextAsync(new() { Timeout = 5_000 });

    private static Task<string> RefusalAsync(Visit visit) => visit.Page.Locator(".govuk-error-summary__title").InnerTextAsync(new() { Timeout = 5_000 });
}
