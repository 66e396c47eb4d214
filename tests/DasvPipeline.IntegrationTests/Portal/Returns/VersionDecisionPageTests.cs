using System.Net;
using System.Text;
using DasvPipeline.Core.Ports;
using DasvPipeline.IntegrationTests.Site;
using DasvPipeline.IntegrationTests.UseCases;
using DasvPipeline.Tests;
using Microsoft.Playwright;
using static DasvPipeline.IntegrationTests.UseCases.SampleFiles;

namespace DasvPipeline.IntegrationTests.Portal.Returns;

/// <summary>An agency withdraws figures and uses an earlier version again, on the pages and in the API.</summary>
public sealed class VersionDecisionPageTests(AgencysLaptop served, Chromium chromium) : IClassFixture<AgencysLaptop>, IClassFixture<Chromium>
{
    private static readonly string Agency = PortalVisits.As("agency:idva-service");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [LongFact]
    public async Task An_agency_withdraws_a_version_and_uses_it_again()
    {
        var key = Pipeline.KeyOf(MaracPath(4));
        foreach (var cases in new[] { 100, 200 })
        {
            await SendAsync(cases);
        }

        await using (var refused = await served.VisitAsync(chromium, Agency))
        {
            await refused.Page.GotoAsync($"{served.Address}/returns/{key}/2");
            await refused.Page.GetByRole(AriaRole.Button, new() { Name = "Withdraw 2" }).ClickAsync();
            await Assertions.Expect(refused.Page.Locator("main")).ToContainTextAsync("Say why you withdraw the figures.");
            await refused.AssertUsableAsync(isRefused: true);
        }

        await using var visit = await served.VisitAsync(chromium, Agency);
        await visit.Page.GotoAsync($"{served.Address}/returns/{key}/2");
        await visit.Page.GetByLabel("Reason").FillAsync("Counted twice.");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Withdraw 2" }).ClickAsync();
        await Assertions.Expect(visit.Page.Locator("main")).ToContainTextAsync("Nothing: the figures were withdrawn");
        await visit.AssertUsableAsync();
        Assert.Equal(LedgerState.Withdrawn, (await served.Laptop.Returns.ReadLedgerRowAsync(key, Ct))!.State);

        await visit.Page.GotoAsync($"{served.Address}/returns/{key}/1");
        await visit.Page.GetByLabel("Reason").FillAsync("The first file was right.");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Use version 1" }).ClickAsync();
        await Assertions.Expect(visit.Page.Locator("body")).ToContainTextAsync("We use the file of version 1 again, as version 3.");
        Assert.Equal(3, (await served.Laptop.Returns.ReadLedgerRowAsync(key, Ct))!.LiveVersion);
    }

    [Theory]
    [InlineData("agency:constabulary", "idva-service/marac", HttpStatusCode.Forbidden)]
    [InlineData("agency:idva-service", "idva-service/nothing", HttpStatusCode.NotFound)]
    [InlineData("agency:idva-service", "idva-service/feedback", HttpStatusCode.NotFound)]
    [InlineData(null, "idva-service/marac", HttpStatusCode.Unauthorized)]
    public async Task The_API_refuses_callers_without_access_and_returns_that_do_not_exist(string? role, string id, HttpStatusCode expected)
    {
        using var client = served.Client(role is null ? null : PortalVisits.As(role));
        client.DefaultRequestHeaders.Add("X-Requested-With", "test");
        foreach (var address in new[] { "/api/withdraw", "/api/choose-version", "/api/delete" })
        {
            var period = id.EndsWith("feedback", StringComparison.Ordinal) ? "2019-20" : "2019-20-Q1";
            using var body = new StringContent($$"""{"return":"{{id}}","period":"{{period}}","version":1,"reason":"Wrong."}""", Encoding.UTF8, "application/json");
            using var answer = await client.PostAsync(address, body, Ct);
            Assert.Equal(expected, answer.StatusCode);
        }
    }

    private async Task SendAsync(int cases)
    {
        using var client = served.Client(Agency);
        var page = "/returns/idva-service/marac/2019-20-Q4";
        using var answer = await AgencysLaptop.PostFileAsync(client, page, "marac.csv", Encoding.UTF8.GetBytes(Marac(cases)), await AgencysLaptop.TokenOfAsync(client, page));
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
    }
}
