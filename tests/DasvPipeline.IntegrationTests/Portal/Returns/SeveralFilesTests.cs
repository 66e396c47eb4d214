using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using DasvPipeline.IntegrationTests.Site;
using DasvPipeline.Tests;
using DasvPipeline.Tests.Ingest.Forms;
using DasvPipeline.Tests.Ingest.Reading;
using Microsoft.Playwright;

namespace DasvPipeline.IntegrationTests.Portal.Returns;

/// <summary>Several files are sent at once: each is recognised by its form or chosen, checked, and sent only if it would be accepted.</summary>
public sealed partial class SeveralFilesTests(AgencysLaptop served, Chromium chromium) : IClassFixture<AgencysLaptop>, IClassFixture<Chromium>
{
    private const string Page = "/returns/idva-service/files";
    private static readonly string Agency = PortalVisits.As("agency:idva-service");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_file_is_recognised_and_only_the_right_ones_are_sent()
    {
        using var client = served.Client(Agency);
        using var manager = served.Client(PortalVisits.As("manager"));
        var right = await FillAsync(client, "idva-service/marac", "2021-22-Q1");
        var wrong = await FillAsync(client, "idva-service/idva", "2021-22-Q1", "lots");
        var others = await FillAsync(manager, "elms-sarc/referrals", "2021-22-Q1");
        var page = await CheckAsync(client, ("marac.xlsx", right), ("idva.xlsx", wrong), ("sarc.xlsx", others), ("own.csv", "MARAC cases heard,372"u8.ToArray()), ("people.csv", "Name,Date of birth\r\nJane Example,01/02/1980\r\n"u8.ToArray()));
        var shown = await client.GetStringAsync(page, Ct);
        Assert.Contains("1 file can be sent now. 4 files cannot be sent yet.", shown, StringComparison.Ordinal);
        Assert.Contains("MARAC cases, April to June 2021", shown, StringComparison.Ordinal);
        Assert.Contains("It would be rejected: 1 thing to fix. It is not sent.", shown, StringComparison.Ordinal);
        Assert.Contains("The form in this file is for another agency.", shown, StringComparison.Ordinal);
        Assert.Contains("This file is not one of our forms. Choose its return.", shown, StringComparison.Ordinal);
        Assert.Contains("This file seems to have personal data. We have not saved it.", shown, StringComparison.Ordinal);

        using var sent = await PostAsync(client, page, ("do", "send"));
        Assert.Contains("We have received 1 file.", await client.GetStringAsync(sent.Headers.Location!.OriginalString, Ct), StringComparison.Ordinal);
        using var again = await PostAsync(client, page, ("do", "send"));
        Assert.Contains("Nothing was sent.", await client.GetStringAsync(again.Headers.Location!.OriginalString, Ct), StringComparison.Ordinal);
        using var accepted = await client.GetAsync("/returns/idva-service/marac/2021-22-Q1/1", Ct);
        using var twice = await client.GetAsync("/returns/idva-service/marac/2021-22-Q1/2", Ct);
        using var refused = await client.GetAsync("/returns/idva-service/idva/2021-22-Q1/1", Ct);
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.NotFound, HttpStatusCode.NotFound), (accepted.StatusCode, twice.StatusCode, refused.StatusCode));

        // The file that was not recognised is chosen for a return, and for no other agency's.
        using var none = await PostAsync(client, page, ("do", "choose"), ("number", "3"));
        using var foreign = await PostAsync(client, page, ("do", "choose"), ("number", "3"), ("key", "elms-sarc/referrals|2021-22-Q1"));
        using var people = await PostAsync(client, page, ("do", "choose"), ("number", "4"), ("key", "idva-service/marac|2021-22-Q2"));
        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.BadRequest, HttpStatusCode.BadRequest), (none.StatusCode, foreign.StatusCode, people.StatusCode));
        using var chosen = await PostAsync(client, page, ("do", "choose"), ("number", "3"), ("key", "idva-service/marac|2021-22-Q2"));
        Assert.Contains("own.csv</bdi>: MARAC cases, July to September 2021", await client.GetStringAsync(chosen.Headers.Location!.OriginalString, Ct), StringComparison.Ordinal);
        using var last = await PostAsync(client, page, ("do", "send"));
        Assert.Contains("372", await client.GetStringAsync("/returns/idva-service/marac/2021-22-Q2/1", Ct), StringComparison.Ordinal);

        using var other = served.Client(PortalVisits.As("agency:elms-sarc"));
        using var forbidden = await other.GetAsync(page, Ct);
        using var unknown = await other.GetAsync(page.Replace("idva-service", "elms-sarc", StringComparison.Ordinal), Ct);
        Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.NotFound), (forbidden.StatusCode, unknown.StatusCode));
    }

    /// <summary>With script, on a phone: one workbook has the tables of 2 returns.</summary>
    [LongFact]
    public async Task One_file_with_several_returns_is_checked_for_each()
    {
        await using var visit = await chromium.VisitAsync(served.Address, new BrowserNewContextOptions { ViewportSize = new ViewportSize { Width = 390, Height = 800 }, ExtraHTTPHeaders = [new("X-MS-CLIENT-PRINCIPAL", Agency)] });
        await visit.Page.GotoAsync(served.Address + Page);
        await visit.AssertUsableAsync();
        var both = "IDVA Referrals,Number\r\nCity,40\r\nEast,20\r\nFenland,30\r\nHunts,45\r\nSouth,25\r\nHealth,31\r\nCYP,37\r\nA8,60\r\nStalking,43\r\nPboro,106\r\n\r\nEngagement,Number\r\nEngaged,300\r\nRepeats,90\r\n\r\nMARAC,Number\r\nMARAC cases heard,360\r\n";
        await visit.Page.Locator("input[type=file]").SetInputFilesAsync(new FilePayload { Name = "both.csv", MimeType = "text/csv", Buffer = Encoding.UTF8.GetBytes(both) });
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Check these files" }).ClickAsync();
        // The returns that we found are chosen already. The person confirms them.
        var period = (await visit.Page.Locator("input[value^='idva-service/idva|']:checked").GetAttributeAsync("value"))!.Split('|')[1];
        await Assertions.Expect(visit.Page.Locator($"input[value='idva-service/marac|{period}']")).ToBeCheckedAsync();
        await Assertions.Expect(visit.Page.Locator("input[name=key]:checked")).ToHaveCountAsync(2);
        await visit.AssertUsableAsync();
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Check it for these returns" }).ClickAsync();
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Name = "both.csv: IDVA referrals and engagement" })).ToBeVisibleAsync();
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Send 2 files" }).ClickAsync();
        await Assertions.Expect(visit.Page.Locator("main")).ToContainTextAsync("All of them were sent.");
        Assert.Empty(visit.Faults);
        using var client = served.Client(Agency);
        Assert.Contains("360", await client.GetStringAsync($"/returns/idva-service/marac/{period}/1", Ct), StringComparison.Ordinal);
        Assert.Contains("106", await client.GetStringAsync($"/returns/idva-service/idva/{period}/1", Ct), StringComparison.Ordinal);
    }

    /// <summary>One workbook with the forms of 2 returns, and a sheet that belongs to neither.</summary>
    [Fact]
    public async Task One_workbook_is_recognised_sheet_by_sheet()
    {
        using var client = served.Client(Agency);
        var workbook = JoinedWorkbook.Create(
            (await FillAsync(client, "idva-service/marac", "2022-23-Q1"), string.Empty),
            (await FillAsync(client, "idva-service/idva", "2022-23-Q1"), " (2)"));
        var page = await CheckAsync(client, ("all.xlsx", workbook));
        var shown = await client.GetStringAsync(page, Ct);
        Assert.Contains("This file has the forms of several returns. Confirm them.", shown, StringComparison.Ordinal);
        Assert.Matches("<bdi>Daily MARAC</bdi>.: MARAC cases, April to June 2022<", shown);
        Assert.Matches("<bdi>Figures \\(2\\)</bdi>.: IDVA referrals and engagement, April to June 2022<", shown);
        Assert.Matches("<bdi>Our rota</bdi>.: none of your returns. We do not use them.<", shown);
        Assert.Equal(2, CheckedBox().Count(shown));

        using var chosen = await PostAsync(client, page, ("do", "choose"), ("number", "0"), ("key", "idva-service/marac|2022-23-Q1"), ("key", "idva-service/idva|2022-23-Q1"));
        using var sent = await PostAsync(client, page, ("do", "send"));
        Assert.Contains("We have received 2 files.", await client.GetStringAsync(sent.Headers.Location!.OriginalString, Ct), StringComparison.Ordinal);
        var marac = await client.GetStringAsync("/returns/idva-service/marac/2022-23-Q1/1", Ct);
        Assert.Contains("They are those of the return &quot;IDVA referrals and engagement&quot;. Send the file as that return too.", marac, StringComparison.Ordinal);
        Assert.Contains("Our rota", marac, StringComparison.Ordinal);
        Assert.Contains("They are those of the return &quot;MARAC cases&quot;.", await client.GetStringAsync("/returns/idva-service/idva/2022-23-Q1/1", Ct), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_program_does_the_same_as_the_page()
    {
        using var client = served.Client(Agency);
        client.DefaultRequestHeaders.Add("X-Requested-With", "test");
        var marac = await FillAsync(client, "idva-service/marac", "2022-23-Q2");
        using var check = JsonDocument.Parse(await SendJsonAsync(client, HttpStatusCode.OK, new { agency = "idva-service", action = "check", files = new Dictionary<string, string> { ["marac.xlsx"] = Convert.ToBase64String(marac), ["own.csv"] = Convert.ToBase64String("MARAC cases heard,372"u8) } }));
        var batch = check.RootElement.GetProperty("batch").GetString()!;
        Assert.Equal(["would-be-accepted", "to-choose"], Statuses(check));
        Assert.Equal("idva-service/marac", check.RootElement.GetProperty("files")[1].GetProperty("sheets")[0].GetProperty("returns")[0].GetProperty("return").GetString());

        using var chosen = JsonDocument.Parse(await SendJsonAsync(client, HttpStatusCode.OK, new { agency = "idva-service", action = "choose", batch, number = 1, returns = new Dictionary<string, string> { ["idva-service/marac"] = "2022-23-Q3" } }));
        Assert.Equal(["would-be-accepted", "would-be-accepted"], Statuses(chosen));
        await SendJsonAsync(client, HttpStatusCode.Conflict, new { agency = "idva-service", action = "choose", batch, number = 1, returns = new Dictionary<string, string> { ["elms-sarc/referrals"] = "2022-23-Q3" } });
        await SendJsonAsync(client, HttpStatusCode.BadRequest, new { agency = "idva-service", action = "choose", batch, number = 1, returns = new Dictionary<string, string> { ["idva-service/marac"] = "2022-23-Q3", ["idva-service/idva"] = "2022-23-Q9" } });
        using var sent = JsonDocument.Parse(await SendJsonAsync(client, HttpStatusCode.OK, new { agency = "idva-service", action = "send", batch }));
        Assert.Equal(["sent", "sent"], Statuses(sent));
        Assert.Equal("We have received 2 files.", sent.RootElement.GetProperty("message").GetString());
        using var listed = JsonDocument.Parse(await client.GetStringAsync($"/api/checked-files?agency=idva-service&batch={batch}", Ct));
        Assert.Equal(["sent", "sent"], Statuses(listed));

        foreach (var bad in new object[] { new { agency = "idva-service", action = "check", files = new Dictionary<string, string> { ["a.csv"] = "no base 64!" } }, new { agency = "idva-service", action = "check" }, new { agency = "idva-service", action = "burn", batch } })
        {
            await SendJsonAsync(client, HttpStatusCode.BadRequest, bad);
        }

        using var other = served.Client(PortalVisits.As("agency:elms-sarc"));
        other.DefaultRequestHeaders.Add("X-Requested-With", "test");
        await SendJsonAsync(other, HttpStatusCode.Forbidden, new { agency = "idva-service", action = "send", batch });
        await SendJsonAsync(other, HttpStatusCode.NotFound, new { agency = "elms-sarc", action = "send", batch });
        using var reader = served.Client(null);
        using var anyone = await reader.GetAsync($"/api/checked-files?agency=idva-service&batch={batch}", Ct);
        Assert.Equal(HttpStatusCode.Unauthorized, anyone.StatusCode);
        client.DefaultRequestHeaders.Remove("X-Requested-With");
        await SendJsonAsync(client, HttpStatusCode.BadRequest, new { agency = "idva-service", action = "send", batch });
    }

    private static IEnumerable<string?> Statuses(JsonDocument answer) => answer.RootElement.GetProperty("files").EnumerateArray().Select(file => file.GetProperty("status").GetString());

    private static async Task<string> SendJsonAsync(HttpClient client, HttpStatusCode expected, object body)
    {
        using var content = new StringContent(JsonSerializer.Serialize(body), Encoding.UTF8, "application/json");
        using var answer = await client.PostAsync("/api/send-files", content, Ct);
        var text = await answer.Content.ReadAsStringAsync(Ct);
        Assert.True(expected == answer.StatusCode, $"{answer.StatusCode}: {text}");
        return text;
    }

    [GeneratedRegex("type=\"checkbox\"[^>]* checked")]
    private static partial Regex CheckedBox();

    [Fact]
    public async Task Too_many_files_and_none_are_refused()
    {
        using var client = served.Client(Agency);
        using var none = await PostFilesAsync(client);
        using var many = await PostFilesAsync(client, [.. Enumerable.Range(0, 31).Select(i => ($"{i}.csv", "MARAC cases heard,372"u8.ToArray()))]);
        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.BadRequest), (none.StatusCode, many.StatusCode));
        Assert.Contains("at most 30 files", await many.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
    }

    /// <summary>Returns the form of a return with a figure in every cell.</summary>
    /// <param name="text">What is typed into the first cell instead; null for its figure.</param>
    private static async Task<byte[]> FillAsync(HttpClient client, string id, string period, string? text = null)
    {
        var filled = FilledForms.Fill(Examine.Form(id), await client.GetByteArrayAsync($"/returns/{id}/{period}/form", Ct));
        return text is null ? filled : FilledForms.Type(filled, text, [(await Examine.FileAsync(id, period, filled, "form.xlsx")).Observations[0].Cell]);
    }

    private static async Task<string> CheckAsync(HttpClient client, params (string Name, byte[] Content)[] files)
    {
        using var answer = await PostFilesAsync(client, files);
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        return answer.Headers.Location!.OriginalString;
    }

    private static async Task<HttpResponseMessage> PostFilesAsync(HttpClient client, params (string Name, byte[] Content)[] files)
    {
        using var form = new MultipartFormDataContent { { new StringContent(await AgencysLaptop.TokenOfAsync(client, Page)), "__RequestVerificationToken" }, { new StringContent("check"), "do" } };
        foreach (var (name, content) in files)
        {
            var file = new ByteArrayContent(content);
            file.Headers.ContentDisposition = new ContentDispositionHeaderValue("form-data") { Name = "\"file\"", FileNameStar = name };
            form.Add(file);
        }

        return await client.PostAsync(Page, form, Ct);
    }

    private static async Task<HttpResponseMessage> PostAsync(HttpClient client, string page, params (string Name, string Value)[] fields)
    {
        using var form = new FormUrlEncodedContent(
        [
            new("__RequestVerificationToken", await AgencysLaptop.TokenOfAsync(client, Page)),
            new("batch", page.Split('=')[1]),
            .. fields.Select(field => new KeyValuePair<string, string>(field.Name, field.Value)),
        ]);
        return await client.PostAsync(Page, form, Ct);
    }
}
