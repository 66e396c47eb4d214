using DasvPipeline.Core.Telemetry;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace DasvPipeline.Local.Host;

/// <summary>Prints telemetry to the console: the same spans, metrics and logs as in Azure.</summary>
internal static class ConsoleTelemetry
{
    public static void Add(WebApplicationBuilder builder)
    {
        builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService(PipelineTelemetry.Name))
            .WithTracing(traces => traces.AddSource(PipelineTelemetry.Name).AddConsoleExporter())
            .WithMetrics(metrics => metrics.AddMeter(PipelineTelemetry.Name).AddConsoleExporter())
            .WithLogging(logs => logs.AddConsoleExporter());
        builder.Logging.AddFilter<OpenTelemetryLoggerProvider>(PipelineTelemetry.Name, LogLevel.Information);
    }

    /// <summary>Starts listening, even if no pages are served and no hosted service starts.</summary>
    public static void Start(IServiceProvider services)
    {
        services.GetService<TracerProvider>();
        services.GetService<MeterProvider>();
    }
}
