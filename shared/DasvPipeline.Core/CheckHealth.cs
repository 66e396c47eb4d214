using DasvPipeline.Core.Publish;
using DasvPipeline.Core.Store;
using Microsoft.Extensions.Logging;

namespace DasvPipeline.Core;

/// <summary>
/// Whether the private tables and the public container answer, and the feed is where the tables say it is. Two storage calls
/// at most every <see cref="KeptFor"/>, however often and by whomever it is asked.
/// </summary>
public sealed partial class CheckHealth(IFeedStore feed, TimeProvider clock, ILogger<CheckHealth> logger)
{
    public static readonly TimeSpan KeptFor = TimeSpan.FromSeconds(10);

    /// <summary>Less than whoever asks waits for an answer.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly Lock _one = new();
    private Look? _last;

    public Task<bool> RunAsync(CancellationToken ct)
    {
        Look look;
        lock (_one)
        {
            if (_last is null || clock.GetElapsedTime(_last.Begun) >= KeptFor)
            {
                _last = new Look(LookAsync(), clock.GetTimestamp());
            }

            look = _last;
        }

        return look.IsHealthy.WaitAsync(ct);
    }

    /// <summary>For all who ask meanwhile, so none of them can stop it.</summary>
    private async Task<bool> LookAsync()
    {
        using var patience = new CancellationTokenSource(Patience, clock);
        try
        {
            var current = await feed.ReadCurrentAsync(patience.Token);
            if (await feed.ReadAsync(FeedPaths.Index, patience.Token) is null && current is { Announced: true })
            {
                Log.HasNoFeed(logger, current.Number);
                return false;
            }

            return true;
        }
        catch (Exception fault)
        {
            // The fault is the answer. What it says is for nobody who is not known.
            Log.Failed(logger, fault.GetType().Name);
            return false;
        }
    }

    private sealed record Look(Task<bool> IsHealthy, long Begun);

    private static partial class Log
    {
        [LoggerMessage(600, LogLevel.Error, "Storage does not answer: {ErrorType}.")]
        public static partial void Failed(ILogger logger, string errorType);

        [LoggerMessage(601, LogLevel.Error, "Release {Release} is announced and its feed is not there.")]
        public static partial void HasNoFeed(ILogger logger, int release);
    }
}
