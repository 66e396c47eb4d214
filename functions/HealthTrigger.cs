using DasvPipeline.Portal;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace DasvPipeline.Functions;

/// <summary>For anyone, and for whoever watches over the app: 200 when it can work, 503 when it cannot.</summary>
public sealed class HealthTrigger(HealthEndpoint health)
{
    [Function("Health")]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/health")] HttpRequest request, CancellationToken ct) =>
        health.GetAsync(request, ct);
}
