using System.Net;
using System.Runtime.CompilerServices;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Sas;
using DasvPipeline.Core.Store;
using DasvPipeline.Storage.Connect;

namespace DasvPipeline.Storage.Uploads;

/// <summary>
/// Reads the container of uploads. An upload that is found is the very blob that is listed under its path: a name that
/// cannot be addressed exactly is found in the listing alone, and its bytes are never read.
/// </summary>
internal sealed class BlobUploads(StorageClients clients) : IUploads
{
    private static readonly TimeSpan ClocksDiffer = TimeSpan.FromMinutes(5);

    private readonly BlobContainerClient _container = clients.Returns;

    public async Task<Upload?> FindAsync(string path, CancellationToken ct)
    {
        if (_container.Exactly(path) is not { } blob)
        {
            return await FindListedAsync(path, ct);
        }

        try
        {
            var properties = (await blob.GetPropertiesAsync(cancellationToken: ct)).Value;
            return new Upload(path, Plain(properties.ETag), properties.LastModified, properties.ContentLength);
        }
        catch (RequestFailedException e) when (e.Status == (int)HttpStatusCode.NotFound)
        {
            return null;
        }
    }

    public async Task<ReadOnlyMemory<byte>?> ReadAsync(Upload upload, CancellationToken ct)
    {
        if (_container.Exactly(upload.Path) is not { } blob)
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

    public Task WriteAsync(string path, ReadOnlyMemory<byte> content, CancellationToken ct) => Named(path).UploadAsync(
        BinaryData.FromBytes(content), new BlobUploadOptions { Conditions = new BlobRequestConditions { IfNoneMatch = ETag.All } }, ct);

    /// <remarks>Signed with the account's key where there is one, as on a laptop; else with one that the identity asks for.</remarks>
    public async Task<Uri> GrantAsync(string path, DateTimeOffset from, DateTimeOffset until, CancellationToken ct)
    {
        var blob = Named(path);
        var leave = new BlobSasBuilder(BlobSasPermissions.Create, until)
        {
            BlobContainerName = blob.BlobContainerName,
            BlobName = blob.Name,
            Resource = "b",
            StartsOn = from - ClocksDiffer,
            Protocol = blob.Uri.Scheme == Uri.UriSchemeHttps ? SasProtocol.Https : SasProtocol.HttpsAndHttp,
        };
        return blob.CanGenerateSasUri
            ? blob.GenerateSasUri(leave)
            : blob.GenerateUserDelegationSasUri(leave, await clients.PrivateBlobs.GetUserDelegationKeyAsync(leave.StartsOn, until, ct));
    }

    private BlobClient Named(string path) => _container.Exactly(path) ?? throw new ArgumentException("This path names no upload.", nameof(path));

    private async Task<Upload?> FindListedAsync(string path, CancellationToken ct)
    {
        if (path.Length == 0)
        {
            return null;
        }

        // In a listing by prefix the name that is the prefix comes first.
        await foreach (var upload in ListAsync(path, ct))
        {
            return upload.Path == path ? upload : null;
        }

        return null;
    }

    public async IAsyncEnumerable<Upload> ListAsync(string under, [EnumeratorCancellation] CancellationToken ct)
    {
        await foreach (var blob in _container.GetBlobsAsync(BlobTraits.None, BlobStates.None, under.Length == 0 ? null : under, ct))
        {
            var properties = blob.Properties;
            yield return new Upload(
                blob.Name, Plain(properties.ETag!.Value), properties.LastModified!.Value, properties.ContentLength!.Value);
        }
    }

    // A header carries the ETag in quotation marks and a listing without: they must name the same upload.
    private static string Plain(ETag etag) => etag.ToString().Trim('"');
}
