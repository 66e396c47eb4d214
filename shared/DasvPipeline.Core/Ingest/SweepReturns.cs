using System.Collections.Concurrent;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Ports;
using DasvPipeline.Core.Telemetry;
using Microsoft.Extensions.Logging;

namespace DasvPipeline.Core.Ingest;

/// <summary>
/// Compares the container with the tables. Ingests every upload whose event was lost or whose ingest did not finish, and every upload
/// that came before its period ended and can be sent now. Takes out the figures of every file that was deleted without an event.
/// </summary>
public sealed partial class SweepReturns(IngestReturn ingest, IUploadStore uploads, IReturnStore store, TimeProvider clock, ILogger<SweepReturns> logger)
{
    /// <summary>Small enough to avoid a retry storm, and large enough to keep two cores busy.</summary>
    private const int MaxParallelism = 4;

    /// <summary>Large enough that one upload cannot block the others, and small enough to stop if all of them fail.</summary>
    private const int MaxFailures = 10;

    /// <summary>Runs one sweep.</summary>
    /// <returns>The number of uploads that were found and ingested, or taken out.</returns>
    /// <exception cref="AggregateException">Some uploads could not be ingested. The next sweep tries them again.</exception>
    public Task<int> RunAsync(CancellationToken ct) => PipelineTelemetry.TraceAsync(PipelineTelemetry.Spans.Sweep, logger, async span =>
    {
        var found = await IngestAllAsync(ct);
        span?.SetTag(PipelineTelemetry.Tags.Count, found);
        Log.Swept(logger, found);
        return found;
    });

    private async Task<int> IngestAllAsync(CancellationToken ct)
    {
        var (found, stored) = (0, new List<string>());
        var failures = new ConcurrentQueue<Exception>();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        try
        {
            await Parallel.ForEachAsync(
                ByReturnAsync(store.FindUnprocessedAsync(uploads.ListAsync(string.Empty, stop.Token).Select(upload => AddTo(stored, upload)), clock.Today(), stop.Token)),
                new ParallelOptions { MaxDegreeOfParallelism = MaxParallelism, CancellationToken = stop.Token },
                async (uploadsOfReturn, token) =>
                {
                    foreach (var upload in uploadsOfReturn)
                    {
                        await TryAsync(upload.Path, token);
                    }
                });

            // The list is complete: a failure would have ended the loop.
            await foreach (var path in store.FindDeletedAsync(stored, stop.Token))
            {
                await TryAsync(path, stop.Token);
            }
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            // Stopped after too many failures. All of them are thrown below.
        }
        catch (Exception failure) when (!ct.IsCancellationRequested && !failures.IsEmpty)
        {
            // The listing failed too. Its failure must not hide those of the uploads.
            failures.Enqueue(failure);
        }

        return failures.IsEmpty ? found : throw new AggregateException("Some uploads could not be ingested.", failures);

        async Task TryAsync(string path, CancellationToken token)
        {
            try
            {
                await ingest.RunAsync(path, token);
                Interlocked.Increment(ref found);
            }
            catch (Exception failure) when (!token.IsCancellationRequested)
            {
                failures.Enqueue(failure);
                if (failures.Count > MaxFailures)
                {
                    await stop.CancelAsync();
                }
            }
        }
    }

    private static Upload AddTo(List<string> stored, Upload upload)
    {
        stored.Add(upload.Path);
        return upload;
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
