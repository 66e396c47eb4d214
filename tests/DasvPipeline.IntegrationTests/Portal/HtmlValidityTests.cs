using System.Net;
using DasvPipeline.IntegrationTests.Portal.Returns;
using DasvPipeline.IntegrationTests.UseCases;
using DasvPipeline.Tests;

namespace DasvPipeline.IntegrationTests.Portal;

/// <summary>Every kind of page is valid by the HTML standard, with and without content and mistakes. One validator checks all, because it takes long to start.</summary>
public sealed class HtmlValidityTests(AgencysLaptop served) : IClassFixture<AgencysLaptop>
{
    private const string Agency = "agency:idva-service";
    private const string Manager = "manager";

    private static readonly (string? Role, string Page, HttpStatusCode Status)[] Pages =
    [
        (null, "/about", HttpStatusCode.OK), (null, "/accessibility", HttpStatusCode.OK), (null, "/site/", HttpStatusCode.OK), (null, "/nowhere", HttpStatusCode.NotFound),
        (Agency, "/access", HttpStatusCode.OK), (Agency, "/returns/idva-service", HttpStatusCode.OK), (Agency, AgencysLaptop.Accepted, HttpStatusCode.OK), (Agency, AgencysLaptop.Accepted + "/1", HttpStatusCode.OK),
        (Agency, AgencysLaptop.Accepted + "/2", HttpStatusCode.OK), (Agency, AgencysLaptop.Accepted + "/2/delete", HttpStatusCode.OK), (Agency, "/returns/idva-service/idva/2019-20-Q1", HttpStatusCode.OK), (Agency, "/returns/idva-service/idva/2019-20-Q1/figures", HttpStatusCode.OK),
        (Agency, "/returns/idva-service/idva/2019-20-Q1/nil-return", HttpStatusCode.OK), (Agency, "/returns/idva-service/idva/2019-20-Q1/arrangements/late", HttpStatusCode.OK), (Agency, "/returns/idva-service/files", HttpStatusCode.OK),
        (Agency, "/returns/idva-service/figures", HttpStatusCode.OK), (Agency, "/returns/idva-service/messages", HttpStatusCode.OK), (Agency, "/returns/refuge", HttpStatusCode.Forbidden),
        (Manager, AgencysLaptop.Queried + "/1", HttpStatusCode.OK), (Manager, "/returns", HttpStatusCode.OK), (Manager, "/status/start", HttpStatusCode.OK), (Manager, "/status/guide", HttpStatusCode.OK), (Manager, "/status/audit", HttpStatusCode.OK),
        (Manager, "/status/timeliness", HttpStatusCode.OK), (Manager, "/status?year=2019-20", HttpStatusCode.OK), (Manager, "/status?year=2019-20&with=last", HttpStatusCode.OK), (Manager, "/status/chase", HttpStatusCode.OK), (Manager, "/status/disagreements?year=2019-20", HttpStatusCode.OK),
        (Manager, "/status/headlines?year=2019-20", HttpStatusCode.OK), (Manager, "/status/catalogue", HttpStatusCode.OK), (Manager, "/status/people", HttpStatusCode.OK),
        (Manager, "/status/messages", HttpStatusCode.OK), (Manager, "/status/report", HttpStatusCode.OK), (Manager, "/returns/idva-service/idva/2019-20-Q1/arrangements/extension", HttpStatusCode.OK),
    ];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [LongFact]
    public async Task Every_page_is_valid()
    {
        var pages = new List<(string Name, string Html)>();
        foreach (var group in Pages.GroupBy(page => page.Role))
        {
            using var client = served.Client(group.Key is { } role ? PortalVisits.As(role) : null);
            client.DefaultRequestHeaders.Add("Accept", "text/html");
            foreach (var (_, page, status) in group)
            {
                using var answer = await client.GetAsync(page, Ct);
                Assert.True(status == answer.StatusCode, $"{page}: {answer.StatusCode}");
                pages.Add((page, await answer.Content.ReadAsStringAsync(Ct)));
            }
        }

        Assert.Equal(string.Empty, await SchemaValidator.HtmlFaultsAsync(pages));
    }

    [Fact]
    public async Task A_mistake_is_found() =>
        Assert.Contains("page:1: close-order", await SchemaValidator.HtmlFaultsAsync([("page", "<!DOCTYPE html><html lang=\"en\"><head><title>Page</title></head><body><p><b>Bold</p></b></body></html>")]), StringComparison.Ordinal);
}
