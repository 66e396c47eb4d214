using DasvPipeline.Portal;
using DasvPipeline.Portal.Api;
using DasvPipeline.Portal.Pages;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace DasvPipeline.Functions;

/// <summary>The public feed, for anyone: <c>/feed/headlines.json</c>, <c>/feed/2019-20/headlines.json</c> and so on.</summary>
public sealed class FeedTrigger(FeedEndpoint feed)
{
    [Function("Feed")]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", "options", Route = "feed/{*path}")] HttpRequest request, string path, CancellationToken ct) =>
        feed.HandleAsync(request, path, ct);
}

/// <summary>For the manager: the state of every return of a year, as JSON (<c>/api/status?year=2019-20</c>).</summary>
public sealed class StatusTrigger(StatusEndpoint status)
{
    [Function("Status")]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/status")] HttpRequest request, CancellationToken ct) =>
        status.GetAsync(request, ct);
}

/// <summary>For the manager: the findings of a return (<c>/api/report?return=constabulary/domestic-abuse&amp;period=2019-20-Q1</c>).</summary>
public sealed class ReportTrigger(ReportEndpoint report)
{
    [Function("Report")]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/report")] HttpRequest request, CancellationToken ct) =>
        report.GetAsync(request, ct);
}

/// <summary>For the manager: explains a query, so that it is not asked again.</summary>
public sealed class ExplainTrigger(ExplainEndpoint explain)
{
    [Function("Explain")]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/explanations")] HttpRequest request, CancellationToken ct) =>
        explain.PostAsync(request, ct);
}

/// <summary>For the manager: the disagreements between a year's figures, as JSON (<c>/api/discrepancies?year=2019-20</c>).</summary>
public sealed class DiscrepanciesTrigger(StatusEndpoint status)
{
    [Function("Discrepancies")]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/discrepancies")] HttpRequest request, CancellationToken ct) =>
        status.GetDiscrepanciesAsync(request, ct);
}

/// <summary>For anyone: the styles and scripts of the pages.</summary>
public sealed class AssetTrigger(AssetFiles assets)
{
    [Function("Asset")]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "assets/{hash}/{name}")] HttpRequest request, string hash, string name) =>
        Task.FromResult(assets.GetFile(request, hash, name));
}

/// <summary>For anyone: the description of the addresses under <c>/api</c> (OpenAPI 3.1).</summary>
public sealed class ApiDescriptionTrigger(ApiDescription description)
{
    [Function("ApiDescription")]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/openapi.json")] HttpRequest request, CancellationToken ct) =>
        description.GetAsync(ct);
}

/// <summary>For anyone: the same as a page.</summary>
public sealed class ApiPageTrigger(ApiDescription description)
{
    [Function("ApiPage")]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "about/api")] HttpRequest request) =>
        Task.FromResult(description.GetPage(request));
}

/// <summary>For anyone: the page about the figures.</summary>
public sealed class AboutTrigger(PublicPages pages)
{
    [Function("About")]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "about")] HttpRequest request) =>
        Task.FromResult(pages.GetAbout(request));
}

/// <summary>For anyone: the accessibility statement.</summary>
public sealed class AccessibilityTrigger(PublicPages pages)
{
    [Function("Accessibility")]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "accessibility")] HttpRequest request) =>
        Task.FromResult(pages.GetAccessibility(request));
}
