using System.Net;
using System.Text;
using System.Text.Json;
using DasvPipeline.Core.Oversight.Reconciliation;

namespace DasvPipeline.IntegrationTests.Local;

/// <summary>The manager's lists as JSON, CSV and calendar.</summary>
public sealed class StatusRouteTests(ReadOnlyLaptop served) : IClassFixture<ReadOnlyLaptop>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static TheoryData<string> Lists => ["/api/status", "/api/discrepancies", "/api/preview", "/api/chase", "/api/headlines"];

    [Theory]
    [MemberData(nameof(Lists))]
    public async Task The_manager_gets_a_list_as_JSON_or_CSV_and_it_is_not_cached(string path)
    {
        using var json = await AsAsync(path, EndpointCall.Manager);
        using var csv = await AsAsync(path + "?format=csv", EndpointCall.Manager);
        using var other = await AsAsync(path + "?format=pdf", EndpointCall.Manager);
        using var agency = await AsAsync(path, """{"claims":[{"typ":"roles","val":"agency"}]}""");
        using var nobody = await AsAsync(path + "?format=csv", "{}");

        Assert.Equal(
            (HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.BadRequest, HttpStatusCode.Forbidden, HttpStatusCode.Forbidden),
            (json.StatusCode, csv.StatusCode, other.StatusCode, agency.StatusCode, nobody.StatusCode));
        Assert.All(new[] { json, csv, other, agency, nobody }, answer => Assert.True(answer.Headers.CacheControl!.NoStore));
        Assert.Equal("application/json", json.Content.Headers.ContentType!.MediaType);
        Assert.Equal(("text/csv", "attachment"), (csv.Content.Headers.ContentType!.MediaType, csv.Content.Headers.ContentDisposition!.DispositionType));
        using var document = JsonDocument.Parse(await json.Content.ReadAsByteArrayAsync(Ct));
        var bytes = await csv.Content.ReadAsByteArrayAsync(Ct);
        Assert.Equal([0xEF, 0xBB, 0xBF], bytes[..3]);
        Assert.True(Encoding.UTF8.GetString(bytes).Split("\r\n").Length > 2 || path == "/api/preview");
    }

    [Theory]
    [InlineData("/api/chase?format=ics", 28)]
    [InlineData("/api/chase.ics?year=2019-20", 28)]
    [InlineData("/api/chase.ics?year=2019-20&agency=constabulary", 1)]
    public async Task A_calendar_is_for_one_agency_or_for_all(string path, int agencies)
    {
        using var response = await AsAsync(path, EndpointCall.Manager);

        Assert.Equal((HttpStatusCode.OK, "text/calendar"), (response.StatusCode, response.Content.Headers.ContentType!.MediaType));
        Assert.True(response.Headers.CacheControl!.NoStore);
        var calendar = Ical.Net.Calendar.Load(await response.Content.ReadAsStringAsync(Ct))!;
        Assert.InRange(calendar.Events.Select(item => item.Uid!.Split('.')[0]).Distinct().Count(), 1, agencies);
        Assert.All(calendar.Events, item => Assert.Equal($"/returns/{item.Uid!.Split('.')[0]}", item.Url!.AbsolutePath));
        using var nobody = await AsAsync(path, "{}");
        Assert.Equal(HttpStatusCode.Forbidden, nobody.StatusCode);
    }

    [Fact]
    public async Task A_calendar_of_an_unknown_agency_is_not_found()
    {
        using var response = await AsAsync("/api/chase.ics?agency=../x", EndpointCall.Manager);
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Fact]
    public async Task A_chased_return_says_where_to_send_it()
    {
        using var answer = await AsAsync("/api/chase?year=2019-20", EndpointCall.Manager);
        using var json = JsonDocument.Parse(await answer.Content.ReadAsByteArrayAsync(Ct));
        var sarc = json.RootElement.GetProperty("agencies").EnumerateArray().Single(agency => agency.GetProperty("agency").GetString() == "elms-sarc");

        Assert.Equal(served.Client.BaseAddress + "returns/elms-sarc", sarc.GetProperty("page").GetString());
        Assert.Contains(served.Client.BaseAddress + "returns/elms-sarc", sarc.GetProperty("email").GetProperty("body").GetString(), StringComparison.Ordinal);
        Assert.Equal(
            ["return", "title", "period", "periodLabel", "state", "due", "daysOver", "workingDaysOver", "daysLeft", "queries", "isLive"],
            sarc.GetProperty("returns")[0].EnumerateObject().Select(property => property.Name));
    }

    [Fact]
    public void A_field_of_a_list_starts_no_formula()
    {
        var query = new ReturnQuery("a/b", "2019-20", "code", "=cmd|' /C calc'!A0", "A1", "=1+1", "q", "@SUM(1+1)*cmd");
        var text = Encoding.UTF8.GetString(new Disagreements("2019-20", "label", [], [query]).ToCsv());

        Assert.All(text.Split("\r\n")[1].Split(','), field => Assert.DoesNotMatch("^\"?[=@+-]", field));
        Assert.Contains("1+1", text, StringComparison.Ordinal);
    }

    private async Task<HttpResponseMessage> AsAsync(string path, string principal)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add("X-MS-CLIENT-PRINCIPAL", Convert.ToBase64String(Encoding.UTF8.GetBytes(principal)));
        return await served.Client.SendAsync(request, Ct);
    }
}
