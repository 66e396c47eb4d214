using System.Net.Sockets;
using System.Text;
using DasvPipeline.IntegrationTests.Portal;
using DasvPipeline.IntegrationTests.Portal.Returns;

namespace DasvPipeline.IntegrationTests.Local;

/// <summary>A web page whose site's name leads to this machine is refused, because the browser sends that name (DNS rebinding).</summary>
public sealed class HostNameTests(AgencysLaptop served) : IClassFixture<AgencysLaptop>
{
    private static readonly string Manager = PortalVisits.As("manager");

    private int Port => served.Laptop.Address.Port;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("localhost:{port}")]
    [InlineData("127.0.0.1:{port}")]
    [InlineData("[::1]:{port}")]
    [InlineData("LOCALHOST:{port}")]
    [InlineData("localhost")]
    [InlineData("localhost:8080")] // a tunnel or a container leads from its own port to ours
    public async Task Its_own_names_are_served(string host) => Assert.Equal(200, await SendAsync("/status", $"Host: {At(host)}"));

    [Theory]
    [InlineData("evil.example:{port}")]
    [InlineData("evil.example")]
    [InlineData("localhost.evil.example:{port}")]
    [InlineData("evil.example.localhost:{port}")]
    [InlineData("localhost.:{port}")]
    [InlineData("127.0.0.1.evil.example:{port}")]
    [InlineData("127.0.0.2:{port}")]
    [InlineData("127.1:{port}")]
    [InlineData("2130706433:{port}")]
    [InlineData("0.0.0.0:{port}")]
    [InlineData("[::]:{port}")]
    [InlineData("[::ffff:127.0.0.1]:{port}")]
    [InlineData("[::1].evil.example:{port}")]
    [InlineData("localhost@evil.example:{port}")]
    [InlineData("evil.example#localhost:{port}")]
    [InlineData("localhost evil.example")]
    [InlineData("")]
    public async Task Other_names_are_refused(string host) => Assert.Equal(400, await SendAsync("/status", $"Host: {At(host)}"));

    [Theory]
    [InlineData("Host: evil.example:{port}", "X-Forwarded-Host: localhost:{port}")]
    [InlineData("Host: evil.example:{port}", "Forwarded: host=localhost")]
    [InlineData("Host: evil.example:{port}", "X-Original-Host: localhost", "X-Host: localhost")]
    [InlineData("Host: localhost:{port}", "Host: evil.example:{port}")]
    [InlineData("Host: evil.example:{port}", "Host: localhost:{port}")]
    [InlineData("X-No-Host: localhost")]
    public async Task Other_headers_do_not_help(params string[] headers) => Assert.Equal(400, await SendAsync("/status", headers));

    [Theory]
    [InlineData("http://evil.example:{port}/status", "evil.example:{port}", 400)]
    [InlineData("http://evil.example:{port}/status", "localhost:{port}", 400)]
    [InlineData("http://localhost:{port}/status", "evil.example:{port}", 400)]
    [InlineData("//evil.example/status", "evil.example", 400)]
    [InlineData("http://localhost:{port}/status", "localhost:{port}", 200)]
    public async Task The_name_in_the_request_target_counts_too(string target, string host, int expected) => Assert.Equal(expected, await SendAsync(At(target), $"Host: {At(host)}"));

    /// <summary>Nothing is served to another name: no page, no data, no public file, no sign-in.</summary>
    [Theory]
    [InlineData("/")]
    [InlineData("/sign-in")]
    [InlineData("/site/")]
    [InlineData("/feed/headlines.json")]
    [InlineData("/api/health")]
    [InlineData("/api/status")]
    [InlineData("/nothing")]
    public async Task No_address_is_served_to_another_name(string path) => Assert.Equal(400, await SendAsync(path, "Host: evil.example"));

    [Fact]
    public async Task A_forwarded_name_does_not_get_into_a_page() =>
        Assert.DoesNotContain("evil.example", await ReadAsync("/status", $"Host: localhost:{Port}", "X-Forwarded-Host: evil.example"), StringComparison.Ordinal);

    /// <summary>The key of the emulator is public, so a page could sign requests to its ports.</summary>
    [Theory]
    [InlineData("Host: evil.example:{port}", 403)]
    [InlineData("Host: 127.0.0.1:{port}\r\nOrigin: http://evil.example", 403)]
    [InlineData("Host: 127.0.0.1:{port}\r\nOrigin: null", 403)]
    public async Task The_store_refuses_web_pages(string headers, int expected)
    {
        var port = served.Laptop.Account.Uri.Port;
        var response = await ExchangeAsync(port, $"GET /devstoreaccount1/public/headlines.json HTTP/1.1\r\n{headers.Replace("{port}", $"{port}", StringComparison.Ordinal)}\r\nConnection: close\r\n\r\n");
        Assert.StartsWith($"HTTP/1.1 {expected} ", response, StringComparison.Ordinal);
    }

    private string At(string text) => text.Replace("{port}", $"{Port}", StringComparison.Ordinal);

    private async Task<int> SendAsync(string target, params string[] headers) => int.Parse((await ReadAsync(target, headers)).Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture);

    private Task<string> ReadAsync(string target, params string[] headers) =>
        ExchangeAsync(Port, $"GET {target} HTTP/1.1\r\n{string.Concat(headers.Select(header => At(header) + "\r\n"))}X-MS-CLIENT-PRINCIPAL: {Manager}\r\nConnection: close\r\n\r\n");

    /// <summary>Sends a request byte by byte as given. A client library would correct it.</summary>
    private static async Task<string> ExchangeAsync(int port, string request)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(System.Net.IPAddress.Loopback, port, Ct);
        await using var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(request), Ct);
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return await reader.ReadToEndAsync(Ct);
    }
}
