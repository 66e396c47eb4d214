using System.Diagnostics;
using DasvPipeline.Core.Ports;
using DasvPipeline.Core.Telemetry;
using Microsoft.Extensions.Logging;

namespace DasvPipeline.Core.Publish;

public sealed partial class PublishHeadlines
{
    /// <summary>Records the result of a publish in metrics, span and log.</summary>
    /// <param name="published">The time when the current release was made; null before the first release.</param>
    private void RecordOutcome(PublishOutcome outcome, DateTimeOffset? published, TimeSpan duration, Activity? span)
    {
        var result = outcome switch { { Hold: not null } => "held", { IsNew: true } => "released", _ => "unchanged" };
        span?.SetTag(PipelineTelemetry.Tags.Result, result).SetTag(PipelineTelemetry.Tags.Release, outcome.Number);
        Metrics.PublishDuration.Record(duration.TotalSeconds, new KeyValuePair<string, object?>(PipelineTelemetry.Tags.Result, result));
        if (published is { } releasedAt)
        {
            Metrics.ReleaseAge.Record((clock.GetUtcNow() - releasedAt).TotalSeconds);
        }

        switch (outcome)
        {
            case { Hold: not null }:
                Log.Held(logger, outcome.Number);
                break;
            case { IsNew: true }:
                Log.Released(logger, outcome.Number);
                break;
            default:
                Log.Unchanged(logger, outcome.Number);
                break;
        }
    }

    /// <summary>Links this publish to the ingests whose returns it publishes, but not to those that wait for a sign-off.</summary>
    private static void LinkToIngests(Activity? span, PublishQueue outstanding)
    {
        foreach (var (key, version, _, trace) in outstanding.Pending)
        {
            if (outstanding.Decisions.GetYear(key.Period.Year)?.SignedOffVersions is not { } approved || (approved.TryGetValue(key, out var signedOff) && signedOff == version))
            {
                span?.LinkTo(trace, key, version);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(500, LogLevel.Information, "Release {Release} is published.")]
        public static partial void Released(ILogger logger, int release);

        [LoggerMessage(501, LogLevel.Information, "Nothing has changed since release {Release}.")]
        public static partial void Unchanged(ILogger logger, int release);

        [LoggerMessage(503, LogLevel.Warning, "The approval of the next release is withdrawn: the catalogue or the software has changed since.")]
        public static partial void ApprovalWithdrawn(ILogger logger);

        [LoggerMessage(502, LogLevel.Information, "Publishing is on hold. Release {Release} stays.")]
        public static partial void Held(ILogger logger, int release);
    }
}
