using System.Net;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using DasvPipeline.Core.Ports;

namespace DasvPipeline.Storage.Returns;

/// <summary>Stores private files whose names never contain user text.</summary>
internal sealed class ReportBlobs(BlobContainerClient container)
{
    public Task WriteAsync(string name, ReadOnlyMemory<byte> content, string contentType, CancellationToken ct) =>
        container.GetBlobClient(name).UploadAsync(
            BinaryData.FromBytes(content),
            new BlobUploadOptions { HttpHeaders = new BlobHttpHeaders { ContentType = contentType } },
            ct);

    /// <summary>Writes a file with If-Match; or with If-None-Match if <paramref name="etag"/> is null. Returns false if the condition is not met.</summary>
    public async Task<bool> TryWriteAsync(string name, ReadOnlyMemory<byte> content, string contentType, string? etag, CancellationToken ct)
    {
        try
        {
            await container.GetBlobClient(name).UploadAsync(
                BinaryData.FromBytes(content),
                new BlobUploadOptions
                {
                    HttpHeaders = new BlobHttpHeaders { ContentType = contentType },
                    Conditions = etag is null ? new BlobRequestConditions { IfNoneMatch = ETag.All } : new BlobRequestConditions { IfMatch = new ETag(etag) },
                },
                ct);
            return true;
        }
        catch (RequestFailedException e) when (e.Status == (int)HttpStatusCode.PreconditionFailed || e.ErrorCode == BlobErrorCode.BlobAlreadyExists)
        {
            return false;
        }
    }

    /// <summary>Changes a file with If-Match, and reads it again if another writer came first.</summary>
    public async Task UpdateAsync(string name, Func<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>> change, string contentType, CancellationToken ct)
    {
        var blob = container.GetBlobClient(name);
        while (true)
        {
            var stored = (await blob.DownloadContentAsync(ct)).Value;
            try
            {
                await blob.UploadAsync(
                    BinaryData.FromBytes(change(stored.Content.ToMemory())),
                    new BlobUploadOptions
                    {
                        HttpHeaders = new BlobHttpHeaders { ContentType = contentType },
                        Conditions = new BlobRequestConditions { IfMatch = stored.Details.ETag },
                    },
                    ct);
                return;
            }
            catch (RequestFailedException e) when (e.Status == (int)HttpStatusCode.PreconditionFailed)
            {
                // Another writer changed it. Apply the change to the newer content.
            }
        }
    }

    public async Task<ReadOnlyMemory<byte>?> ReadAsync(string name, CancellationToken ct) => (await ReadStoredAsync(name, ct))?.Content;

    /// <summary>Deletes a file. Does nothing if it does not exist.</summary>
    public Task DeleteAsync(string name, CancellationToken ct) => container.GetBlobClient(name).DeleteIfExistsAsync(cancellationToken: ct);

    /// <summary>Reads a file with its ETag; null if it does not exist.</summary>
    public async Task<StoredRecord?> ReadStoredAsync(string name, CancellationToken ct)
    {
        try
        {
            var stored = (await container.GetBlobClient(name).DownloadContentAsync(ct)).Value;
            return new StoredRecord(stored.Content.ToMemory(), stored.Details.ETag.ToString());
        }
        catch (RequestFailedException e) when (e.Status == (int)HttpStatusCode.NotFound)
        {
            return null;
        }
    }
}
