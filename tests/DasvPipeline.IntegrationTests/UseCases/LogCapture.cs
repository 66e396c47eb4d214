using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using DasvPipeline.Core.Telemetry;
using Microsoft.Extensions.Logging;

namespace DasvPipeline.IntegrationTests.UseCases;

internal sealed record Measured(Instrument Instrument, double Value, IReadOnlyDictionary<string, object?> Tags);

internal sealed record Logged(LogLevel Level, EventId Event, string Message, IReadOnlyList<KeyValuePair<string, object?>> Values, Exception? Exception);

/// <summary>
/// Captures the telemetry of the pipeline: spans, measurements and logs. Other tests run at the same time, so it captures
/// only the telemetry of its own execution context.
/// </summary>
internal sealed class LogCapture : ILoggerProvider
{
    private readonly AsyncLocal<bool> _here = new() { Value = true };
    private readonly ConcurrentQueue<Activity> _spans = new();
    private readonly ConcurrentQueue<Measured> _measured = new();
    private readonly ConcurrentQueue<Logged> _logged = new();
    private readonly ActivityListener _traces;
    private readonly MeterListener _meters = new();

    public LogCapture()
    {
        _traces = new ActivityListener
        {
            ShouldListenTo = source => source.Name == PipelineTelemetry.Name,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => _here.Value ? ActivitySamplingResult.AllDataAndRecorded : ActivitySamplingResult.None,
            ActivityStopped = span =>
            {
                if (_here.Value)
                {
                    _spans.Enqueue(span);
                }
            },
        };
        ActivitySource.AddActivityListener(_traces);
        _meters.InstrumentPublished = (instrument, self) =>
        {
            if (instrument.Meter.Name == PipelineTelemetry.Name)
            {
                self.EnableMeasurementEvents(instrument);
            }
        };
        _meters.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Measure(instrument, value, tags));
        _meters.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Measure(instrument, value, tags));
        _meters.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Measure(instrument, value, tags));
        _meters.Start();
        Logs = LoggerFactory.Create(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(this));
    }

    public ILoggerFactory Logs { get; }

    public IReadOnlyList<Activity> Spans => [.. _spans];

    public IReadOnlyList<Measured> Measured => [.. _measured];

    public IReadOnlyList<Logged> Logged => [.. _logged];

    /// <summary>All captured telemetry as text, without span ids.</summary>
    public string Text => string.Join('\n',
    [
        .. Spans.SelectMany(span => new[] { span.OperationName, span.DisplayName, span.StatusDescription ?? string.Empty }
            .Concat(span.TagObjects.Concat(span.Baggage.Select(item => KeyValuePair.Create(item.Key, (object?)item.Value)))
                .Concat(span.Links.SelectMany(link => link.Tags ?? [])).Concat(span.Events.SelectMany(item => item.Tags.Prepend(new(item.Name, null)))).Select(Line))),
        .. Measured.SelectMany(item => item.Tags.Select(Line)),
        .. Logged.SelectMany(item => item.Values.Select(Line).Append(item.Message).Append(item.Exception?.ToString() ?? string.Empty)),
    ]);

    public IReadOnlyList<Activity> Of(string span) => [.. Spans.Where(item => item.OperationName == span)];

    public double SumOf(Instrument instrument) => Measured.Where(item => item.Instrument == instrument).Sum(item => item.Value);

    public ILogger CreateLogger(string categoryName) => new Log(_logged);

    public void Dispose()
    {
        _traces.Dispose();
        _meters.Dispose();
    }

    private static string Line(KeyValuePair<string, object?> pair) => $"{pair.Key}={pair.Value}";

    private void Measure(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (_here.Value)
        {
            _measured.Enqueue(new Measured(instrument, value, tags.ToArray().ToDictionary(tag => tag.Key, tag => tag.Value)));
        }
    }

    private sealed class Log(ConcurrentQueue<Logged> logged) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        void ILogger.Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            logged.Enqueue(new Logged(logLevel, eventId, formatter(state, exception), state as IReadOnlyList<KeyValuePair<string, object?>> ?? [], exception));
    }
}
