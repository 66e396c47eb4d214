using DasvPipeline.Core.Publish.Formats;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace DasvPipeline.Portal;

/// <summary>
/// Serves the files of the public container to pages of any site, with their published ETag.
/// </summary>
public sealed class FeedEndpoint(FeedCopies feed)
{
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

        headers.CacheControl = path.StartsWith("releases/", StringComparison.Ordinal) ? "public, max-age=31536000, immutable" : "public, max-age=60, must-revalidate";
        return CompressedResult.Create(request, file.Content, file.ContentType, Quoted(file.ETag), file.LastModified);
    }

    private static bool IsPlainSegment(string segment) =>
        segment.Length > 0 && segment[0] != '.' && segment.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '_');

    private static string Quoted(string etag) => etag.StartsWith('"') ? etag : $"\"{etag}\"";
}
