using System.Net;
using System.Runtime.CompilerServices;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using DasvPipeline.Core.Ports;
using DasvPipeline.Storage.Connect;
using DasvPipeline.Storage.Tables;

namespace DasvPipeline.Storage.Uploads;

/// <summary>Lists blobs with their versions, snapshots and deleted copies. Without versioning, each blob is listed once.</summary>
internal sealed class BlobCopies(StorageClients clients) : IBlobCopies
{
    public int? UploadRetentionDays => clients.UploadRetentionDays;

    public IAsyncEnumerable<StoredCopy> ListUploadAsync(string path, CancellationToken ct) =>
        ListAsync(CopyContainer.Uploads, path, ct).Where(copy => copy.Name == path);

    public IAsyncEnumerable<StoredCopy> ListReportAsync(Submission submission, CancellationToken ct) =>
        ListAsync(CopyContainer.Reports, BlobNames.ReportPrefix(submission.Key, submission.Version), ct)
            .Concat(ListAsync(CopyContainer.Reports, BlobNames.UnroutedReport(Keys.UploadId(submission.Path, submission.Version)), ct));

    public IAsyncEnumerable<StoredCopy> ListPublicAsync(string prefix, CancellationToken ct) => ListAsync(CopyContainer.Public, prefix, ct);

    public async Task DeleteAsync(StoredCopy copy, CancellationToken ct)
    {
        // The listing gave the name, so a name that cannot be addressed exactly is not that of another blob.
        var blob = GetContainer(copy.Container).GetExactBlobClient(copy.Name) ?? throw new InvalidOperationException("A stored blob has a name that cannot be addressed.");
        try
        {
            await (copy switch
            {
                { Snapshot: { } snapshot } => blob.WithSnapshot(snapshot).DeleteAsync(cancellationToken: ct),
                { IsCurrent: false, VersionId: { } version } => blob.WithVersion(version).DeleteAsync(cancellationToken: ct),
                _ => blob.DeleteAsync(conditions: new BlobRequestConditions { IfMatch = new ETag(copy.ETag) }, cancellationToken: ct),
            });
        }
        catch (RequestFailedException e) when (e.Status is (int)HttpStatusCode.NotFound or (int)HttpStatusCode.PreconditionFailed)
        {
            // It does not exist any more, or it has changed. The next listing shows which.
        }
    }

    private async IAsyncEnumerable<StoredCopy> ListAsync(CopyContainer container, string prefix, [EnumeratorCancellation] CancellationToken ct)
    {
        await foreach (var blob in GetContainer(container).GetBlobsAsync(
            BlobTraits.Metadata, BlobStates.Snapshots | BlobStates.Version | BlobStates.Deleted, prefix, ct))
        {
            var properties = blob.Properties;
            var checksum = properties.ContentHash is { Length: > 0 } hash ? Convert.ToHexStringLower(hash) : null;
            var number = blob.Metadata is { } metadata ? UploadMetadata.Parse(metadata, checksum)?.Number : null;
            yield return new StoredCopy(container, blob.Name)
            {
                IsCurrent = !blob.Deleted && blob.Snapshot is null && (blob.VersionId is null || blob.IsLatestVersion == true),
                VersionId = blob.VersionId,
                Snapshot = blob.Snapshot,
                ETag = properties.ETag?.ToString() ?? string.Empty,
                Number = number,
                UploadId = number is null && properties.ETag is { } etag ? Keys.UploadId(blob.Name, etag.ToString().Trim('"')) : null,
                Checksum = checksum,
                IsDeleted = blob.Deleted,
                DaysLeft = blob.Deleted ? properties.RemainingRetentionDays : null,
            };
        }
    }

    private BlobContainerClient GetContainer(CopyContainer container) => container switch
    {
        CopyContainer.Uploads => clients.Returns,
        CopyContainer.Reports => clients.Reports,
        _ => clients.Public,
    };
}
