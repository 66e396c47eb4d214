using System.Net;
using System.Text;
using System.Text.Json;
using DasvPipeline.Core.Domain;
using DasvPipeline.IntegrationTests.Site;
using DasvPipeline.Tests;
using Microsoft.Playwright;

namespace DasvPipeline.IntegrationTests.Portal.Returns;

/// <summary>Nil returns, late returns, extensions and waivers on the pages and by <c>/api</c>, with the same guards.</summary>
public sealed class ArrangementPageTests(AgencysLaptop served, Chromium chromium) : IClassFixture<AgencysLaptop>, IClassFixture<Chromium>
{
    private const string Marac = "/returns/idva-service/marac/";

    private static readonly string Officer = PortalVisits.As("agency:idva-service");
    private static readonly string Manager = PortalVisits.As("manager");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [LongFact]
    public async Task An_officer_states_a_nil_return_with_2_presses_and_can_withdraw_it()
    {
        await using var visit = await chromium.VisitAsync(served.Address, new BrowserNewContextOptions { ViewportSize = new ViewportSize { Width = 390, Height = 800 }, JavaScriptEnabled = false, ExtraHTTPHeaders = [new("X-MS-CLIENT-PRINCIPAL", Officer)] });
        await visit.Page.GotoAsync(served.Address + Marac + "2020-21-Q1");
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "There was nothing to report" }).ClickAsync();
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Table)).ToContainTextAsync("MARAC cases heard");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Send a nil return" }).ClickAsync();
        await Assertions.Expect(visit.Page.Locator("h1")).ToHaveTextAsync("Accepted");
        await Assertions.Expect(visit.Page.Locator("main")).ToContainTextAsync("We have accepted your nil return");
        await visit.Page.GotoAsync(served.Address + Marac + "2020-21-Q1");
        await Assertions.Expect(visit.Page.Locator("main")).Not.ToContainTextAsync("There was nothing to report");
        await Assertions.Expect(visit.Page.Locator("main")).ToContainTextAsync("nil-return.csv");
    }

    [LongFact]
    public async Task Every_new_page_can_be_used_by_everyone()
    {
        await chromium.AssertUsableAsync(served.Address, Officer, Marac + "2020-21-Q2/nil-return");
        foreach (var kind in new[] { "late", "extension", "waiver" })
        {
            await chromium.AssertUsableAsync(served.Address, Manager, $"{Marac}2020-21-Q2/arrangements/{kind}");
        }

        using var manager = served.Client(Manager);
        await PostAsync(manager, Marac + "2021-22-Q2/arrangements/late", ("day", Soon), ("reason", "The system is down."));
        await PostAsync(manager, Marac + "2021-22-Q2/arrangements/extension", ("day", Soon), ("reason", "They need time."));
        await PostAsync(manager, Marac + "2021-22-Q2/arrangements/waiver", ("reason", "Nothing was held."));
        await chromium.AssertUsableAsync(served.Address, Manager, Marac + "2021-22-Q2");
        await chromium.AssertUsableAsync(served.Address, Officer, "/returns/idva-service?year=2021-22");
        await chromium.AssertUsableAsync(served.Address, Manager, "/status?year=2021-22");
    }

    [Fact]
    public async Task A_late_return_is_shown_to_the_officer_and_the_manager_and_can_be_undone()
    {
        using var officer = served.Client(Officer);
        using var manager = served.Client(Manager);
        const string Page = Marac + "2020-21-Q3";
        using var wrong = await PostAsync(officer, Page + "/arrangements/late", ("day", "soon"), ("reason", "The system is down."));
        var refused = await wrong.Content.ReadAsStringAsync(Ct);
        Assert.Equal(HttpStatusCode.BadRequest, wrong.StatusCode);
        Assert.Contains("Give the day.", refused, StringComparison.Ordinal);
        Assert.Contains("The system is down.", refused, StringComparison.Ordinal);

        using var late = await PostAsync(officer, Page + "/arrangements/late", ("day", Soon), ("reason", "The system is down."));
        Assert.Equal(HttpStatusCode.SeeOther, late.StatusCode);
        var shown = await officer.GetStringAsync(Page, Ct);
        Assert.Contains("It will come on", shown, StringComparison.Ordinal);
        Assert.Contains("The system is down.", shown, StringComparison.Ordinal);
        Assert.Contains("said that it will come on", shown, StringComparison.Ordinal);
        Assert.Contains("The system is down.", await manager.GetStringAsync("/status?year=2020-21", Ct), StringComparison.Ordinal);
        Assert.Contains("Will come on", await manager.GetStringAsync("/status/chase?year=2020-21", Ct), StringComparison.Ordinal);

        using var undone = await PostAsync(officer, Page + "/arrangements/late", ("do", "undo"));
        Assert.Equal(HttpStatusCode.SeeOther, undone.StatusCode);
        Assert.DoesNotContain("id=\"arranged\"", await officer.GetStringAsync(Page, Ct), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_the_manager_extends_and_waives()
    {
        using var officer = served.Client(Officer);
        using var manager = served.Client(Manager);
        const string Page = Marac + "2020-21-Q4";
        foreach (var kind in new[] { "extension", "waiver" })
        {
            using var form = await officer.GetAsync($"{Page}/arrangements/{kind}", Ct);
            Assert.Equal(HttpStatusCode.Forbidden, form.StatusCode);
            var (status, _) = await ApiAsync(officer, "arrange", new { @return = "idva-service/marac", period = "2020-21-Q4", kind, day = Soon, reason = "Time." });
            Assert.Equal(HttpStatusCode.Forbidden, status);
        }

        using var extended = await PostAsync(manager, Page + "/arrangements/extension", ("day", Soon), ("reason", "They need time."));
        Assert.Equal(HttpStatusCode.SeeOther, extended.StatusCode);
        var shown = await officer.GetStringAsync(Page, Ct);
        Assert.Contains("The manager has extended the due date to", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("Undo the extension", shown, StringComparison.Ordinal);
        Assert.Contains("Undo the extension", await manager.GetStringAsync(Page, Ct), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_program_does_the_same_as_the_pages()
    {
        using var officer = served.Client(Officer);
        using var manager = served.Client(Manager);
        using var other = served.Client(PortalVisits.As("agency:constabulary"));
        var marac = new { @return = "idva-service/marac", period = "2021-22-Q1" };
        Assert.Equal(HttpStatusCode.Forbidden, (await ApiAsync(other, "nil-return", marac)).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await ApiAsync(other, "arrange", new { marac.@return, marac.period, kind = "late", day = Soon, reason = "Time." })).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await ApiAsync(officer, "arrange", new { marac.@return, marac.period, kind = "early", day = Soon, reason = "Time." })).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await ApiAsync(officer, "arrange", new { marac.@return, marac.period, kind = "late", day = "tomorrow", reason = "Time." })).Status);

        Assert.Equal((HttpStatusCode.OK, "This return is waived. We do not ask for it."), await ApiAsync(manager, "arrange", new { marac.@return, marac.period, kind = "waiver", reason = "Nothing was held." }));
        Assert.Equal((HttpStatusCode.OK, "This return is not waived any more."), await ApiAsync(manager, "arrange", new { marac.@return, marac.period, kind = "waiver", undo = true }));
        Assert.Equal(HttpStatusCode.OK, (await ApiAsync(officer, "arrange", new { marac.@return, marac.period, kind = "late", day = Soon, reason = "Time." })).Status);

        // The figures are compared with the periods before, so it has queries if no other nil return was sent yet.
        var nil = await ApiAsync(officer, "nil-return", marac);
        Assert.Equal(HttpStatusCode.OK, nil.Status);
        Assert.Contains("We have accepted your nil return", nil.Message, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Conflict, (await ApiAsync(officer, "nil-return", marac)).Status);
    }

    /// <summary>A day in 2 weeks.</summary>
    private static string Soon
    {
        get
        {
#pragma warning disable RS0030 // The laptop has today's date.
            return TimeProvider.System.Today().AddDays(14).ToString("d MMMM yyyy", System.Globalization.CultureInfo.InvariantCulture);
#pragma warning restore RS0030
        }
    }

    private static async Task<(HttpStatusCode Status, string Message)> ApiAsync(HttpClient client, string address, object body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/" + address) { Content = new StringContent(JsonSerializer.Serialize(body), Encoding.UTF8, "application/json") };
        request.Headers.Add("X-Requested-With", "tests");
        using var answer = await client.SendAsync(request, Ct);
        using var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Ct));
        return (answer.StatusCode, json.RootElement.TryGetProperty("message", out var message) ? message.GetString()! : string.Empty);
    }

    private static async Task<HttpResponseMessage> PostAsync(HttpClient client, string page, params (string Name, string Value)[] fields)
    {
        using var form = new FormUrlEncodedContent(fields.Select(field => new KeyValuePair<string, string>(field.Name, field.Value)).Prepend(new("__RequestVerificationToken", await AgencysLaptop.TokenOfAsync(client, page))));
        return await client.PostAsync(page, form, Ct);
    }
}
