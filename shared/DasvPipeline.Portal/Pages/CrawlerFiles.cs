using System.Globalization;
using System.Text;
using System.Xml.Linq;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Oversight;
using DasvPipeline.Core.Publish;
using Microsoft.AspNetCore.Http;

namespace DasvPipeline.Portal.Pages;

/// <summary>The files that search engines and finders of weaknesses look for. For anyone.</summary>
public sealed class CrawlerFiles(LiveCatalogue catalogue, PublishOptions publishing, TimeProvider clock)
{
    public const string Robots = "robots.txt";
    public const string SecurityContact = ".well-known/security.txt";
    public const string Sitemap = "sitemap.xml";

    /// <summary>The days for which the contact for weaknesses can be relied on. The file is made for each request.</summary>
    private const int SecurityContactDays = 180;

    private const string PlainText = "text/plain; charset=utf-8";

    private static readonly XNamespace Sitemaps = "http://www.sitemaps.org/schemas/sitemap/0.9";

    /// <summary>The pages without anybody's data.</summary>
    private static readonly string[] PublicPages = [string.Empty, "about", "about/api", "accessibility", "site/", "site/embed.html", "site/accessibility.html"];

    /// <summary>Pages with the data of agencies need a sign-in. Search engines need not try them. A path is the start of addresses, unless it ends with $.</summary>
    private static readonly string[] OtherPages = ["access$", "api/", "returns", "sign-in", "status"];

    public IResult GetRobots(HttpRequest request) =>
        Answer(request, string.Join('\n', ["User-agent: *", .. OtherPages.Select(page => $"Disallow: /{page}"), $"Sitemap: {GetRoot(request)}{Sitemap}", string.Empty]), PlainText);

    /// <summary>Returns whom to tell about a weakness; 404 if the catalogue has no address for it. Source: RFC 9116.</summary>
    public IResult GetSecurityContact(HttpRequest request)
    {
        if (catalogue.Newest.Help.ContactAddress is not { } address)
        {
            return Results.Problem(statusCode: StatusCodes.Status404NotFound, title: "The catalogue has no address for this.");
        }

        var contact = address.Contains('@', StringComparison.Ordinal) ? $"mailto:{address}" : $"tel:{address.Replace(" ", string.Empty, StringComparison.Ordinal)}";
        var expires = clock.Today().AddDays(SecurityContactDays).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        return Answer(request, string.Join('\n', $"Contact: {contact}", $"Expires: {expires}T00:00:00Z", "Preferred-Languages: en", $"Canonical: {GetRoot(request)}{SecurityContact}", string.Empty), PlainText);
    }

    /// <summary>Returns the public pages. Source: sitemaps.org.</summary>
    public IResult GetSitemap(HttpRequest request)
    {
        var root = GetRoot(request);
        var map = new XElement(Sitemaps + "urlset", PublicPages.Select(page => new XElement(Sitemaps + "url", new XElement(Sitemaps + "loc", root + page))));
        return Answer(request, $"<?xml version=\"1.0\" encoding=\"utf-8\"?>\n{map}\n", "application/xml; charset=utf-8");
    }

    private static IResult Answer(HttpRequest request, string text, string contentType)
    {
        request.HttpContext.Response.Headers.CacheControl = "public, max-age=3600";
        return Results.Bytes(Encoding.UTF8.GetBytes(text), contentType);
    }

    /// <summary>Returns the public address, or without one that of the request, with a slash at its end.</summary>
    private string GetRoot(HttpRequest request) => publishing.PublicAddress?.AbsoluteUri ?? $"{request.Scheme}://{request.Host}/";
}
