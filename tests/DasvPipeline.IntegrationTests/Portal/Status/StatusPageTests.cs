using System.Net;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Oversight.Board;
using DasvPipeline.Core.Ports;
using DasvPipeline.IntegrationTests.Site;
using DasvPipeline.Tests;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using static DasvPipeline.IntegrationTests.UseCases.SampleFiles;

namespace DasvPipeline.IntegrationTests.Portal.Status;

/// <summary>The manager's pages: who has access, accessibility, and any screen size.</summary>
public sealed class StatusPageTests(ManagersLaptop served, Chromium chromium) : IClassFixture<ManagersLaptop>, IClassFixture<Chromium>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static TheoryData<string> Pages =>
    [
        "/status", "/status?year=2019-20&agency=idva-service&state=received", "/status?year=2018-19&state=received", "/status/disagreements", "/status/disagreements?year=2018-19",
        "/status/headlines", "/status/headlines?year=2018-19", "/status/headlines/marac-cases?period=2019-20", "/status/chase", "/status/chase?year=2019-20", "/status?year=2019-20&with=last&rows=agency&sort=urgent&search=idva", "/status/timeliness?measure=versions", "/status/timeliness?agency=idva-service",
        "/status/report", "/status/report?year=2017-18",
    ];

    /// <summary>A page with each content. The small share checks an eighth of them.</summary>
    public static TheoryData<string> CheckedPages => [.. TestShare.OneIn(8, 1, Pages.Select(page => page.Data))];

    [Theory]
    [MemberData(nameof(CheckedPages))]
    public Task A_page_is_accessible(string page) => chromium.AssertUsableAsync(served.Address, ManagersLaptop.Manager, page);

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task A_page_is_for_the_manager_only_and_is_not_cached(string page)
    {
        using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false });
        using var manager = await GetAsync(client, page, ManagersLaptop.Manager);
        using var agency = await GetAsync(client, page, ManagersLaptop.Agency);
        using var nobody = await GetAsync(client, page, null);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Forbidden, HttpStatusCode.SeeOther), (manager.StatusCode, agency.StatusCode, nobody.StatusCode));
        Assert.Equal("/sign-in?from=" + Uri.EscapeDataString(page), nobody.Headers.Location!.OriginalString);
        Assert.All(new[] { manager, agency, nobody }, answer => Assert.True(answer.Headers.CacheControl!.NoStore));
        Assert.DoesNotContain("MARAC", await agency.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("annual-report.docx", "annual-report-2019-20.docx")]
    [InlineData("annual-report.xlsx", "annual-report-2019-20.xlsx")]
    [InlineData("key-headlines.txt", "key-headlines-2019-20.txt")]
    [InlineData("board-paper.html", "board-paper-2019-20.html")]
    public async Task A_file_of_the_report_is_for_the_manager_only_and_is_not_cached(string name, string savedAs)
    {
        using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false });
        var page = "/status/report/2019-20/" + name;
        using var manager = await GetAsync(client, page, ManagersLaptop.Manager);
        using var agency = await GetAsync(client, page, ManagersLaptop.Agency);
        using var nobody = await GetAsync(client, page, null);
        using var none = await GetAsync(client, "/status/report/2010-11/" + name, ManagersLaptop.Manager);
        using var feed = await GetAsync(client, "/feed/" + name, ManagersLaptop.Manager);

        Assert.Equal(
            (HttpStatusCode.OK, HttpStatusCode.Forbidden, HttpStatusCode.SeeOther, HttpStatusCode.NotFound, HttpStatusCode.NotFound),
            (manager.StatusCode, agency.StatusCode, nobody.StatusCode, none.StatusCode, feed.StatusCode));
        Assert.Equal(("attachment", savedAs), (manager.Content.Headers.ContentDisposition!.DispositionType, manager.Content.Headers.ContentDisposition.FileName));
        Assert.All(new[] { manager, agency, nobody }, answer => Assert.True(answer.Headers.CacheControl!.NoStore));
    }

    [Fact]
    public async Task The_board_paper_encodes_the_texts_of_people()
    {
        using var client = new HttpClient();
        using var manager = await GetAsync(client, "/status/report/2019-20/board-paper.html", ManagersLaptop.Manager);
        var text = await manager.Content.ReadAsStringAsync(Ct);
        Assert.Contains("MARAC", text, StringComparison.Ordinal);
        Assert.DoesNotContain("<img", text, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", text, StringComparison.Ordinal);
    }

    [LongTheory]
    [InlineData("", "Received")]
    [InlineData("/1", "We have received your file")]
    public async Task The_pages_of_a_return_that_is_still_being_processed_are_accessible(string version, string expected)
    {
        var key = new ReturnKey(ReturnId.TryParse("idva-service/marac")!.Value, Period.Parse("2019-20-Q4"));
        await served.Laptop.Returns.ClaimAsync(key, (await served.Laptop.Services.GetRequiredService<IUploadStore>().FindAsync(MaracPath(4), Ct))!, [], Ct);
        await using var visit = await served.VisitAsync(chromium, ManagersLaptop.Agency);

        // Otherwise the page would reload during the test.
        await visit.Page.RouteAsync("**/portal*.js", route => route.AbortAsync());
        await visit.Page.GotoAsync($"{served.Address}/returns/{key}{version}");
        await Assertions.Expect(visit.Page.Locator("main")).ToContainTextAsync(expected);
        await visit.AssertUsableAsync(isRefused: true);
    }

    [Theory]
    [InlineData("/status/disagreements", "year=2019-20&do=dismiss&question=q")]
    [InlineData("/status/headlines", "year=2019-20&do=publish")]
    [InlineData("/status/chase", "do=overdue")]
    public async Task A_form_without_its_token_or_from_an_agency_changes_nothing(string page, string fields)
    {
        using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false });
        using var manager = await PostAsync(client, page, fields, ManagersLaptop.Manager);
        using var agency = await PostAsync(client, page, fields, ManagersLaptop.Agency);
        using var nobody = await PostAsync(client, page, fields, null);

        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.Forbidden, HttpStatusCode.Unauthorized), (manager.StatusCode, agency.StatusCode, nobody.StatusCode));
    }

    [LongTheory]
    [InlineData("/status?year=2019", 400)]
    [InlineData("/status/chase?year=<script>", 400)]
    [InlineData("/status/headlines/none?period=2019-20", 404)]
    [InlineData("/status/headlines/marac-cases?period=soon", 404)]
    public async Task An_address_that_does_not_exist_gives_a_page_that_says_so(string page, int status)
    {
        await using var visit = await served.VisitAsync(chromium, ManagersLaptop.Manager);
        var answer = await visit.Page.GotoAsync(served.Address + page);

        Assert.Equal(status, answer!.Status);
        Assert.Equal(1, await visit.Page.Locator("h1").CountAsync());
    }

    [LongFact]
    public async Task The_board_counts_every_state_and_each_cell_opens_its_return()
    {
        await using var visit = await served.VisitAsync(chromium, ManagersLaptop.Manager, hasScript: false);
        await visit.Page.GotoAsync(served.Address + "/status?year=2019-20");

        var counts = await visit.Page.Locator(".portal-counts li").AllInnerTextsAsync();
        Assert.Equal(BoardStates.All.Count, counts.Count);
        Assert.Contains(counts, count => count.EndsWith("Received 1", StringComparison.Ordinal));
        var marac = visit.Page.Locator("tr", new() { HasText = "MARAC cases" });
        Assert.Equal(
            ["/returns/idva-service/marac/2019-20-Q1", "/returns/idva-service/marac/2019-20-Q2", "/returns/idva-service/marac/2019-20-Q3", "/returns/idva-service/marac/2019-20-Q4"],
            await marac.Locator(".portal-mark").EvaluateAllAsync<string[]>("links => links.map((link) => link.getAttribute('href'))"));
        Assert.Equal(["✓", "✗", "✓", "R"], await marac.Locator(".portal-mark").AllInnerTextsAsync());
        Assert.Equal(
            ["MARAC cases, 2019-20-Q1: Accepted", "MARAC cases, 2019-20-Q2: Rejected, 1 error", "MARAC cases, 2019-20-Q3: Accepted", "MARAC cases, 2019-20-Q4: Received"],
            await marac.Locator(".portal-mark").EvaluateAllAsync<string[]>("marks => marks.map((mark) => mark.ariaLabel)"));

        await marac.Locator(".portal-mark").First.ClickAsync();
        Assert.Contains("MARAC cases", await visit.Page.Locator("h1").InnerTextAsync(), StringComparison.Ordinal);
    }

    [LongFact]
    public async Task The_board_is_filtered_by_agency_and_state_without_script()
    {
        await using var visit = await served.VisitAsync(chromium, ManagersLaptop.Manager, hasScript: false);
        await visit.Page.GotoAsync(served.Address + "/status?year=2019-20");
        await visit.Page.GetByLabel("Agency", new() { Exact = true }).SelectOptionAsync("idva-service");
        await visit.Page.GetByLabel("State", new() { Exact = true }).SelectOptionAsync("rejected");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Show" }).ClickAsync();

        Assert.Equal(["MARAC cases"], await visit.Page.Locator(".portal-grid__title").AllInnerTextsAsync());
        Assert.Equal("rejected", await visit.Page.GetByLabel("State", new() { Exact = true }).InputValueAsync());
        Assert.Contains("1 return of ", await visit.Page.Locator("main").InnerTextAsync(), StringComparison.Ordinal);
    }

    [LongFact]
    public async Task The_chase_list_has_the_email_to_send_and_the_days_to_come()
    {
        await using var visit = await served.VisitAsync(chromium, ManagersLaptop.Manager, hasScript: false);
        await visit.Page.GotoAsync(served.Address + "/status/chase?year=2019-20");
        var text = await visit.Page.Locator("#elms-sarc-body").InputValueAsync();

        Assert.Contains(served.Address + "/returns/elms-sarc", text, StringComparison.Ordinal);
        Assert.Contains("January to March 2020. It was due on 30 April 2020, 32 days ago (20 working days).", text, StringComparison.Ordinal);
        var mail = await visit.Page.Locator("a[href^='mailto:']").First.GetAttributeAsync("href");
        Assert.StartsWith("mailto:?subject=Your%20figures", mail, StringComparison.Ordinal);
        Assert.Contains("%0D%0A", mail, StringComparison.Ordinal);
        foreach (var link in await visit.Page.Locator("main a[href^='/api/']").EvaluateAllAsync<string[]>("links => links.map((link) => link.href)"))
        {
            using var client = new HttpClient { DefaultRequestHeaders = { { "X-MS-CLIENT-PRINCIPAL", ManagersLaptop.Manager } } };
            using var answer = await client.GetAsync(link, Ct);
            Assert.True(answer.IsSuccessStatusCode, link);
        }
    }

    [LongFact]
    public async Task A_headline_links_to_its_cells()
    {
        await using var visit = await served.VisitAsync(chromium, ManagersLaptop.Manager, hasScript: false);
        await visit.Page.GotoAsync(served.Address + "/status/headlines?year=2019-20");
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Cases heard at" }).First.ClickAsync();

        var text = await visit.Page.Locator("main").InnerTextAsync();
        Assert.Contains("771", text, StringComparison.Ordinal);
        Assert.Contains("marac.csv", text, StringComparison.Ordinal);
        Assert.Contains("IDVA Service, MARAC cases, July to September 2019", text, StringComparison.Ordinal);
    }

    private Task<HttpResponseMessage> GetAsync(HttpClient client, string page, string? principal) => SendAsync(client, new HttpRequestMessage(HttpMethod.Get, served.Address + page), principal);

    private Task<HttpResponseMessage> PostAsync(HttpClient client, string page, string fields, string? principal) => SendAsync(
        client,
        new HttpRequestMessage(HttpMethod.Post, served.Address + page) { Content = new StringContent(fields, System.Text.Encoding.UTF8, "application/x-www-form-urlencoded") },
        principal);

    private static async Task<HttpResponseMessage> SendAsync(HttpClient client, HttpRequestMessage request, string? principal)
    {
        using (request)
        {
            if (principal is not null)
            {
                request.Headers.Add("X-MS-CLIENT-PRINCIPAL", principal);
            }

            return await client.SendAsync(request, Ct);
        }
    }
}
