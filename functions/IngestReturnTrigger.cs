using Azure.Storage.Blobs;
using DasvPipeline.Core;
using DasvPipeline.Core.Receive;
using Microsoft.Azure.Functions.Worker;

namespace DasvPipeline.Functions;

/// <summary>Fires when a file has been uploaded to the container <c>returns</c>, as Event Grid announces it.</summary>
public sealed class IngestReturnTrigger(IngestReturn ingest)
{
    /// <param name="path">The whole of the path in one token: it is taken apart in one place only.</param>
    [Function("IngestReturn")]
    public Task RunAsync(
        [BlobTrigger(UploadPath.Container + "/{path}", Source = BlobTriggerSource.EventGrid, Connection = "Returns")] BlobClient file,
        string path,
        CancellationToken ct) =>
        ingest.RunAsync(path, ct);
}
