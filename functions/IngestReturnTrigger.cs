using Azure.Storage.Blobs;
using DasvPipeline.Core.Ingest;
using DasvPipeline.Core.Ingest.Routing;
using Microsoft.Azure.Functions.Worker;

namespace DasvPipeline.Functions;

/// <summary>Fires on the Event Grid event for a file uploaded to the container <c>returns</c>.</summary>
public sealed class IngestReturnTrigger(IngestReturn ingest)
{
    /// <param name="path">The whole path as one token. Only the core parses it.</param>
    [Function("IngestReturn")]
    public Task RunAsync(
        [BlobTrigger(UploadPath.Container + "/{path}", Source = BlobTriggerSource.EventGrid, Connection = "Returns")] BlobClient file,
        string path,
        CancellationToken ct) =>
        ingest.RunAsync(path, ct);
}
