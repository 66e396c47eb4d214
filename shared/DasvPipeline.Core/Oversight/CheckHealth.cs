using DasvPipeline.Core.Publish.Formats;
using DasvPipeline.Core.Ports;
using Microsoft.Extensions.Logging;

namespace DasvPipeline.Core.Oversight;

/// <param name="Parts">The parts that do not work: <c>returns</c> (the private account) or <c>feed</c> (the public one, or its files).</param>
/// <param name="Settings">The names of the settings that are missing or invalid.</param>
public sealed record HealthReport(IReadOnlyList<string> Parts, IReadOnlyList<string> Settings)
{
    public bool IsHealthy => Parts.Count == 0 && Settings.Count == 0;
}

/// <summary>
/// Checks that the private tables and the public container respond, that the announced feed exists, and that the settings are
/// valid. Makes at most two storage calls in each <see cref="CacheDuration"/>, however often it is called.
/// </summary>
public sealed partial class CheckHealth(IFeedStore feed, IEnumerable<ISettingCheck> settings, TimeProvider clock, ILogger<CheckHealth> logger)
{
    public static readonly TimeSpan CacheDuration = TimeSpan.FromSeconds(10);

    /// <summary>The timeout of a check, shorter than the timeout of callers.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    private const string Returns = "returns";
    private const string Feed = "feed";

    private readonly Lock _lock = new();
    private Check? _last;

    public Task<HealthReport> RunAsync(CancellationToken ct)
    {
        Check check;
        lock (_lock)
        {
            if (_last is null || clock.GetElapsedTime(_last.Started) >= CacheDuration)
            {
                _last = new Check(CheckAsync(), clock.GetTimestamp());
            }

            check = _last;
        }

        return check.Report.WaitAsync(ct);
    }

    /// <summary>Runs the check for all concurrent callers, so no caller can cancel it.</summary>
    private async Task<HealthReport> CheckAsync()
    {
        using var timeout = new CancellationTokenSource(Timeout, clock);
        var current = TryAsync(Returns, feed.ReadCurrentAsync(timeout.Token));
        var index = TryAsync(Feed, feed.ReadAsync(FeedPaths.Index, timeout.Token));
        List<string> parts = [];
        if (!(await current).Responds)
        {
            parts.Add(Returns);
        }

        if (!(await index).Responds)
        {
            parts.Add(Feed);
        }
        else if ((await index).Result is null && (await current).Result is { IsAnnounced: true } release)
        {
            Log.HasNoFeed(logger, release.Number);
            parts.Add(Feed);
        }

        return new HealthReport(parts, [.. settings.SelectMany(check => check.FindProblems()).Select(problem => problem.Setting).Distinct(StringComparer.Ordinal)]);
    }

    /// <summary>Returns the result of a call, or that the part does not respond.</summary>
    private async Task<(bool Responds, T? Result)> TryAsync<T>(string part, Task<T?> call)
    {
        try
        {
            return (true, await call);
        }
        catch (Exception fault)
        {
            // A failure is the result. Its message is not shown, because callers are not signed in.
            Log.Failed(logger, part, fault.GetType().Name);
            return (false, default);
        }
    }

    private sealed record Check(Task<HealthReport> Report, long Started);

    private static partial class Log
    {
        [LoggerMessage(600, LogLevel.Error, "Storage of the {Part} does not respond: {ErrorType}.")]
        public static partial void Failed(ILogger logger, string part, string errorType);

        [LoggerMessage(601, LogLevel.Error, "Release {Release} is announced, but its feed is missing.")]
        public static partial void HasNoFeed(ILogger logger, int release);
    }
}
