using System.Text.Json;
using System.Text.Json.Serialization;
using Azure;
using Azure.Storage.Blobs.Models;
using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Ports;
using DasvPipeline.Storage.Connect;
using DasvPipeline.Storage.Returns;
using DasvPipeline.Storage.Tables;

namespace DasvPipeline.Storage.Feed;

/// <summary>
/// Stores the catalogue in the container of reports: its files under the hash of their content, and the list of versions as the pointer.
/// </summary>
internal sealed class CatalogueStore(StorageClients clients) : ICatalogueStore
{
    private const string Json = "application/json";
    private const int NotModified = 304;
    private const int NotFound = 404;

    private readonly ReportBlobs _blobs = new(clients.Reports);
    private readonly AuditTable _audit = new(clients.Audit, clients.Ledger);

    public async Task<CatalogueHistory?> ReadHistoryAsync(CatalogueHistory? known, CancellationToken ct)
    {
        try
        {
            var conditions = known is null ? null : new BlobRequestConditions { IfNoneMatch = new ETag(known.ETag) };
            var response = await clients.Reports.GetBlobClient(BlobNames.CatalogueVersions).DownloadContentAsync(new BlobDownloadOptions { Conditions = conditions }, ct);
            if (response.GetRawResponse().Status == NotModified)
            {
                return known;
            }

            var stored = response.Value;
            return new CatalogueHistory(JsonSerializer.Deserialize(stored.Content.ToMemory().Span, StoredCatalogueJson.Default.IReadOnlyListCatalogueVersion)!, stored.Details.ETag.ToString());
        }
        catch (RequestFailedException e) when (e.Status == NotFound)
        {
            return null;
        }
    }

    public Task<bool> TryAddVersionAsync(CatalogueVersion version, CatalogueHistory? before, CancellationToken ct) => _blobs.TryWriteAsync(
        BlobNames.CatalogueVersions,
        JsonSerializer.SerializeToUtf8Bytes([.. before?.Versions ?? [], version], StoredCatalogueJson.Default.IReadOnlyListCatalogueVersion),
        Json,
        before?.ETag,
        ct);

    public async Task<IReadOnlyList<CatalogueFile>?> ReadFilesAsync(string hash, CancellationToken ct)
    {
        if (await _blobs.ReadAsync(BlobNames.CatalogueFiles(hash), ct) is not { } stored)
        {
            return null;
        }

        var files = JsonSerializer.Deserialize(stored.Span, StoredCatalogueJson.Default.IReadOnlyListCatalogueFile)!;
        return PartnershipCatalogue.HashOf(files) == hash ? files : throw new InvalidOperationException($"The stored catalogue {hash} is damaged.");
    }

    public async Task WriteFilesAsync(string hash, IReadOnlyList<CatalogueFile> files, CancellationToken ct) =>
        await _blobs.TryWriteAsync(BlobNames.CatalogueFiles(hash), JsonSerializer.SerializeToUtf8Bytes(files, StoredCatalogueJson.Default.IReadOnlyListCatalogueFile), Json, etag: null, ct);

    public Task AuditApprovalAsync(CatalogueVersion version, CancellationToken ct) => _audit.AddCatalogueAsync(version, ct);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(IReadOnlyList<CatalogueVersion>))]
[JsonSerializable(typeof(IReadOnlyList<CatalogueFile>))]
internal sealed partial class StoredCatalogueJson : JsonSerializerContext;
