using System.Collections.Concurrent;
using Azure.Storage.Blobs;
using DasvPipeline.Core.Ingest;
using DasvPipeline.Core.Ports;
using DasvPipeline.Functions;

namespace DasvPipeline.Local.Host;

/// <summary>
/// Replaces Event Grid on a laptop: lists the containers and calls the trigger for each blob that is new in this run, and for
/// each that was deleted. For a blob that was ingested before, the trigger makes one storage call.
/// </summary>
/// <param name="workers">The number of blobs to process at the same time.</param>
internal sealed class BlobEventSource(IServiceProvider services, BlobServiceClient account, TriggerCollection triggers, int workers)
{
    public const int DefaultParallelism = 4;

    /// <summary>The number of times that a blob is tried if its trigger fails while the store responds. Then the sweep tries it every 5 minutes.</summary>
    public const int MaxAttempts = 5;

    private readonly ConcurrentDictionary<(string Container, string Path), string> _seen = new();
    private readonly ConcurrentDictionary<(string Container, string Path), int> _attempts = new();

    /// <summary>Called with each blob's path when its trigger starts, in the same asynchronous flow; null for nothing.</summary>
    public Action<string>? Started { get; set; }

    /// <param name="done">Called with each blob's path after its trigger has ended.</param>
    /// <param name="failed">Called with each blob's path if its trigger fails. The blob is new again the next time. Null to throw the exception.</param>
    /// <returns>The number of new blobs.</returns>
    public async Task<int> RaiseAsync(Func<string, CancellationToken, Task> done, CancellationToken ct, Action<string, Exception>? failed = null)
    {
        var raised = 0;
        foreach (var trigger in triggers.BlobTriggers)
        {
            var container = account.GetBlobContainerClient(trigger.Container);
            var fresh = new List<(string Path, string ETag)>();
            var deleted = _seen.Keys.Where(blob => blob.Container == trigger.Container).Select(blob => blob.Path).ToHashSet(StringComparer.Ordinal);
            await foreach (var blob in container.GetBlobsAsync(cancellationToken: ct))
            {
                deleted.Remove(blob.Name);
                var etag = blob.Properties.ETag.ToString()!;
                if (_seen.GetValueOrDefault((trigger.Container, blob.Name)) != etag)
                {
                    fresh.Add((blob.Name, etag));
                }
            }

            await Parallel.ForEachAsync(FairOrder.TakeInTurn(fresh, blob => FairOrder.GetAgency(blob.Path)), new ParallelOptions { MaxDegreeOfParallelism = workers, CancellationToken = ct }, async (blob, token) =>
            {
                try
                {
                    Started?.Invoke(blob.Path);
                    await trigger.RunAsync(services, container.GetBlobClient(blob.Path), blob.Path, token);
                    await done(blob.Path, token);
                    _seen[(trigger.Container, blob.Path)] = blob.ETag;
                }
                catch (Exception fault) when (failed is not null && !token.IsCancellationRequested)
                {
                    CountAttempt((trigger.Container, blob.Path), blob.ETag, fault);
                    failed(blob.Path, fault);
                }
            });
            raised += fresh.Count;
            foreach (var path in deleted)
            {
                await RaiseDeletedAsync(path, done, ct);
            }
        }

        return raised;
    }

    /// <summary>Sends the event of a deleted blob, as it would be in the queue of such events.</summary>
    public async Task RaiseDeletedAsync(string path, Func<string, CancellationToken, Task> done, CancellationToken ct)
    {
        foreach (var trigger in triggers.QueueTriggers.Where(trigger => trigger.Queue == RemoveReturnTrigger.Queue))
        {
            await trigger.RunAsync(services, new BlobEvent { Subject = $"/blobServices/default/containers/{triggers.BlobTriggers[0].Container}/blobs/{path}" }, ct);
        }

        _seen.TryRemove((triggers.BlobTriggers[0].Container, path), out _);
        await done(path, ct);
    }

    private void CountAttempt((string Container, string Path) blob, string etag, Exception fault)
    {
        if (services.GetRequiredService<IStorageFaults>().IsUnavailable(fault))
        {
            return;
        }

        if (_attempts.AddOrUpdate(blob, 1, (_, before) => before + 1) >= MaxAttempts)
        {
            _seen[blob] = etag;
            _attempts.TryRemove(blob, out _);
        }
    }
}
