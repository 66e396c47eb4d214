using DasvPipeline.Core.Oversight;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace DasvPipeline.Portal;

/// <summary>Tells anyone whether the pipeline is healthy, without the reason.</summary>
public sealed class HealthEndpoint(CheckHealth health)
{
    public async Task<IResult> GetAsync(HttpRequest request, CancellationToken ct)
    {
        var isHealthy = await health.RunAsync(ct);
        request.HttpContext.Response.Headers.CacheControl = "no-store";
        return Results.Text(
            isHealthy ? """{"status":"healthy"}""" : """{"status":"unhealthy"}""",
            "application/json",
            statusCode: isHealthy ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
    }
}

public static class HealthServices
{
    public static IServiceCollection AddDasvHealth(this IServiceCollection services) =>
        services.AddSingleton<CheckHealth>().AddSingleton<HealthEndpoint>();
}
