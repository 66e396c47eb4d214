using DasvPipeline.Core.Store;

namespace DasvPipeline.Core;

/// <summary>Ingests every upload that no event announced, or whose ingest never ended: a lost event loses nothing.</summary>
public sealed class SweepReturns(IngestReturn ingest, IUploads uploads, IReturnStore store)
{
    /// <summary>Small enough to stay clear of a retry storm, enough to keep two cores busy.</summary>
    private const int AtOnce = 4;

    /// <returns>How many uploads were found and ingested.</returns>
    public async Task<int> RunAsync(CancellationToken ct)
    {
        var found = 0;
        await Parallel.ForEachAsync(
            store.FindUnhandledAsync(uploads.ListAsync(ct), ct),
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = ct },
            async (upload, token) =>
            {
                await ingest.RunAsync(upload.Path, token);
                Interlocked.Increment(ref found);
            });
        return found;
    }
}
