using DasvPipeline.Portal.Pages;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace DasvPipeline.Functions;

/// <summary>For search engines: which pages are public.</summary>
public sealed class RobotsTrigger(CrawlerFiles files)
{
    [Function("Robots")]
    public IResult Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = CrawlerFiles.Robots)] HttpRequest request) => files.GetRobots(request);
}

/// <summary>For search engines: the addresses of the public pages.</summary>
public sealed class SitemapTrigger(CrawlerFiles files)
{
    [Function("Sitemap")]
    public IResult Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = CrawlerFiles.Sitemap)] HttpRequest request) => files.GetSitemap(request);
}

/// <summary>For anyone who finds a weakness: whom to tell.</summary>
public sealed class SecurityContactTrigger(CrawlerFiles files)
{
    [Function("SecurityContact")]
    public IResult Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = CrawlerFiles.SecurityContact)] HttpRequest request) => files.GetSecurityContact(request);
}
