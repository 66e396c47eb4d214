using System.Net;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Ports;
using DasvPipeline.IntegrationTests.Portal.Returns;
using DasvPipeline.IntegrationTests.Site;
using DasvPipeline.Tests;

namespace DasvPipeline.IntegrationTests.Portal.Status;

/// <summary>The start page, the page for a new manager, and the audit, as a browser without script gets them.</summary>
public sealed class StartPageTests(ManagersLaptop served, Chromium chromium) : IClassFixture<ManagersLaptop>, IClassFixture<Chromium>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/status/start")]
    [LongInlineData("/status/guide")]
    [LongInlineData("/status/audit?about=idva-service&event=accepted")]
    [LongInlineData("/status/audit?from=soon", 400)]
    public Task A_page_is_accessible(string page, int status = 200) => chromium.AssertUsableAsync(served.Address, ManagersLaptop.Manager, page, status);

    [Fact]
    public async Task The_manager_starts_here_and_each_thing_to_do_has_its_action()
    {
        using var client = AgencysLaptop.ClientOf(served.Address, ManagersLaptop.Manager);
        var page = await client.GetStringAsync("/status/start", Ct);

        Assert.Contains("What needs doing today", page, StringComparison.Ordinal);
        Assert.Contains("/status/chase#constabulary", page, StringComparison.Ordinal);
        Assert.Contains("Compare the figures now", page, StringComparison.Ordinal);
        Assert.Contains("/status/guide", page, StringComparison.Ordinal);

        using var compared = await PostAsync(client, "compare");
        Assert.Equal(HttpStatusCode.SeeOther, compared.StatusCode);
        page = await client.GetStringAsync(compared.Headers.Location, Ct);
        Assert.Contains("The figures are compared. No disagreement moves a headline.", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Compare the figures now", page, StringComparison.Ordinal);

        using var notHeld = await PostAsync(client, "release-hold");
        Assert.Equal(HttpStatusCode.Conflict, notHeld.StatusCode);
        await served.Laptop.Feed.WriteHoldAsync(new Hold(new Person("account-7", "Sam"), new DateTimeOffset(2020, 6, 1, 9, 0, 0, TimeSpan.Zero), "To look <b>."), Ct);
        page = await client.GetStringAsync("/status/start", Ct);
        Assert.Contains("To look &lt;b&gt;.", page, StringComparison.Ordinal);
        Assert.True(page.IndexOf("Release the hold", StringComparison.Ordinal) < page.IndexOf("overdue returns", StringComparison.Ordinal));
        using var released = await PostAsync(client, "release-hold");
        Assert.Null((await served.Laptop.Feed.ReadPublishQueueAsync(Ct)).Decisions.Hold);
        using var nothing = await PostAsync(client, "something");
        Assert.Equal((HttpStatusCode.SeeOther, HttpStatusCode.BadRequest), (released.StatusCode, nothing.StatusCode));
    }

    [Fact]
    public async Task The_guide_has_the_dates_and_the_contacts_of_the_catalogue()
    {
        using var client = AgencysLaptop.ClientOf(served.Address, ManagersLaptop.Manager);
        var page = await client.GetStringAsync("/status/guide", Ct);

        Assert.Contains("28 July 2020: 16 returns", page, StringComparison.Ordinal);
        Assert.Contains("21 agencies send 16 returns each quarter and 12 once a year", page, StringComparison.Ordinal);
        Assert.Contains("Agencies ask: The Partnership&#x27;s manager", page, StringComparison.Ordinal);
        Assert.Contains("The catalogue has no contact for 21 agencies", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_audit_is_filtered_in_the_address_has_pages_and_is_a_CSV_file()
    {
        var key = new ReturnKey(ReturnId.TryParse("refuge/services")!.Value, Period.Parse("2019-20-Q1"));
        for (var i = 0; i < 51; i++)
        {
            await served.Laptop.Returns.AuditActionAsync(key, ReturnAction.FiguresSaved, new Person("account-7", "<b>Sam"), new DateTimeOffset(2020, 5, 1, 9, i, 0, TimeSpan.Zero), Ct);
        }

        using var client = AgencysLaptop.ClientOf(served.Address, ManagersLaptop.Manager);
        const string Filter = "person=account-7&event=figures-saved&about=refuge%2Fservices&from=2020-05-01&to=2020-05-01";
        var first = await client.GetStringAsync("/status/audit?" + Filter, Ct);
        Assert.Contains("51 events.", first, StringComparison.Ordinal);
        Assert.Contains("Page 1 of 2", first, StringComparison.Ordinal);
        Assert.Contains("&lt;b&gt;Sam", first, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>Sam", first, StringComparison.Ordinal);
        Assert.Contains("account-7", first, StringComparison.Ordinal);
        Assert.Contains("value=\"figures-saved\" selected", first, StringComparison.Ordinal);
        var second = await client.GetStringAsync($"/status/audit?{Filter}&page=2", Ct);
        Assert.Contains("1 May 2020 at 10:00", second, StringComparison.Ordinal);
        Assert.DoesNotContain("1 May 2020 at 10:01", second, StringComparison.Ordinal);

        var csv = await client.GetStringAsync($"/api/audit?{Filter}&format=csv", Ct);
        Assert.Equal(52, csv.Trim().Split("\r\n").Length);
        Assert.Contains(",figures-saved,", csv, StringComparison.Ordinal);
        Assert.DoesNotContain("accepted", csv, StringComparison.Ordinal);
        using var json = System.Text.Json.JsonDocument.Parse(await client.GetStringAsync($"/api/audit?{Filter}", Ct));
        Assert.Equal((51, 0), (json.RootElement.GetProperty("events").GetArrayLength(), json.RootElement.GetProperty("unread").GetArrayLength()));

        using var wrong = await client.GetAsync("/api/audit?to=tomorrow", Ct);
        using var agency = AgencysLaptop.ClientOf(served.Address, ManagersLaptop.Agency);
        using var refused = await agency.GetAsync("/api/audit", Ct);
        using var nobody = AgencysLaptop.ClientOf(served.Address, null);
        using var anonymous = await nobody.GetAsync("/status/audit", Ct);
        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.Forbidden, HttpStatusCode.SeeOther), (wrong.StatusCode, refused.StatusCode, anonymous.StatusCode));
    }

    private static async Task<HttpResponseMessage> PostAsync(HttpClient client, string action)
    {
        using var form = new FormUrlEncodedContent(new Dictionary<string, string> { ["__RequestVerificationToken"] = await AgencysLaptop.TokenOfAsync(client, "/status/headlines"), ["do"] = action });
        return await client.PostAsync("/status/start", form, Ct);
    }
}
