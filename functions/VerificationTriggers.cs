using DasvPipeline.Portal;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace DasvPipeline.Functions;

/// <summary>For the manager: compares the figures that releases are made from with the observations.</summary>
public sealed class VerifyFiguresTrigger(VerificationEndpoint verification)
{
    [Function("VerifyFigures")]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/verify-figures")] HttpRequest request, CancellationToken ct) =>
        verification.GetAsync(request, ct);
}
