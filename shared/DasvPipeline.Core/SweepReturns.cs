using System.Collections.Concurrent;
using DasvPipeline.Core.Oversee;
using DasvPipeline.Core.Store;
using Microsoft.Extensions.Logging;

namespace DasvPipeline.Core;

/// <summary>Ingests every upload that no event announced, or whose ingest never ended: a lost event loses nothing.</summary>
public sealed partial class SweepReturns(IngestReturn ingest, IUploads uploads, IReturnStore store, ILogger<SweepReturns> logger)
{
    /// <summary>Small enough to stay clear of a retry storm, enough to keep two cores busy.</summary>
    private const int AtOnce = 4;

    /// <summary>Enough that one upload cannot stand in the way of the others; few enough to stop where all would fail.</summary>
    private const int FaultsBorne = 10;

    /// <returns>How many uploads were found and ingested.</returns>
    /// <exception cref="AggregateException">Some could not be ingested; the others were. The next sweep finds them again.</exception>
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
            async (ofOneReturn, token) =>
            {
                foreach (var upload in ofOneReturn)
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
    /// Uploads come in the order of their paths, those of one return side by side and its periods in order. They are taken in
    /// one after the other, for a period is held against the one before.
    /// </summary>
    private static async IAsyncEnumerable<IReadOnlyList<Upload>> ByReturnAsync(IAsyncEnumerable<Upload> uploads)
    {
        var together = new List<Upload>();
        await foreach (var upload in uploads)
        {
            if (together.Count > 0 && ReturnOf(together[0].Path) != ReturnOf(upload.Path))
            {
                yield return together;
                together = [];
            }

            together.Add(upload);
        }

        if (together.Count > 0)
        {
            yield return together;
        }
    }

    private static string ReturnOf(string path) => string.Join('/', path.Split('/').Take(2));

    private static partial class Log
    {
        [LoggerMessage(200, LogLevel.Information, "Swept: {Count} uploads that no event had announced, or no ingest ended.")]
        public static partial void Swept(ILogger logger, int count);
    }
}
