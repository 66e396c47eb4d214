using DasvPipeline.Portal.Pages;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace DasvPipeline.Functions;

/// <summary>For search engines: which pages are public.</summary>
public sealed class RobotsTrigger(CrawlerFiles files)
{
    [Function("Robots")]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = CrawlerFiles.Robots)] HttpRequest request) => Task.FromResult(files.GetRobots(request));
}

/// <summary>For search engines: the addresses of the public pages.</summary>
public sealed class SitemapTrigger(CrawlerFiles files)
{
    [Function("Sitemap")]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = CrawlerFiles.Sitemap)] HttpRequest request) => Task.FromResult(files.GetSitemap(request));
}

/// <summary>For anyone who finds a weakness: whom to tell.</summary>
public sealed class SecurityContactTrigger(CrawlerFiles files)
{
    [Function("SecurityContact")]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = CrawlerFiles.SecurityContact)] HttpRequest request) => Task.FromResult(files.GetSecurityContact(request));
}
