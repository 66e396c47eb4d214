using DasvPipeline.Portal;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace DasvPipeline.Functions;

/// <summary>For anyone, and for monitoring: returns 200 if the app is healthy, and 503 if it is not.</summary>
public sealed class HealthTrigger(HealthEndpoint health)
{
    [Function("Health")]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/health")] HttpRequest request, CancellationToken ct) =>
        health.GetAsync(request, ct);
}
