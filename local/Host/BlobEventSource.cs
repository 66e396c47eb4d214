using System.Collections.Concurrent;
using Azure.Storage.Blobs;

namespace DasvPipeline.Local.Host;

/// <summary>
/// Replaces Event Grid on a laptop: lists the containers and calls the trigger for each blob that is new in this run. For
/// a blob that was ingested before, the trigger makes one storage call.
/// </summary>
internal sealed class BlobEventSource(IServiceProvider services, BlobServiceClient account, TriggerCollection triggers)
{
    private const int MaxParallelism = 4;

    private readonly ConcurrentDictionary<(string Container, string Path), string> _seen = new();

    /// <param name="done">Called with each blob's path after its trigger has ended.</param>
    /// <returns>The number of new blobs.</returns>
    public async Task<int> RaiseAsync(Func<string, CancellationToken, Task> done, CancellationToken ct)
    {
        var raised = 0;
        foreach (var trigger in triggers.BlobTriggers)
        {
            var container = account.GetBlobContainerClient(trigger.Container);
            var fresh = new List<(string Path, string ETag)>();
            await foreach (var blob in container.GetBlobsAsync(cancellationToken: ct))
            {
                var etag = blob.Properties.ETag.ToString()!;
                if (_seen.GetValueOrDefault((trigger.Container, blob.Name)) != etag)
                {
                    fresh.Add((blob.Name, etag));
                }
            }

            await Parallel.ForEachAsync(fresh, new ParallelOptions { MaxDegreeOfParallelism = MaxParallelism, CancellationToken = ct }, async (blob, token) =>
            {
                await trigger.RunAsync(services, container.GetBlobClient(blob.Path), blob.Path, token);
                _seen[(trigger.Container, blob.Path)] = blob.ETag;
                await done(blob.Path, token);
            });
            raised += fresh.Count;
        }

        return raised;
    }
}
