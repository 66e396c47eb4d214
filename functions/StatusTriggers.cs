using DasvPipeline.Portal;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace DasvPipeline.Functions;

/// <summary>For the manager: the headlines of a year as they stand and as published (<c>/api/headlines?year=2019-20&amp;format=csv</c>).</summary>
public sealed class HeadlinesTrigger(StatusEndpoint status)
{
    [Function("Headlines")]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/headlines")] HttpRequest request, CancellationToken ct) =>
        status.GetHeadlinesAsync(request, ct);
}

/// <summary>For the manager: who owes what, as JSON, CSV or a calendar (<c>/api/chase?format=ics&amp;agency=constabulary</c>).</summary>
public sealed class ChaseTrigger(ChaseEndpoint chase)
{
    [Function("Chase")]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/chase")] HttpRequest request, CancellationToken ct) =>
        chase.GetAsync(request, ct);
}

/// <summary>For the manager: when returns are due, as a calendar file.</summary>
public sealed class DueCalendarTrigger(ChaseEndpoint chase)
{
    [Function("DueCalendar")]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/chase.ics")] HttpRequest request, CancellationToken ct) =>
        chase.GetCalendarAsync(request, ct);
}
