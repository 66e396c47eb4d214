using DasvPipeline.Core.Publish.Formats;
using DasvPipeline.Core.Ports;
using Microsoft.Extensions.Logging;

namespace DasvPipeline.Core.Oversight;

/// <summary>
/// Checks that the private tables and the public container respond, and that the announced feed exists. Makes at most two
/// storage calls in each <see cref="CacheDuration"/>, however often it is called.
/// </summary>
public sealed partial class CheckHealth(IFeedStore feed, TimeProvider clock, ILogger<CheckHealth> logger)
{
    public static readonly TimeSpan CacheDuration = TimeSpan.FromSeconds(10);

    /// <summary>The timeout of a check, shorter than the timeout of callers.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    private readonly Lock _lock = new();
    private Check? _last;

    public Task<bool> RunAsync(CancellationToken ct)
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

        return check.IsHealthy.WaitAsync(ct);
    }

    /// <summary>Runs the check for all concurrent callers, so no caller can cancel it.</summary>
    private async Task<bool> CheckAsync()
    {
        using var timeout = new CancellationTokenSource(Timeout, clock);
        try
        {
            var current = await feed.ReadCurrentAsync(timeout.Token);
            if (await feed.ReadAsync(FeedPaths.Index, timeout.Token) is null && current is { IsAnnounced: true })
            {
                Log.HasNoFeed(logger, current.Number);
                return false;
            }

            return true;
        }
        catch (Exception fault)
        {
            // A failure is the result. Its message is not shown, because callers are not signed in.
            Log.Failed(logger, fault.GetType().Name);
            return false;
        }
    }

    private sealed record Check(Task<bool> IsHealthy, long Started);

    private static partial class Log
    {
        [LoggerMessage(600, LogLevel.Error, "Storage does not respond: {ErrorType}.")]
        public static partial void Failed(ILogger logger, string errorType);

        [LoggerMessage(601, LogLevel.Error, "Release {Release} is announced, but its feed is missing.")]
        public static partial void HasNoFeed(ILogger logger, int release);
    }
}
