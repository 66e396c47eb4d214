using System.Text.RegularExpressions;
using DasvPipeline.Core.Ports;
using DasvPipeline.Core.Publish;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace DasvPipeline.Portal.Site;

/// <summary>
/// Serves the public page: its files, and a page of each year that has the figures in it. If the feed is unavailable, the page is served
/// without figures, and its script shows the copy in the browser.
/// </summary>
public sealed partial class SiteEndpoint(SitePages pages, PublishOptions publishing, IStorageFaults storage, ILogger<SiteEndpoint> logger)
{
    public const string Favicon = "favicon.ico";

    private const string Prefix = "/site";

    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    private readonly SiteFile _icon = SiteFiles.All[Favicon];

    /// <param name="name">The name of a file, or of the page of a year; null for the page of the featured year.</param>
    public async Task<IResult> GetAsync(HttpRequest request, string? name, CancellationToken ct)
    {
        if (request.Path == Prefix)
        {
            return Results.Redirect(Prefix + "/");
        }

        name = string.IsNullOrEmpty(name) ? SiteFiles.Index : name;
        if (SiteFiles.All.TryGetValue(name, out var file) && name != SiteFiles.Index)
        {
            return Answer(request, name, file);
        }

        var year = YearName().Match(name) is { Success: true } match ? match.Groups[1].Value : null;
        if (year is null && name != SiteFiles.Index)
        {
            return Results.NotFound();
        }

        if (await FindPageAsync(request, year ?? request.Query["year"].FirstOrDefault(), ct) is { } page)
        {
            return Answer(request, name, page);
        }

        return year is null ? Answer(request, name, SiteFiles.All[SiteFiles.Index]) : Results.NotFound();
    }

    /// <summary>Serves the icon that browsers ask for at the root address.</summary>
    public IResult GetFavicon(HttpRequest request) => Answer(request, Favicon, _icon);

    private async Task<SiteFile?> FindPageAsync(HttpRequest request, string? year, CancellationToken ct)
    {
        if (year is not null && !Year().IsMatch(year))
        {
            return null;
        }

        try
        {
            return await pages.ReadAsync(year, publishing.PublicAddress?.AbsoluteUri ?? $"{request.Scheme}://{request.Host}/", ct);
        }
        catch (Exception fault) when (!ct.IsCancellationRequested && storage.IsUnavailable(fault))
        {
            Log.HasNoFigures(logger, fault.GetType().Name);
            return null;
        }
    }

    private static IResult Answer(HttpRequest request, string name, SiteFile file)
    {
        var headers = request.HttpContext.Response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers["Referrer-Policy"] = "no-referrer";
        if (name == SiteFiles.Element)
        {
            headers.AccessControlAllowOrigin = "*";
        }

        headers.CacheControl = name is SiteFiles.Element or Favicon ? "public, max-age=3600" : "no-cache";
        return CompressedResult.Create(request, file.Content, file.ContentType, file.ETag, lastModified: null);
    }

    [GeneratedRegex("^[0-9]{4}-[0-9]{2}$")]
    private static partial Regex Year();

    [GeneratedRegex("^([0-9]{4}-[0-9]{2})[.]html$")]
    private static partial Regex YearName();

    private static partial class Log
    {
        [LoggerMessage(610, LogLevel.Error, "Storage of the feed does not respond: {ErrorType}. The public page is served without figures.")]
        public static partial void HasNoFigures(ILogger logger, string errorType);
    }
}
