using Azure.Identity;
using Azure.Monitor.OpenTelemetry.Exporter;
using DasvPipeline.Core.Ports;
using DasvPipeline.Core.Telemetry;
using DasvPipeline.Functions;
using DasvPipeline.Mail;
using DasvPipeline.Portal;
using DasvPipeline.Storage;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Azure.Functions.Worker.OpenTelemetry;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

#pragma warning disable RS0030 // The only place that takes the system clock.
var clock = TimeProvider.System;
#pragma warning restore RS0030

var builder = FunctionsApplication.CreateBuilder(args);
builder.ConfigureFunctionsWebApplication();
builder.UseMiddleware<RequestGuardMiddleware>();
builder.UseMiddleware<CatalogueMiddleware>();
var options = new FunctionAppOptions();
options.Read(builder.Configuration);
builder.Services.AddSingleton<ISettingCheck>(new FunctionAppCheck(options));
builder.Services.AddSingleton(clock);
builder.Services.AddSingleton(options.Publishing);
builder.Services.AddSchedules(builder.Configuration);
builder.Services.AddRoutes();
builder.Services.AddDasvStorage(builder.Configuration);
builder.Services.AddDasvMail(builder.Configuration);
builder.Services.AddDasvHealth();
builder.Services.AddDasvPipeline(trustPrincipalHeader: options.TrustsPrincipalHeader, sendsUploadsThroughApp: options.SendsUploadsThroughApp);

var telemetry = builder.Services.AddOpenTelemetry()
    .WithTracing(traces => traces.AddSource(PipelineTelemetry.Name))
    .WithMetrics(metrics => metrics.AddMeter(PipelineTelemetry.Name))
    .UseFunctionsWorkerDefaults();
if (options.SendsTelemetry)
{
    // No key: uses the app's identity, as in the setting APPLICATIONINSIGHTS_AUTHENTICATION_STRING.
    telemetry.UseAzureMonitorExporter(exporter =>
    {
        exporter.Credential = string.IsNullOrEmpty(options.ClientId)
            ? new DefaultAzureCredential()
            : new ManagedIdentityCredential(ManagedIdentityId.FromUserAssignedClientId(options.ClientId));

        // Alerts count spans, so none is left out.
        exporter.SamplingRatio = 1;
        exporter.TracesPerSecond = null;
    });
}

// Nothing is called before the host listens. The deployment creates the tables and containers.
await builder.Build().RunAsync();
