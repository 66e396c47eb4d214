using System.Net;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;

namespace DasvPipeline.Storage.Returns;

/// <summary>Stores private files whose names never contain user text.</summary>
internal sealed class ReportBlobs(BlobContainerClient container)
{
    public Task WriteAsync(string name, ReadOnlyMemory<byte> content, string contentType, CancellationToken ct) =>
        container.GetBlobClient(name).UploadAsync(
            BinaryData.FromBytes(content),
            new BlobUploadOptions { HttpHeaders = new BlobHttpHeaders { ContentType = contentType } },
            ct);

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

    public async Task<ReadOnlyMemory<byte>?> ReadAsync(string name, CancellationToken ct)
    {
        try
        {
            return (await container.GetBlobClient(name).DownloadContentAsync(ct)).Value.Content.ToMemory();
        }
        catch (RequestFailedException e) when (e.Status == (int)HttpStatusCode.NotFound)
        {
            return null;
        }
    }
}
