using DasvPipeline.Portal.Site;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace DasvPipeline.Functions;

/// <summary>For anyone: the public page (<c>/site/</c>), the page of a year (<c>/site/2019-20.html</c>), and their files.</summary>
public sealed class SiteTrigger(SiteEndpoint site)
{
    [Function("Site")]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "site/{*name}")] HttpRequest request, string? name, CancellationToken ct) =>
        site.GetAsync(request, name, ct);
}

/// <summary>For anyone: the icon that browsers ask for.</summary>
public sealed class FaviconTrigger(SiteEndpoint site)
{
    [Function("Favicon")]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = SiteEndpoint.Favicon)] HttpRequest request) => Task.FromResult(site.GetFavicon(request));
}
