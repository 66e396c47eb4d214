using System.Globalization;
using System.Net;
using System.Runtime.CompilerServices;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using DasvPipeline.Core.Ports;
using DasvPipeline.Storage.Tables;
using DasvPipeline.Storage.Uploads;

namespace DasvPipeline.Storage.Feed;

/// <summary>Stores the public files. A file is never replaced by one of an older release.</summary>
internal sealed class PublicBlobs(BlobContainerClient container)
{
    private const string ReleaseKey = "release";
    private const string HashKey = "sha256";
    private const string CacheIndefinitely = "public, max-age=31536000, immutable";
    private const string CacheForOneMinute = "public, max-age=60, must-revalidate";

    public async Task<WrittenFile?> WriteAsync(PublicFile file, int release, WrittenFile? known, CancellationToken ct)
    {
        var blob = container.GetExactBlobClient(file.Path) ?? throw new ArgumentException("This is not a valid path of a public file.", nameof(file));
        if (!file.IsImmutable)
        {
            return await ReplaceAsync(blob, file, release, known, ct);
        }

        await TryUploadAsync(blob, file, release, new BlobRequestConditions { IfNoneMatch = ETag.All }, ct);
        return null;
    }

    /// <summary>Replaces a file, also one that is immutable.</summary>
    public async Task OverwriteAsync(PublicFile file, int release, CancellationToken ct)
    {
        var blob = container.GetExactBlobClient(file.Path) ?? throw new ArgumentException("This is not a valid path of a public file.", nameof(file));
        await TryUploadAsync(blob, file, release, new BlobRequestConditions(), ct);
    }

    public async Task<StoredFile?> ReadAsync(string path, CancellationToken ct)
    {
        if (container.GetExactBlobClient(path) is not { } blob)
        {
            return null;
        }

        try
        {
            var result = (await blob.DownloadContentAsync(ct)).Value;
            return new StoredFile(result.Content.ToMemory(), result.Details.ETag.ToString("H"), result.Details.ContentType, result.Details.LastModified);
        }
        catch (RequestFailedException e) when (e.Status == (int)HttpStatusCode.NotFound)
        {
            return null;
        }
    }

    public async IAsyncEnumerable<string> ListAsync([EnumeratorCancellation] CancellationToken ct)
    {
        await foreach (var blob in container.GetBlobsAsync(BlobTraits.None, BlobStates.None, null, ct))
        {
            yield return blob.Name;
        }
    }

    private static async Task<WrittenFile?> ReplaceAsync(BlobClient blob, PublicFile file, int release, WrittenFile? known, CancellationToken ct)
    {
        var compared = Keys.Hash(file.ComparedContent.Span);
        if (known?.Hash == compared)
        {
            return known;
        }

        if (known is not null && await TryUploadAsync(blob, file, release, new BlobRequestConditions { IfMatch = new ETag(known.ETag) }, ct) is { } replaced)
        {
            return new WrittenFile(compared, replaced.ToString());
        }

        var hash = Keys.Hash(file.Content.Span);
        while (true)
        {
            var stored = await FindAsync(blob, ct);
            if (stored is not null && ReleaseOf(stored) > release)
            {
                return null;
            }

            if (stored is not null && Metadata(stored, HashKey) == hash)
            {
                return new WrittenFile(compared, stored.ETag.ToString());
            }

            var conditions = stored is null
                ? new BlobRequestConditions { IfNoneMatch = ETag.All }
                : new BlobRequestConditions { IfMatch = stored.ETag };
            if (await TryUploadAsync(blob, file, release, conditions, ct) is { } written)
            {
                return new WrittenFile(compared, written.ToString());
            }
        }
    }

    /// <summary>Writes the file and returns its new ETag. Returns null if the condition is not met.</summary>
    private static async Task<ETag?> TryUploadAsync(
        BlobClient blob, PublicFile file, int release, BlobRequestConditions conditions, CancellationToken ct)
    {
        var options = new BlobUploadOptions
        {
            Conditions = conditions,
            HttpHeaders = new BlobHttpHeaders
            {
                ContentType = file.ContentType,
                CacheControl = file.IsImmutable ? CacheIndefinitely : CacheForOneMinute,
            },
            Metadata = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                [ReleaseKey] = release.ToString(CultureInfo.InvariantCulture),
                [HashKey] = Keys.Hash(file.Content.Span),
            },
        };
        try
        {
            return (await blob.UploadAsync(BinaryData.FromBytes(file.Content), options, ct)).Value.ETag;
        }
        catch (RequestFailedException e) when (e.Status == (int)HttpStatusCode.PreconditionFailed || e.ErrorCode == BlobErrorCode.BlobAlreadyExists)
        {
            return null;
        }
    }

    private static async Task<BlobProperties?> FindAsync(BlobClient blob, CancellationToken ct)
    {
        try
        {
            return (await blob.GetPropertiesAsync(cancellationToken: ct)).Value;
        }
        catch (RequestFailedException e) when (e.Status == (int)HttpStatusCode.NotFound)
        {
            return null;
        }
    }

    private static int ReleaseOf(BlobProperties properties) =>
        int.TryParse(Metadata(properties, ReleaseKey), NumberStyles.None, CultureInfo.InvariantCulture, out var release) ? release : 0;

    private static string? Metadata(BlobProperties properties, string key) => properties.Metadata.TryGetValue(key, out var value) ? value : null;
}
