using System.Collections.Concurrent;
using DasvPipeline.Core.Oversee;
using DasvPipeline.Core.Store;
using Microsoft.Extensions.Logging;

namespace DasvPipeline.Core;

/// <summary>Ingests every upload whose event was lost or whose ingest did not finish.</summary>
public sealed partial class SweepReturns(IngestReturn ingest, IUploads uploads, IReturnStore store, ILogger<SweepReturns> logger)
{
    /// <summary>Small enough to avoid a retry storm, and large enough to keep two cores busy.</summary>
    private const int AtOnce = 4;

    /// <summary>Large enough that one upload cannot block the others, and small enough to stop if all of them fail.</summary>
    private const int FaultsBorne = 10;

    /// <summary>Runs one sweep.</summary>
    /// <returns>The number of uploads that were found and ingested.</returns>
    /// <exception cref="AggregateException">Some uploads could not be ingested. The next sweep tries them again.</exception>
    public Task<int> RunAsync(CancellationToken ct) => Telemetry.WithinAsync(Telemetry.Spans.Sweep, logger, async span =>
    {
        var found = await IngestAllAsync(ct);
        span?.SetTag(Telemetry.Tags.Count, found);
        Log.Swept(logger, found);
        return found;
    });

    private async Task<int> IngestAllAsync(CancellationToken ct)
    {
        var found = 0;
        var faults = new ConcurrentQueue<Exception>();
        await Parallel.ForEachAsync(
            ByReturnAsync(store.FindUnhandledAsync(uploads.ListAsync(string.Empty, ct), ct)),
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = ct },
            async (uploadsOfReturn, token) =>
            {
                foreach (var upload in uploadsOfReturn)
                {
                    try
                    {
                        await ingest.RunAsync(upload.Path, token);
                        Interlocked.Increment(ref found);
                    }
                    catch (Exception fault) when (!token.IsCancellationRequested && faults.Count < FaultsBorne)
                    {
                        faults.Enqueue(fault);
                    }
                }
            });
        return faults.IsEmpty ? found : throw new AggregateException("Some uploads could not be ingested.", faults);
    }

    /// <summary>
    /// Groups uploads by return. They come in the order of their paths, so those of one return are adjacent and their periods
    /// in order. They are ingested one after another, because a period is compared with the previous one.
    /// </summary>
    private static async IAsyncEnumerable<IReadOnlyList<Upload>> ByReturnAsync(IAsyncEnumerable<Upload> uploads)
    {
        var group = new List<Upload>();
        await foreach (var upload in uploads)
        {
            if (group.Count > 0 && ReturnOf(group[0].Path) != ReturnOf(upload.Path))
            {
                yield return group;
                group = [];
            }

            group.Add(upload);
        }

        if (group.Count > 0)
        {
            yield return group;
        }
    }

    private static string ReturnOf(string path) => string.Join('/', path.Split('/').Take(2));

    private static partial class Log
    {
        [LoggerMessage(200, LogLevel.Information, "Swept: {Count} uploads whose event was lost or whose ingest did not finish.")]
        public static partial void Swept(ILogger logger, int count);
    }
}
