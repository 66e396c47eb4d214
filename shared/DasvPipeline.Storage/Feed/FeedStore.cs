using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Ports;
using DasvPipeline.Storage.Connect;
using DasvPipeline.Storage.Returns;
using DasvPipeline.Storage.Tables;
using TableEntity = Azure.Data.Tables.TableEntity;

namespace DasvPipeline.Storage.Feed;

internal sealed class FeedStore(StorageClients clients) : IFeedStore
{
    private const string Json = "application/json";

    private readonly ReleaseTable _releases = new(clients.Ledger, clients.EarlierReleases);
    private readonly DecisionTable _decisions = new(clients.Ledger);
    private readonly AuditTable _audit = new(clients.Audit, clients.Ledger);
    private readonly ReportBlobs _records = new(clients.Reports);
    private readonly PublicBlobs _public = new(clients.Public);

    public async Task<PublishQueue> ReadPublishQueueAsync(CancellationToken ct)
    {
        var entities = new List<TableEntity>();
        await foreach (var entity in clients.Ledger.ReadRangeAsync(Keys.Ledger, Keys.PublishRange, condition: null, ct))
        {
            entities.Add(entity);
        }

        var current = ReleaseTable.Read(entities);
        if (current is null)
        {
            await _releases.EnsureNoEarlierFormatAsync(ct);
        }

        return new PublishQueue(PublishQueueTable.Read(entities), DecisionTable.Read(entities), current) { Approval = DecisionTable.ReadApproval(entities) };
    }

    public async Task WriteDecisionAsync(YearDecision decision, CancellationToken ct)
    {
        await _audit.AddDecisionAsync(Keys.Year(decision.Year), decision.IsSignedOff ? "signed-off" : "re-opened", decision.By, decision.At, decision.Reason, ct);
        await _decisions.WriteAsync(decision, ct);
    }

    public async Task WriteHoldAsync(Hold hold, CancellationToken ct)
    {
        await _audit.AddDecisionAsync(Keys.Publication, "held", hold.By, hold.At, hold.Reason, ct);
        await _decisions.HoldAsync(hold, ct);
    }

    public async Task DeleteHoldAsync(Person by, DateTimeOffset at, CancellationToken ct)
    {
        await _audit.AddDecisionAsync(Keys.Publication, "hold-released", by, at, null, ct);
        await _decisions.ReleaseHoldAsync(ct);
    }

    public async Task WriteApprovalAsync(ReleaseApproval approval, CancellationToken ct)
    {
        await _audit.AddDecisionAsync(Keys.Publication, "release-approved", approval.By, approval.At, approval.Note, ct);
        await _decisions.ApproveAsync(approval, ct);
    }

    public async Task DeleteApprovalAsync(ReleaseApproval approval, Person? by, DateTimeOffset at, string reason, CancellationToken ct)
    {
        await _audit.AddDecisionAsync(Keys.Publication, "approval-withdrawn", by, at, reason, ct);
        await _decisions.WithdrawAsync(approval, ct);
    }

    public async Task<string> KeepAsync(ReadOnlyMemory<byte> content, CancellationToken ct)
    {
        var id = Keys.Hash(content.Span);
        await _records.TryWriteAsync(BlobNames.Kept(id), content, Json, etag: null, ct);
        return id;
    }

    public async Task<ReadOnlyMemory<byte>> ReadKeptAsync(string id, CancellationToken ct) =>
        await _records.ReadAsync(BlobNames.Kept(id), ct) ?? throw new InvalidOperationException($"The kept content {id} is missing.");

    public Task AuditPublishRequestAsync(Person by, DateTimeOffset at, string? reason, CancellationToken ct) => _audit.AddDecisionAsync(Keys.Publication, "publish-asked", by, at, reason, ct);

    public Task<CurrentRelease?> ReadCurrentAsync(CancellationToken ct) => _releases.ReadCurrentAsync(ct);

    public Task<bool> TryAddRecordAsync(int number, ReadOnlyMemory<byte> record, CancellationToken ct) => _records.TryWriteAsync(BlobNames.Record(number), record, Json, etag: null, ct);

    public Task<ReadOnlyMemory<byte>?> ReadRecordAsync(int number, CancellationToken ct) => _records.ReadAsync(BlobNames.Record(number), ct);

    public Task WriteRecordAsync(int number, ReadOnlyMemory<byte> record, CancellationToken ct) => _records.WriteAsync(BlobNames.Record(number), record, Json, ct);

    public Task<StoredRecord?> ReadYearRecordAsync(Period year, CancellationToken ct) => _records.ReadStoredAsync(BlobNames.YearRecord(year), ct);

    public async Task WriteYearRecordAsync(Period year, ReadOnlyMemory<byte> record, string? etag, CancellationToken ct)
    {
        if (!await _records.TryWriteAsync(BlobNames.YearRecord(year), record, Json, etag, ct))
        {
            throw new PublishConflictException($"Another publish has changed the record of {year}.");
        }
    }

    public Task<ReadOnlyMemory<byte>?> ReadCheckpointAsync(Period year, CancellationToken ct) => _records.ReadAsync(BlobNames.Checkpoint(year), ct);

    public Task WriteCheckpointAsync(Period year, ReadOnlyMemory<byte> checkpoint, CancellationToken ct) => _records.WriteAsync(BlobNames.Checkpoint(year), checkpoint, Json, ct);

    public Task DeleteCheckpointAsync(Period year, CancellationToken ct) => _records.DeleteAsync(BlobNames.Checkpoint(year), ct);

    public Task<WrittenFile?> WriteAsync(PublicFile file, int release, WrittenFile? known, CancellationToken ct) => _public.WriteAsync(file, release, known, ct);

    public Task OverwriteAsync(PublicFile file, int release, CancellationToken ct) => _public.OverwriteAsync(file, release, ct);

    public Task AuditTakeDownAsync(int number, Person by, DateTimeOffset at, string reason, CancellationToken ct) => _audit.AddTakeDownAsync(number, by, at, reason, ct);

    public Task<StoredFile?> ReadAsync(string path, CancellationToken ct) =>
        _public.ReadAsync(path, ct);

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

    public async Task<CurrentRelease?> CompleteAsync(CurrentRelease? current, PublishQueue published, CancellationToken ct)
    {
        var before = published.Current;
        if (current is { IsAnnounced: true } && !(before is { IsAnnounced: true } && before.Number == current.Number))
        {
            await _audit.AddReleaseAsync(current.Number, current.ContentHash, ct);
        }

        var isChanged = current is not null && current != before;
        return await _releases.CompleteAsync(isChanged ? current : null, published, ct) is { } etag ? current! with { ETag = etag.ToString() }
            : isChanged ? await _releases.ReadCurrentAsync(ct)
            : current;
    }

    public IAsyncEnumerable<string> ListPublicAsync(CancellationToken ct) => _public.ListAsync(ct);
}
