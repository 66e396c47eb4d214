using System.Collections.Concurrent;
using DasvPipeline.Core.Ports;
using Microsoft.Extensions.Logging;

namespace DasvPipeline.Portal;

/// <param name="File">The file as it is in storage.</param>
public sealed record FeedCopy(StoredFile File, DateTimeOffset ReadAt);

/// <summary>
/// Reads the feed, and keeps the last good copy of each file in memory. If storage does not respond, readers get that copy at once.
/// </summary>
public sealed partial class FeedCopies(IFeedStore feed, IStorageFaults storage, TimeProvider clock, ILogger<FeedCopies> logger)
{
    /// <summary>The time for which storage is not asked again after a fault.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);

    /// <summary>
    /// The age at which a copy is not served any more. A file that was taken down could be in the memory of an instance until then.
    /// </summary>
    public static readonly TimeSpan MaxAge = TimeSpan.FromHours(6);

    private const int MaxFiles = 64;
    private const int MaxFileBytes = 1024 * 1024;

    private readonly ConcurrentDictionary<string, FeedCopy> _copies = new(StringComparer.Ordinal);
    private (Exception Fault, DateTimeOffset Until)? _outage;

    /// <summary>Returns a file; null if the feed does not contain it. Throws the fault of storage if there is no copy.</summary>
    public async Task<FeedCopy?> ReadAsync(string path, CancellationToken ct)
    {
        if (_outage is { } outage && outage.Until > clock.GetUtcNow())
        {
            return FindCopy(path) ?? throw new AggregateException("Storage of the feed does not respond.", outage.Fault);
        }

        try
        {
            if (await feed.ReadAsync(path, ct) is not { } file)
            {
                _copies.TryRemove(path, out _);
                return null;
            }

            _outage = null;
            var copy = new FeedCopy(file, clock.GetUtcNow());
            Keep(path, copy);
            return copy;
        }
        catch (Exception fault) when (!ct.IsCancellationRequested && storage.IsUnavailable(fault))
        {
            _outage = (fault, clock.GetUtcNow() + Pause);
            if (FindCopy(path) is not { } copy)
            {
                throw;
            }

            Log.ServesCopy(logger, fault.GetType().Name);
            return copy;
        }
    }

    private FeedCopy? FindCopy(string path) => _copies.TryGetValue(path, out var copy) && copy.ReadAt + MaxAge > clock.GetUtcNow() ? copy : null;

    private void Keep(string path, FeedCopy copy)
    {
        if (copy.File.Content.Length > MaxFileBytes)
        {
            return;
        }

        _copies[path] = copy;
        if (_copies.Count > MaxFiles && _copies.OrderBy(item => item.Value.ReadAt).First() is var oldest)
        {
            _copies.TryRemove(oldest);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(604, LogLevel.Error, "Storage of the feed does not respond: {ErrorType}. The last good copy is served.")]
        public static partial void ServesCopy(ILogger logger, string errorType);
    }
}
