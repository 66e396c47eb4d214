using System.Net;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Ports;
using DasvPipeline.Storage.Connect;
using DasvPipeline.Storage.Tables;

namespace DasvPipeline.Storage.Uploads;

/// <summary>Stores the draft of each return as a blob. The tag of a draft is the ETag of its blob.</summary>
internal sealed class EntryDraftStore(StorageClients clients) : IEntryDraftStore
{
    public async Task<StoredDraft?> FindAsync(ReturnKey key, CancellationToken ct)
    {
        try
        {
            var blob = (await BlobOf(key).DownloadContentAsync(ct)).Value;
            return new StoredDraft(blob.Content.ToObjectFromJson<EntryDraft>()!, blob.Details.ETag.ToString());
        }
        catch (RequestFailedException e) when (e.Status == (int)HttpStatusCode.NotFound)
        {
            return null;
        }
    }

    public async Task<string?> WriteAsync(ReturnKey key, EntryDraft draft, string? seen, CancellationToken ct)
    {
        var conditions = seen is null ? new BlobRequestConditions { IfNoneMatch = ETag.All } : new BlobRequestConditions { IfMatch = new ETag(seen) };
        try
        {
            var written = await BlobOf(key).UploadAsync(BinaryData.FromObjectAsJson(draft), new BlobUploadOptions { Conditions = conditions }, ct);
            return written.Value.ETag.ToString();
        }
        catch (RequestFailedException e) when (e.Status is (int)HttpStatusCode.PreconditionFailed or (int)HttpStatusCode.NotFound || e.ErrorCode == BlobErrorCode.BlobAlreadyExists)
        {
            return null;
        }
    }

    public async Task<bool> DeleteAsync(ReturnKey key, string seen, CancellationToken ct)
    {
        try
        {
            await BlobOf(key).DeleteAsync(DeleteSnapshotsOption.IncludeSnapshots, new BlobRequestConditions { IfMatch = new ETag(seen) }, ct);
            return true;
        }
        catch (RequestFailedException e) when (e.Status is (int)HttpStatusCode.PreconditionFailed or (int)HttpStatusCode.NotFound)
        {
            return false;
        }
    }

    private BlobClient BlobOf(ReturnKey key) => clients.Drafts.GetBlobClient(BlobNames.Draft(key));
}
