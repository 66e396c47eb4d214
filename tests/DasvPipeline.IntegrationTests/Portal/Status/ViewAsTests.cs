using System.Net;
using System.Text.RegularExpressions;
using DasvPipeline.IntegrationTests.Portal.Returns;
using DasvPipeline.IntegrationTests.Site;
using DasvPipeline.Local.Host;
using DasvPipeline.Tests;

namespace DasvPipeline.IntegrationTests.Portal.Status;

/// <summary>The manager views the pages as an agency: marked on every page, and nothing can be sent.</summary>
public sealed partial class ViewAsTests(ManagersLaptop served, Chromium chromium) : IClassFixture<ManagersLaptop>, IClassFixture<Chromium>
{
    private const string Mark = "You are viewing the pages of IDVA Service";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_page_is_marked_and_shows_what_the_agency_sees_until_the_manager_stops()
    {
        using var client = await ViewAsync();
        foreach (var page in new[] { "/returns/idva-service", "/returns", "/returns/idva-service/marac/2019-20-Q1", "/returns/idva-service/marac/2019-20-Q1/1", "/returns/idva-service/figures", "/returns/idva-service/messages", "/about", "/accessibility", "/access" })
        {
            var text = await client.GetStringAsync(page, Ct);
            Assert.Contains(Mark, text, StringComparison.Ordinal);
            Assert.DoesNotContain("type=\"file\"", text, StringComparison.Ordinal);
        }

        // What only the manager may see, and what other agencies see, is refused on a page that is marked too.
        foreach (var page in new[] { "/status", "/status/start", "/status/audit", "/status/headlines", "/returns/elms-sarc", "/api/status", "/api/audit" })
        {
            using var answer = await client.GetAsync(page, Ct);
            Assert.Equal((page, HttpStatusCode.Forbidden), (page, answer.StatusCode));
            Assert.Equal(!page.StartsWith("/api", StringComparison.Ordinal), (await answer.Content.ReadAsStringAsync(Ct)).Contains(Mark, StringComparison.Ordinal));
        }

        using var stopped = await client.GetAsync("/view-as", Ct);
        Assert.Equal("/status/start", stopped.Headers.Location!.OriginalString);
        Assert.DoesNotContain(Mark, await client.GetStringAsync("/status/start", Ct), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_request_that_is_not_reading_is_refused_before_anything_of_it_is_used()
    {
        using var client = await ViewAsync();
        var writes = served.Laptop.Triggers.HttpTriggers.Where(trigger => trigger.Name != "ZOtherAddress" && trigger.Methods.Any(method => method is not ("get" or "head" or "options"))).ToList();
        Assert.True(writes.Count > 30);
        foreach (var trigger in writes)
        {
            var method = trigger.Methods.First(method => method is not ("get" or "head" or "options"));
            using var answer = await SendAsync(client, trigger, method);
            Assert.Equal((trigger.Name, HttpStatusCode.Forbidden), (trigger.Name, answer.StatusCode));
            Assert.Contains("Nothing was sent or changed", await answer.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
        }

        // The same request reaches its trigger when the manager does not view as an agency.
        using var manager = AgencysLaptop.ClientOf(served.Address, ManagersLaptop.Manager);
        foreach (var trigger in writes)
        {
            using var answer = await SendAsync(manager, trigger, "post");
            Assert.DoesNotContain("Nothing was sent or changed. To change something", await answer.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("agency:idva-service")]
    [InlineData("nobody")]
    public async Task Nobody_else_can_view_as_an_agency_and_the_cookie_gives_no_rights(string role)
    {
        using var client = AgencysLaptop.ClientOf(served.Address, PortalVisits.As(role));
        using var answer = await client.GetAsync("/view-as/elms-sarc", Ct);
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);

        client.DefaultRequestHeaders.Add("Cookie", "dasv-view-as=elms-sarc");
        using var page = await client.GetAsync("/returns/elms-sarc", Ct);
        Assert.Equal(HttpStatusCode.Forbidden, page.StatusCode);
        Assert.DoesNotContain("You are viewing the pages", await page.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_agency_that_does_not_exist_cannot_be_viewed()
    {
        using var client = AgencysLaptop.ClientOf(served.Address, ManagersLaptop.Manager);
        using var answer = await client.GetAsync("/view-as/nowhere", Ct);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.False(answer.Headers.Contains("Set-Cookie") && answer.Headers.GetValues("Set-Cookie").Any(cookie => cookie.StartsWith("dasv-view-as=nowhere", StringComparison.Ordinal)));
    }

    [LongFact]
    public async Task The_marked_page_is_accessible_and_its_mark_is_seen_in_forced_colours()
    {
        await using var visit = await served.VisitAsync(chromium, ManagersLaptop.Manager);
        await visit.Page.GotoAsync(served.Address + "/view-as/idva-service");
        Assert.EndsWith("/returns/idva-service", visit.Page.Url, StringComparison.Ordinal);
        await visit.AssertUsableAsync();
        await visit.Page.EmulateMediaAsync(new() { ForcedColors = Microsoft.Playwright.ForcedColors.Active });
        Assert.Equal("6px solid", await visit.Page.Locator(".portal-viewing").EvaluateAsync<string>("(mark) => `${getComputedStyle(mark).borderBottomWidth} ${getComputedStyle(mark).borderBottomStyle}`"));
    }

    private async Task<HttpClient> ViewAsync()
    {
        var client = AgencysLaptop.ClientOf(served.Address, ManagersLaptop.Manager);
        using var answer = await client.GetAsync("/view-as/idva-service", Ct);
        Assert.Equal((HttpStatusCode.SeeOther, "/returns/idva-service"), (answer.StatusCode, answer.Headers.Location!.OriginalString));
        return client;
    }

    private static async Task<HttpResponseMessage> SendAsync(HttpClient client, HttpTriggerFunction trigger, string method)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method.ToUpperInvariant()), "/" + Parameter().Replace(trigger.Route, match => match.Groups[1].Value switch
        {
            "agency" => "idva-service",
            "name" => "marac",
            "period" => "2019-20-Q1",
            "id" => "0123456789abcdef0123456789abcdef",
            "kind" => "late",
            "change" => "end",
            _ => "1",
        }));
        request.Headers.Add("X-Requested-With", "tests");
        return await client.SendAsync(request, Ct);
    }

    [GeneratedRegex("{([a-z]+)(?::int)?}")]
    private static partial Regex Parameter();
}
