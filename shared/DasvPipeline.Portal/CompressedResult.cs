using System.IO.Compression;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Headers;
using Microsoft.Net.Http.Headers;

namespace DasvPipeline.Portal;

/// <summary>
/// Serves bytes, compressed for a reader who accepts that, or says that the reader has them. Compressed bytes differ, so their ETag is the
/// weak form of the same one, which matches both.
/// </summary>
internal static class CompressedResult
{
    private const string Gzip = "gzip";

    /// <param name="quoted">The ETag in quotes.</param>
    public static IResult Create(HttpRequest request, ReadOnlyMemory<byte> content, string contentType, string quoted, DateTimeOffset? lastModified)
    {
        var headers = request.HttpContext.Response.Headers;
        var compressed = AcceptsGzip(request);
        var etag = new EntityTagHeaderValue(quoted, isWeak: compressed);
        headers.Vary = HeaderNames.AcceptEncoding;
        if (IsKnown(request.GetTypedHeaders(), etag, lastModified))
        {
            headers.ETag = etag.ToString();
            if (lastModified is { } time)
            {
                headers.LastModified = HeaderUtilities.FormatDate(time);
            }

            return Results.StatusCode(StatusCodes.Status304NotModified);
        }

        if (compressed)
        {
            headers.ContentEncoding = Gzip;
        }

        return Results.Bytes(compressed ? Compress(content) : content, contentType, lastModified: lastModified, entityTag: etag);
    }

    /// <summary>Returns true if the reader has the file. Its ETag is compared; without one, the time. Source: RFC 9110, section 13.2.2.</summary>
    private static bool IsKnown(RequestHeaders headers, EntityTagHeaderValue etag, DateTimeOffset? lastModified) => headers.IfNoneMatch.Count > 0
        ? headers.IfNoneMatch.Any(known => known.Equals(EntityTagHeaderValue.Any) || known.Compare(etag, useStrongComparison: false))
        : headers.IfModifiedSince is { } since && lastModified <= since;

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
