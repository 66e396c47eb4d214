using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Ports;
using DasvPipeline.Core.Telemetry;
using Microsoft.Extensions.Logging;

namespace DasvPipeline.Core.Oversight;

/// <summary>
/// Copies the tables once a day. The figures could be read from the returns again, but explanations, decisions, choices of versions
/// and the audit are only in the tables.
/// </summary>
public sealed partial class BackUpTables(ITableBackup backup, TimeProvider clock, ILogger<BackUpTables> logger)
{
    /// <returns>The number of rows.</returns>
    public Task<int> RunAsync(CancellationToken ct) => PipelineTelemetry.TraceAsync(PipelineTelemetry.Spans.BackUp, logger, async span =>
    {
        var rows = await backup.WriteAsync(clock.Today(), ct);
        span?.SetTag(PipelineTelemetry.Tags.Count, rows);
        Log.BackedUp(logger, rows);
        return rows;
    });

    private static partial class Log
    {
        [LoggerMessage(605, LogLevel.Information, "{Count} rows of the tables were copied.")]
        public static partial void BackedUp(ILogger logger, int count);
    }
}
