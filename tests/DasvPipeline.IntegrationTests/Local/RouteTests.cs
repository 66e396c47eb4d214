using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using DasvPipeline.Core.Oversight;
using DasvPipeline.Core.Publish;
using DasvPipeline.IntegrationTests.Storage;
using DasvPipeline.IntegrationTests.UseCases;
using DasvPipeline.Local.Host;
using DasvPipeline.Portal;
using DasvPipeline.Portal.Auth;
using Microsoft.Extensions.Time.Testing;
using static DasvPipeline.IntegrationTests.UseCases.SampleFiles;

namespace DasvPipeline.IntegrationTests.Local;

/// <summary>A laptop host with two returns published, and an HTTP client for it.</summary>
public sealed class ServedLaptop : IAsyncLifetime
{
    internal LaptopHost Laptop { get; private set; } = null!;

    internal int Port { get; } = FreePort();

    internal HttpClient Client { get; private set; } = null!;

    internal static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public async ValueTask InitializeAsync()
    {
        var ct = TestContext.Current.CancellationToken;
        Laptop = await LaptopHost.StartAsync(null, Port, new FakeTimeProvider(new DateTimeOffset(2020, 6, 1, 12, 0, 0, TimeSpan.Zero)), ct);
        await Laptop.Account.GetBlobContainerClient("returns").GetBlobClient(MaracPath(1)).UploadAsync(BinaryData.FromString(Marac(371)), ct);
        await Laptop.Account.GetBlobContainerClient("returns").GetBlobClient(VawgPath).UploadAsync(BinaryData.FromString(Vawg), ct);
        Assert.Equal(2, await Laptop.Events.RaiseAsync((_, _) => Task.CompletedTask, ct));
        await Laptop.PublishAsync(ct);
        Client = new HttpClient { BaseAddress = new Uri(FormattableString.Invariant($"http://localhost:{Port}")) };
        Client.DefaultRequestHeaders.Add("X-MS-CLIENT-PRINCIPAL", Convert.ToBase64String(Encoding.UTF8.GetBytes("""{"role_typ":"roles","claims":[{"typ":"roles","val":"manager"}]}""")));
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Laptop.DisposeAsync();
    }
}

/// <summary>One such host for all classes that only read from it.</summary>
public sealed class ReadOnlyLaptop(SharedFixtures shared) : IAsyncLifetime
{
    internal HttpClient Client { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Client = (await shared.GetAsync(async () =>
    {
        var laptop = new ServedLaptop();
        await laptop.InitializeAsync();
        return laptop;
    })).Client;

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}

public sealed class RouteTests(ServedLaptop served, AzuriteFixture azurite) : IClassFixture<ServedLaptop>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/feed/headlines.json")]
    [InlineData("/feed/2019-20/headlines.json")]
    [InlineData("/feed/releases/1/headlines.json")]
    [InlineData("/feed/index.json")]
    [InlineData("/feed/schema/headlines.v1.json")]
    [InlineData("/feed/")]
    [InlineData("/feed")]
    public async Task A_file_of_the_feed_is_served_to_any_site_and_not_sent_again_if_it_is_unchanged(string path)
    {
        using var first = await served.Client.GetAsync(path, Ct);

        Assert.Equal(HttpStatusCode.OK, first.StatusCode);
        Assert.Equal(path.Contains("schema/", StringComparison.Ordinal) ? "application/schema+json" : "application/json", first.Content.Headers.ContentType!.MediaType);
        Assert.Equal("utf-8", first.Content.Headers.ContentType.CharSet);
        Assert.Equal("*", Assert.Single(first.Headers.GetValues("Access-Control-Allow-Origin")));
        Assert.Contains("ETag", first.Headers.GetValues("Access-Control-Expose-Headers"));
        Assert.Equal("nosniff", Assert.Single(first.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal(path.Contains("releases/", StringComparison.Ordinal), first.Headers.CacheControl!.ToString().Contains("immutable", StringComparison.Ordinal));
        using var json = JsonDocument.Parse(await first.Content.ReadAsByteArrayAsync(Ct));

        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.IfNoneMatch.Add(first.Headers.ETag!);
        using var again = await served.Client.SendAsync(request, Ct);

        Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
        Assert.Empty(await again.Content.ReadAsByteArrayAsync(Ct));
        Assert.Equal(first.Headers.ETag, again.Headers.ETag);

        using var stale = new HttpRequestMessage(HttpMethod.Get, path);
        stale.Headers.IfNoneMatch.Add(new EntityTagHeaderValue("\"0x0\""));
        using var whole = await served.Client.SendAsync(stale, Ct);
        Assert.Equal(HttpStatusCode.OK, whole.StatusCode);
    }

    [Fact]
    public async Task A_head_request_has_the_headers_and_no_body()
    {
        using var request = new HttpRequestMessage(HttpMethod.Head, "/feed/headlines.json");
        using var response = await served.Client.SendAsync(request, Ct);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.NotNull(response.Headers.ETag);
        Assert.Empty(await response.Content.ReadAsByteArrayAsync(Ct));
    }

    [Theory]
    [InlineData("/feed/../x")]
    [InlineData("/feed/../../etc/passwd")]
    [InlineData("/feed/%2e%2e/x")]
    [InlineData("/feed/..%2fx")]
    [InlineData("/feed/%2e%2e%2freturns/idva-service")]
    [InlineData("/feed/..%5creturns")]
    [InlineData("/feed/a\\..\\headlines.json")]
    [InlineData("/feed//headlines.json")]
    [InlineData("/feed/headlines.json/")]
    [InlineData("/feed/.headlines.json")]
    [InlineData("/feed/HEADLINES.JSON")]
    [InlineData("/feed/headlines.json%20")]
    [InlineData("/feed/headlines.json%3fx")]
    [InlineData("/feed/releases")]
    [InlineData("/feed/releases/1/")]
    [InlineData("/feed/releases/99/headlines.json")]
    [InlineData("/feed/%E2%80%AEnosj")]
    [InlineData("/feed/<script>")]
    [InlineData("/returns/idva-service/marac/2019-20-Q1/marac.csv")]
    public async Task A_path_that_names_no_public_file_is_not_found(string path) =>
        Assert.StartsWith("HTTP/1.1 404 ", await RawAsync(path), StringComparison.Ordinal);

    [Fact]
    public async Task A_path_with_a_nul_is_a_bad_request() =>
        Assert.StartsWith("HTTP/1.1 400 ", await RawAsync("/feed/headlines.json%00"), StringComparison.Ordinal);

    [Fact]
    public async Task The_status_endpoint_returns_the_board_as_JSON()
    {
        using var response = await served.Client.GetAsync("/api/status?year=2019-20", Ct);

        Assert.Equal((HttpStatusCode.OK, "application/json"), (response.StatusCode, response.Content.Headers.ContentType!.MediaType));
        Assert.True(response.Headers.CacheControl!.NoStore);
        using var board = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync(Ct));
        Assert.Equal(("2019-20", 1), (board.RootElement.GetProperty("year").GetString(), board.RootElement.GetProperty("release").GetInt32()));
        var row = board.RootElement.GetProperty("returns").EnumerateArray()
            .Single(item => item.GetProperty("return").GetString() == "idva-service/marac" && item.GetProperty("period").GetString() == "2019-20-Q1");
        Assert.Equal(("accepted", 1), (row.GetProperty("state").GetString(), row.GetProperty("liveVersion").GetInt32()));
    }

    [Theory]
    [InlineData("2019")]
    [InlineData("2019-20-Q1")]
    [InlineData("../../x")]
    public async Task An_invalid_year_is_a_bad_request(string year)
    {
        using var response = await served.Client.GetAsync($"/api/status?year={Uri.EscapeDataString(year)}", Ct);
        using var other = await served.Client.GetAsync($"/api/discrepancies?year={Uri.EscapeDataString(year)}", Ct);

        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.BadRequest), (response.StatusCode, other.StatusCode));
    }

    [Fact]
    public async Task The_manager_gets_disagreements_as_JSON()
    {
        using var none = await served.Client.GetAsync("/api/discrepancies?year=2018-19", Ct);
        Assert.Equal("""{"year":"2018-19","label":"April 2018 to March 2019","discrepancies":[],"queries":[]}""", await none.Content.ReadAsStringAsync(Ct));

        using var response = await served.Client.GetAsync("/api/discrepancies", Ct);
        Assert.True(response.Headers.CacheControl!.NoStore);
        using var json = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync(Ct));
        var found = Assert.Single(json.RootElement.GetProperty("discrepancies").EnumerateArray());
        Assert.Equal(["id", "kind", "sentence", "hints", "figures", "headlines", "question", "explanation", "effect"], found.EnumerateObject().Select(property => property.Name));
        Assert.Equal(("not-the-year/vawg-young-people", JsonValueKind.Null), (found.GetProperty("id").GetString(), found.GetProperty("explanation").ValueKind));
        Assert.Equal(
            """{"label":"Young people supported","value":"621","source":"vawg-project/support","period":"2019-20"}""",
            Assert.Single(found.GetProperty("figures").EnumerateArray()).GetRawText());
    }

    [Fact]
    public async Task Publishing_needs_the_header_that_only_our_own_page_sends()
    {
        using var without = await served.Client.PostAsync("/api/publish", null, Ct);
        Assert.Equal(HttpStatusCode.BadRequest, without.StatusCode);

        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/publish");
        request.Headers.Add("X-Requested-With", "tests");
        using var with = await served.Client.SendAsync(request, Ct);
        Assert.Equal(HttpStatusCode.OK, with.StatusCode);
        Assert.Equal("""{"message":"Nothing has changed since release 1.","obstacles":[]}""", await with.Content.ReadAsStringAsync(Ct));

        using var got = await served.Client.GetAsync("/api/publish", Ct);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, got.StatusCode);
    }

    [Theory]
    [InlineData("""{"role_typ":"roles","claims":[{"typ":"roles","val":"manager"}]}""", false, 401)]
    [InlineData("""{"role_typ":"roles","claims":[{"typ":"roles","val":"manager"}]}""", true, 200)]
    [InlineData("""{"role_typ":"r","claims":[{"typ":"r","val":"manager"}]}""", true, 200)]
    [InlineData("""{"role_typ":"roles","claims":[{"typ":"name","val":"manager"}]}""", true, 403)]
    [InlineData("""{"role_typ":"roles","claims":[{"typ":"roles","val":"Manager"}]}""", true, 403)]
    [InlineData("""{"role_typ":7,"claims":[{"typ":"roles","val":"manager"}]}""", true, 401)]
    [InlineData("""{"claims":{"typ":"roles","val":"manager"}}""", true, 403)]
    [InlineData("""["manager"]""", true, 401)]
    [InlineData("no JSON", true, 401)]
    [InlineData(null, true, 401)]
    public async Task Only_a_manager_signed_in_by_the_platform_has_access(string? principal, bool trustsHeader, int status)
    {
        var pipeline = await Pipeline.NewAsync(azurite);
        var callers = new CallerReader(trustsHeader);
        var board = new StatusEndpoint(
            new DescribeStatus(Pipeline.Catalogue, pipeline.Store.Returns, pipeline.Store.Feed, pipeline.Clock),
            new CompareHeadlines(Pipeline.Catalogue, pipeline.Builder, pipeline.Store.Returns, pipeline.Store.Feed, pipeline.Clock),
            callers);

        Assert.Equal(status, await EndpointCall.StatusOfAsync(principal, request => board.GetAsync(request, Ct)));
        Assert.Equal(status, await EndpointCall.StatusOfAsync(principal, request => board.GetDiscrepanciesAsync(request, Ct)));
        var report = new ReportEndpoint(pipeline.Store.Returns, callers);
        var explain = new ExplainEndpoint(new ExplainQuery(Pipeline.Catalogue, pipeline.Store.Returns), callers);
        Assert.Equal(status == 200 ? 400 : status, await EndpointCall.StatusOfAsync(principal, request => report.GetAsync(request, Ct)));
        Assert.Equal(status == 200 ? 400 : status, await EndpointCall.StatusOfAsync(principal, request => explain.PostAsync(request, Ct)));
    }

    [Fact]
    public async Task The_manager_reads_a_report_and_explains_its_query()
    {
        var pipeline = await Pipeline.NewAsync(azurite);
        await pipeline.SendAsync(SarcPath("2019-20", 1), "Referrals to SARC over 18s,51\r\nReferrals to SARC under 18s,\r\n");
        var callers = new CallerReader(trustsHeader: true);
        var read = new ReportEndpoint(pipeline.Store.Returns, callers);
        var explain = new ExplainEndpoint(new ExplainQuery(Pipeline.Catalogue, pipeline.Store.Returns), callers);

        var (status, report) = await EndpointCall.AnswerAsync(EndpointCall.Manager, "?return=elms-sarc/referrals&period=2019-20-Q1", null, request => read.GetAsync(request, Ct));
        Assert.Equal(200, status);
        var question = JsonDocument.Parse(report).RootElement.GetProperty("findings")[0].GetProperty("question").GetString();
        var body = $$"""{"return":"elms-sarc/referrals","period":"2019-20-Q1","question":"{{question}}","explanation":"The clinic was closed."}""";
        Assert.Equal((200, "Explained. We will not ask this again."), await EndpointCall.AnswerAsync(EndpointCall.Manager, string.Empty, body, request => explain.PostAsync(request, Ct)));

        var explanation = Assert.Single((await pipeline.Store.Returns.ReadExplanationsAsync(Pipeline.KeyOf(SarcPath("2019-20", 1)), Ct)).Values);
        Assert.Equal(("The clinic was closed.", "Someone"), (explanation.Text, explanation.By?.Name));
        Assert.Equal(404, (await EndpointCall.AnswerAsync(EndpointCall.Manager, string.Empty, body.Replace(question!, "none", StringComparison.Ordinal), request => explain.PostAsync(request, Ct))).Status);
        Assert.Equal(404, (await EndpointCall.AnswerAsync(EndpointCall.Manager, "?return=elms-sarc/referrals&period=2019-20-Q2", null, request => read.GetAsync(request, Ct))).Status);
        Assert.Equal(400, (await EndpointCall.AnswerAsync(EndpointCall.Manager, string.Empty, "{", request => explain.PostAsync(request, Ct))).Status);
    }

    /// <summary>Returns the first line of the response to exactly this path. HttpClient would normalise the path.</summary>
    private async Task<string> RawAsync(string path)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, served.Port, Ct);
        await using var stream = client.GetStream();
        await stream.WriteAsync(Encoding.UTF8.GetBytes($"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"), Ct);
        using var reader = new StreamReader(stream);
        return await reader.ReadLineAsync(Ct) ?? string.Empty;
    }
}
