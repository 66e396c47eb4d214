using System.Text.Json.Serialization;
using DasvPipeline.Core.Oversight;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace DasvPipeline.Portal;

/// <summary>
/// Tells anyone whether the pipeline is healthy. If it is not, the answer names the parts that do not work and the settings that
/// are wrong, without the reason and without a value.
/// </summary>
public sealed class HealthEndpoint(CheckHealth health)
{
    public async Task<IResult> GetAsync(HttpRequest request, CancellationToken ct)
    {
        var report = await health.RunAsync(ct);
        request.HttpContext.Response.Headers.CacheControl = "no-store";
        return Results.Json(
            new HealthAnswer(report.IsHealthy ? "healthy" : "unhealthy", report.Parts.Count > 0 ? report.Parts : null, report.Settings.Count > 0 ? report.Settings : null),
            PortalJson.Default.HealthAnswer,
            statusCode: report.IsHealthy ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
    }
}

/// <param name="Parts">The parts that do not work; null if all work.</param>
/// <param name="Settings">The settings that are missing or invalid; null if there are none.</param>
internal sealed record HealthAnswer(
    string Status,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<string>? Parts,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<string>? Settings);

public static class HealthServices
{
    /// <param name="logsSettings">True to log each invalid setting when the host starts; false for a host that gets its settings later and shows them itself.</param>
    public static IServiceCollection AddDasvHealth(this IServiceCollection services, bool logsSettings = true)
    {
        services.AddSingleton<CheckHealth>().AddSingleton<HealthEndpoint>();
        return logsSettings ? services.AddHostedService<SettingLog>() : services;
    }
}
