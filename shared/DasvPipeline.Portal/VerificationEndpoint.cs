using DasvPipeline.Core.Publish;
using DasvPipeline.Portal.Auth;
using Microsoft.AspNetCore.Http;

namespace DasvPipeline.Portal;

/// <summary>
/// Compares the figures that releases are made from with the observations. The response is 200 if they are the same and 409 if not,
/// both with the JSON of a decision.
/// </summary>
public sealed class VerificationEndpoint(VerifyFigures verify, CallerReader callers)
{
    public async Task<IResult> GetAsync(HttpRequest request, CancellationToken ct)
    {
        request.HttpContext.Response.Headers.CacheControl = "no-store";
        return ErrorResults.CheckManager(request, callers) ?? DecisionEndpoint.ToResult(await verify.RunAsync(ct));
    }
}
