using System.Text.Json.Serialization;
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

/// <summary>
/// Fires on the Event Grid event for a file that was deleted from the container <c>returns</c>. The blob trigger ignores blobs that
/// do not exist, so these events have a queue of their own.
/// </summary>
public sealed class RemoveReturnTrigger(IngestReturn ingest)
{
    public const string Queue = "deleted-uploads";

    [Function("RemoveReturn")]
    public Task RunAsync([QueueTrigger(Queue, Connection = "Returns")] BlobEvent deleted, CancellationToken ct) =>
        UploadPath.FromEventSubject(deleted.Subject) is { } path ? ingest.RunAsync(path, ct) : Task.CompletedTask;
}

/// <summary>
/// Fires on an upload whose ingest failed twice. The blob trigger retries within seconds, and then puts the upload into this queue.
/// The host delivers a failed message again every 5 minutes for an hour. If the upload was processed in the meantime, the
/// ingest ends at once, and the message is settled.
/// </summary>
public sealed class RetryReturnTrigger(IngestReturn ingest)
{
    /// <summary>The name that the blob trigger extension gives to its queue of failed uploads.</summary>
    public const string Queue = "webjobs-blobtrigger-poison";

    [Function("RetryReturn")]
    public Task RunAsync([QueueTrigger(Queue, Connection = "Returns")] FailedUpload failed, CancellationToken ct) => failed switch
    {
        { ContainerName: UploadPath.Container, BlobName: { } path } => ingest.RunAsync(path, ct),
        { ContainerName: not null, BlobName: not null } => Task.CompletedTask, // a file in a container without returns

        // The host keeps such a message in another poison queue. Settling it would lose an upload without a word.
        _ => throw new InvalidOperationException($"A message in the queue {Queue} names no blob."),
    };
}

/// <summary>The part of a message of the blob trigger extension that names the blob.</summary>
public sealed class FailedUpload
{
    [JsonPropertyName("ContainerName")]
    public string? ContainerName { get; init; }

    [JsonPropertyName("BlobName")]
    public string? BlobName { get; init; }
}

/// <summary>The part of an Event Grid event that names the blob.</summary>
public sealed class BlobEvent
{
    /// <summary>For example <c>/blobServices/default/containers/returns/blobs/agency/return/period/file</c>.</summary>
    [JsonPropertyName("subject")]
    public string? Subject { get; init; }
}
