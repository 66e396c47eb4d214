using DasvPipeline.Portal.Auth;
using DasvPipeline.Portal.Status;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace DasvPipeline.Functions;

/// <summary>For the manager: who did what, when, and to which return or release.</summary>
public sealed class AuditPageTrigger(AuditPages pages)
{
    [Function("AuditPage")]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "status/audit")] HttpRequest request, CancellationToken ct) =>
        pages.GetAsync(request, ct);
}

/// <summary>For the manager: the same as JSON or CSV (<c>/api/audit?about=constabulary&amp;format=csv</c>).</summary>
public sealed class AuditTrigger(AuditPages pages)
{
    [Function("Audit")]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/audit")] HttpRequest request, CancellationToken ct) =>
        pages.GetListAsync(request, ct);
}

/// <summary>For the manager: shows the pages as a reader of an agency sees them.</summary>
public sealed class ViewAsTrigger(AgencyView view)
{
    [Function("ViewAs")]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "view-as/{agency}")] HttpRequest request, string agency) => view.StartAsync(request, agency);
}

/// <summary>For the manager: shows the manager's pages again.</summary>
public sealed class StopViewingTrigger(AgencyView view)
{
    [Function("StopViewing")]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "view-as")] HttpRequest request) => view.StopAsync(request);
}
