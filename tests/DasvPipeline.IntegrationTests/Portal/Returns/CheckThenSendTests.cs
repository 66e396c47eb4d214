using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.RegularExpressions;
using DasvPipeline.IntegrationTests.Site;
using DasvPipeline.Tests;
using Microsoft.Playwright;

namespace DasvPipeline.IntegrationTests.Portal.Returns;

/// <summary>A checked file is sent without being chosen again, a file of the wrong form is moved, and all queries are answered on one page.</summary>
public sealed partial class CheckThenSendTests(AgencysLaptop served, Chromium chromium) : IClassFixture<AgencysLaptop>, IClassFixture<Chromium>
{
    private const string Marac = "/returns/idva-service/marac/";
    private const string Sarc = "/returns/elms-sarc/referrals/";
    private static readonly string Manager = PortalVisits.As("manager");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_checked_file_is_sent_from_its_page_once()
    {
        using var client = served.Client(PortalVisits.As("agency:idva-service"));
        var address = await CheckAsync(client, Marac + "2020-21-Q1", "a name.csv", "MARAC cases heard,372");
        var page = await client.GetStringAsync(address, Ct);
        Assert.Contains("This file would be accepted", page, StringComparison.Ordinal);
        Assert.Contains("We have not received it.", page, StringComparison.Ordinal);
        Assert.Contains("Overdue", await client.GetStringAsync("/returns/idva-service?year=2020-21", Ct), StringComparison.Ordinal);

        // The page can be reloaded, and sends the file as often as the button is pressed.
        var token = await AgencysLaptop.TokenOfAsync(client, address);
        using var sent = await PostAsync(client, address, token, ("do", "send"));
        using var again = await PostAsync(client, address, token, ("do", "send"));
        using var back = await client.GetAsync(address, Ct);
        Assert.Equal(Marac + "2020-21-Q1/1", sent.Headers.Location!.OriginalString);
        Assert.StartsWith(Marac + "2020-21-Q1/1?message=", again.Headers.Location!.OriginalString, StringComparison.Ordinal);
        Assert.Equal(Marac + "2020-21-Q1/1", back.Headers.Location!.OriginalString);
        var result = await client.GetStringAsync(Marac + "2020-21-Q1/1", Ct);
        Assert.Contains("a name.csv", result, StringComparison.Ordinal);
        Assert.Contains("marac 2020-21-Q1, version 1", result, StringComparison.Ordinal);

        // The upload has the bytes, so they are not kept twice.
        Assert.DoesNotContain(await ListCheckedAsync(), name => name.StartsWith("idva-service/marac/2020-21-Q1/", StringComparison.Ordinal) && name.EndsWith("/file", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_checked_file_with_people_is_not_kept_and_another_can_be_deleted()
    {
        using var client = served.Client(PortalVisits.As("agency:idva-service"));
        var people = await CheckAsync(client, Marac + "2020-21-Q2", "marac.csv", "Name,Date of birth\r\nJane Example,01/02/1980\r\nMARAC cases heard,372");
        var page = await client.GetStringAsync(people, Ct);
        Assert.Contains("This file would be rejected", page, StringComparison.Ordinal);
        Assert.Contains("We have not received or saved it.", page, StringComparison.Ordinal);
        Assert.DoesNotContain("1980", page, StringComparison.Ordinal);
        Assert.DoesNotContain(await ListCheckedAsync(), name => name.StartsWith("idva-service/marac/2020-21-Q2/", StringComparison.Ordinal) && name.EndsWith("/file", StringComparison.Ordinal));
        using var refused = await PostAsync(client, people, await AgencysLaptop.TokenOfAsync(client, people), ("do", "send"));
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);

        var other = await CheckAsync(client, Marac + "2020-21-Q2", "marac.csv", "MARAC cases heard,lots");
        using var marked = await client.GetAsync(other + "/marked", Ct);
        Assert.Equal("text/csv", marked.Content.Headers.ContentType!.MediaType);
        Assert.Contains("lots", await marked.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
        using var forgotten = await PostAsync(client, other, await AgencysLaptop.TokenOfAsync(client, other), ("do", "forget"));
        using var gone = await client.GetAsync(other, Ct);
        using var unknown = await client.GetAsync(Marac + "2020-21-Q2/checked/..%2f..%2fx", Ct);
        Assert.Equal((HttpStatusCode.SeeOther, HttpStatusCode.NotFound, HttpStatusCode.NotFound), (forgotten.StatusCode, gone.StatusCode, unknown.StatusCode));
    }

    [Fact]
    public async Task Queries_of_a_checked_file_are_answered_before_it_is_sent()
    {
        using var client = served.Client(PortalVisits.As("agency:elms-sarc"));
        var address = await CheckAsync(client, Sarc + "2018-19-Q3", "sarc.csv", "Referrals to SARC over 18s,51\r\nReferrals to SARC under 18s,\r\n");
        var field = AnswerField().Match(await client.GetStringAsync(address, Ct)).Groups[1].Value;
        var token = await AgencysLaptop.TokenOfAsync(client, address);
        using var refused = await PostAsync(client, address, token, ("do", "send"), (field, "Ask jo.example@example.org about it."));
        var page = await refused.Content.ReadAsStringAsync(Ct);
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Contains("Ask jo.example@example.org about it.", page, StringComparison.Ordinal);
        Assert.Contains("personal data", page, StringComparison.Ordinal);
        using var nothing = await client.GetAsync(Sarc + "2018-19-Q3/1", Ct);
        Assert.Equal(HttpStatusCode.NotFound, nothing.StatusCode);

        using var sent = await PostAsync(client, address, token, ("do", "send"), (field, "The clinic for children was closed."));
        var result = await client.GetStringAsync(sent.Headers.Location!.OriginalString, Ct);
        Assert.Contains("Explained: <bdi>The clinic for children was closed.</bdi>", result, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_refused_answer_saves_none_and_keeps_all_texts()
    {
        using var client = served.Client(PortalVisits.As("agency:elms-sarc"));
        using var sent = await AgencysLaptop.PostFileAsync(client, Sarc + "2018-19-Q4", "sarc.csv", "measure,age,value,note\r\nsarc.referrals,18-and-over,-,\r\nsarc.referrals,under-18,,\r\n"u8.ToArray(), await AgencysLaptop.TokenOfAsync(client, Sarc + "2018-19-Q4"));
        var page = sent.Headers.Location!.OriginalString;
        var fields = AnswerField().Matches(await client.GetStringAsync(page, Ct)).Select(match => match.Groups[1].Value).Distinct().ToList();
        Assert.True(fields.Count > 1);
        var token = await AgencysLaptop.TokenOfAsync(client, page);
        using var refused = await PostAsync(client, Sarc + "2018-19-Q4/explanations", token, (fields[0], "The clinic was closed."), (fields[1], "Ask jo.example@example.org."));
        var answer = await refused.Content.ReadAsStringAsync(Ct);
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Contains("The clinic was closed.", answer, StringComparison.Ordinal);
        Assert.Contains("Ask jo.example@example.org.", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("Explained:", await client.GetStringAsync(page, Ct), StringComparison.Ordinal);

        // An answer without words leaves its question open.
        using var saved = await PostAsync(client, Sarc + "2018-19-Q4/explanations", token, [.. fields.Select((field, at) => (field, at == 0 ? "The clinic was closed." : "  "))]);
        Assert.Equal(HttpStatusCode.SeeOther, saved.StatusCode);
        Assert.Equal(fields.Count - 1, AnswerField().Matches(await client.GetStringAsync(page, Ct)).Select(match => match.Groups[1].Value).Distinct().Count());
    }

    [Fact]
    public async Task A_file_with_the_form_of_another_return_is_moved_there()
    {
        using var client = served.Client(Manager);
        var form = await client.GetByteArrayAsync(Sarc + "2021-22-Q1/form", Ct);
        using var wrong = await AgencysLaptop.PostFileAsync(client, Marac + "2021-22-Q2", "sarc.xlsx", form, await AgencysLaptop.TokenOfAsync(client, Marac + "2021-22-Q2"));
        var page = wrong.Headers.Location!.OriginalString;
        Assert.Contains("Move the file to the right return", await client.GetStringAsync(page, Ct), StringComparison.Ordinal);

        // An agency that may not send for the other is refused, and is not offered it.
        using var agency = served.Client(PortalVisits.As("agency:idva-service"));
        Assert.DoesNotContain("Move the file", await agency.GetStringAsync(page, Ct), StringComparison.Ordinal);
        using var refused = await PostAsync(agency, page + "/move", await AgencysLaptop.TokenOfAsync(agency, page));
        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);

        using var moved = await PostAsync(client, page + "/move", await AgencysLaptop.TokenOfAsync(client, page));
        Assert.StartsWith(Sarc + "2021-22-Q1/1?message=", moved.Headers.Location!.OriginalString, StringComparison.Ordinal);

        // The same on the page of a checked file, and for a program.
        var address = await CheckAsync(client, Marac + "2021-22-Q3", "sarc.xlsx", form);
        using var sent = await PostAsync(client, address, await AgencysLaptop.TokenOfAsync(client, address), ("do", "move"));
        Assert.StartsWith(Sarc + "2021-22-Q1/", sent.Headers.Location!.OriginalString, StringComparison.Ordinal);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/move") { Content = new StringContent("""{"return":"idva-service/marac","period":"2021-22-Q2","version":1}""", Encoding.UTF8, "application/json") };
        request.Headers.Add("X-Requested-With", "tests");
        using var program = await client.SendAsync(request, Ct);
        Assert.Contains("We have moved your file", await program.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
    }

    /// <summary>Without script, on a phone: the file is chosen once.</summary>
    [LongFact]
    public async Task An_officer_checks_and_sends_with_2_presses()
    {
        await using var visit = await chromium.VisitAsync(served.Address, new BrowserNewContextOptions { ViewportSize = new ViewportSize { Width = 390, Height = 800 }, JavaScriptEnabled = false, ExtraHTTPHeaders = [new("X-MS-CLIENT-PRINCIPAL", PortalVisits.As("agency:idva-service"))] });
        await visit.Page.GotoAsync(served.Address + Marac + "2021-22-Q4");
        await visit.Page.Locator("input[type=file]").SetInputFilesAsync(new FilePayload { Name = "marac.csv", MimeType = "text/csv", Buffer = "MARAC cases heard,373"u8.ToArray() });
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Check without sending" }).ClickAsync();
        await Assertions.Expect(visit.Page.Locator("h1")).ToHaveTextAsync("This file would be accepted");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Send this file" }).ClickAsync();
        await Assertions.Expect(visit.Page.Locator("h1")).ToHaveTextAsync("Accepted");
    }

    private static Task<string> CheckAsync(HttpClient client, string page, string name, string content) => CheckAsync(client, page, name, Encoding.UTF8.GetBytes(content));

    /// <summary>Checks a file, and returns the address of its result.</summary>
    private static async Task<string> CheckAsync(HttpClient client, string page, string name, byte[] content)
    {
        using var form = new MultipartFormDataContent { { new StringContent(await AgencysLaptop.TokenOfAsync(client, page)), "__RequestVerificationToken" }, { new StringContent("check"), "do" } };
        var file = new ByteArrayContent(content);
        file.Headers.ContentDisposition = new ContentDispositionHeaderValue("form-data") { Name = "\"file\"", FileNameStar = name };
        form.Add(file);
        using var answer = await client.PostAsync(page, form, Ct);
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        return answer.Headers.Location!.OriginalString;
    }

    private static async Task<HttpResponseMessage> PostAsync(HttpClient client, string address, string token, params (string Name, string Value)[] fields)
    {
        using var form = new FormUrlEncodedContent(fields.Select(field => new KeyValuePair<string, string>(field.Name, field.Value)).Prepend(new("__RequestVerificationToken", token)));
        return await client.PostAsync(address, form, Ct);
    }

    private async Task<List<string>> ListCheckedAsync()
    {
        var names = new List<string>();
        await foreach (var blob in served.Laptop.Account.GetBlobContainerClient("checked").GetBlobsAsync(cancellationToken: Ct))
        {
            names.Add(blob.Name);
        }

        return names;
    }

    [GeneratedRegex("name=\"(answer-[^\"]+)\"")]
    private static partial Regex AnswerField();
}
