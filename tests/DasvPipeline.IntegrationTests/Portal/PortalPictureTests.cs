using System.Text;
using DasvPipeline.IntegrationTests.Local;
using DasvPipeline.IntegrationTests.Site;
using DasvPipeline.Local.Commands;
using DasvPipeline.Tests;
using Microsoft.Playwright;

namespace DasvPipeline.IntegrationTests.Portal;

/// <summary>Regenerates the pictures of the portal from the samples, with DASV_REGENERATE=1. Look at them before committing them.</summary>
public sealed class PortalPictureTests(ServedSamples served, Chromium chromium) : IClassFixture<ServedSamples>, IClassFixture<Chromium>
{
    /// <summary>A file with errors, queries and notes.</summary>
    private const string WithFindings = """
        IDVA Referrals,Number
        City,lots
        East,20
        Fenland,-4
        Hunts,
        South,410
        Health,30 approx
        CYP,37
        A8,60
        Stalking,43
        Pboro,106

        Engagement,Number
        Engaged,76
        Repeats,186
        """;

    [LongTheory]
    [InlineData("portal-tasks", "/returns/idva-service?year=2019-20", 1100)]
    [InlineData("portal-return", "/returns/idva-service/idva/2019-20-Q1", 1300)]
    [InlineData("portal-checked", "/returns/idva-service/marac/2019-20-Q1", 1000)]
    [InlineData("portal-findings", "/returns/idva-service/idva/2019-20-Q2", 1900)]
    [InlineData("portal-wrong-form", "/returns/idva-service/marac/2019-20-Q1", 1000)]
    [InlineData("portal-answer", "/returns/idva-service/idva/2019-20-Q1/1", 1200)]
    [InlineData("portal-board", "/status?year=2019-20", 1300)]
    [InlineData("portal-disagreements", "/status/disagreements?year=2019-20", 1300)]
    [InlineData("portal-headlines", "/status/headlines?year=2019-20", 1500)]
    [InlineData("portal-chase", "/status/chase", 1000)]
    public async Task The_picture_of_a_page_is_taken(string name, string page, int height)
    {
        var file = Path.Combine(LocalFolders.Repository, "docs", "pictures", name + ".png");
        if (Environment.GetEnvironmentVariable("DASV_REGENERATE") == "1")
        {
            await using var visit = await chromium.VisitAsync(served.Root, PortalVisits.As(page.StartsWith("/status", StringComparison.Ordinal) ? "manager" : "agency:idva-service"), height: height);
            await visit.Page.GotoAsync(new Uri(new Uri(served.Root), page).ToString());
            if (name == "portal-checked")
            {
                await visit.Page.Locator("input[type=file]").SetInputFilesAsync(new FilePayload { Name = "MARAC Q1.csv", MimeType = "text/csv", Buffer = "MARAC cases heard,lots\r\n"u8.ToArray() });
                await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Check without sending" }).ClickAsync();
                await Assertions.Expect(visit.Page.Locator("h1")).ToHaveTextAsync("This file would be rejected");
            }

            if (name == "portal-findings")
            {
                await visit.Page.Locator("input[type=file]").SetInputFilesAsync(new FilePayload { Name = "IDVA Q2.csv", MimeType = "text/csv", Buffer = Encoding.UTF8.GetBytes(WithFindings) });
                await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Check without sending" }).ClickAsync();
                await Assertions.Expect(visit.Page.Locator("main")).ToContainTextAsync("Check these too");
            }

            if (name == "portal-wrong-form")
            {
                var other = await visit.Page.Context.APIRequest.GetAsync(new Uri(new Uri(served.Root), "/returns/idva-service/marac/2019-20-Q2/form").ToString());
                await visit.Page.Locator("input[type=file]").SetInputFilesAsync(new FilePayload { Name = "MARAC.xlsx", MimeType = "application/octet-stream", Buffer = await other.BodyAsync() });
                await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Check without sending" }).ClickAsync();
                await Assertions.Expect(visit.Page.GetByText("Go to the return that this form is for")).ToBeVisibleAsync();
            }

            await visit.Page.ScreenshotAsync(new PageScreenshotOptions { Path = file });
        }

        Assert.True(File.Exists(file), file);
    }
}
