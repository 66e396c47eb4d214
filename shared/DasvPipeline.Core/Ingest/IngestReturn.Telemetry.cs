using System.Diagnostics;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Telemetry;
using Microsoft.Extensions.Logging;

namespace DasvPipeline.Core.Ingest;

public sealed partial class IngestReturn
{
    /// <summary>Records the outcome of an upload in traces, metrics and logs, with ids and counts only.</summary>
    private void RecordOutcome(IngestOutcome outcome, Activity? span)
    {
        var (result, counts) = (outcome.Result, outcome.Counts);
        span?.SetTag(PipelineTelemetry.Tags.Result, result.ToString());
        if (result is IngestResult.Accepted or IngestResult.Rejected)
        {
            span?.SetTag(PipelineTelemetry.Tags.Version, outcome.Version)
                .SetTag(PipelineTelemetry.Tags.Errors, counts.Errors)
                .SetTag(PipelineTelemetry.Tags.Queries, counts.Queries)
                .SetTag(PipelineTelemetry.Tags.Notes, counts.Notes)
                .SetTag(PipelineTelemetry.Tags.Observations, counts.Observations);
            (result is IngestResult.Accepted ? Metrics.Accepted : Metrics.Rejected).Add(1);
            Metrics.Count(outcome.Findings);
        }

        if (result is IngestResult.Accepted or IngestResult.Rejected or IngestResult.AlreadyReceived)
        {
            Metrics.Received.Add(1);
        }

        if (outcome.Key is { } key)
        {
            Log.Ended(logger, result, key.Return, key.Period, outcome.Version, counts.Errors, counts.Queries, counts.Notes, counts.Observations);
        }
        else
        {
            Log.UnknownPath(logger, result);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(100, LogLevel.Information, "{Result}: {Return} for {Period}, version {Version}: {Errors} errors, {Queries} queries, {Notes} notes, {Observations} observations.")]
        public static partial void Ended(
            ILogger logger, IngestResult result, ReturnId @return, Period period, int version, int errors, int queries, int notes, int observations);

        [LoggerMessage(101, LogLevel.Information, "{Result}: an upload whose path names no return.")]
        public static partial void UnknownPath(ILogger logger, IngestResult result);
    }
}
