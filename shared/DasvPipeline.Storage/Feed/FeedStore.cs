using DasvPipeline.Core.Model;
using DasvPipeline.Core.Store;
using DasvPipeline.Storage.Connect;
using DasvPipeline.Storage.Returns;
using DasvPipeline.Storage.Tables;

namespace DasvPipeline.Storage.Feed;

internal sealed class FeedStore(StorageClients clients) : IFeedStore
{
    private readonly ReleaseTable _releases = new(clients.Releases);
    private readonly PendingTable _pending = new(clients.Releases);
    private readonly AuditTable _audit = new(clients.Audit);
    private readonly ReportBlobs _lineage = new(clients.Reports);
    private readonly PublicBlobs _public = new(clients.Public);

    public Task<IReadOnlyList<Pending>> ReadPendingAsync(CancellationToken ct) => _pending.ReadAsync(ct);

    public Task<CurrentRelease?> ReadCurrentAsync(CancellationToken ct) => _releases.ReadCurrentAsync(ct);

    public Task<DraftRelease> DraftAsync(CurrentRelease? current, string contentHash, DateTimeOffset now, CancellationToken ct) =>
        _releases.DraftAsync((current?.Number ?? 0) + 1, contentHash, now, ct);

    public Task WriteAsync(PublicFile file, int release, CancellationToken ct) => _public.WriteAsync(file, release, ct);

    public Task<(ReadOnlyMemory<byte> Content, string ETag, string ContentType)?> ReadAsync(string path, CancellationToken ct) =>
        _public.ReadAsync(path, ct);

    public Task WriteLineageAsync(int number, ReadOnlyMemory<byte> content, CancellationToken ct) =>
        _lineage.WriteAsync(Keys.Lineage(number), content, "application/json", ct);

    public Task<ReadOnlyMemory<byte>?> ReadLineageAsync(int number, CancellationToken ct) => _lineage.ReadAsync(Keys.Lineage(number), ct);

    public async Task<CurrentRelease> ReleaseAsync(
        DraftRelease draft, CurrentRelease? current, string catalogueHash, IReadOnlyDictionary<Period, int> years, CancellationToken ct)
    {
        if (current is { Announced: false })
        {
            // Its publish crashed on the way and will not come back to say so.
            await _audit.ReleasedAsync(current.Number, current.ContentHash, ct);
        }

        return await _releases.TryReleaseAsync(draft, current, catalogueHash, years, ct)
            ?? throw new PublishConflictException($"Another publish came before release {draft.Number}.");
    }

    public async Task<CurrentRelease> MarkAnnouncedAsync(CurrentRelease current, string catalogueHash, CancellationToken ct)
    {
        await _audit.ReleasedAsync(current.Number, current.ContentHash, ct);
        await _releases.MarkAnnouncedAsync(current, catalogueHash, ct);
        return await _releases.ReadCurrentAsync(ct) ?? current;
    }

    public Task ClearPendingAsync(IReadOnlyList<Pending> pending, CancellationToken ct) => _pending.ClearAsync(pending, ct);

    public IAsyncEnumerable<string> ListPublicAsync(CancellationToken ct) => _public.ListAsync(ct);
}
