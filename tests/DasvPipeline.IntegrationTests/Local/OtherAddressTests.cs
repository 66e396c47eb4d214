using System.Net;
using System.Reflection;
using System.Text;
using DasvPipeline.Functions;
using DasvPipeline.IntegrationTests.Portal;
using DasvPipeline.IntegrationTests.Portal.Returns;
using DasvPipeline.Portal.Pages;
using DasvPipeline.Tests;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;

namespace DasvPipeline.IntegrationTests.Local;

/// <summary>Unknown addresses, wrong methods, HEAD, security headers, large files and malformed principals.</summary>
public sealed class OtherAddressTests(AgencysLaptop served) : IClassFixture<AgencysLaptop>
{
    private static readonly string Manager = PortalVisits.As("manager");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/nothing", "text/html")]
    [InlineData("/returns/idva-service/marac/2019-20-Q1/one", "text/html")]
    [InlineData("/.git/config", "text/html")]
    [InlineData("/api/nothing", "application/problem+json")]
    public async Task An_unknown_address_gets_our_own_answer(string path, string type)
    {
        using var client = served.Client(null);
        using var response = await client.GetAsync(path, Ct);

        Assert.Equal((HttpStatusCode.NotFound, type), (response.StatusCode, response.Content.Headers.ContentType?.MediaType));
        Assert.Contains("Check the address.", await response.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("PUT", "/status", "GET, HEAD")]
    [InlineData("DELETE", "/returns/idva-service/marac/2019-20-Q1", "GET, HEAD, POST")]
    [InlineData("GET", "/api/publish", "POST")]
    [InlineData("OPTIONS", "/api/status", "GET, HEAD")]
    [InlineData("POST", "/feed/headlines.json", "GET, HEAD, OPTIONS")]
    [InlineData("POST", "/", "GET, HEAD")]
    [InlineData("GET", "/returns/idva-service/marac/2019-20-Q1/1/decision", "POST")]
    public async Task A_wrong_method_gets_405_with_the_right_ones(string method, string path, string allowed)
    {
        using var client = served.Client(Manager);
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        using var response = await client.SendAsync(request, Ct);

        Assert.Equal(HttpStatusCode.MethodNotAllowed, response.StatusCode);
        Assert.Equal(allowed, string.Join(", ", response.Content.Headers.Allow));
        Assert.Contains(allowed, await response.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/status")]
    [InlineData("/returns/idva-service")]
    [InlineData(AgencysLaptop.Accepted)]
    [InlineData(AgencysLaptop.Accepted + "/form")]
    [InlineData("/accessibility")]
    [InlineData("/api/status")]
    public async Task Head_has_the_headers_of_get_and_no_body(string path)
    {
        using var client = served.Client(Manager);
        using var get = await client.GetAsync(path, Ct);
        using var request = new HttpRequestMessage(HttpMethod.Head, path);
        using var head = await client.SendAsync(request, Ct);

        Assert.Equal((HttpStatusCode.OK, get.Content.Headers.ContentType), (head.StatusCode, head.Content.Headers.ContentType));
        Assert.Empty(await head.Content.ReadAsByteArrayAsync(Ct));
    }

    [Theory]
    [InlineData(null, 200, null)]
    [InlineData("manager", 303, "/status/start")]
    [InlineData("agency:idva-service", 303, "/returns")]
    public async Task The_root_address_leads_everybody_to_their_start(string? role, int status, string? location)
    {
        await using var scope = served.Laptop.Services.CreateAsyncScope();
        var context = new DefaultHttpContext { RequestServices = scope.ServiceProvider };
        context.Response.Body = new MemoryStream();
        (context.Request.Method, context.Request.Path, context.Request.Scheme, context.Request.Host) = ("GET", "/", "https", new HostString("app.example.org"));
        if (role is not null)
        {
            context.Request.Headers["X-MS-CLIENT-PRINCIPAL"] = PortalVisits.As(role);
        }

        await scope.ServiceProvider.GetRequiredService<OtherAddresses>().Handle(context.Request).ExecuteAsync(context);

        Assert.Equal((status, location), (context.Response.StatusCode, context.Response.Headers.Location.FirstOrDefault()));
        Assert.Equal(role is null, Encoding.UTF8.GetString(((MemoryStream)context.Response.Body).ToArray()).Contains("/feed/headlines.csv", StringComparison.Ordinal));
    }

    /// <summary>The Functions host tries the routes in the order of the functions' names, and the first match wins.</summary>
    [Fact]
    public void The_trigger_of_other_addresses_is_tried_last() => Assert.Equal(
        OtherAddressTrigger.Route,
        typeof(OtherAddressTrigger).Assembly.GetExportedTypes().SelectMany(type => type.GetMethods()).Where(method => method.GetCustomAttribute<FunctionAttribute>() is not null)
            .OrderBy(method => method.GetCustomAttribute<FunctionAttribute>()!.Name, StringComparer.OrdinalIgnoreCase)
            .SelectMany(method => method.GetParameters()).Select(parameter => parameter.GetCustomAttribute<HttpTriggerAttribute>()).OfType<HttpTriggerAttribute>().Last().Route);

    [Theory]
    [InlineData("/status", "same-origin")]
    [InlineData("/api/status", "same-origin")]
    [InlineData("/api/health", "same-origin")]
    [InlineData("/nothing", "same-origin")]
    [InlineData("/feed/headlines.json", "cross-origin")]
    public async Task Every_answer_has_the_security_headers(string path, string resourcePolicy)
    {
        using var client = served.Client(Manager);
        client.DefaultRequestHeaders.Add("X-Forwarded-Proto", "https");
        using var response = await client.GetAsync(path, Ct);

        Assert.Equal(
            ["max-age=31536000; includeSubDomains", "nosniff", "same-origin", resourcePolicy],
            new[] { "Strict-Transport-Security", "X-Content-Type-Options", "Cross-Origin-Opener-Policy", "Cross-Origin-Resource-Policy" }.Select(name => Assert.Single(response.Headers.GetValues(name))));
        Assert.Contains("geolocation=()", Assert.Single(response.Headers.GetValues("Permissions-Policy")), StringComparison.Ordinal);
    }

    [Theory]
    [LongInlineData(11, true)]
    [InlineData(40, true)]
    [LongInlineData(40, false)]
    public async Task A_file_over_the_limit_gets_the_sentence_after_its_whole_body_was_read(int megabytes, bool hasLength)
    {
        using var client = served.Client(PortalVisits.As("agency:idva-service"));
        var token = await AgencysLaptop.TokenOfAsync(client, AgencysLaptop.Accepted);
        using var body = new CountingStream(megabytes * 1024L * 1024);
        using var form = new MultipartFormDataContent { { new StringContent(token), "__RequestVerificationToken" }, { new StringContent("send"), "do" } };
        form.Add(new StreamContent(body), "file", "marac.csv");
        using var request = new HttpRequestMessage(HttpMethod.Post, AgencysLaptop.Accepted) { Content = form };
        request.Headers.TransferEncodingChunked = !hasLength;
        using var response = await client.SendAsync(request, Ct);

        Assert.Contains("The file is larger than 10 MB.", await response.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
        Assert.Equal(body.Length, body.Position);
    }

    public static TheoryData<string> MalformedPrincipals =>
    [
        "", "null", "7", "\"manager\"", "[]", "{", "{\"claims\":null}", "{\"claims\":7}", "{\"claims\":[null]}", "{\"claims\":[7,\"x\"]}", "{\"claims\":[{}]}", "{\"claims\":[{\"typ\":7,\"val\":8}]}",
        "{\"role_typ\":[],\"claims\":[{\"typ\":\"roles\",\"val\":\"manager\"}]}", "{\"claims\":[{\"typ\":\"roles\",\"val\":\"\\ud800\"}]}", "{\"name_typ\":\"n\",\"claims\":[{\"typ\":\"n\",\"val\":\"\\u0000\\n<b>\"},{\"typ\":\"roles\",\"val\":\"agency:\\u0000\"}]}",
        "{\"claims\":[{\"typ\":\"roles\",\"val\":\"agency:../..\"}]}", "{\"claims\":" + new string('[', 5000), "{\"claims\":[{\"typ\":\"roles\",\"val\":\"" + new string('a', 9000) + "\"}]}", "\ufeff{}", "{\"claims\":[{\"typ\":\"oid\",\"val\":\"\"},{\"typ\":\"roles\",\"val\":\"manager\"}]}",
    ];

    [Theory]
    [MemberData(nameof(MalformedPrincipals))]
    public async Task A_malformed_principal_never_causes_a_fault(string principal)
    {
        foreach (var header in new[] { Convert.ToBase64String(Encoding.UTF8.GetBytes(principal)), principal.Length < 200 ? Uri.EscapeDataString(principal) : "====" })
        {
            using var client = served.Client(null);
            client.DefaultRequestHeaders.TryAddWithoutValidation("X-MS-CLIENT-PRINCIPAL", header);
            client.DefaultRequestHeaders.Add("X-Requested-With", "tests");
            foreach (var path in new[] { "/", "/returns", "/returns/idva-service", AgencysLaptop.Accepted, "/status", "/api/status", "/nothing", "/accessibility" })
            {
                using var response = await client.GetAsync(path, Ct);
                Assert.True((int)response.StatusCode < 500, $"{path}: {response.StatusCode}");
            }

            using var link = await client.PostAsync("/api/upload-links", new StringContent("{}", Encoding.UTF8, "application/json"), Ct);
            Assert.True((int)link.StatusCode < 500, $"/api/upload-links: {link.StatusCode}");
        }
    }

    /// <summary>Spaces that are made while they are sent.</summary>
    private sealed class CountingStream(long length) : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => true;

        public override bool CanWrite => false;

        public override long Length => length;

        public override long Position { get; set; }

        public override int Read(byte[] buffer, int offset, int count)
        {
            var read = (int)Math.Min(count, Length - Position);
            buffer.AsSpan(offset, read).Fill((byte)' ');
            Position += read;
            return read;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => Position = origin == SeekOrigin.Begin ? offset : throw new NotSupportedException("Only from the beginning.");

        public override void SetLength(long value) => throw new NotSupportedException("The length is fixed.");

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException("Nothing is written.");
    }
}
