using System.Threading.RateLimiting;

namespace DasvPipeline.Portal.Auth;

/// <param name="Burst">How many files a caller can send or check at once.</param>
/// <param name="PerMinute">How many more the caller can send in each minute after that.</param>
public sealed record FileLimitOptions(int Burst, int PerMinute)
{
    /// <summary>Allows a year's returns of the largest agency at once, and stops a program that repeats itself.</summary>
    public static readonly FileLimitOptions Default = new(Burst: 120, PerMinute: 60);
}

/// <summary>Limits how many files and upload links a caller can ask for. Each instance of the app counts by itself.</summary>
public sealed class FileLimits(FileLimitOptions options) : IDisposable
{
    public const int RetryAfterSeconds = 60;

    public const string TooMany = "You have sent many files in a short time. Nothing was sent now. Wait a minute, and try again.";

    private readonly PartitionedRateLimiter<string> _limiter = PartitionedRateLimiter.Create<string, string>(caller => RateLimitPartition.GetTokenBucketLimiter(caller, _ => new TokenBucketRateLimiterOptions
    {
        TokenLimit = options.Burst,
        TokensPerPeriod = options.PerMinute,
        ReplenishmentPeriod = TimeSpan.FromMinutes(1),
        QueueLimit = 0,
    }));

    /// <summary>Counts a file or a link. Returns false if the caller has none left.</summary>
    public bool TryTake(Caller caller)
    {
        using var lease = _limiter.AttemptAcquire(caller.Id);
        return lease.IsAcquired;
    }

    public void Dispose() => _limiter.Dispose();
}
