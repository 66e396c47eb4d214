using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using DasvPipeline.IntegrationTests.Site;
using DasvPipeline.Tests;
using DasvPipeline.Tests.Ingest.Forms;
using DasvPipeline.Tests.Ingest.Reading;
using Microsoft.Playwright;

namespace DasvPipeline.IntegrationTests.Portal.Returns;

/// <summary>The pages of an agency, and the path of a return through them.</summary>
public sealed class ReturnPageTests(AgencysLaptop served, Chromium chromium) : IClassFixture<AgencysLaptop>, IClassFixture<Chromium>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>The pages of an agency. The small share has a fifth of them.</summary>
    public static TheoryData<string> Pages =>
    [
        .. TestShare.OneIn(5, 1, new[]
        {
            "/returns", "/returns/idva-service", "/returns/idva-service?year=2019-20", AgencysLaptop.Accepted, AgencysLaptop.Accepted + "/1", AgencysLaptop.Accepted + "/2",
            AgencysLaptop.Queried + "/1", "/returns/idva-service/marac/2019-20-Q2", "/sign-in", "/accessibility",
        }),
    ];

    [Theory]
    [MemberData(nameof(Pages))]
    public Task A_page_is_accessible(string page) => chromium.AssertUsableAsync(served.Address, PortalVisits.As("manager"), page);

    /// <summary>
    /// Follows a return from due to public: the form, a wrong file, a corrected file as the page advises, accepted and
    /// published. With script the test fills in the form. Without script it sends a plain list.
    /// </summary>
    [LongTheory]
    [InlineData(true, "2019-20-Q2", 354)]
    [InlineData(false, "2019-20-Q4", 355)]
    public async Task A_return_goes_from_due_to_the_public_page(bool hasScript, string period, int heard)
    {
        const string Year = "2019-20";
        var page = $"/returns/idva-service/marac/{period}";
        await using var manager = await served.VisitAsync(chromium, PortalVisits.As("manager"), hasScript);
        await using var agency = await served.VisitAsync(chromium, PortalVisits.As("agency:idva-service"), hasScript);

        await manager.Page.GotoAsync($"{served.Address}/status?year={Year}&agency=idva-service");
        await Assertions.Expect(manager.Page.Locator($"a[href='{page}']")).ToHaveAttributeAsync("aria-label", new Regex("Overdue"));

        await agency.Page.GotoAsync($"{served.Address}/returns/idva-service?year={Year}");
        await agency.Page.Locator($"a[href='{page}']").ClickAsync();
        var form = await agency.Page.RunAndWaitForDownloadAsync(() => agency.Page.GetByRole(AriaRole.Button, new() { Name = "Download the form" }).ClickAsync());
        Assert.Equal($"idva-service marac {period}.xlsx", form.SuggestedFilename);
        var (name, cell, fill) = hasScript ? await FormAsync(form, period) : ("marac.csv", "Cell B1", OfList);

        await agency.Page.GetByRole(AriaRole.Button, new() { Name = "Send", Exact = true }).ClickAsync();
        await Assertions.Expect(agency.Page.Locator(".govuk-error-summary")).ToContainTextAsync("Choose a file first.");

        await ChooseAsync(agency.Page, "<script>alert(1)</script>.csv", OfList("lots"));
        await agency.Page.GetByRole(AriaRole.Button, new() { Name = "Check without sending" }).ClickAsync();
        await Assertions.Expect(agency.Page.Locator("h1")).ToHaveTextAsync("This file would be rejected");

        await ChooseAsync(agency.Page, "MARAC <b> " + name, fill("lots"));
        await agency.Page.GetByRole(AriaRole.Button, new() { Name = "Send", Exact = true }).ClickAsync();
        await Assertions.Expect(agency.Page.Locator("h1")).ToContainTextAsync("Rejected");
        await Assertions.Expect(agency.Page.Locator("main")).ToContainTextAsync("We have no accepted figures for this return yet.");
        await Assertions.Expect(agency.Page.Locator(".govuk-error-summary__list")).Not.ToContainTextAsync("is not a number");
        await agency.Page.Locator(".govuk-error-summary__list a").ClickAsync();
        await Assertions.Expect(agency.Page.Locator("#error-1")).ToContainTextAsync(cell);
        await Assertions.Expect(agency.Page.Locator("#error-1")).ToContainTextAsync("\"lots\" is not a number");
        await Assertions.Expect(agency.Page.Locator("#error-1")).ToContainTextAsync("MARAC cases heard");
        await Assertions.Expect(agency.Page.GetByText(hasScript ? "Download your workbook with these cells marked" : "Download the list of findings")).ToBeVisibleAsync();

        await ChooseAsync(agency.Page, name, fill(heard.ToString(CultureInfo.InvariantCulture)));
        await agency.Page.GetByRole(AriaRole.Button, new() { Name = "Send", Exact = true }).ClickAsync();
        await Assertions.Expect(agency.Page.Locator("h1")).ToHaveTextAsync("Accepted");
        await Assertions.Expect(agency.Page.Locator("main")).ToContainTextAsync(heard.ToString(CultureInfo.InvariantCulture));

        await manager.Page.GotoAsync($"{served.Address}/status?year={Year}&agency=idva-service");
        await Assertions.Expect(manager.Page.Locator($"a[href='{page}']")).ToHaveAttributeAsync("aria-label", new Regex("Accepted"));
        await manager.Page.GotoAsync($"{served.Address}/status/headlines?year={Year}");
        await manager.Page.GetByRole(AriaRole.Button, new() { Name = "Publish now" }).ClickAsync();
        await Assertions.Expect(manager.Page.Locator("main")).ToContainTextAsync("is published");

        using var client = new HttpClient();
        using var feed = JsonDocument.Parse(await client.GetStringAsync($"{served.Address}/feed/{Year}/headlines.json", Ct));
        var point = feed.RootElement.GetProperty("headlines").EnumerateArray().Single(headline => headline.GetProperty("id").GetString() == "marac-cases")
            .GetProperty("series").EnumerateArray().Single(point => point.GetProperty("period").GetString() == period);
        Assert.Equal(heard, point.GetProperty("value").GetInt32());
        Assert.DoesNotContain(agency.Faults.Concat(manager.Faults), fault => !fault.StartsWith("Failed to load resource", StringComparison.Ordinal));
    }

    [LongFact]
    public async Task An_explained_query_is_not_raised_again()
    {
        await using var visit = await served.VisitAsync(chromium, PortalVisits.As("agency:elms-sarc"));
        await visit.Page.GotoAsync(served.Address + AgencysLaptop.Queried + "/1");
        await visit.Page.Locator("#query-1 textarea").FillAsync("The clinic was closed. <b>&");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Save the explanation" }).ClickAsync();

        await Assertions.Expect(visit.Page.Locator(".govuk-notification-banner")).ToContainTextAsync("will not ask this again");
        await Assertions.Expect(visit.Page.Locator("#query-1")).ToContainTextAsync("Explained: The clinic was closed. <b>&");
        Assert.Equal(0, await visit.Page.Locator("#query-1 textarea").CountAsync());
    }

    [Fact]
    public async Task A_correction_shows_the_agency_what_changed_and_only_the_manager_the_new_headlines()
    {
        const string Page = "/returns/elms-sarc/referrals/2018-19-Q1";
        using var agency = served.Client(PortalVisits.As("agency:elms-sarc"));
        var token = await AgencysLaptop.TokenOfAsync(agency, Page);
        foreach (var (over, under) in new[] { ("60", "20"), ("51", "") })
        {
            using var sent = await AgencysLaptop.PostFileAsync(agency, Page, "sarc.csv", Encoding.UTF8.GetBytes($"Referrals to SARC over 18s,{over}\r\nReferrals to SARC under 18s,{under}\r\n"), token);
            Assert.Equal(HttpStatusCode.SeeOther, sent.StatusCode);
        }

        using var manager = served.Client(PortalVisits.As("manager"));
        var (own, all) = (await agency.GetStringAsync(Page + "/2", Ct), await manager.GetStringAsync(Page + "/2", Ct));
        Assert.Contains("What changed since version 1", own, StringComparison.Ordinal);
        Assert.Contains("changes with it", own, StringComparison.Ordinal);
        Assert.DoesNotContain("moves from", own + await agency.GetStringAsync(Page + "/2/marked", Ct), StringComparison.Ordinal);
        Assert.Contains("moves from", all, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_too_large_is_refused_with_a_clear_message()
    {
        using var client = served.Client(PortalVisits.As("agency:idva-service"));
        var token = await AgencysLaptop.TokenOfAsync(client, AgencysLaptop.Accepted);
        using var answer = await AgencysLaptop.PostFileAsync(client, AgencysLaptop.Accepted, "big.csv", new byte[(10 * 1024 * 1024) + 1], token);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("The file is larger than 10 MB.", await answer.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
    }

    [LongFact]
    public async Task On_a_laptop_a_user_signs_in_by_choosing_a_role()
    {
        await using var visit = await served.VisitAsync(chromium, principal: null);
        await visit.Page.GotoAsync(served.Address + "/returns/idva-service");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "IDVA Service" }).ClickAsync();
        await Assertions.Expect(visit.Page.Locator("h1")).ToHaveTextAsync("Your returns");

        await visit.Page.GotoAsync(served.Address + "/status");
        await Assertions.Expect(visit.Page.Locator("h1")).ToHaveTextAsync("You do not have access to this page");
        await visit.Page.GetByText("Sign out").ClickAsync();
        await Assertions.Expect(visit.Page.Locator("h1")).ToHaveTextAsync("Sign in");
    }

    /// <summary>Returns the cell of the only figure in the downloaded form, as the page names it, and the form with a value there.</summary>
    private static async Task<(string Name, string Cell, Func<string, byte[]> Fill)> FormAsync(IDownload download, string period)
    {
        var blank = await File.ReadAllBytesAsync(await download.PathAsync(), Ct);
        var filled = await Examine.FileAsync("idva-service/marac", period, FilledForms.Fill(Examine.Form("idva-service/marac"), blank), "form.xlsx");
        var cell = Assert.Single(filled.Observations).Cell;
        return (download.SuggestedFilename, $"cell {cell.Address}", text => FilledForms.Type(blank, text, [cell]));
    }

    private static byte[] OfList(string cases) => Encoding.UTF8.GetBytes($"MARAC cases heard,{cases}\r\n");

    private static Task ChooseAsync(IPage page, string name, byte[] content) =>
        page.Locator("input[type=file]").SetInputFilesAsync(new FilePayload { Name = name, MimeType = "application/octet-stream", Buffer = content });
}
