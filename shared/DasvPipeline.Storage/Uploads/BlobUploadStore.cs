using System.Net;
using System.Runtime.CompilerServices;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Sas;
using DasvPipeline.Core.Ports;
using DasvPipeline.Storage.Connect;

namespace DasvPipeline.Storage.Uploads;

/// <summary>
/// Reads and writes the container of uploads. A blob whose name cannot be addressed exactly is only found in the listing,
/// and its bytes are never read.
/// </summary>
internal sealed class BlobUploadStore(StorageClients clients) : IUploadStore
{
    private static readonly TimeSpan MaxClockDifference = TimeSpan.FromMinutes(5);

    private readonly BlobContainerClient _container = clients.Returns;

    public async Task<Upload?> FindAsync(string path, CancellationToken ct)
    {
        if (_container.GetExactBlobClient(path) is not { } blob)
        {
            return await FindListedAsync(path, ct);
        }

        try
        {
            var properties = (await blob.GetPropertiesAsync(cancellationToken: ct)).Value;
            return new Upload(path, Unquoted(properties.ETag), properties.LastModified, properties.ContentLength);
        }
        catch (RequestFailedException e) when (e.Status == (int)HttpStatusCode.NotFound)
        {
            return null;
        }
    }

    public async Task<ReadOnlyMemory<byte>?> ReadAsync(Upload upload, CancellationToken ct)
    {
        if (_container.GetExactBlobClient(upload.Path) is not { } blob)
        {
            return null;
        }

        try
        {
            var options = new BlobDownloadOptions { Conditions = new BlobRequestConditions { IfMatch = new ETag(upload.ETag) } };
            return (await blob.DownloadContentAsync(options, ct)).Value.Content.ToMemory();
        }
        catch (RequestFailedException e) when (e.Status is (int)HttpStatusCode.PreconditionFailed or (int)HttpStatusCode.NotFound)
        {
            return null;
        }
    }

    public Task WriteAsync(string path, ReadOnlyMemory<byte> content, CancellationToken ct) => GetBlob(path).UploadAsync(
        BinaryData.FromBytes(content), new BlobUploadOptions { Conditions = new BlobRequestConditions { IfNoneMatch = ETag.All } }, ct);

    /// <remarks>Signs with the account's key if there is one, as on a laptop; otherwise with a user delegation key.</remarks>
    public async Task<Uri> CreateUploadLinkAsync(string path, DateTimeOffset from, DateTimeOffset until, CancellationToken ct)
    {
        var blob = GetBlob(path);
        var sas = new BlobSasBuilder(BlobSasPermissions.Create, until)
        {
            BlobContainerName = blob.BlobContainerName,
            BlobName = blob.Name,
            Resource = "b",
            StartsOn = from - MaxClockDifference,
            Protocol = blob.Uri.Scheme == Uri.UriSchemeHttps ? SasProtocol.Https : SasProtocol.HttpsAndHttp,
        };
        return blob.CanGenerateSasUri
            ? blob.GenerateSasUri(sas)
            : blob.GenerateUserDelegationSasUri(sas, await clients.PrivateBlobs.GetUserDelegationKeyAsync(sas.StartsOn, until, ct));
    }

    private BlobClient GetBlob(string path) => _container.GetExactBlobClient(path) ?? throw new ArgumentException("This is not a valid path of an upload.", nameof(path));

    private async Task<Upload?> FindListedAsync(string path, CancellationToken ct)
    {
        if (path.Length == 0)
        {
            return null;
        }

        // In a listing by prefix, the name equal to the prefix comes first.
        await foreach (var upload in ListAsync(path, ct))
        {
            return upload.Path == path ? upload : null;
        }

        return null;
    }

    public async IAsyncEnumerable<Upload> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken ct)
    {
        await foreach (var blob in _container.GetBlobsAsync(BlobTraits.None, BlobStates.None, prefix.Length == 0 ? null : prefix, ct))
        {
            var properties = blob.Properties;
            yield return new Upload(
                blob.Name, Unquoted(properties.ETag!.Value), properties.LastModified!.Value, properties.ContentLength!.Value);
        }
    }

    // A header has the ETag in quotation marks, and a listing has it without. Both must match.
    private static string Unquoted(ETag etag) => etag.ToString().Trim('"');
}
