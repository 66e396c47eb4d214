using System.Collections.Concurrent;
using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Ingest.Routing;
using DasvPipeline.Core.Oversight.Reminders;
using DasvPipeline.Core.Ports;
using DasvPipeline.Core.Telemetry;
using Microsoft.Extensions.Logging;

namespace DasvPipeline.Core.Ingest;

/// <summary>
/// Ingests every upload whose ingest did not finish, and every upload that came before its period ended and can be sent now. Once a day, it
/// compares the container with the tables: it ingests every upload whose event was lost, and takes out the figures of every file that was
/// deleted without an event. Otherwise it reads the uploads in progress only, whatever is stored. The manager gets a notice of
/// uploads that it cannot process for long.
/// </summary>
public sealed partial class SweepReturns(PartnershipCatalogue catalogue, IngestReturn ingest, IUploadStore uploads, IReturnStore store, ManagerNotices notices, TimeProvider clock, ILogger<SweepReturns> logger)
{
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
        var now = clock.GetUtcNow();
        var today = UkTime.DateOf(now);
        using var ingests = new ParallelIngests(ct);
        try
        {
            var done = new ConcurrentBag<WaitingUpload>();
            var inProgress = await store.ReadUploadsInProgressAsync(ingests.Token);
            var waiting = inProgress.Uploads.Where(upload => !(upload.NotBefore > now) && !(upload.Until > today)).OrderBy(upload => upload.Path, StringComparer.Ordinal).ToList();
            try
            {
                await ingests.RunAsync(waiting, upload => upload.Path, async (upload, token) =>
                {
                    var isFound = await FinishAsync(upload, token);
                    done.Add(upload);
                    return isFound;
                });
            }
            finally
            {
                await notices.WriteStuckAsync(ManagerNotices.FindStuck(waiting.Except(done), now), ct);
            }

            if (inProgress.ComparedOn != today)
            {
                await CompareAsync(ingests, today);
            }
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            // Stopped after too many failures. All of them are thrown below.
        }
        catch (Exception failure) when (!ct.IsCancellationRequested && ingests.HasFailures)
        {
            ingests.AddFailure(failure);
        }

        return ingests.GetFound();
    }

    /// <summary>Compares the container with the tables, and records the day if nothing failed.</summary>
    private async Task CompareAsync(ParallelIngests ingests, DateOnly today)
    {
        // The tables are read after the list, so that they have what was processed in between.
        var stored = await uploads.ListAsync(string.Empty, ingests.Token).ToListAsync(ingests.Token);
        var known = await store.ReadKnownUploadsAsync(ingests.Token);
        await ingests.RunAsync(
            stored, upload => upload.Path, async (upload, token) => !await IsProcessedAsync(upload, known, today, token) && await IngestAsync(upload.Path, upload.Mark?.Number, token));
        var deleted = known.Live.Except(stored.Select(upload => upload.Path), StringComparer.Ordinal).Order(StringComparer.Ordinal);
        await ingests.RunAsync(deleted, path => path, (path, token) => IngestAsync(path, incompleteVersion: null, token));
        if (!ingests.HasFailures)
        {
            await store.MarkComparedAsync(today, ingests.Token);
        }
    }

    private async Task<bool> IsProcessedAsync(Upload upload, KnownUploads known, DateOnly today, CancellationToken ct) =>
        (known.Contains(upload) && await store.IsProcessedAsync(upload, today, ct))
        || (upload.Mark is null && UploadPath.Resolve(catalogue, upload.Path, today) is { Form: null, CanBeSentFrom: null } && await store.IsUnroutedProcessedAsync(upload, ct));

    private async Task<bool> IngestAsync(string path, int? incompleteVersion, CancellationToken ct)
    {
        await ingest.RunAsync(path, incompleteVersion, ct);
        return true;
    }

    /// <summary>Ingests an upload in progress. One that was processed with another number, replaced or deleted does not wait any more.</summary>
    private async Task<bool> FinishAsync(WaitingUpload upload, CancellationToken ct)
    {
        var outcome = await ingest.RunAsync(upload.Path, upload.Version, ct);
        if (outcome.Result is not (IngestResult.AlreadyHandled or IngestResult.Withdrawn or IngestResult.Superseded))
        {
            return true;
        }

        await store.ForgetWaitingAsync(upload, catalogue.FindFormOrNewest(upload.Key)?.GetDueDate(upload.Key.Period) ?? upload.Key.Period.End, ct);
        return false;
    }

    private static partial class Log
    {
        [LoggerMessage(200, LogLevel.Information, "Swept: {Count} uploads whose event was lost or whose ingest did not finish.")]
        public static partial void Swept(ILogger logger, int count);
    }
}
