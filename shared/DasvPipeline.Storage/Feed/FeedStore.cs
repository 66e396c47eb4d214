using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Ports;
using DasvPipeline.Storage.Connect;
using DasvPipeline.Storage.Returns;
using DasvPipeline.Storage.Tables;
using TableEntity = Azure.Data.Tables.TableEntity;

namespace DasvPipeline.Storage.Feed;

internal sealed class FeedStore(StorageClients clients) : IFeedStore
{
    private readonly ReleaseTable _releases = new(clients.Releases);
    private readonly DecisionTable _decisions = new(clients.Releases);
    private readonly PublishQueueTable _pending = new(clients.Releases);
    private readonly AuditTable _audit = new(clients.Audit);
    private readonly ReportBlobs _records = new(clients.Reports);
    private readonly PublicBlobs _public = new(clients.Public);

    public async Task<PublishQueue> ReadPublishQueueAsync(CancellationToken ct)
    {
        var entities = new List<TableEntity>();
        await foreach (var entity in clients.Releases.ReadPartitionAsync(Keys.Pending, null, ct))
        {
            entities.Add(entity);
        }

        return new PublishQueue(PublishQueueTable.Read(entities), DecisionTable.Read(entities));
    }

    public async Task WriteDecisionAsync(YearDecision decision, CancellationToken ct)
    {
        await _audit.AddDecisionAsync(Keys.Year(decision.Year), decision.IsSignedOff ? "signed-off" : "re-opened", decision.By, decision.At, decision.Reason, ct);
        await _decisions.WriteAsync(decision, ct);
    }

    public Task MarkPublishedAsync(YearDecision decision, CancellationToken ct) => _decisions.MarkPublishedAsync(decision, ct);

    public async Task WriteHoldAsync(Hold hold, CancellationToken ct)
    {
        await _audit.AddDecisionAsync(Keys.Publication, "held", hold.By, hold.At, hold.Reason, ct);
        await _decisions.HoldAsync(hold, ct);
    }

    public async Task DeleteHoldAsync(string by, DateTimeOffset at, CancellationToken ct)
    {
        await _audit.AddDecisionAsync(Keys.Publication, "hold-released", by, at, null, ct);
        await _decisions.ReleaseHoldAsync(ct);
    }

    public Task AuditPublishRequestAsync(string by, DateTimeOffset at, CancellationToken ct) => _audit.AddDecisionAsync(Keys.Publication, "publish-asked", by, at, null, ct);

    public Task<CurrentRelease?> ReadCurrentAsync(CancellationToken ct) => _releases.ReadCurrentAsync(ct);

    public Task<DraftRelease> GetOrCreateDraftAsync(CurrentRelease? current, string contentHash, DateTimeOffset now, CancellationToken ct) =>
        _releases.DraftAsync((current?.Number ?? 0) + 1, contentHash, now, ct);

    public Task WriteAsync(PublicFile file, int release, CancellationToken ct) => _public.WriteAsync(file, release, ct);

    public Task OverwriteAsync(PublicFile file, int release, CancellationToken ct) => _public.OverwriteAsync(file, release, ct);

    public Task AuditTakeDownAsync(int number, Person by, DateTimeOffset at, string reason, CancellationToken ct) => _audit.AddTakeDownAsync(number, by, at, reason, ct);

    public Task<(ReadOnlyMemory<byte> Content, string ETag, string ContentType)?> ReadAsync(string path, CancellationToken ct) =>
        _public.ReadAsync(path, ct);

    public Task WriteRecordAsync(int number, string name, ReadOnlyMemory<byte> content, CancellationToken ct) =>
        _records.WriteAsync(Keys.Record(number, name), content, "application/json", ct);

    public Task<ReadOnlyMemory<byte>?> ReadRecordAsync(int number, string name, CancellationToken ct) => _records.ReadAsync(Keys.Record(number, name), ct);

    public async Task<CurrentRelease> MakeCurrentAsync(
        DraftRelease draft, CurrentRelease? current, string catalogueHash, IReadOnlyDictionary<Period, int> years, CancellationToken ct)
    {
        if (current is { IsAnnounced: false })
        {
            // That publish crashed before it could audit its release.
            await _audit.AddReleaseAsync(current.Number, current.ContentHash, ct);
        }

        return await _releases.TryReleaseAsync(draft, current, catalogueHash, years, ct)
            ?? throw new PublishConflictException($"Another publish was faster than release {draft.Number}.");
    }

    public async Task<CurrentRelease> MarkAnnouncedAsync(CurrentRelease current, string catalogueHash, CancellationToken ct)
    {
        await _audit.AddReleaseAsync(current.Number, current.ContentHash, ct);
        await _releases.MarkAnnouncedAsync(current, catalogueHash, ct);
        return await _releases.ReadCurrentAsync(ct) ?? current;
    }

    public Task ClearPendingAsync(IReadOnlyList<PendingReturn> pending, CancellationToken ct) => _pending.ClearAsync(pending, ct);

    public IAsyncEnumerable<string> ListPublicAsync(CancellationToken ct) => _public.ListAsync(ct);
}
