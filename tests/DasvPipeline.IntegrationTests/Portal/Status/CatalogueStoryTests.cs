using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using DasvPipeline.IntegrationTests.Portal.Returns;
using DasvPipeline.IntegrationTests.Site;
using DasvPipeline.Tests;
using Microsoft.Playwright;
using static DasvPipeline.IntegrationTests.UseCases.SampleFiles;

namespace DasvPipeline.IntegrationTests.Portal.Status;

/// <summary>
/// The stories of the 9 forms, each with preview and approval, on a running system that is not restarted. A browser makes the 2 stories whose
/// effects are on several pages. The others are made with the same forms over HTTP, because a browser would show nothing more.
/// </summary>
public sealed partial class CatalogueStoryTests(ManagersLaptop served, Chromium chromium) : IClassFixture<ManagersLaptop>, IClassFixture<Chromium>
{
    private const string Page = "/status/catalogue";
    private const string Sarc = "elms-sarc/referrals";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [LongFact]
    public async Task The_manager_adds_an_agency_changes_a_due_date_and_ends_a_return_and_the_board_the_forms_and_the_next_release_follow()
    {
        await using var visit = await served.VisitAsync(chromium, ManagersLaptop.Manager);
        await served.Laptop.PublishAsync(Ct);
        Assert.Equal(771, await PublishedAsync());

        await ChangeAsync(visit, "Add an agency", "idva-service/marac", ("value", "Night Line"), ("id", "night-line"), ("other", "2019-20-Q4"), "would be due for 2019-20-Q4");
        await ChangeAsync(visit, "Change a due date", Sarc, ("value", "7"), default, default, "April to June 2020: due on 9 July 2020 instead of 28 July 2020.");
        await ChangeAsync(visit, "End a return", "idva-service/marac", ("value", "2019-20-Q2"), default, default, "Cases heard at Multi-Agency Risk Assessment Conferences: 371 instead of 771.");

        // The board: the new return is due, the other has its new day, and the ended return is due no more.
        await visit.Page.GotoAsync($"{served.Address}/status?year=2019-20");
        await Assertions.Expect(visit.Page.Locator("main")).ToContainTextAsync("Night Line");
        var now = await RowsAsync("2019-20");
        Assert.Single(now, row => row.Return == "night-line/marac");
        Assert.Equal(["2019-20-Q1", "2019-20-Q2"], now.Where(row => row.Return == "idva-service/marac").Select(row => row.Period).Order(StringComparer.Ordinal));
        Assert.Contains(await RowsAsync("2020-21"), row => row is { Return: Sarc, Period: "2020-21-Q1", Due: "2020-07-09" });

        // The forms: the new agency gets its form and sends it; the ended return has none.
        await using var officer = await served.VisitAsync(chromium, PortalVisits.As("agency:night-line"));
        await officer.Page.GotoAsync($"{served.Address}/returns/night-line/marac/2019-20-Q4");
        Assert.Contains("MARAC cases heard", await FormAsync("night-line/marac/2019-20-Q4"), StringComparison.Ordinal);
        await officer.Page.Locator("input[type=file]").SetInputFilesAsync(new FilePayload { Name = "marac.csv", MimeType = "text/csv", Buffer = Encoding.UTF8.GetBytes(Marac(29)) });
        await officer.Page.GetByRole(AriaRole.Button, new() { Name = "Send", Exact = true }).ClickAsync();
        await Assertions.Expect(officer.Page.Locator("h1")).ToHaveTextAsync("Accepted");
        using var manager = Client();
        using var ended = await manager.GetAsync("/returns/idva-service/marac/2019-20-Q4/form", Ct);
        Assert.Equal(HttpStatusCode.NotFound, ended.StatusCode);

        // The next release.
        await served.Laptop.PublishAsync(Ct);
        Assert.Equal(400, await PublishedAsync());
        using var feed = JsonDocument.Parse(await manager.GetStringAsync("/feed/2019-20/headlines.json", Ct));
        Assert.Contains(
            feed.RootElement.GetProperty("release").GetProperty("changes").EnumerateArray(),
            change => change.GetProperty("headline").GetString() == MaracHeadline && change.GetProperty("reason").GetString()!.Contains("IDVA Service does not report \"MARAC cases\" for October to December 2019 any more.", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("contact", "refuge", "data@example.org", "", "Data team")]
    [LongInlineData("extension", "constabulary/domestic-abuse", "2020-08-31", "2020-21-Q1", "")]
    [LongInlineData("alias", "sarac.cases", "Conferences held", "", "")]
    [InlineData("label", "refuge.women", "Women who stayed in refuges", "", "")]
    [LongInlineData("guidance", "helpline.calls", "Count each call once.", "", "")]
    [LongInlineData("bounds", "advisers-range", "0", "21", "")]
    public async Task A_common_change_is_made_with_its_form_and_the_running_system_follows(string change, string subject, string value, string other, string id)
    {
        using var client = Client();
        var page = $"{Page}/changes/{change}";
        var form = await client.GetStringAsync(page, Ct);
        var options = Option().Matches(form).Select(option => WebUtility.HtmlDecode(option.Groups[1].Value)).ToList();
        var chosen = options.Find(option => option == subject) ?? options.Find(option => option.Contains(subject, StringComparison.Ordinal)) ?? throw new InvalidOperationException($"{subject} is not one of {string.Join(", ", options)}.");
        var before = await EffectAsync(client, change, chosen, value);
        using var preview = await PostAsync(client, page, form, ("subject", chosen), ("value", value), ("other", other), ("id", id));
        var proposal = await preview.Content.ReadAsStringAsync(Ct);
        Assert.True(preview.StatusCode == HttpStatusCode.OK, proposal);
        Assert.Equal(before, await EffectAsync(client, change, chosen, value));

        using var approved = await PostAsync(
            client, Page + "/approval", proposal, ("hash", Hidden("hash").Match(proposal).Groups[1].Value), ("live", Hidden("live").Match(proposal).Groups[1].Value), ("reason", "The agencies asked for it."));
        Assert.Equal(HttpStatusCode.SeeOther, approved.StatusCode);
        Assert.NotEqual(before, await EffectAsync(client, change, chosen, value));
    }

    /// <summary>Returns what the running system says about a change: false before it, and true after it.</summary>
    private async Task<bool> EffectAsync(HttpClient client, string change, string subject, string value) => change switch
    {
        "contact" => (await client.GetStringAsync(Page, Ct)).Contains(value, StringComparison.Ordinal),
        "extension" => (await RowsAsync("2020-21")).Single(row => row.Return == subject && row.Period == "2020-21-Q1").Due == value,
        "alias" => (await CheckAsync(client, "sarac/cases/2019-20-Q4", $"{value},30\r\n")).Contains("This file would be accepted", StringComparison.Ordinal),
        "label" => (await FormAsync("refuge/services/2019-20-Q4")).Contains(value, StringComparison.Ordinal),
        "guidance" => (await FormAsync("rape-crisis/helpline/2019-20-Q4")).Contains(value, StringComparison.Ordinal),
        _ => (await CheckAsync(client, "rape-crisis/referrals/2019-20-Q4", "measure,value\r\nisva.referrals,100\r\nchisva.referrals,20\r\n")).Contains("is unlikely. It is usually", StringComparison.Ordinal),
    };

    /// <summary>Checks a file on the page of its return, and returns the result.</summary>
    private static async Task<string> CheckAsync(HttpClient client, string place, string content)
    {
        var page = $"/returns/{place}";
        using var form = new MultipartFormDataContent { { new StringContent(await AgencysLaptop.TokenOfAsync(client, page)), "__RequestVerificationToken" }, { new StringContent("check"), "do" }, { new StringContent(content), "file", "figures.csv" } };
        using var answer = await client.PostAsync(page, form, Ct);
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        return await client.GetStringAsync(answer.Headers.Location, Ct);
    }

    private async Task ChangeAsync(Visit visit, string form, string subject, (string Field, string Text) first, (string Field, string Text) second, (string Field, string Text) third, string effect)
    {
        await visit.Page.GotoAsync(served.Address + Page);
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = form, Exact = true }).ClickAsync();
        await visit.Page.Locator("#subject").SelectOptionAsync(new SelectOptionValue { Value = subject });
        foreach (var (field, text) in new[] { first, second, third }.Where(entry => entry.Field is not null))
        {
            await visit.Page.Locator("#" + field).FillAsync(text);
        }

        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Check and preview" }).ClickAsync();
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Name = "What the change would do" })).ToBeVisibleAsync();
        await Assertions.Expect(visit.Page.Locator("main")).ToContainTextAsync(effect);
        await visit.Page.GetByLabel("Why do you change it?").FillAsync("The agencies asked for it.");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Approve and make live" }).ClickAsync();
        await Assertions.Expect(visit.Page.Locator(".govuk-notification-banner__heading")).ToContainTextAsync("of the catalogue is live.");
    }

    private async Task<IReadOnlyList<(string Return, string Period, string Due)>> RowsAsync(string year)
    {
        using var client = Client();
        using var board = JsonDocument.Parse(await client.GetStringAsync("/api/status?year=" + year, Ct));
        return [.. board.RootElement.GetProperty("returns").EnumerateArray().Select(row => (row.GetProperty("return").GetString()!, row.GetProperty("period").GetString()!, row.GetProperty("due").GetString()!))];
    }

    private async Task<decimal> PublishedAsync()
    {
        using var client = Client();
        using var feed = JsonDocument.Parse(await client.GetStringAsync("/feed/2019-20/headlines.json", Ct));
        return feed.RootElement.GetProperty("headlines").EnumerateArray().Single(headline => headline.GetProperty("id").GetString() == MaracHeadline).GetProperty("value").GetDecimal();
    }

    /// <summary>Returns all texts of a downloaded form.</summary>
    private async Task<string> FormAsync(string place)
    {
        using var client = Client();
        using var package = new ZipArchive(await client.GetStreamAsync($"/returns/{place}/form", Ct));
        var text = new StringBuilder();
        foreach (var part in package.Entries.Where(part => part.FullName.EndsWith(".xml", StringComparison.Ordinal)))
        {
            using var reader = new StreamReader(await part.OpenAsync(Ct));
            text.Append(await reader.ReadToEndAsync(Ct));
        }

        return text.ToString();
    }

    private static async Task<HttpResponseMessage> PostAsync(HttpClient client, string address, string page, params (string Name, string Value)[] fields)
    {
        var token = Hidden("__RequestVerificationToken").Match(page).Groups[1].Value;
        using var form = new FormUrlEncodedContent(fields.Select(field => new KeyValuePair<string, string>(field.Name, field.Value)).Prepend(new("__RequestVerificationToken", token)));
        return await client.PostAsync(address, form, Ct);
    }

    private HttpClient Client() => AgencysLaptop.ClientOf(served.Address, ManagersLaptop.Manager);

    private static Regex Hidden(string name) => new($"name=\"{name}\" value=\"([^\"]*)\"");

    [GeneratedRegex("<option value=\"([^\"]*)\"")]
    private static partial Regex Option();
}
