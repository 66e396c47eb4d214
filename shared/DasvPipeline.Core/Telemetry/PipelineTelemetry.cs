using System.Diagnostics;
using DasvPipeline.Core.Domain;
using Microsoft.Extensions.Logging;

namespace DasvPipeline.Core.Telemetry;

/// <summary>
/// The spans of the pipeline and the names of their attributes. Attributes are catalogue ids, codes, numbers and counts:
/// never the content of a cell, and never a path or a name that somebody typed.
/// </summary>
public static partial class PipelineTelemetry
{
    /// <summary>The name of the activity source and the meter, for exporters.</summary>
    public const string Name = "DasvPipeline";

    private static readonly ActivitySource Source = new(Name);

    /// <summary>Starts a child of the current span; null without a listener.</summary>
    internal static Activity? Start(string span) => Source.StartActivity(span);

    /// <summary>
    /// Runs a use case within a span. An exception marks the span, is logged by its type only, and is thrown again so that the
    /// trigger retries.
    /// </summary>
    internal static async Task<T> TraceAsync<T>(string span, ILogger logger, Func<Activity?, Task<T>> run)
    {
        using var activity = Start(span);
        try
        {
            return await run(activity);
        }
        catch (Exception fault)
        {
            var type = fault.GetType().Name;
            activity?.SetTag(Tags.ErrorType, type).SetStatus(ActivityStatusCode.Error, type);
            Log.Failed(logger, span, type);
            throw;
        }
    }

    internal static Activity SetReturn(this Activity span, ReturnKey key) =>
        span.SetTag(Tags.Return, key.Return.ToString()).SetTag(Tags.Period, key.Period.ToString());

    /// <summary>Links a span to the one that caused it, once.</summary>
    /// <param name="traceParent">A W3C Trace Context value. If it is null or invalid, no link is added.</param>
    internal static void LinkTo(this Activity span, string? traceParent, ReturnKey key, int version)
    {
        if (ActivityContext.TryParse(traceParent, null, isRemote: true, out var context) && span.Links.All(link => link.Context.SpanId != context.SpanId))
        {
            span.AddLink(new ActivityLink(
                context, new ActivityTagsCollection { [Tags.Return] = key.Return.ToString(), [Tags.Period] = key.Period.ToString(), [Tags.Version] = version }));
        }
    }

    /// <summary>The names of the spans.</summary>
    internal static class Spans
    {
        public const string Ingest = "dasv.ingest";
        public const string SendMessages = "dasv.send_messages";
        public const string Read = "dasv.read";
        public const string FindPeople = "dasv.find_people";
        public const string FindTables = "dasv.find_tables";
        public const string Validate = "dasv.validate";
        public const string Normalise = "dasv.normalise";
        public const string Store = "dasv.store";
        public const string Sweep = "dasv.sweep";
        public const string Chase = "dasv.chase";
        public const string BackUp = "dasv.back_up";
        public const string Decide = "dasv.decide";
        public const string Publish = "dasv.publish";
        public const string Make = "dasv.make";
        public const string MakeRelease = "dasv.make_release";
        public const string Announce = "dasv.announce";
    }

    /// <summary>The names of the attributes of spans, links and metrics.</summary>
    internal static class Tags
    {
        public const string Return = "dasv.return";
        public const string Period = "dasv.period";
        public const string Version = "dasv.version";
        public const string Result = "dasv.result";
        public const string Code = "dasv.code";
        public const string Severity = "dasv.severity";
        public const string Release = "dasv.release";
        public const string Decision = "dasv.decision";
        public const string Count = "dasv.count";
        public const string Errors = "dasv.errors";
        public const string Queries = "dasv.queries";
        public const string Notes = "dasv.notes";
        public const string Observations = "dasv.observations";
        public const string ErrorType = "error.type";
    }

    private static partial class Log
    {
        [LoggerMessage(900, LogLevel.Error, "{Span} failed: {ErrorType}.")]
        public static partial void Failed(ILogger logger, string span, string errorType);
    }
}
