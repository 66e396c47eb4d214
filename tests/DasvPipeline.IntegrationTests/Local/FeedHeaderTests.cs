using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;

namespace DasvPipeline.IntegrationTests.Local;

/// <summary>The HTTP headers of the feed: compression, caching, and access from other sites.</summary>
public sealed class FeedHeaderTests(ReadOnlyLaptop served) : IClassFixture<ReadOnlyLaptop>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("gzip")]
    [InlineData("br, gzip;q=0.5")]
    [InlineData("*")]
    [InlineData("GZIP, identity;q=0")]
    public async Task A_client_that_accepts_gzip_gets_it_with_a_weak_ETag(string accepted)
    {
        using var plain = await SendAsync(HttpMethod.Get, "/feed/headlines.json");
        using var compressed = await SendAsync(HttpMethod.Get, "/feed/headlines.json", ("Accept-Encoding", accepted));
        var bytes = await plain.Content.ReadAsByteArrayAsync(Ct);
        var packed = await compressed.Content.ReadAsByteArrayAsync(Ct);

        Assert.Equal(["gzip"], compressed.Content.Headers.ContentEncoding);
        Assert.True(packed.Length * 3 < bytes.Length, FormattableString.Invariant($"{packed.Length} of {bytes.Length}"));
        using var unpacked = new MemoryStream();
        await new GZipStream(new MemoryStream(packed), CompressionMode.Decompress).CopyToAsync(unpacked, Ct);
        Assert.Equal(bytes, unpacked.ToArray());
        Assert.Equal("W/" + plain.Headers.ETag, compressed.Headers.ETag!.ToString());
        Assert.All(new[] { plain, compressed }, answer => Assert.Equal(["Accept-Encoding"], answer.Headers.Vary));

        using var head = await SendAsync(HttpMethod.Head, "/feed/headlines.json", ("Accept-Encoding", accepted));
        Assert.Equal((packed.Length, compressed.Headers.ETag), (head.Content.Headers.ContentLength, head.Headers.ETag));
        Assert.Empty(await head.Content.ReadAsByteArrayAsync(Ct));
    }

    [Theory]
    [InlineData("br")]
    [InlineData("gzip;q=0, *")]
    [InlineData("*;q=0, identity")]
    [InlineData("gzip;q=")]
    public async Task A_client_that_does_not_accept_gzip_gets_the_file_uncompressed(string accepted)
    {
        using var answer = await SendAsync(HttpMethod.Get, "/feed/headlines.json", ("Accept-Encoding", accepted));

        Assert.Empty(answer.Content.Headers.ContentEncoding);
        Assert.False(answer.Headers.ETag!.IsWeak);
    }

    [Theory]
    [InlineData("identity", false)]
    [InlineData("identity", true)]
    [InlineData("gzip", false)]
    [InlineData("gzip", true)]
    public async Task Either_form_of_the_ETag_gives_not_modified(string accepted, bool weak)
    {
        using var first = await SendAsync(HttpMethod.Get, "/feed/headlines.csv");
        var known = weak ? new EntityTagHeaderValue(first.Headers.ETag!.Tag, isWeak: true) : first.Headers.ETag!;

        foreach (var method in new[] { HttpMethod.Get, HttpMethod.Head })
        {
            using var again = await SendAsync(method, "/feed/headlines.csv", ("Accept-Encoding", accepted), ("If-None-Match", $"\"other\", {known}"));
            Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
            Assert.Equal(known.Tag, again.Headers.ETag!.Tag);
            Assert.Equal(accepted == "gzip", again.Headers.ETag.IsWeak);
            Assert.Equal(("*", "public, must-revalidate, max-age=60"), (Assert.Single(again.Headers.GetValues("Access-Control-Allow-Origin")), again.Headers.CacheControl!.ToString()));
            Assert.Equal(["Accept-Encoding"], again.Headers.Vary);
            Assert.Empty(again.Content.Headers.ContentEncoding);
            Assert.Empty(await again.Content.ReadAsByteArrayAsync(Ct));
        }
    }

    [Theory]
    [InlineData("/feed/headlines.json")]
    [InlineData("/feed/releases/1/headlines.json")]
    public async Task A_reader_that_has_the_newest_file_gets_not_modified_by_its_time(string path)
    {
        using var first = await SendAsync(HttpMethod.Get, path);
        var modified = first.Content.Headers.LastModified!.Value;
        foreach (var (since, expected) in new[] { (modified, HttpStatusCode.NotModified), (modified.AddDays(1), HttpStatusCode.NotModified), (modified.AddSeconds(-1), HttpStatusCode.OK) })
        {
            using var again = await SendAsync(HttpMethod.Get, path, ("If-Modified-Since", since.ToString("R", System.Globalization.CultureInfo.InvariantCulture)));
            Assert.Equal(expected, again.StatusCode);
            Assert.Equal((modified, first.Headers.ETag), (again.Content.Headers.LastModified, again.Headers.ETag));
        }

        // The ETag counts more than the time.
        using var other = await SendAsync(HttpMethod.Get, path, ("If-Modified-Since", modified.ToString("R", System.Globalization.CultureInfo.InvariantCulture)), ("If-None-Match", "\"other\""));
        Assert.Equal(HttpStatusCode.OK, other.StatusCode);
        using var head = await SendAsync(HttpMethod.Head, path);
        Assert.Equal(modified, head.Content.Headers.LastModified);
    }

    [Theory]
    [InlineData("/feed/headlines.json")]
    [InlineData("/feed/releases/9/no-such-file")]
    public async Task A_preflight_request_is_allowed(string path)
    {
        using var answer = await SendAsync(
            HttpMethod.Options, path, ("Origin", "https://example.org"), ("Access-Control-Request-Method", "GET"), ("Access-Control-Request-Headers", "if-none-match"));

        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        Assert.Equal("*", Assert.Single(answer.Headers.GetValues("Access-Control-Allow-Origin")));
        Assert.Equal("GET, HEAD", Assert.Single(answer.Headers.GetValues("Access-Control-Allow-Methods")));
        Assert.Equal("*", Assert.Single(answer.Headers.GetValues("Access-Control-Allow-Headers")));
        Assert.Equal("3600", Assert.Single(answer.Headers.GetValues("Access-Control-Max-Age")));
    }

    [Fact]
    public async Task A_page_of_another_site_can_read_a_not_found_response()
    {
        using var answer = await SendAsync(HttpMethod.Get, "/feed/1999-00/headlines.json", ("Origin", "https://example.org"));

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal("*", Assert.Single(answer.Headers.GetValues("Access-Control-Allow-Origin")));
        Assert.Null(answer.Headers.CacheControl);
    }

    [Fact]
    public async Task The_feed_refuses_writes()
    {
        using var answer = await SendAsync(HttpMethod.Put, "/feed/headlines.json");
        Assert.Equal(HttpStatusCode.MethodNotAllowed, answer.StatusCode);
    }

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path);
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return await served.Client.SendAsync(request, Ct);
    }
}
