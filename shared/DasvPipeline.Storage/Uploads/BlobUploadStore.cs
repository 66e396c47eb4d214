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
            return Create(path, properties.ETag, properties.LastModified, properties.ContentLength, properties.ContentHash, properties.Metadata);
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

    public async Task<(Upload Upload, ReadOnlyMemory<byte>? Content)?> OpenAsync(string path, Func<Upload, bool> wantsContent, CancellationToken ct)
    {
        if (_container.GetExactBlobClient(path) is not { } blob)
        {
            return await FindListedAsync(path, ct) is { } listed ? (listed, null) : null;
        }

        try
        {
            using var opened = (await blob.DownloadStreamingAsync(cancellationToken: ct)).Value;
            var details = opened.Details;
            var upload = Create(path, details.ETag, details.LastModified, details.ContentLength, details.ContentHash, details.Metadata);
            if (!wantsContent(upload))
            {
                return (upload, null);
            }

            using var content = new MemoryStream((int)upload.Length);
            await opened.Content.CopyToAsync(content, ct);
            return (upload, content.ToArray());
        }
        catch (RequestFailedException e) when (e.Status == (int)HttpStatusCode.NotFound)
        {
            return null;
        }
    }

    public Task WriteAsync(string path, ReadOnlyMemory<byte> content, UploadMark mark, CancellationToken ct) =>
        WriteAsync(path, content, mark, new BlobRequestConditions { IfNoneMatch = ETag.All }, ct);

    public Task ReplaceAsync(string path, ReadOnlyMemory<byte> content, UploadMark? mark, CancellationToken ct) => WriteAsync(path, content, mark, conditions: null, ct);

    public async Task<Upload?> MarkAsync(Upload upload, UploadMark mark, CancellationToken ct)
    {
        // The folder that the file comes from stays with the file.
        var kept = mark with { Inbox = mark.Inbox ?? upload.Mark?.Inbox };
        if (_container.GetExactBlobClient(upload.Path) is not { } blob)
        {
            return null;
        }

        try
        {
            var changed = await blob.SetMetadataAsync(UploadMetadata.Format(kept, upload.Checksum), new BlobRequestConditions { IfMatch = new ETag(upload.ETag) }, ct);
            return upload with { ETag = Unquoted(changed.Value.ETag), UploadedAt = changed.Value.LastModified, Mark = kept };
        }
        catch (RequestFailedException e) when (e.Status is (int)HttpStatusCode.PreconditionFailed or (int)HttpStatusCode.NotFound)
        {
            return null;
        }
    }

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
        await foreach (var blob in _container.GetBlobsAsync(BlobTraits.Metadata, BlobStates.None, prefix.Length == 0 ? null : prefix, ct))
        {
            var properties = blob.Properties;
            yield return Create(blob.Name, properties.ETag!.Value, properties.LastModified!.Value, properties.ContentLength!.Value, properties.ContentHash, blob.Metadata);
        }
    }

    private async Task WriteAsync(string path, ReadOnlyMemory<byte> content, UploadMark? mark, BlobRequestConditions? conditions, CancellationToken ct)
    {
        var hash = HashContent(content);
        await GetBlob(path).UploadAsync(
            BinaryData.FromBytes(content),
            new BlobUploadOptions
            {
                HttpHeaders = new BlobHttpHeaders { ContentHash = hash },
                Metadata = mark is null ? null : UploadMetadata.Format(mark, Convert.ToHexStringLower(hash)),
                Conditions = conditions,
            },
            ct);
    }

    /// <summary>Returns the hash that the Blob service stores with each upload.</summary>
    private static byte[] HashContent(ReadOnlyMemory<byte> content)
    {
#pragma warning disable CA5351 // Not for security: the service defines this hash.
        return System.Security.Cryptography.MD5.HashData(content.Span);
#pragma warning restore CA5351
    }

    private static Upload Create(string path, ETag etag, DateTimeOffset at, long length, byte[]? hash, IDictionary<string, string> metadata)
    {
        var checksum = hash is { Length: > 0 } ? Convert.ToHexStringLower(hash) : null;
        return new Upload(path, Unquoted(etag), at, length) { Checksum = checksum, Mark = UploadMetadata.Parse(metadata, checksum) };
    }

    // A header has the ETag in quotation marks, and a listing has it without. Both must match.
    private static string Unquoted(ETag etag) => etag.ToString().Trim('"');
}
