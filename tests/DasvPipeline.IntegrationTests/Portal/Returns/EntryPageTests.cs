using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using DasvPipeline.IntegrationTests.Site;
using DasvPipeline.Tests;
using DasvPipeline.Tests.Ingest.Reading;
using Microsoft.Playwright;

namespace DasvPipeline.IntegrationTests.Portal.Returns;

/// <summary>Figures are entered on a page, saved, checked and sent, without a file.</summary>
public sealed partial class EntryPageTests(AgencysLaptop served, Chromium chromium) : IClassFixture<AgencysLaptop>, IClassFixture<Chromium>
{
    private const string Idva = "/returns/idva-service/idva/";
    private static readonly string Agency = PortalVisits.As("agency:idva-service");

    /// <summary>Figures without findings, in the order of the form.</summary>
    private static readonly string[] Figures = ["40", "20", "30", "45", "25", "31", "37", "60", "43", "106", "300", "90"];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>An officer signs in, enters the figures of a return with a keyboard, and has a receipt on the third page.</summary>
    [Theory]
    [InlineData(true, 1280, "2019-20-Q1")]
    [LongInlineData(false, 390, "2018-19-Q2")]
    public async Task An_officer_enters_figures_and_has_a_receipt_on_the_third_page(bool hasScript, int width, string period)
    {
        await using var visit = await chromium.VisitAsync(served.Address, new BrowserNewContextOptions
        {
            ViewportSize = new ViewportSize { Width = width, Height = 900 },
            JavaScriptEnabled = hasScript,
            ExtraHTTPHeaders = [new("X-MS-CLIENT-PRINCIPAL", Agency)],
        });
        var page = visit.Page;
        await page.GotoAsync(served.Address + $"/returns/idva-service?year={period[..7]}");
        await page.Locator($"a[href='{Idva}{period}/figures']").FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator("h1")).ToContainTextAsync("IDVA referrals and engagement");
        Assert.Equal(width, await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth"));
        await page.Locator("#figure-referrals-0-0").FocusAsync();
        foreach (var figure in Figures)
        {
            await page.Keyboard.TypeAsync(figure);

            // Past the note of the row.
            await page.Keyboard.PressAsync("Tab");
            await page.Keyboard.PressAsync("Tab");
        }

        await Assertions.Expect(page.Locator("[data-total]")).ToHaveTextAsync(hasScript ? "437" : "0 so far");
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Send these figures" })).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("Accepted");
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync($"idva {period}, version 1");
        Assert.Empty(visit.Faults);

        // What was sent is the form, to keep.
        using var client = served.Client(Agency);
        var examined = await Examine.FileAsync("idva-service/idva", period, await client.GetByteArrayAsync($"{Idva}{period}/1/file", Ct), "copy.xlsx");
        Assert.Equal(string.Join(' ', Figures), Examine.Values(examined, Examine.Form("idva-service/idva")));
    }

    [LongFact]
    public async Task The_states_of_the_page_are_accessible()
    {
        await using var visit = await served.VisitAsync(chromium, Agency);
        await visit.Page.GotoAsync(served.Address + Idva + "2019-20-Q3/figures");
        await visit.AssertUsableAsync();
        await visit.Page.Locator("#figure-referrals-0-0").FillAsync("lots");
        await visit.Page.Locator("#figure-referrals-1-0").FillAsync("5");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Send these figures" }).ClickAsync();
        await Assertions.Expect(visit.Page.Locator(".govuk-error-summary__list a").First).ToContainTextAsync("is not a number");
        await visit.AssertUsableAsync();
        await visit.Page.EmulateMediaAsync(new() { ForcedColors = ForcedColors.Active });
        await Assertions.Expect(visit.Page.Locator("#figure-referrals-0-0")).ToBeVisibleAsync();
        await visit.Page.EmulateMediaAsync(new() { ForcedColors = ForcedColors.None });
        await visit.Page.Locator(".govuk-error-summary__list a").First.ClickAsync();
        await Assertions.Expect(visit.Page.Locator("#figure-referrals-0-0")).ToBeFocusedAsync();

        // Somebody else saved figures in the meantime.
        await visit.Page.GotoAsync(served.Address + Idva + "2019-20-Q4/figures");
        using var other = served.Client(PortalVisits.As("manager"));
        using var theirs = await PostAsync(other, Idva + "2019-20-Q4", "save", ["50"]);
        Assert.Equal(HttpStatusCode.SeeOther, theirs.StatusCode);
        await visit.Page.Locator("#figure-referrals-0-0").FillAsync("40");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Send these figures" }).ClickAsync();
        await Assertions.Expect(visit.Page.Locator("main")).ToContainTextAsync("Nothing was saved or sent");
        await visit.AssertUsableAsync(isRefused: true);
    }

    [LongFact]
    public async Task A_table_with_columns_is_accessible() =>
        await chromium.AssertUsableAsync(served.Address, PortalVisits.As("agency:rape-crisis"), "/returns/rape-crisis/clients/2019-20/figures");

    [Fact]
    public async Task Saved_figures_come_back_and_a_blank_is_queried_at_its_field()
    {
        const string Page = Idva + "2020-21-Q1";
        using var client = served.Client(Agency);
        using var saved = await PostAsync(client, Page, "save", ["40", "", "[x]"]);
        Assert.StartsWith(Page + "/figures?message=", saved.Headers.Location!.OriginalString, StringComparison.Ordinal);
        var page = await client.GetStringAsync(saved.Headers.Location!.OriginalString, Ct);
        Assert.Contains("Your figures are saved here. They are not sent yet.", page, StringComparison.Ordinal);
        Assert.Contains("Saved by <bdi>Someone</bdi>", page, StringComparison.Ordinal);
        Assert.Equal(("40", "", "[x]"), (ValueOf(page, 0), ValueOf(page, 1), ValueOf(page, 2)));
        Assert.DoesNotContain("Your figures are saved here.", await client.GetStringAsync(saved.Headers.Location!.OriginalString, Ct), StringComparison.Ordinal);
        using var nothing = await client.GetAsync(Page + "/1", Ct);
        Assert.Equal(HttpStatusCode.NotFound, nothing.StatusCode);

        // With queries, nothing is sent before the officer has seen them.
        using var asked = await PostAsync(client, Page, "send", ["40", "", "[x]"]);
        Assert.Equal(Page + "/figures?checked=yes", asked.Headers.Location!.OriginalString);
        page = await client.GetStringAsync(asked.Headers.Location!.OriginalString, Ct);
        Assert.Matches("id=\"figure-referrals-1-0-findings\">\\s*<p class=\"portal-query\">[^<]*blank", page);
        Assert.Contains("href=\"#figure-referrals-1-0\"", page, StringComparison.Ordinal);
        using var sent = await PostAsync(client, Page, "send", ["40", "", "[x]"], from: "/figures?checked=yes");
        Assert.Equal(Page + "/1", sent.Headers.Location!.OriginalString);
        Assert.Contains("Accepted", await client.GetStringAsync(Page + "/1", Ct), StringComparison.Ordinal);
        Assert.Contains("saved figures on the page", await client.GetStringAsync(Page, Ct), StringComparison.Ordinal);

        // A second press of the button finds the version of the first.
        Assert.Single(await ListAsync("returns", "idva-service/idva/2020-21-Q1/"));
        using var again = await PostAsync(client, Page, "send", ["40", "", "[x]"], seen: "\"old\"");
        Assert.StartsWith(Page + "/1?message=", again.Headers.Location!.OriginalString, StringComparison.Ordinal);
        Assert.Single(await ListAsync("returns", "idva-service/idva/2020-21-Q1/"));

        // The draft has no texts any more. A correction starts from the accepted figures, and shows them to the period after.
        page = await client.GetStringAsync(Page + "/figures", Ct);
        Assert.Equal(("40", "", "[x]"), (ValueOf(page, 0), ValueOf(page, 1), ValueOf(page, 2)));
        Assert.Contains("These are the figures that we use", page, StringComparison.Ordinal);
        Assert.DoesNotContain("[x]", await ReadDraftAsync("idva-service/idva/2020-21-Q1"), StringComparison.Ordinal);
        Assert.Matches("figure-referrals-0-0-previous\"><span[^>]*>April to June 2020: </span>40<", await client.GetStringAsync(Idva + "2020-21-Q2/figures", Ct));
    }

    [Fact]
    public async Task A_newer_draft_of_somebody_else_is_never_overwritten_unseen()
    {
        const string Page = Idva + "2020-21-Q3";
        using var first = served.Client(Agency);
        using var second = served.Client(PortalVisits.As("manager"));
        var seen = TagOf(await first.GetStringAsync(Page + "/figures", Ct));
        using var theirs = await PostAsync(second, Page, "save", ["50"]);
        using var refused = await PostAsync(first, Page, "send", ["40"], seen: seen);
        var page = await refused.Content.ReadAsStringAsync(Ct);
        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
        Assert.Contains("Nothing was saved or sent", page, StringComparison.Ordinal);
        Assert.Contains("We have: <bdi>50</bdi>", page, StringComparison.Ordinal);
        Assert.Equal("40", ValueOf(page, 0));
        Assert.Contains("\"50\"", await ReadDraftAsync("idva-service/idva/2020-21-Q3"), StringComparison.Ordinal);

        // The page has the newest tag, so the person decides.
        using var mine = await PostAsync(first, Page, "save", ["40"], seen: TagOf(page));
        Assert.Equal(HttpStatusCode.SeeOther, mine.StatusCode);
        Assert.DoesNotContain("\"50\"", await ReadDraftAsync("idva-service/idva/2020-21-Q3"), StringComparison.Ordinal);

        using var stale = await PostAsync(second, Page, "discard", [], seen: seen);
        using var discarded = await PostAsync(second, Page, "discard", []);
        Assert.Equal((HttpStatusCode.Conflict, HttpStatusCode.SeeOther), (stale.StatusCode, discarded.StatusCode));
        Assert.Empty(await ListAsync("drafts", "idva-service/idva/2020-21-Q3"));
    }

    [Fact]
    public async Task Figures_with_people_are_neither_saved_nor_sent()
    {
        const string Page = Idva + "2020-21-Q4";
        using var client = served.Client(Agency);
        using var refused = await PostAsync(client, Page, "save", ["40"], note: "Ask jo.example@example.org about it.");
        var page = await refused.Content.ReadAsStringAsync(Ct);
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Contains("personal data", page, StringComparison.Ordinal);
        Assert.Equal("40", ValueOf(page, 0));
        Assert.Empty(await ListAsync("drafts", "idva-service/idva/2020-21-Q4"));
    }

    [Fact]
    public async Task A_reader_and_a_period_that_has_not_ended_and_a_large_return_have_no_page()
    {
        using var other = served.Client(PortalVisits.As("agency:elms-sarc"));
        using var client = served.Client(PortalVisits.As("manager"));
        using var refused = await other.GetAsync(Idva + "2019-20-Q4/figures", Ct);
        using var early = await client.GetAsync(Idva + "2998-99-Q1/figures", Ct);
        Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.Conflict), (refused.StatusCode, early.StatusCode));
        Assert.DoesNotContain("/figures\"", await client.GetStringAsync(Idva + "2998-99-Q1", Ct), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_program_enters_figures_with_the_same_checks()
    {
        using var client = served.Client(Agency);
        client.DefaultRequestHeaders.Add("X-Requested-With", "tests");
        const string Where = "return=idva-service/marac&period=2020-21-Q1";
        using var form = JsonDocument.Parse(await client.GetStringAsync("/api/entry-form?" + Where, Ct));
        var key = Assert.Single(form.RootElement.GetProperty("figures").EnumerateArray()).GetProperty("key").GetString()!;
        var wrong = await SendAsync(client, HttpStatusCode.OK, "send", key, "lots", null);
        Assert.Equal("checked", wrong.GetProperty("status").GetString());
        Assert.Contains(wrong.GetProperty("findings").EnumerateArray(), finding => finding.GetProperty("severity").GetString() == "error" && finding.GetProperty("figures")[0].GetString() == key);
        var conflict = await SendAsync(client, HttpStatusCode.Conflict, "send", key, "350", null);
        Assert.Equal("conflict", conflict.GetProperty("status").GetString());
        var people = await SendAsync(client, HttpStatusCode.BadRequest, "save", key, "jo.example@example.org", wrong.GetProperty("seen").GetString());
        Assert.Equal("refused", people.GetProperty("status").GetString());
        var sent = await SendAsync(client, HttpStatusCode.OK, "send", key, "350", wrong.GetProperty("seen").GetString());
        Assert.Equal(("sent", 1), (sent.GetProperty("status").GetString(), sent.GetProperty("version").GetInt32()));

        using var unknown = await PostAsync(client, new { @return = "idva-service/marac", period = "2020-21-Q2", action = "save", figures = new Dictionary<string, string> { ["x|y|"] = "1" } });
        using var other = served.Client(PortalVisits.As("agency:elms-sarc"));
        using var refused = await other.GetAsync("/api/entry-form?" + Where, Ct);
        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.Forbidden), (unknown.StatusCode, refused.StatusCode));
    }

    private static async Task<JsonElement> SendAsync(HttpClient client, HttpStatusCode expected, string action, string key, string text, string? seen)
    {
        using var answer = await PostAsync(client, new { @return = "idva-service/marac", period = "2020-21-Q1", action, figures = new Dictionary<string, string> { [key] = text }, seen });
        Assert.Equal(expected, answer.StatusCode);
        return JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Ct)).RootElement;
    }

    private static async Task<HttpResponseMessage> PostAsync(HttpClient client, object body)
    {
        using var content = new StringContent(JsonSerializer.Serialize(body), Encoding.UTF8, "application/json");
        return await client.PostAsync("/api/enter-figures", content, Ct);
    }

    /// <summary>Sends the form of the page, as a browser without script does.</summary>
    /// <param name="texts">The first figures. The others are those of <see cref="Figures"/>.</param>
    /// <param name="seen">The tag of the draft; null for that of the page.</param>
    /// <param name="note">The note of the first row.</param>
    private static async Task<HttpResponseMessage> PostAsync(HttpClient client, string page, string action, string[] texts, string? seen = null, string? note = null, string from = "/figures")
    {
        var shown = await client.GetStringAsync(page + from, Ct);
        var names = FieldName().Matches(shown).Select(match => WebUtility.HtmlDecode(match.Groups[1].Value)).ToList();
        Assert.Equal(Figures.Length, names.Count);
        List<KeyValuePair<string, string>> fields =
        [
            new("__RequestVerificationToken", await AgencysLaptop.TokenOfAsync(client, page + from)),
            new("do", action),
            new("seen", seen ?? TagOf(shown)),
            .. Answered().Match(shown) is { Success: true } answered ? new[] { new KeyValuePair<string, string>("answered", answered.Groups[1].Value) } : [],
            .. names.Select((name, at) => new KeyValuePair<string, string>(name, at < texts.Length ? texts[at] : Figures[at])),
            .. note is null ? [] : new[] { new KeyValuePair<string, string>(names[0].Replace("figure:", "note:", StringComparison.Ordinal), note) },
        ];
        using var form = new FormUrlEncodedContent(fields);
        return await client.PostAsync(page + "/figures", form, Ct);
    }

    private static string TagOf(string page) => WebUtility.HtmlDecode(Tag().Match(page).Groups[1].Value);

    private static string ValueOf(string page, int row) =>
        WebUtility.HtmlDecode(Regex.Match(Regex.Match(page, $"<input[^>]* id=\"figure-referrals-{row}-0\"[^>]*>").Value, " value=\"([^\"]*)\"").Groups[1].Value);

    private async Task<string> ReadDraftAsync(string name) =>
        (await served.Laptop.Account.GetBlobContainerClient("drafts").GetBlobClient(name).DownloadContentAsync(Ct)).Value.Content.ToString();

    private async Task<List<string>> ListAsync(string container, string prefix)
    {
        var names = new List<string>();
        await foreach (var blob in served.Laptop.Account.GetBlobContainerClient(container).GetBlobsAsync(cancellationToken: Ct))
        {
            if (blob.Name.StartsWith(prefix, StringComparison.Ordinal))
            {
                names.Add(blob.Name);
            }
        }

        return names;
    }

    [GeneratedRegex("name=\"(figure:[^\"]+)\"")]
    private static partial Regex FieldName();

    [GeneratedRegex("name=\"seen\" value=\"([^\"]*)\"")]
    private static partial Regex Tag();

    [GeneratedRegex("name=\"answered\" value=\"([^\"]*)\"")]
    private static partial Regex Answered();
}
