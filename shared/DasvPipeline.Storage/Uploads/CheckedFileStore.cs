using System.Net;
using System.Text.Json;
using Azure;
using Azure.Storage.Blobs;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Ports;
using DasvPipeline.Storage.Connect;
using DasvPipeline.Storage.Tables;

namespace DasvPipeline.Storage.Uploads;

/// <summary>
/// Stores each checked file as 2 blobs: what is known of it, and its bytes. The bytes are written first and deleted last, so that what is
/// known never promises bytes that are missing. On Azure, the account deletes both after a day.
/// </summary>
internal sealed class CheckedFileStore(StorageClients clients) : ICheckedFileStore
{
    public async Task WriteAsync(ReturnKey key, string id, CheckedFile file, CancellationToken ct)
    {
        var (facts, bytes) = BlobsOf(key, id);
        if (file.Content is { } content)
        {
            await bytes.UploadAsync(BinaryData.FromBytes(content), overwrite: true, ct);
        }

        var known = new Facts(file.FileName, file.At, file.Report, file.Content is not null, file.SentTo is { } sent ? Keys.Return(sent.Key) : null, file.SentTo?.Version ?? 0);
        await facts.UploadAsync(BinaryData.FromObjectAsJson(known), overwrite: true, ct);
        if (file.Content is null)
        {
            await bytes.DeleteIfExistsAsync(cancellationToken: ct);
        }
    }

    public async Task<CheckedFile?> FindAsync(ReturnKey key, string id, CancellationToken ct)
    {
        var (facts, bytes) = BlobsOf(key, id);
        if (await DownloadAsync(facts, ct) is not { } text)
        {
            return null;
        }

        var known = text.ToObjectFromJson<Facts>() ?? throw new JsonException("A checked file has no facts.");
        var content = known.HasContent ? await DownloadAsync(bytes, ct) : null;
        return known.HasContent && content is null
            ? null
            : new CheckedFile(known.FileName, known.At, known.Report, content?.ToMemory(), known.SentTo is { } sent ? new ReturnVersion(Keys.ParseReturn(sent), known.SentVersion) : null);
    }

    public async Task DeleteAsync(ReturnKey key, string id, CancellationToken ct)
    {
        var (facts, bytes) = BlobsOf(key, id);
        await bytes.DeleteIfExistsAsync(cancellationToken: ct);
        await facts.DeleteIfExistsAsync(cancellationToken: ct);
    }

    public Task WriteBatchAsync(AgencyId agency, string id, FileBatch batch, CancellationToken ct) => BatchOf(agency, id).UploadAsync(
        BinaryData.FromObjectAsJson(batch.Items.Select(item => new StoredItem(item.Number, item.FileName, item.Key is { } key ? Keys.Return(key) : null, item.CheckedId, item.Problem, item.IsKept, batch.At, [.. item.Sheets.Select(sheet => new StoredSheet(sheet.Name, [.. sheet.Keys.Select(Keys.Return)]))]))), overwrite: true, ct);

    public async Task<FileBatch?> FindBatchAsync(AgencyId agency, string id, CancellationToken ct) =>
        await DownloadAsync(BatchOf(agency, id), ct) is { } text && text.ToObjectFromJson<List<StoredItem>>() is [{ At: var at }, ..] items
            ? new FileBatch(at, [.. items.Select(item => new BatchItem(item.Number, item.FileName, item.Key is null ? null : Keys.ParseReturn(item.Key), item.CheckedId, item.Problem, item.IsKept)
            {
                Sheets = [.. (item.Sheets ?? []).Select(sheet => new BatchSheet(sheet.Name, [.. sheet.Keys.Select(Keys.ParseReturn)]))],
            })])
            : null;

    public Task WriteUnassignedAsync(AgencyId agency, string id, int number, ReadOnlyMemory<byte> content, CancellationToken ct) =>
        UnassignedOf(agency, id, number).UploadAsync(BinaryData.FromBytes(content), overwrite: true, ct);

    public async Task<ReadOnlyMemory<byte>?> FindUnassignedAsync(AgencyId agency, string id, int number, CancellationToken ct) =>
        await DownloadAsync(UnassignedOf(agency, id, number), ct) is { } content ? content.ToMemory() : (ReadOnlyMemory<byte>?)null;

    public Task DeleteUnassignedAsync(AgencyId agency, string id, int number, CancellationToken ct) => UnassignedOf(agency, id, number).DeleteIfExistsAsync(cancellationToken: ct);

    private BlobClient BatchOf(AgencyId agency, string id) => clients.Checked.GetBlobClient(BlobNames.Batch(agency, id, "files"));

    private BlobClient UnassignedOf(AgencyId agency, string id, int number) => clients.Checked.GetBlobClient(BlobNames.Batch(agency, id, FormattableString.Invariant($"file-{number}")));

    private static async Task<BinaryData?> DownloadAsync(BlobClient blob, CancellationToken ct)
    {
        try
        {
            return (await blob.DownloadContentAsync(ct)).Value.Content;
        }
        catch (RequestFailedException e) when (e.Status == (int)HttpStatusCode.NotFound)
        {
            return null;
        }
    }

    private (BlobClient Facts, BlobClient Bytes) BlobsOf(ReturnKey key, string id) =>
        (clients.Checked.GetBlobClient(BlobNames.Checked(key, id, "facts.json")), clients.Checked.GetBlobClient(BlobNames.Checked(key, id, "file")));

    private sealed record StoredItem(int Number, string FileName, string? Key, string? CheckedId, string? Problem, bool IsKept, DateTimeOffset At, IReadOnlyList<StoredSheet>? Sheets);

    private sealed record StoredSheet(string Name, IReadOnlyList<string> Keys);

    private sealed record Facts(string FileName, DateTimeOffset At, string Report, bool HasContent, string? SentTo, int SentVersion);
}
