using DasvPipeline.Core.Oversee;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace DasvPipeline.Local.Host;

/// <summary>What the pipeline tells of itself, printed: the same source, meter and logs that are sent on from Azure.</summary>
internal static class ConsoleTelemetry
{
    public static void Add(WebApplicationBuilder builder)
    {
        builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService(Telemetry.Name))
            .WithTracing(traces => traces.AddSource(Telemetry.Name).AddConsoleExporter())
            .WithMetrics(metrics => metrics.AddMeter(Telemetry.Name).AddConsoleExporter())
            .WithLogging(logs => logs.AddConsoleExporter());
        builder.Logging.AddFilter<OpenTelemetryLoggerProvider>(Telemetry.Name, LogLevel.Information);
    }

    /// <summary>Listens from now on, also where nothing is served and no hosted service is started.</summary>
    public static void Start(IServiceProvider services)
    {
        services.GetService<TracerProvider>();
        services.GetService<MeterProvider>();
    }
}
