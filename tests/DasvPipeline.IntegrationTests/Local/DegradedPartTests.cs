using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using DasvPipeline.IntegrationTests.Portal;
using DasvPipeline.IntegrationTests.Portal.Returns;
using DasvPipeline.Local.Host;
using DasvPipeline.Tests;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace DasvPipeline.IntegrationTests.Local;

/// <summary>One account or one setting is missing: the other parts work, and health names the part (promise 29).</summary>
public sealed class DegradedPartTests : IDisposable
{
    private const string Page = "/returns/idva-service/marac/2019-20-Q1";

    private static readonly string Agency = PortalVisits.As("agency:idva-service");

    /// <summary>They keep ports at which nothing listens, so that no other server gets these.</summary>
    private readonly List<Socket> _closed = [];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [LongFact]
    public async Task Without_the_public_account_agencies_send_files_and_the_feed_says_that_it_is_not_available()
    {
        await using var laptop = await StartAsync(("Public", Closed("public")));
        using var client = Client(laptop, Agency);

        var token = await AgencysLaptop.TokenOfAsync(client, Page);
        using var sent = await AgencysLaptop.PostFileAsync(client, Page, "marac.csv", "MARAC cases heard,371"u8.ToArray(), token);
        Assert.Equal((HttpStatusCode.SeeOther, Page + "/1"), (sent.StatusCode, sent.Headers.Location?.OriginalString));
        Assert.Contains("Accepted", await client.GetStringAsync(Page + "/1", Ct), StringComparison.Ordinal);
        Assert.Equal(0, await SweepAsync(laptop));

        using var feed = await GetQuicklyAsync(client, "/feed/headlines.json");
        Assert.Equal((HttpStatusCode.ServiceUnavailable, TimeSpan.FromMinutes(1)), (feed.StatusCode, feed.Headers.RetryAfter?.Delta));
        Assert.Equal("""{"status":"unhealthy","parts":["feed"]}""", await HealthAsync(client));
        await Assert.ThrowsAnyAsync<Exception>(() => laptop.PublishAsync(Ct));
    }

    [Fact]
    public async Task Without_the_private_account_the_feed_is_served_and_pages_say_that_they_are_not_available()
    {
        await using var laptop = await StartAsync(("Returns", Closed("private")));
        Assert.DoesNotContain(laptop.Services.GetServices<Microsoft.Extensions.Hosting.IHostedService>(), service => service.GetType().Namespace!.Contains("DataProtection", StringComparison.Ordinal));
        await laptop.Account.GetBlobContainerClient("public").GetBlobClient("headlines.json").UploadAsync(BinaryData.FromString("{}"), Ct);
        using var client = Client(laptop, Agency);

        Assert.Equal("{}", await client.GetStringAsync("/feed/headlines.json", Ct));
        Assert.Contains("Accessibility statement", await client.GetStringAsync("/accessibility", Ct), StringComparison.Ordinal);
        using var page = await GetQuicklyAsync(client, Page);
        Assert.Equal((HttpStatusCode.ServiceUnavailable, TimeSpan.FromMinutes(1)), (page.StatusCode, page.Headers.RetryAfter?.Delta));
        Assert.Contains("We cannot reach our records. Try again in a few minutes.", await page.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
        using var manager = Client(laptop, PortalVisits.As("manager"));
        using var status = await GetQuicklyAsync(manager, "/api/status");
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "application/problem+json"), (status.StatusCode, status.Content.Headers.ContentType?.MediaType));
        Assert.Equal("""{"status":"unhealthy","parts":["returns"]}""", await HealthAsync(client));
    }

    [LongFact]
    public async Task With_private_storage_an_upload_link_leads_to_the_app_and_accepts_one_file()
    {
        await using var laptop = await StartAsync(("UploadsThroughApp", "True"));
        using var client = Client(laptop, Agency);
        client.DefaultRequestHeaders.Add("X-Requested-With", "tests");
        using var granted = await client.PostAsync("/api/upload-links", new StringContent("""{"return":"idva-service/marac","period":"2019-20-Q1","file":"figures.csv"}""", System.Text.Encoding.UTF8, "application/json"), Ct);
        using var json = System.Text.Json.JsonDocument.Parse(await granted.Content.ReadAsStringAsync(Ct));
        var address = json.RootElement.GetProperty("address").GetString()!;
        Assert.StartsWith(laptop.Address + "api/uploads/", address, StringComparison.Ordinal);

        using var program = new HttpClient();
        Assert.Equal(HttpStatusCode.BadRequest, await PutAsync(program, address, string.Empty));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, await PutAsync(program, address, new string(' ', 11 * 1024 * 1024)));
        Assert.Equal(HttpStatusCode.Created, await PutAsync(program, address, "MARAC cases heard,371"));
        Assert.Equal(HttpStatusCode.Conflict, await PutAsync(program, address, "MARAC cases heard,372"));
        Assert.Equal(HttpStatusCode.Forbidden, await PutAsync(program, address[..^2] + "xx", "MARAC cases heard,372"));
        Assert.Contains("was accepted", await client.GetStringAsync(json.RootElement.GetProperty("answer").GetString(), Ct), StringComparison.Ordinal);
    }

    [LongFact]
    public async Task Without_its_setting_an_account_is_named_and_the_other_one_works()
    {
        await using var laptop = await StartAsync(("Public", null));
        using var client = Client(laptop, Agency);

        Assert.Contains("Choose the file", await client.GetStringAsync(Page, Ct), StringComparison.Ordinal);
        using var feed = await GetQuicklyAsync(client, "/feed/headlines.json");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, feed.StatusCode);
        Assert.Equal("""{"status":"unhealthy","parts":["feed"],"settings":["Public:blobServiceUri"]}""", await HealthAsync(client));
    }

    [Theory]
    [InlineData(null)]
    [LongInlineData("hourly")]
    public async Task Without_a_valid_schedule_its_timer_does_not_run_and_the_others_do(string? schedule)
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2020, 6, 1, 12, 0, 0, TimeSpan.Zero));
        await using var laptop = await StartAsync(clock, ("SweepSchedule", schedule));
        using var client = Client(laptop, Agency);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        var ran = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        var loop = new TimerLoop(laptop.Services, laptop.Triggers, clock).RunAsync(
            (timer, fault) =>
            {
                ran.TrySetResult(timer.Name + fault?.Message);
                return Task.CompletedTask;
            },
            stop.Token);
        clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal("PublishHeadlines", await ran.Task.WaitAsync(TimeSpan.FromSeconds(60), Ct));
        Assert.False(loop.IsCompleted);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => loop);
        Assert.Contains("Choose the file", await client.GetStringAsync(Page, Ct), StringComparison.Ordinal);
        Assert.Equal("""{"status":"unhealthy","settings":["SweepSchedule"]}""", await HealthAsync(client));
    }

    private static Task<LaptopHost> StartAsync(params (string Name, string? Value)[] settings) =>
        StartAsync(new FakeTimeProvider(new DateTimeOffset(2020, 6, 1, 12, 0, 0, TimeSpan.Zero)), settings);

    private static Task<LaptopHost> StartAsync(TimeProvider clock, params (string Name, string? Value)[] settings) =>
        LaptopHost.StartAsync(null, 0, clock, Ct, settings: settings.ToDictionary(setting => setting.Name, setting => setting.Value));

    public void Dispose() => _closed.ForEach(socket => socket.Dispose());

    /// <summary>Returns the connection string of an account that refuses every connection.</summary>
    private string Closed(string account)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        _closed.Add(socket);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        var root = $"http://127.0.0.1:{((IPEndPoint)socket.LocalEndPoint!).Port}/{account}";
        return $"DefaultEndpointsProtocol=http;AccountName={account};AccountKey=a2V5;BlobEndpoint={root};QueueEndpoint={root};TableEndpoint={root}";
    }

    private static HttpClient Client(LaptopHost laptop, string principal)
    {
        var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false }) { BaseAddress = laptop.Address };
        client.DefaultRequestHeaders.Add("X-MS-CLIENT-PRINCIPAL", principal);
        return client;
    }

    private static async Task<HttpResponseMessage> GetQuicklyAsync(HttpClient client, string path)
    {
        var started = Stopwatch.GetTimestamp();
        var response = await client.GetAsync(path, Ct);
        Assert.InRange(Stopwatch.GetElapsedTime(started), TimeSpan.Zero, TimeSpan.FromSeconds(15));
        return response;
    }

    private static async Task<HttpStatusCode> PutAsync(HttpClient program, string address, string content)
    {
        using var response = await program.PutAsync(address, new StringContent(content), Ct);
        return response.StatusCode;
    }

    private static async Task<string> HealthAsync(HttpClient client)
    {
        using var response = await GetQuicklyAsync(client, "/api/health");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        return await response.Content.ReadAsStringAsync(Ct);
    }

    private static async Task<int> SweepAsync(LaptopHost laptop)
    {
        await using var scope = await laptop.Services.OpenScopeAsync("SweepReturns", Ct);
        return await scope.ServiceProvider.GetRequiredService<DasvPipeline.Core.Ingest.SweepReturns>().RunAsync(Ct);
    }
}
