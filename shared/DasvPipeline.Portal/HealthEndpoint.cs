using DasvPipeline.Core;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace DasvPipeline.Portal;

/// <summary>Whether the pipeline can work, for anyone: yes or no, and nothing of why.</summary>
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
