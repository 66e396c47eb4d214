using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Ports;
using DasvPipeline.Storage.Connect;
using DasvPipeline.Storage.Tables;

namespace DasvPipeline.Storage.Returns;

internal sealed class ReturnStore(StorageClients clients) : IReturnStore
{
    private const string Json = "application/json";

    private readonly LedgerTable _ledger = new(clients.Ledger);
    private readonly ProcessedUploads _handled = new(clients.Ledger);
    private readonly SubmissionTable _submissions = new(clients.Submissions);
    private readonly ObservationTable _observations = new(clients.Observations);
    private readonly ExplanationTable _explanations = new(clients.Explanations);
    private readonly PublishQueueTable _pending = new(clients.Releases);
    private readonly AuditTable _audit = new(clients.Audit);
    private readonly ReportBlobs _reports = new(clients.Reports);

    public async Task<Claim> ClaimAsync(ReturnKey key, Upload upload, string contentHash, CancellationToken ct)
    {
        var uploadId = Keys.UploadId(upload.Path, upload.ETag);
        var pathId = Keys.PathId(upload.Path);
        while (true)
        {
            var all = await _submissions.ReadAsync(key, ct);
            if (all.FirstOrDefault(submission => submission.UploadId == uploadId) is { } own)
            {
                return new Claim(own, null);
            }

            var newest = all.MaxBy(submission => new UploadOrder(submission.UploadedAt, submission.Version));
            if (newest is { State: SubmissionState.Receiving } && newest.ContentHash == contentHash)
            {
                // Another run started the same bytes. Complete that submission, with the newer upload time of the two.
                return new Claim(
                    upload.UploadedAt > newest.UploadedAt
                        ? newest with { UploadedAt = upload.UploadedAt, PathId = pathId, Path = upload.Path }
                        : newest,
                    null);
            }

            if (newest is { State: SubmissionState.Accepted } && newest.ContentHash == contentHash
                && await _ledger.FindAsync(key, ct) is { } entry && entry.IsLiveAndLatest(newest.Version))
            {
                var next = entry.ApplyRepeatedUpload(upload, pathId);
                if (next == entry || await _ledger.TryWriteAsync(next, ct))
                {
                    return new Claim(newest, newest);
                }

                continue;
            }

            var version = all.Count == 0 ? 1 : all[^1].Version + 1;
            var submission = new Submission(
                key, version, SubmissionState.Receiving, uploadId, pathId, upload.Path, contentHash, upload.UploadedAt, Counts.None);
            if (await _submissions.TryAddAsync(submission, ct))
            {
                return new Claim(submission, null);
            }
        }
    }

    public Task WriteObservationsAsync(ReturnKey key, int version, IReadOnlyList<Observation> observations, CancellationToken ct) =>
        _observations.WriteAsync(key, version, observations, ct);

    public Task WriteReportAsync(
        ReturnKey key, int version, string name, ReadOnlyMemory<byte> content, string contentType, CancellationToken ct) =>
        _reports.WriteAsync(Keys.Report(key, version, name), content, contentType, ct);

    public Task UpdateReportAsync(
        ReturnKey key, int version, string name, Func<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>> change, string contentType, CancellationToken ct) =>
        _reports.UpdateAsync(Keys.Report(key, version, name), change, contentType, ct);

    public Task<ReadOnlyMemory<byte>?> ReadReportAsync(ReturnKey key, int version, string name, CancellationToken ct) =>
        _reports.ReadAsync(Keys.Report(key, version, name), ct);

    /// <remarks>
    /// The submission's own state is written last. If it is no longer <see cref="SubmissionState.Receiving"/>, everything is
    /// complete, and nothing needs to be done when the same bytes are sent again.
    /// </remarks>
    public async Task CompleteAsync(Submission submission, LedgerState state, DateOnly due, CancellationToken ct)
    {
        if (state is not (LedgerState.Accepted or LedgerState.AcceptedWithQueries or LedgerState.Explained or LedgerState.Rejected))
        {
            throw new ArgumentOutOfRangeException(nameof(state), state, "An ingest must end as accepted or rejected.");
        }

        var (key, version) = (submission.Key, submission.Version);
        var ended = await ChangeLedgerAsync(
            key, version, entry => (entry ?? LedgerEntry.Create(key, state, due)).ApplyCompletion(submission, state, due), ct);
        if (ended?.Row.LiveVersion == version)
        {
            await _pending.CompleteAsync(key, version, ct);
        }

        if (state != LedgerState.Rejected)
        {
            await _submissions.AddAcceptedContentAsync(key, submission.ContentHash, ct);
        }

        await _audit.AddIngestAsync(submission, state, ct);
        await _submissions.CompleteAsync(
            submission, state == LedgerState.Rejected ? SubmissionState.Rejected : SubmissionState.Accepted, ct);
    }

    public async Task<Period?> FindIdenticalPeriodAsync(ReturnKey key, string contentHash, CancellationToken ct)
    {
        foreach (var period in (await _submissions.ReadPeriodsOfContentAsync(key.Return, contentHash, ct)).Where(period => period != key.Period).OrderDescending())
        {
            var other = key with { Period = period };
            if (await _ledger.FindAsync(other, ct) is { Row.LiveVersion: { } live }
                && (await _submissions.ReadAsync(other, ct)).Any(submission => submission.Version == live && submission.ContentHash == contentHash))
            {
                return period;
            }
        }

        return null;
    }

    public Task<IReadOnlyDictionary<string, Explanation>> ReadExplanationsAsync(ReturnKey key, CancellationToken ct) => _explanations.ReadAsync(Keys.Return(key), ct);

    public Task<IReadOnlyDictionary<string, Explanation>> ReadExplanationsAsync(Period year, CancellationToken ct) => _explanations.ReadAsync(Keys.Year(year), ct);

    public Task WriteExplanationAsync(ReturnKey key, Explanation explanation, CancellationToken ct) => ExplainAsync(Keys.Return(key), explanation, ct);

    public Task WriteExplanationAsync(Period year, Explanation explanation, CancellationToken ct) => ExplainAsync(Keys.Year(year), explanation, ct);

    public Task UpdateCountsAsync(ReturnKey key, int version, Counts counts, CancellationToken ct) =>
        ChangeLedgerAsync(key, version, entry => entry?.Row.LatestVersion == version && entry.Row.Counts.Explained <= counts.Explained ? entry.ApplyCounts(counts) : entry, ct);

    public async Task WithdrawAsync(ReturnKey key, string path, DateOnly due, CancellationToken ct)
    {
        var pathId = Keys.PathId(path);
        var entry = await ChangeLedgerAsync(
            key,
            PublishQueueTable.WithdrawalVersion,
            entry => entry is { Row.LiveVersion: not null } && entry.LivePathId == pathId ? entry.ApplyWithdrawal(due) : entry,
            ct);

        // Also if an earlier run changed the pointer and crashed before the audit.
        if (entry is { Row.LiveVersion: null } && entry.LivePathId == pathId && !await _audit.HasWithdrawalAsync(entry, ct))
        {
            await _pending.CompleteAsync(key, PublishQueueTable.WithdrawalVersion, ct);
            await _audit.AddWithdrawalAsync(entry, ct);
        }
    }

    public async Task WriteUnroutedAsync(Upload upload, ReadOnlyMemory<byte> report, CancellationToken ct)
    {
        await _reports.WriteAsync(Keys.UnroutedReport(Keys.UploadId(upload.Path, upload.ETag)), report, Json, ct);
        await _audit.AddUnroutedAsync(upload, ct);
    }

    public Task<IReadOnlyList<LedgerRow>> ReadLedgerAsync(Period year, CancellationToken ct) => _ledger.ReadYearAsync(year, ct);

    public async Task<LedgerRow?> ReadLedgerRowAsync(ReturnKey key, CancellationToken ct) => (await _ledger.FindAsync(key, ct))?.Row;

    public Task MarkDueAsync(ReturnKey key, LedgerState state, DateOnly due, CancellationToken ct) => ChangeLedgerAsync(
        key,
        PublishQueueTable.WithdrawalVersion,
        entry => entry is null ? LedgerEntry.Create(key, state, due)
            : entry.Row.LatestVersion == 0 ? entry with { Row = entry.Row with { State = state, Due = due } }
            : entry,
        ct);

    public Task<IReadOnlyList<Submission>> ReadSubmissionsAsync(ReturnKey key, CancellationToken ct) => _submissions.ReadAsync(key, ct);

    public Task<IReadOnlyList<Observation>> ReadObservationsAsync(ReturnKey key, int version, CancellationToken ct) =>
        _observations.ReadAsync(key, version, ct);

    public bool IsFromUpload(Submission submission, Upload upload) => submission.UploadId == Keys.UploadId(upload.Path, upload.ETag);

    public Task AuditSentAsync(ReturnKey key, SentFile sent, CancellationToken ct) => _audit.AddSentFileAsync(key, sent, ct);

    public Task<IReadOnlyList<AuditEvent>> ReadAuditAsync(ReturnKey key, CancellationToken ct) => _audit.ReadAsync(key, ct);

    public Task<bool> IsProcessedAsync(Upload upload, DateOnly today, CancellationToken ct) => _handled.ContainsAsync(upload, today, ct);

    public Task MarkProcessedAsync(Upload upload, Period? period, CancellationToken ct) => _handled.AddAsync(upload, period, ct);

    public Task PostponeAsync(Upload upload, Period period, DateOnly until, CancellationToken ct) => _handled.PostponeAsync(upload, period, until, ct);

    public IAsyncEnumerable<Upload> FindUnprocessedAsync(IAsyncEnumerable<Upload> uploads, DateOnly today, CancellationToken ct) =>
        _handled.FindUnprocessedAsync(uploads, today, ct);

    private async Task ExplainAsync(string partition, Explanation explanation, CancellationToken ct)
    {
        await _audit.AddExplanationAsync(partition, explanation, ct);
        await _explanations.WriteAsync(partition, explanation, ct);
    }

    /// <summary>
    /// Applies a rule to the ledger's row, and retries if another writer changes the row in between. Before the live version
    /// changes, the change is queued for publishing.
    /// </summary>
    /// <returns>The row after the rule was applied.</returns>
    private async Task<LedgerEntry?> ChangeLedgerAsync(
        ReturnKey key, int pendingVersion, Func<LedgerEntry?, LedgerEntry?> rule, CancellationToken ct)
    {
        while (true)
        {
            var entry = await _ledger.FindAsync(key, ct);
            var next = rule(entry);
            if (next is null || next == entry)
            {
                return next;
            }

            if (next.Row.LiveVersion != entry?.Row.LiveVersion)
            {
                await _pending.BeginAsync(key, pendingVersion, ct);
            }

            if (await _ledger.TryWriteAsync(next, ct))
            {
                return next;
            }
        }
    }
}
