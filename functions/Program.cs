using Azure.Identity;
using Azure.Monitor.OpenTelemetry.Exporter;
using DasvPipeline.Core.Oversee;
using DasvPipeline.Functions;
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
Schedules.Check(builder.Configuration);
builder.Services.AddSingleton(clock);
builder.Services.AddDasvStorage(builder.Configuration);
builder.Services.AddDasvHealth();
builder.Services.AddDasvPipeline(trustPrincipalHeader: builder.Configuration["WEBSITE_AUTH_ENABLED"] is "True");

var telemetry = builder.Services.AddOpenTelemetry()
    .WithTracing(traces => traces.AddSource(Telemetry.Name))
    .WithMetrics(metrics => metrics.AddMeter(Telemetry.Name))
    .UseFunctionsWorkerDefaults();
if (builder.Configuration["APPLICATIONINSIGHTS_CONNECTION_STRING"] is { Length: > 0 })
{
    // No key: uses the app's identity, as in the setting APPLICATIONINSIGHTS_AUTHENTICATION_STRING.
    telemetry.UseAzureMonitorExporter(options => options.Credential =
        builder.Configuration["Returns:clientId"] is { Length: > 0 } clientId
            ? new ManagedIdentityCredential(ManagedIdentityId.FromUserAssignedClientId(clientId))
            : new DefaultAzureCredential());
}

var app = builder.Build();
await app.Services.GetRequiredService<StoragePreparation>().PrepareAsync(CancellationToken.None);
await app.RunAsync();
