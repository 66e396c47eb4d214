using System.Collections.Concurrent;
using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Ingest.Routing;
using DasvPipeline.Core.Ports;
using DasvPipeline.Core.Telemetry;
using Microsoft.Extensions.Logging;

namespace DasvPipeline.Core.Ingest;

/// <summary>
/// Ingests every upload whose ingest did not finish, and every upload that came before its period ended and can be sent now. Once a day, it
/// compares the container with the tables: it ingests every upload whose event was lost, and takes out the figures of every file that was
/// deleted without an event. Otherwise it reads the uploads in progress only, whatever is stored.
/// </summary>
public sealed partial class SweepReturns(PartnershipCatalogue catalogue, IngestReturn ingest, IUploadStore uploads, IReturnStore store, TimeProvider clock, ILogger<SweepReturns> logger)
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
        var (found, now) = (0, clock.GetUtcNow());
        var today = UkTime.DateOf(now);
        var failures = new ConcurrentQueue<Exception>();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        try
        {
            var inProgress = await store.ReadUploadsInProgressAsync(stop.Token);
            var waiting = inProgress.Uploads.Where(upload => !(upload.NotBefore > now) && !(upload.Until > today)).ToList();
            await RunAsync(waiting.OrderBy(upload => upload.Path, StringComparer.Ordinal).ToAsyncEnumerable(), upload => upload.Path, FinishAsync);
            if (inProgress.ComparedOn != today)
            {
                // The tables are read after the list, so that they have what was processed in between.
                var stored = await uploads.ListAsync(string.Empty, stop.Token).ToListAsync(stop.Token);
                var known = await store.ReadKnownUploadsAsync(stop.Token);
                await RunAsync(FindUnprocessedAsync(stored, known), upload => upload.Path, (upload, token) => TryAsync(upload.Path, upload.Mark?.Number, token));
                foreach (var path in known.Live.Except(stored.Select(upload => upload.Path), StringComparer.Ordinal))
                {
                    await TryAsync(path, notCompleted: null, stop.Token);
                }

                if (failures.IsEmpty)
                {
                    await store.MarkComparedAsync(today, stop.Token);
                }
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

        Task RunAsync<T>(IAsyncEnumerable<T> items, Func<T, string> pathOf, Func<T, CancellationToken, Task> run) => Parallel.ForEachAsync(
            ByReturnAsync(items, pathOf),
            new ParallelOptions { MaxDegreeOfParallelism = MaxParallelism, CancellationToken = stop.Token },
            async (itemsOfReturn, token) =>
            {
                foreach (var item in itemsOfReturn)
                {
                    await run(item, token);
                }
            });

        async IAsyncEnumerable<Upload> FindUnprocessedAsync(IEnumerable<Upload> stored, KnownUploads known)
        {
            foreach (var upload in stored)
            {
                if (!await IsProcessedAsync(upload, known))
                {
                    yield return upload;
                }
            }
        }

        async Task<bool> IsProcessedAsync(Upload upload, KnownUploads known) => (known.Contains(upload) && await store.IsProcessedAsync(upload, today, stop.Token))
            || (upload.Mark is null && UploadPath.Resolve(catalogue, upload.Path, today) is { Form: null, CanBeSentFrom: null } && await store.IsUnroutedProcessedAsync(upload, stop.Token));

        Task TryAsync(string path, int? notCompleted, CancellationToken token) => CountAsync(async () =>
        {
            await ingest.RunAsync(path, notCompleted, token);
            Interlocked.Increment(ref found);
        }, token);

        // An upload that was processed with another number, replaced or deleted does not wait any more.
        Task FinishAsync(WaitingUpload upload, CancellationToken token) => CountAsync(async () =>
        {
            var outcome = await ingest.RunAsync(upload.Path, upload.Version, token);
            if (outcome.Result is IngestResult.AlreadyHandled or IngestResult.Withdrawn or IngestResult.Superseded)
            {
                await store.ForgetWaitingAsync(upload, catalogue.FindForm(upload.Key.Return)?.GetDueDate(upload.Key.Period) ?? upload.Key.Period.End, token);
            }
            else
            {
                Interlocked.Increment(ref found);
            }
        }, token);

        async Task CountAsync(Func<Task> run, CancellationToken token)
        {
            try
            {
                await run();
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

    /// <summary>
    /// Groups uploads by return. They come in the order of their paths, so those of one return are adjacent and their periods
    /// in order. They are ingested one after another, because a period is compared with the previous one.
    /// </summary>
    private static async IAsyncEnumerable<IReadOnlyList<T>> ByReturnAsync<T>(IAsyncEnumerable<T> uploads, Func<T, string> pathOf)
    {
        var group = new List<T>();
        await foreach (var upload in uploads)
        {
            if (group.Count > 0 && ReturnOf(pathOf(group[0])) != ReturnOf(pathOf(upload)))
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
