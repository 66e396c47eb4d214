using Azure.Identity;
using Azure.Monitor.OpenTelemetry.Exporter;
using DasvPipeline.Core.Telemetry;
using DasvPipeline.Functions;
using DasvPipeline.Portal;
using DasvPipeline.Storage;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Azure.Functions.Worker.OpenTelemetry;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

#pragma warning disable RS0030 // The only place that takes the system clock.
var clock = TimeProvider.System;
#pragma warning restore RS0030

var builder = FunctionsApplication.CreateBuilder(args);
builder.ConfigureFunctionsWebApplication();
var options = new FunctionAppOptions();
options.Read(builder.Configuration);
builder.Services.AddOptions<FunctionAppOptions>().Configure(app => app.Read(builder.Configuration)).ValidateOnStart();
builder.Services.AddSingleton<IValidateOptions<FunctionAppOptions>, FunctionAppOptionsValidator>();
builder.Services.AddSingleton(clock);
builder.Services.AddSchedules(builder.Configuration);
builder.Services.AddDasvStorage(builder.Configuration);
builder.Services.AddDasvHealth();
builder.Services.AddDasvPipeline(trustPrincipalHeader: options.TrustsPrincipalHeader);

var telemetry = builder.Services.AddOpenTelemetry()
    .WithTracing(traces => traces.AddSource(PipelineTelemetry.Name))
    .WithMetrics(metrics => metrics.AddMeter(PipelineTelemetry.Name))
    .UseFunctionsWorkerDefaults();
if (options.SendsTelemetry)
{
    // No key: uses the app's identity, as in the setting APPLICATIONINSIGHTS_AUTHENTICATION_STRING.
    telemetry.UseAzureMonitorExporter(exporter => exporter.Credential = string.IsNullOrEmpty(options.ClientId)
        ? new DefaultAzureCredential()
        : new ManagedIdentityCredential(ManagedIdentityId.FromUserAssignedClientId(options.ClientId)));
}

var app = builder.Build();
app.Services.GetRequiredService<IStartupValidator>().Validate();
await app.Services.GetRequiredService<StorageInitializer>().InitializeAsync(CancellationToken.None);
await app.RunAsync();
