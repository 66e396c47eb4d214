using System.Collections.Concurrent;
using Azure.Storage.Blobs;

namespace DasvPipeline.Local.Host;

/// <summary>
/// Stands in for Event Grid: lists the triggers' containers and calls a trigger for each blob it has not seen in this
/// run. What was ingested before costs the trigger one look-up.
/// </summary>
internal sealed class BlobEvents(IServiceProvider services, BlobServiceClient account, Triggers triggers)
{
    private const int AtOnce = 4;

    private readonly ConcurrentDictionary<(string Container, string Path), string> _seen = new();

    /// <param name="done">Told of each blob's path when its trigger has ended.</param>
    /// <returns>How many blobs were new.</returns>
    public async Task<int> RaiseAsync(Func<string, CancellationToken, Task> done, CancellationToken ct)
    {
        var raised = 0;
        foreach (var trigger in triggers.Blobs)
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

            await Parallel.ForEachAsync(fresh, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = ct }, async (blob, token) =>
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
