using System.Net;
using System.Text;
using System.Text.Json;
using Azure.Data.Tables;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Ports;
using DasvPipeline.IntegrationTests.Publish;
using DasvPipeline.IntegrationTests.Storage;
using DasvPipeline.IntegrationTests.UseCases;
using DasvPipeline.Portal;
using DasvPipeline.Portal.Auth;
using Microsoft.AspNetCore.Http;
using static DasvPipeline.IntegrationTests.UseCases.SampleFiles;

namespace DasvPipeline.IntegrationTests.Local;

/// <summary>The manager's decisions over HTTP, and the responses before and after them.</summary>
public sealed class DecisionRouteTests(ServedLaptop served, AzuriteFixture azurite) : IClassFixture<ServedLaptop>
{
    private const string Year = """{"year":"2019-20","reason":"Agreed with the board."}""";
    private const string Reason = """{"reason":"The board meets on Monday."}""";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/api/sign-off", Year)]
    [InlineData("/api/re-open", Year)]
    [InlineData("/api/hold", Reason)]
    [InlineData("/api/release-hold", null)]
    [InlineData("/api/publish", null)]
    public async Task Only_the_manager_can_post_a_decision_and_not_from_another_site(string path, string? body)
    {
        using var without = await PostAsync(path, body, requestedWith: null);
        using var nobody = await PostAsync(path, body, principal: """{"claims":[{"typ":"roles","val":"agency"}]}""");
        using var got = await served.Client.GetAsync(path, Ct);

        Assert.Equal(
            (HttpStatusCode.BadRequest, HttpStatusCode.Forbidden, HttpStatusCode.MethodNotAllowed), (without.StatusCode, nobody.StatusCode, got.StatusCode));
        Assert.Contains("X-Requested-With", await without.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
        Assert.Equal(Decisions.Empty.Hold, (await served.Laptop.Feed.ReadPublishQueueAsync(Ct)).Decisions.Hold);
        Assert.Empty((await served.Laptop.Feed.ReadPublishQueueAsync(Ct)).Decisions.Years);
    }

    [Theory]
    [InlineData("/api/preview")]
    [InlineData("/api/lineage?headline=marac-cases&period=2019-20")]
    [InlineData("/api/verify-figures")]
    public async Task Manager_pages_are_for_the_manager_only_and_are_not_cached(string path)
    {
        using var shown = await served.Client.GetAsync(path, Ct);
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add("X-MS-CLIENT-PRINCIPAL", Encoded("""{"claims":[{"typ":"roles","val":"agency"}]}"""));
        using var nobody = await served.Client.SendAsync(request, Ct);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Forbidden), (shown.StatusCode, nobody.StatusCode));
        Assert.All(new[] { shown, nobody }, answer => Assert.True(answer.Headers.CacheControl!.NoStore));
        Assert.Equal("application/json", shown.Content.Headers.ContentType!.MediaType);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("""{"reason":"No year."}""")]
    [InlineData("""{"year":"2019"}""")]
    [InlineData("""{"year":"2019-20-Q1"}""")]
    [InlineData("""{"year":"../../x"}""")]
    [InlineData("""{"year":2019}""")]
    [InlineData("""{"year":"2019-20","reason":7}""")]
    [InlineData("""{"year":"2019-20","reason":"\ud800"}""")]
    public async Task A_year_that_cannot_be_read_is_a_bad_request(string body)
    {
        using var off = await PostAsync("/api/sign-off", body);
        using var open = await PostAsync("/api/re-open", body);

        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.BadRequest), (off.StatusCode, open.StatusCode));
        Assert.Contains("Send JSON", await off.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_longer_than_a_reason_can_be_is_a_bad_request_and_is_not_read_further()
    {
        using var answer = await PostAsync("/api/hold", $$"""{"reason":"{{new string('x', 20_000)}}"}""");

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Null((await served.Laptop.Feed.ReadPublishQueueAsync(Ct)).Decisions.Hold);
    }

    [Fact]
    public async Task Each_decision_says_what_it_did_and_who_decided_it_is_audited()
    {
        var pipeline = await Pipeline.NewAsync(azurite);
        await pipeline.SendAsync(MaracPath(1), Marac(371));
        var decisions = EndpointOf(pipeline);

        var (status, refused) = await AskAsync("""{"year":"2019-20","reason":null}""", decisions.SignOffAsync);
        Assert.Equal((409, "2019-20 is not ready to sign off. To sign it off anyway, give a reason."), (status, Message(refused)));
        Assert.Contains("IDVA Service has no accepted \"MARAC cases\" for July to September 2019.", JsonDocument.Parse(refused).RootElement.GetProperty("obstacles").EnumerateArray().Select(obstacle => obstacle.GetString()));

        Assert.Equal((200, "Publishing is on hold. Returns are still checked. Nothing will be published until you release the hold."), await StatusAndMessageAsync(Reason, decisions.HoldAsync));
        Assert.Equal(
            (409, """{"message":"Someone put publishing on hold on 1 June 2020. Nothing is published until you release the hold.","obstacles":["The board meets on Monday."]}"""),
            await AskAsync(null, decisions.PublishAsync));
        Assert.Equal((200, "The hold is released. The next run will publish the changes."), await StatusAndMessageAsync(null, decisions.ReleaseHoldAsync));
        Assert.Equal((409, "Publishing is not on hold."), await StatusAndMessageAsync(null, decisions.ReleaseHoldAsync));
        pipeline.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal((200, "Release 1 is published."), await StatusAndMessageAsync(null, decisions.PublishAsync));
        Assert.Equal(200, (await StatusAndMessageAsync(Year, decisions.SignOffAsync)).Status);
        Assert.Equal((200, "2019-20 is open again. Its figures are provisional."), await StatusAndMessageAsync(Year, decisions.ReopenAsync));

        Assert.Equal(
            [
                "held by Someone: The board meets on Monday.", "hold-released by Someone", "publish-asked by Someone", "publish-asked by Someone",
                "re-opened by Someone: Agreed with the board.", "signed-off by Someone: Agreed with the board.",
            ],
            await AuditedAsync(pipeline));
    }

    [Fact]
    public async Task Holding_and_reopening_need_a_reason()
    {
        var pipeline = await Pipeline.NewAsync(azurite);
        await pipeline.SendAsync(MaracPath(1), Marac(371));
        var decisions = EndpointOf(pipeline);

        Assert.Equal((409, "Give a reason for holding publishing."), await StatusAndMessageAsync("""{"reason":" \u200b\n"}""", decisions.HoldAsync));
        Assert.Equal((409, "2019-20 is already open. It has not been signed off."), await StatusAndMessageAsync(Year, decisions.ReopenAsync));
        Assert.Equal(200, (await StatusAndMessageAsync(Year, decisions.SignOffAsync)).Status);
        Assert.Equal((409, "Give a reason for re-opening 2019-20."), await StatusAndMessageAsync("""{"year":"2019-20"}""", decisions.ReopenAsync));
        Assert.Equal((409, "2018-19 has no accepted returns, so there is nothing to sign off."), await StatusAndMessageAsync("""{"year":"2018-19"}""", decisions.SignOffAsync));
    }

    /// <summary>The reason of a revision is published, also in XML: a character that XML does not allow would stop every later publish.</summary>
    [Fact]
    public async Task A_hostile_reason_is_shortened_and_treated_as_text_everywhere()
    {
        var pipeline = await Pipeline.NewAsync(azurite);
        await pipeline.SendAsync(MaracPath(1), Marac(371));
        var decisions = EndpointOf(pipeline);
        await StatusAndMessageAsync(Year, decisions.SignOffAsync);
        await pipeline.PublishAsync();
        await pipeline.SendAsync(MaracPath(1), Marac(372));
        var hostile = "<script>alert(1)</script>\u0001\u001b[31m\r\n\uFFFF\u202E" + new string('x', 465) + "😀😀😀";

        Assert.Equal(200, (await StatusAndMessageAsync(JsonSerializer.Serialize(new { year = "2019-20", reason = hostile, publishAnyway = true }), decisions.SignOffAsync)).Status);
        Assert.Equal((200, "Release 2 is published."), await StatusAndMessageAsync(null, decisions.PublishAsync));

        var stored = (await pipeline.Store.Feed.ReadPublishQueueAsync(Ct)).Decisions.GetYear(Period.Parse("2019-20"))!.Reason!;
        Assert.StartsWith("<script>alert(1)</script>\uFFFD\uFFFD[31m \uFFFD\uFFFDxxx", stored, StringComparison.Ordinal);
        Assert.Equal(Explanation.MaxLength - 1, stored.Length);
        Assert.Equal('x', stored[^1]);
        var change = Assert.Single((await pipeline.FeedAsync()).GetProperty("release").GetProperty("changes").EnumerateArray(), change => change.GetProperty("period").GetString() == "2019-20");
        Assert.EndsWith(stored, change.GetProperty("reason").GetString(), StringComparison.Ordinal);
        Assert.Contains("&lt;script&gt;alert(1)&lt;/script&gt;", (await pipeline.PublicAsync())["changes.atom"].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_preview_shows_what_a_publish_would_change()
    {
        var pipeline = await Pipeline.NewAsync(azurite);
        await pipeline.SendAsync(MaracPath(1), Marac(371));
        await pipeline.PublishAsync();
        await pipeline.SendAsync(MaracPath(1), Marac(372));
        await StatusAndMessageAsync(Reason, EndpointOf(pipeline).HoldAsync);
        var preview = new PreviewEndpoint(pipeline.Preview, new CallerReader(trustsHeader: true));

        using var json = JsonDocument.Parse((await EndpointCall.AnswerAsync(EndpointCall.Manager, string.Empty, null, request => preview.GetAsync(request, Ct))).Body);

        Assert.Equal(["release", "hold", "writes", "changes", "waiting", "years", "isContinuous", "next", "approval", "laterReturns"], json.RootElement.EnumerateObject().Select(property => property.Name));
        Assert.Equal("Someone", json.RootElement.GetProperty("hold").GetProperty("by").GetString());
        var change = json.RootElement.GetProperty("changes").EnumerateArray().First();
        Assert.Equal((MaracHeadline, 371, 372), (change.GetProperty("headline").GetString(), change.GetProperty("from").GetInt32(), change.GetProperty("to").GetInt32()));
    }

    [Theory]
    [InlineData("2019-20")]
    [InlineData("2019-20-Q1")]
    public async Task Lineage_follows_a_headline_to_its_cells(string period)
    {
        using var answer = await served.Client.GetAsync($"/api/lineage?headline=marac-cases&period={period}", Ct);
        using var json = JsonDocument.Parse(await answer.Content.ReadAsByteArrayAsync(Ct));

        Assert.Equal((period, "371"), (json.RootElement.GetProperty("period").GetString(), json.RootElement.GetProperty("value").GetString()));
        var figure = Assert.Single(json.RootElement.GetProperty("figures").EnumerateArray());
        Assert.Equal(
            ("idva-service/marac", 1, MaracPath(1), "B2"),
            (figure.GetProperty("return").GetString(), figure.GetProperty("version").GetInt32(), figure.GetProperty("path").GetString(), figure.GetProperty("cell").GetString()));
    }

    [Theory]
    [InlineData("", 400, "?headline=idva-referrals&period=2019-20")]
    [InlineData("?headline=marac-cases", 400, "?headline=idva-referrals&period=2019-20")]
    [InlineData("?headline=marac-cases&period=2019", 400, "?headline=idva-referrals&period=2019-20")]
    [InlineData("?headline=marac-case&period=2019-20", 404, "Did you mean marac-cases?")]
    [InlineData("?headline=%3Cscript%3E&period=2019-20", 404, "The headlines are idva-referrals, marac-cases, ")]
    [InlineData("?headline=vawg-young-people&period=2019-20-Q1", 404, "vawg-young-people has no figure for 2019-20-Q1.")]
    [InlineData("?headline=marac-cases&headline=idva-referrals&period=2019-20", 404, "This headline does not exist.")]
    public async Task Lineage_of_an_unknown_headline_lists_the_known_ones(string query, int status, string sentence)
    {
        using var answer = await served.Client.GetAsync($"/api/lineage{query}", Ct);
        using var json = JsonDocument.Parse(await answer.Content.ReadAsByteArrayAsync(Ct));

        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Contains(sentence, json.RootElement.GetProperty("title").GetString(), StringComparison.Ordinal);
    }

    internal static async Task<IEnumerable<string>> AuditedAsync(TableClient audit)
    {
        var rows = new List<string>();
        await foreach (var row in audit.QueryAsync<TableEntity>(row => row.PartitionKey == "publication" || row.PartitionKey == "2019-20", cancellationToken: Ct))
        {
            if (row.ContainsKey("By") && row.ContainsKey("At"))
            {
                Assert.NotEqual(default, row.GetDateTimeOffset("At"));
                rows.Add($"{row["Event"]} by {row["By"]}" + (row.GetString("Reason") is { } reason ? $": {reason}" : string.Empty));
            }
        }

        return rows.Order(StringComparer.Ordinal);
    }

    private static Task<IEnumerable<string>> AuditedAsync(Pipeline pipeline) => AuditedAsync(pipeline.Store.RawTable("Audit"));

    private static DecisionEndpoint EndpointOf(Pipeline pipeline)
    {
        return new DecisionEndpoint(
            pipeline.Decide, pipeline.Approve, pipeline.PublishNow, TakeDownTests.TakeDown(pipeline), new CallerReader(trustsHeader: true));
    }

    private static Task<(int Status, string Body)> AskAsync(string? body, Func<HttpRequest, CancellationToken, Task<IResult>> endpoint) =>
        EndpointCall.AnswerAsync(EndpointCall.Manager, string.Empty, body, request => endpoint(request, Ct));

    private static async Task<(int Status, string Message)> StatusAndMessageAsync(string? body, Func<HttpRequest, CancellationToken, Task<IResult>> endpoint)
    {
        var (status, answer) = await AskAsync(body, endpoint);
        return (status, Message(answer));
    }

    private static string Message(string answer)
    {
        using var json = JsonDocument.Parse(answer);
        return json.RootElement.GetProperty("message").GetString()!;
    }

    private async Task<HttpResponseMessage> PostAsync(string path, string? body, string? requestedWith = "tests", string? principal = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path);
        request.Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json");
        if (requestedWith is not null)
        {
            request.Headers.Add("X-Requested-With", requestedWith);
        }

        if (principal is not null)
        {
            request.Headers.Add("X-MS-CLIENT-PRINCIPAL", Encoded(principal));
        }

        return await served.Client.SendAsync(request, Ct);
    }

    private static string Encoded(string principal) => Convert.ToBase64String(Encoding.UTF8.GetBytes(principal));
}
