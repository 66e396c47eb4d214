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
