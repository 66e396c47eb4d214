using DasvPipeline.Core.Publish.Formats;
using System.IO.Compression;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Headers;
using Microsoft.Net.Http.Headers;

namespace DasvPipeline.Portal;

/// <summary>
/// Serves the files of the public container to pages of any site, with their published ETag. A compressed file has other
/// bytes, so its ETag is the weak form of the same one, which matches both.
/// </summary>
public sealed class FeedEndpoint(FeedCopies feed)
{
    private const string Gzip = "gzip";

    /// <summary>Handles GET, HEAD and the OPTIONS of a browser's preflight request.</summary>
    /// <param name="path">The path from the feed's root; empty for <c>headlines.json</c>.</param>
    public async Task<IResult> HandleAsync(HttpRequest request, string path, CancellationToken ct)
    {
        var headers = request.HttpContext.Response.Headers;
        headers.AccessControlAllowOrigin = "*";
        headers.AccessControlExposeHeaders = HeaderNames.ETag;
        headers.XContentTypeOptions = "nosniff";
        if (HttpMethods.IsOptions(request.Method))
        {
            headers.AccessControlAllowMethods = "GET, HEAD";
            headers.AccessControlAllowHeaders = "*";
            headers.AccessControlMaxAge = "3600";
            return Results.NoContent();
        }

        path = string.IsNullOrEmpty(path) ? FeedPaths.Headlines : path;
        if (!path.Split('/').All(IsPlainSegment) || await feed.ReadAsync(path, ct) is not { File: var file })
        {
            return Results.Problem(statusCode: StatusCodes.Status404NotFound, title: "The feed does not contain this file.");
        }

        var compressed = AcceptsGzip(request);
        var etag = new EntityTagHeaderValue(Quoted(file.ETag), isWeak: compressed);
        headers.Vary = HeaderNames.AcceptEncoding;
        headers.CacheControl = path.StartsWith("releases/", StringComparison.Ordinal) ? "public, max-age=31536000, immutable" : "public, max-age=60, must-revalidate";
        if (IsKnown(request.GetTypedHeaders(), etag, file.LastModified))
        {
            headers.ETag = etag.ToString();
            headers.LastModified = HeaderUtilities.FormatDate(file.LastModified);
            return Results.StatusCode(StatusCodes.Status304NotModified);
        }

        if (compressed)
        {
            headers.ContentEncoding = Gzip;
        }

        return Results.Bytes(compressed ? Compress(file.Content) : file.Content, file.ContentType, lastModified: file.LastModified, entityTag: etag);
    }

    /// <summary>Returns true if the reader has the file. Its ETag is compared; without one, the time. Source: RFC 9110, section 13.2.2.</summary>
    private static bool IsKnown(RequestHeaders headers, EntityTagHeaderValue etag, DateTimeOffset lastModified) => headers.IfNoneMatch.Count > 0
        ? headers.IfNoneMatch.Any(known => known.Equals(EntityTagHeaderValue.Any) || known.Compare(etag, useStrongComparison: false))
        : headers.IfModifiedSince is { } since && lastModified <= since;

    private static bool IsPlainSegment(string segment) =>
        segment.Length > 0 && segment[0] != '.' && segment.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '_');

    private static string Quoted(string etag) => etag.StartsWith('"') ? etag : $"\"{etag}\"";

    /// <summary>Returns true if the request accepts gzip, or any encoding, with a quality above 0.</summary>
    private static bool AcceptsGzip(HttpRequest request)
    {
        var accepted = request.GetTypedHeaders().AcceptEncoding;
        var gzipEncoding = accepted.FirstOrDefault(encoding => encoding.Value.Equals(Gzip, StringComparison.OrdinalIgnoreCase))
            ?? accepted.FirstOrDefault(encoding => encoding.Value == "*");
        return gzipEncoding is not null && gzipEncoding.Quality is not 0;
    }

    private static ReadOnlyMemory<byte> Compress(ReadOnlyMemory<byte> content)
    {
        using var stream = new MemoryStream();
        using (var gzip = new GZipStream(stream, CompressionLevel.Optimal, leaveOpen: true))
        {
            gzip.Write(content.Span);
        }

        return stream.ToArray();
    }
}
