using System.Collections.Concurrent;
using System.Diagnostics;
using System.IO.Compression;
using System.Net;
using System.Text.Json;
using Azure.Monitor.OpenTelemetry.Exporter;
using DasvPipeline.Core.Telemetry;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace DasvPipeline.IntegrationTests.Infra;

/// <summary>
/// Takes the place of Application Insights: the app's own exporter sends spans and metrics to a local address, and the sink turns
/// them into the rows of Log Analytics.
/// </summary>
internal sealed class TelemetrySink : IAsyncDisposable
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(20);

    private readonly ConcurrentQueue<JsonElement> _items;
    private readonly EndedSpans _ended = new();
    private readonly WebApplication _server;
    private readonly TracerProvider _traces;
    private readonly MeterProvider _metrics;

    private TelemetrySink(WebApplication server, ConcurrentQueue<JsonElement> items)
    {
        (_server, _items) = (server, items);
        _traces = Sdk.CreateTracerProviderBuilder().AddSource(PipelineTelemetry.Name).AddProcessor(_ended).AddAzureMonitorTraceExporter(SendHere).Build();
        _metrics = Sdk.CreateMeterProviderBuilder().AddMeter(PipelineTelemetry.Name).AddAzureMonitorMetricExporter(SendHere).Build();
    }

    public static async Task<TelemetrySink> StartAsync(CancellationToken ct)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.ConfigureKestrel(server => server.Listen(IPAddress.Loopback, 0));
        var server = builder.Build();
        var items = new ConcurrentQueue<JsonElement>();
        server.MapPost("/v2.1/track", async (HttpRequest request) =>
        {
            await using var body = request.Headers.ContentEncoding == "gzip" ? new GZipStream(request.Body, CompressionMode.Decompress) : request.Body;
            using var reader = new StreamReader(body);
            var count = 0;
            while (await reader.ReadLineAsync(ct) is { Length: > 0 } line)
            {
                using var item = JsonDocument.Parse(line);
                items.Enqueue(item.RootElement.Clone());
                count++;
            }

            return Results.Json(new { itemsReceived = count, itemsAccepted = count, errors = Array.Empty<object>() });
        });
        await server.StartAsync(ct);
        return new TelemetrySink(server, items);
    }

    /// <summary>Exports what the pipeline has recorded, and returns everything that has arrived.</summary>
    public TelemetryRows Export()
    {
        Assert.True(_traces.ForceFlush() && _metrics.ForceFlush());

        // A flush can return while the last spans are still on their way.
        Assert.True(SpinWait.SpinUntil(() => _items.Count(IsSpan) >= _ended.Count, Longest), $"{_items.Count(IsSpan)} spans of {_ended.Count} arrived.");
        var data = _items.Select(item => (Time: item.GetProperty("time").GetDateTimeOffset(), Type: item.GetProperty("data").GetProperty("baseType").GetString(), Data: item.GetProperty("data").GetProperty("baseData"))).ToList();
        return new TelemetryRows(
            [.. data.Where(item => item.Type == "RemoteDependencyData").Select(item => new DependencyRow(item.Time, item.Data.GetProperty("name").GetString()!, item.Data.GetProperty("success").GetBoolean()))],
            [.. data.Where(item => item.Type == "MetricData").Select(item => item.Data.GetProperty("metrics")[0] is var metric
                ? new MetricRow(item.Time, metric.GetProperty("name").GetString()!, metric.GetProperty("value").GetDouble()) : throw new InvalidOperationException())]);
    }

    public async ValueTask DisposeAsync()
    {
        _traces.Dispose();
        _metrics.Dispose();
        await _server.DisposeAsync();
    }

    private static bool IsSpan(JsonElement item) => item.GetProperty("data").GetProperty("baseType").GetString() is "RemoteDependencyData" or "RequestData";

    private void SendHere(AzureMonitorExporterOptions exporter)
    {
        exporter.ConnectionString = $"InstrumentationKey=00000000-0000-0000-0000-000000000000;IngestionEndpoint={_server.Urls.Single()}/";
        exporter.SamplingRatio = 1;
        exporter.TracesPerSecond = null;
        exporter.DisableOfflineStorage = true;
        exporter.EnableLiveMetrics = false;
    }

    private sealed class EndedSpans : BaseProcessor<Activity>
    {
        private int _count;

        public int Count => Volatile.Read(ref _count);

        public override void OnEnd(Activity data) => Interlocked.Increment(ref _count);
    }
}
