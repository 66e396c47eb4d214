using System.Net;
using System.Text;
using System.Text.Json;
using DasvPipeline.Core.Ports;
using DasvPipeline.IntegrationTests.Local;
using DasvPipeline.IntegrationTests.Portal.Returns;
using DasvPipeline.IntegrationTests.Site;
using DasvPipeline.Local.Host;
using DasvPipeline.Tests;
using DasvPipeline.Tests.Catalogue;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Microsoft.Playwright;

namespace DasvPipeline.IntegrationTests.Portal.Status;

/// <summary>The messages on their pages and by <c>/api</c>, on a running laptop, and a laptop with a wrong setting.</summary>
public sealed class MessagePageTests(Chromium chromium) : IClassFixture<Chromium>
{
    private const string Contact = "data@idva.example.org";

    private static readonly string Officer = PortalVisits.As("agency:idva-service");
    private static readonly string Manager = PortalVisits.As("manager");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [LongFact]
    public async Task A_receipt_and_a_reminder_are_shown_and_their_links_open_the_right_pages()
    {
        await using var laptop = await StartAsync();
        using var officer = Client(laptop, Officer);
        using var manager = Client(laptop, Manager);
        const string Page = "/returns/idva-service/marac/2019-20-Q4";
        using var sent = await AgencysLaptop.PostFileAsync(officer, Page, "marac.csv", "MARAC cases heard,371"u8.ToArray(), await AgencysLaptop.TokenOfAsync(officer, Page));
        Assert.Equal(HttpStatusCode.SeeOther, sent.StatusCode);
        await laptop.Triggers.GetTimer("WriteReminders").RunAsync(laptop.Services, Ct);
        await laptop.Triggers.GetTimer("SendMessages").RunAsync(laptop.Services, Ct);

        using var json = JsonDocument.Parse(await manager.GetStringAsync("/api/messages", Ct));
        var messages = json.RootElement.EnumerateArray().ToList();
        Assert.Equal(["accepted", "overdue"], messages.Select(message => message.GetProperty("kind").GetString()).Order());
        Assert.All(messages, message => Assert.Equal("shown", message.GetProperty("state").GetString()));
        foreach (var message in messages)
        {
            var page = await officer.GetStringAsync(new Uri(LinkOf(message)).PathAndQuery, Ct);
            Assert.Contains(message.GetProperty("kind").GetString() == "accepted" ? "Accepted" : "Your returns", page, StringComparison.Ordinal);
        }

        Assert.Contains("not sent, only shown here", await manager.GetStringAsync("/status/messages", Ct), StringComparison.Ordinal);
        Assert.Contains("Accepted: MARAC cases", await officer.GetStringAsync("/returns/idva-service/messages", Ct), StringComparison.Ordinal);
        await AssertOpensAfterSignInAsync(laptop, LinkOf(messages.Single(message => message.GetProperty("kind").GetString() == "overdue")));
        await chromium.AssertUsableAsync(laptop.Address.ToString().TrimEnd('/'), Manager, "/status/messages");
        await chromium.AssertUsableAsync(laptop.Address.ToString().TrimEnd('/'), Officer, "/returns/idva-service/messages");
    }

    /// <summary>Opens the link of a reminder in a browser, signs in with a keyboard, and is on the page of the link.</summary>
    private async Task AssertOpensAfterSignInAsync(LaptopHost laptop, string link)
    {
        await using var visit = await chromium.VisitAsync(laptop.Address.ToString().TrimEnd('/'));
        await visit.Page.GotoAsync(laptop.Address.GetLeftPart(UriPartial.Authority) + new Uri(link).PathAndQuery);
        await Assertions.Expect(visit.Page.Locator("h1")).ToHaveTextAsync("Sign in");
        await visit.Page.Locator("button[value='agency:idva-service']").FocusAsync();
        await visit.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(visit.Page.Locator("h1")).ToHaveTextAsync("Your returns");
        Assert.Equal(new Uri(link).PathAndQuery, new Uri(visit.Page.Url).PathAndQuery);
    }

    private static string LinkOf(JsonElement message) =>
        message.GetProperty("body").GetString()!.Split('\n').Single(line => line.Contains("http://", StringComparison.Ordinal)).Split(": ")[^1];

    [Fact]
    public async Task A_contact_is_stopped_and_wanted_again_by_its_agency_only()
    {
        await using var laptop = await StartAsync();
        using var officer = Client(laptop, Officer);
        using var other = Client(laptop, PortalVisits.As("agency:refuge"));
        using var manager = Client(laptop, Manager);
        const string Page = "/returns/idva-service/messages";
        using var forbidden = await other.GetAsync(Page, Ct);
        Assert.Equal(HttpStatusCode.Forbidden, forbidden.StatusCode);
        using var all = await officer.GetAsync("/status/messages", Ct);
        using var list = await officer.GetAsync("/api/messages", Ct);
        Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.Forbidden), (all.StatusCode, list.StatusCode));
        Assert.Equal(HttpStatusCode.Forbidden, await ApiAsync(other, wants: false));
        Assert.Equal(HttpStatusCode.NotFound, await ApiAsync(officer, wants: false, "nobody@example.org"));

        Assert.Equal(HttpStatusCode.OK, await ApiAsync(officer, wants: false));
        Assert.Contains("wants no messages.", await officer.GetStringAsync(Page, Ct), StringComparison.Ordinal);
        using var form = new FormUrlEncodedContent([new("__RequestVerificationToken", await AgencysLaptop.TokenOfAsync(officer, Page)), new("address", Contact), new("do", "want")]);
        using var wanted = await officer.PostAsync(Page, form, Ct);
        Assert.Equal(HttpStatusCode.SeeOther, wanted.StatusCode);
        Assert.Contains("gets receipts and reminders.", await officer.GetStringAsync(Page, Ct), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_setting_stops_only_the_messages_and_health_names_it()
    {
        await using var laptop = await StartAsync(("MessageTransport", "pigeon"));
        using var officer = Client(laptop, Officer);
        const string Page = "/returns/idva-service/marac/2019-20-Q4";
        using var sent = await AgencysLaptop.PostFileAsync(officer, Page, "marac.csv", "MARAC cases heard,371"u8.ToArray(), await AgencysLaptop.TokenOfAsync(officer, Page));
        Assert.Equal(HttpStatusCode.SeeOther, sent.StatusCode);
        await laptop.Triggers.GetTimer("SendMessages").RunAsync(laptop.Services, Ct);
        await laptop.PublishAsync(Ct);

        using var health = await officer.GetAsync("/api/health", Ct);
        Assert.Equal("""{"status":"unhealthy","settings":["MessageTransport"]}""", await health.Content.ReadAsStringAsync(Ct));
        Assert.Contains("\"value\": 371", await officer.GetStringAsync("/feed/2019-20/headlines.json", Ct), StringComparison.Ordinal);
        var stored = Assert.Single(await laptop.Services.GetRequiredService<IMessageStore>().ReadAsync(null, Ct));
        Assert.Equal((MessageState.Waiting, 0), (stored.State, stored.Attempts));
        Assert.Contains("A setting of the messages is wrong", await officer.GetStringAsync("/returns/idva-service/messages", Ct), StringComparison.Ordinal);
    }

    private static async Task<HttpStatusCode> ApiAsync(HttpClient client, bool wants, string address = Contact)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/message-contacts") { Content = new StringContent(JsonSerializer.Serialize(new { agency = "idva-service", address, wantsMessages = wants }), Encoding.UTF8, "application/json") };
        request.Headers.Add("X-Requested-With", "tests");
        using var answer = await client.SendAsync(request, Ct);
        return answer.StatusCode;
    }

    private static HttpClient Client(LaptopHost laptop, string principal) => AgencysLaptop.ClientOf(laptop.Address.ToString().TrimEnd('/'), principal);

    /// <summary>Returns a laptop on 7 May 2020, a week after the returns of January to March were due.</summary>
    private static Task<LaptopHost> StartAsync(params (string Name, string? Value)[] settings) => LaptopHost.StartAsync(
        null,
        ServedLaptop.FreePort(),
        new FakeTimeProvider(new DateTimeOffset(2020, 5, 7, 12, 0, 0, TimeSpan.Zero)),
        Ct,
        catalogue: TestCatalogue.Shipped.Change("agencies.yaml", "{ id: idva-service, name: IDVA Service }", $"{{ id: idva-service, name: IDVA Service, contacts: [{{ role: Data team, email: {Contact} }}] }}"),
        settings: settings.ToDictionary(setting => setting.Name, setting => setting.Value));
}
