using System.Net;
using System.Text.Json;
using DasvPipeline.Core.Catalogue;
using DasvPipeline.IntegrationTests.Site;
using DasvPipeline.Tests;
using DasvPipeline.Tests.Catalogue;
using Microsoft.Playwright;

namespace DasvPipeline.IntegrationTests.Portal.Status;

/// <summary>The manager changes the catalogue in the browser, and the parts follow without a restart.</summary>
public sealed class CataloguePageTests(ManagersLaptop served, Chromium chromium) : IClassFixture<ManagersLaptop>, IClassFixture<Chromium>
{
    private const string Page = "/status/catalogue";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [LongFact]
    public async Task The_manager_adds_an_agency_changes_a_due_date_and_ends_a_return_with_preview_and_approval()
    {
        using var client = Client(ManagersLaptop.Manager);
        await using var visit = await served.VisitAsync(chromium, ManagersLaptop.Manager);
        await visit.Page.GotoAsync(served.Address + Page);
        await visit.AssertUsableAsync();

        // Download, and a mistake first.
        var (files, _) = CatalogueArchive.ReadZip(await client.GetByteArrayAsync("/api/catalogue", Ct));
        await UploadAsync(visit, files.Change("agencies.yaml", "{ id: sarac, name: SARAC }", "{ id: sarac, nme: SARAC }"));
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Name = "The catalogue has mistakes" })).ToBeVisibleAsync();
        await Assertions.Expect(visit.Page.Locator("main")).ToContainTextAsync("agencies.yaml, line");
        await Assertions.Expect(visit.Page.Locator("main")).ToContainTextAsync("'nme' is not a known key here. Did you mean 'name'?");
        await visit.AssertPassesAsync(isRefused: true);

        // The change: a new agency with a return, another due date, and the end of a return.
        await visit.Page.GotoAsync(served.Address + Page);
        await UploadAsync(visit, files
            .Change("agencies.yaml", "agencies:\n", "agencies:\n  - { id: night-line, name: Night Line, from: 2020-21 }\n")
            .With("measures/night-line.yaml", "measures:\n  - { id: night-line.chats, label: Chats held, unit: chats, adds: flow }\n")
            .With("returns/night-line.chats.yaml", "agency: night-line\nreturn: chats\ntitle: Chats at night\nfrom: 2020-21\ntables:\n  - { id: chats, title: Chats, rows: [{ measure: night-line.chats }] }\n")
            .Change("returns/sarac.cases.yaml", "from: 2019-20", "from: 2019-20\nuntil: 2019-20-Q4")
            .Change("returns/idva-service.marac.yaml", "every: quarter", "every: quarter\ndueWorkingDays: 5"));
        var main = visit.Page.Locator("main");
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Name = "What the change would do" })).ToBeVisibleAsync();
        await Assertions.Expect(main).ToContainTextAsync("Night Line, \"Chats at night\" would be due for 2020-21-Q1, 2020-21-Q2, 2020-21-Q3, 2020-21-Q4");
        await Assertions.Expect(main).ToContainTextAsync("would not be due any more for 2020-21-Q1");
        await Assertions.Expect(main).ToContainTextAsync("\"MARAC cases\", April to June 2020: due on 7 July 2020 instead of");
        await visit.AssertUsableAsync(isRefused: true);

        // A reason is needed, and is kept if it is refused.
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Approve and make live" }).ClickAsync();
        await Assertions.Expect(visit.Page.Locator(".govuk-error-message")).ToContainTextAsync("Say why you change the catalogue.");
        await visit.Page.GetByLabel("Why do you change it?").FillAsync("A new service starts in April 2020.");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Approve and make live" }).ClickAsync();
        await Assertions.Expect(visit.Page.Locator(".govuk-notification-banner__heading")).ToContainTextAsync("Version 2 of the catalogue is live.");
        await Assertions.Expect(visit.Page.Locator("main")).ToContainTextAsync("Night Line");

        // The board and the forms follow.
        using var board = JsonDocument.Parse(await client.GetStringAsync("/api/status?year=2020-21", Ct));
        var rows = board.RootElement.GetProperty("returns").EnumerateArray().ToList();
        Assert.Equal(4, rows.Count(row => row.GetProperty("agency").GetString() == "night-line"));
        Assert.DoesNotContain(rows, row => row.GetProperty("return").GetString() == "sarac/cases");
        Assert.Contains(rows, row => row.GetProperty("return").GetString() == "idva-service/marac" && row.GetProperty("due").GetString() == "2020-07-07");
        using var night = Client(PortalVisits.As("agency:night-line"));
        using var form = await night.GetAsync("/returns/night-line/chats/2020-21-Q1/form", Ct);
        Assert.Equal(HttpStatusCode.OK, form.StatusCode);

        // The history has the difference, and the version before can be used again.
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Version 2" }).ClickAsync();
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Name = "Version 2 of the catalogue" })).ToBeVisibleAsync();
        await Assertions.Expect(visit.Page.Locator("main")).ToContainTextAsync("A new service starts in April 2020.");
        await visit.AssertUsableAsync(isRefused: true);
        await visit.Page.GotoAsync(served.Address + Page + "/versions/1");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Preview what it would change" }).ClickAsync();
        await Assertions.Expect(visit.Page.Locator("main")).ToContainTextAsync("Night Line, \"Chats at night\" would not be due any more for 2020-21-Q1");
        await visit.Page.GetByLabel("Why do you change it?").FillAsync("The service starts later.");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Approve and make live" }).ClickAsync();
        await Assertions.Expect(visit.Page.Locator(".govuk-notification-banner__heading")).ToContainTextAsync("Version 3 of the catalogue is live.");
    }

    [LongTheory]
    [InlineData("contact", "refuge", "data@example.org", "", "Data team", "agencies.yaml: 2 lines")]
    [InlineData("due-date", "idva-service/marac", "7", "", "", "\"MARAC cases\", April to June 2020: due on 9 July 2020 instead of 28 July 2020.")]
    [InlineData("extension", "idva-service/marac", "2020-08-31", "2020-21-Q1", "", "\"MARAC cases\", April to June 2020: due on 31 August 2020 instead of 28 July 2020.")]
    [InlineData("alias", "marac.cases", "Conferences heard", "", "", "the words of the form change")]
    [InlineData("label", "marac.cases", "Cases at conferences", "", "", "the words of the form change")]
    [InlineData("guidance", "marac.cases", "Count each case once.", "", "", "the words of the form change")]
    [InlineData("bounds", null, "0", "5000", "", "The check")]
    [InlineData("end", "sarac/cases", "2019-20-Q4", "", "", "would not be due any more for 2020-21-Q1")]
    [InlineData("new-agency", "idva-service/marac", "Night Line", "2020-21", "night-line", "would be due for 2020-21-Q1")]
    public async Task A_common_change_is_made_with_a_form(string change, string? subject, string value, string other, string id, string effect)
    {
        await using var visit = await served.VisitAsync(chromium, ManagersLaptop.Manager, hasScript: false);
        await visit.Page.GotoAsync($"{served.Address}{Page}/changes/{change}");
        await visit.Page.Locator("#subject").SelectOptionAsync(subject is null ? new SelectOptionValue { Index = 0 } : new SelectOptionValue { Value = subject });
        foreach (var (field, text) in new[] { ("value", value), ("other", other), ("id", id) }.Where(item => item.Item2.Length > 0))
        {
            await visit.Page.Locator("#" + field).FillAsync(text);
        }

        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Check and preview" }).ClickAsync();
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Name = "What the change would do" })).ToBeVisibleAsync();
        await Assertions.Expect(visit.Page.Locator("main")).ToContainTextAsync(effect);
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Button, new() { Name = "Approve and make live" })).ToBeVisibleAsync();
    }

    [LongFact]
    public async Task A_form_of_a_change_that_is_wrong_says_why_and_keeps_what_was_entered()
    {
        await using var visit = await served.VisitAsync(chromium, ManagersLaptop.Manager);
        await visit.Page.GotoAsync(served.Address + Page + "/changes/end");
        await visit.AssertUsableAsync();
        await visit.Page.Locator("#value").FillAsync("last year");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Check and preview" }).ClickAsync();
        await Assertions.Expect(visit.Page.Locator(".govuk-error-summary")).ToContainTextAsync("Write the last period like 2019-20-Q4 or 2019-20.");
        await Assertions.Expect(visit.Page.Locator("#value")).ToHaveValueAsync("last year");
        await visit.AssertPassesAsync(isRefused: true);
    }

    [Fact]
    public async Task Only_the_manager_sees_and_changes_the_catalogue()
    {
        using var agency = Client(ManagersLaptop.Agency);
        foreach (var page in new[] { Page, Page + "/versions/1", "/api/catalogue", "/api/catalogue/versions" })
        {
            using var response = await agency.GetAsync(page, Ct);
            Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        }

        foreach (var address in new[] { "/api/catalogue/preview", "/api/catalogue/apply" })
        {
            using var response = await agency.PostAsync(address, new StringContent("{}"), Ct);
            Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
            using var manager = Client(ManagersLaptop.Manager);
            using var empty = await manager.PostAsync(address, new StringContent("{}"), Ct);
            Assert.Equal(HttpStatusCode.BadRequest, empty.StatusCode);
        }
    }

    private static async Task UploadAsync(Visit visit, IReadOnlyList<CatalogueFile> files)
    {
        await visit.Page.GetByLabel("The changed catalogue (zip)").SetInputFilesAsync(new FilePayload { Name = "catalogue.zip", MimeType = "application/zip", Buffer = CatalogueArchive.WriteZip(files) });
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Check and preview" }).ClickAsync();
    }

    private HttpClient Client(string principal)
    {
        var client = new HttpClient { BaseAddress = new Uri(served.Address) };
        client.DefaultRequestHeaders.Add("X-MS-CLIENT-PRINCIPAL", principal);
        client.DefaultRequestHeaders.Add("X-Requested-With", "tests");
        return client;
    }
}
