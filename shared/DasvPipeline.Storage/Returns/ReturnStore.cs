using System.Runtime.CompilerServices;
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
    private readonly SubmissionNumbers _numbers = new(new SubmissionTable(clients.Submissions));
    private readonly ObservationTable _observations = new(clients.Observations);
    private readonly ExplanationTable _explanations = new(clients.Explanations);
    private readonly PublishQueueTable _pending = new(clients.Releases);
    private readonly AuditTable _audit = new(clients.Audit);
    private readonly ReportBlobs _reports = new(clients.Reports);
    private readonly PeopleTable _people = new(clients.Submissions);

    public Task<Submission> ReserveAsync(
        ReturnKey key, Func<int, string> createPath, DateTimeOffset at, Reservation reservation, IReadOnlyList<Upload> stored, CancellationToken ct) =>
        _numbers.ReserveAsync(key, createPath, at, reservation, stored, ct);

    public Task<Claim> ClaimAsync(ReturnKey key, Upload upload, IReadOnlyList<Upload> stored, CancellationToken ct) => _numbers.ClaimAsync(key, upload, stored, ct);

    public async Task<Submission?> TryRepeatAsync(Claim claim, string contentHash, DateOnly due, CancellationToken ct)
    {
        var (own, original) = (claim.Own, claim.Submission);
        var key = own.Key;
        if (!claim.IsRepeated)
        {
            if (claim.Previous?.ContentHash != contentHash)
            {
                return null;
            }

            var submissions = await _submissions.ReadAsync(key, ct);
            if (!new SubmissionOrder(submissions).IsRepeat(own.Version, contentHash))
            {
                return null;
            }

            var version = claim.Previous.RepeatOf ?? claim.Previous.Version;
            original = submissions.First(submission => submission.Version == version);
        }

        await _submissions.CompleteAsync(own with { ContentHash = contentHash, RepeatOf = original.Version }, SubmissionState.Repeated, ct);
        await UpdateLedgerAsync(key, due, ct);
        return original.State is SubmissionState.Accepted ? original : null;
    }

    public Task MarkReplacedAsync(Submission submission, CancellationToken ct) => _submissions.SetGoneAsync(submission, ct);

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
    /// The submission's own state is written first, because the ledger is a function of all submissions. Whichever of two
    /// simultaneous runs writes the ledger last has read the states of both.
    /// </remarks>
    public async Task CompleteAsync(Submission submission, LedgerState state, DateOnly due, CancellationToken ct)
    {
        if (state is not (LedgerState.Accepted or LedgerState.AcceptedWithQueries or LedgerState.Explained or LedgerState.Rejected))
        {
            throw new ArgumentOutOfRangeException(nameof(state), state, "An ingest must end as accepted or rejected.");
        }

        var (key, version) = (submission.Key, submission.Version);
        if (submission.HasPeople)
        {
            await _people.AddAsync(key, version, ct);
        }

        await _submissions.CompleteAsync(submission, state == LedgerState.Rejected ? SubmissionState.Rejected : SubmissionState.Accepted, ct);
        var entry = await UpdateLedgerAsync(key, due, ct);

        // Also if an earlier run changed the pointer and crashed. A tied submission can make another one live.
        if (entry.Row.LiveVersion == version || submission.TiedFrom is not null)
        {
            await _pending.CompleteAsync(key, entry.Row.LiveVersion ?? PublishQueueTable.WithdrawalVersion, ct);
        }

        if (state != LedgerState.Rejected)
        {
            await _submissions.AddAcceptedContentAsync(key, submission.ContentHash, ct);
        }

        await _audit.AddIngestAsync(submission, state, ct);
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
        ChangeLedgerAsync(key, entry => entry?.Row.LatestVersion == version && entry.Row.Counts.Explained <= counts.Explained ? entry.ApplyCounts(counts) : entry, ct);

    public async Task<bool> WithdrawAsync(ReturnKey key, VersionDecision decision, int through, DateOnly due, CancellationToken ct)
    {
        var order = new SubmissionOrder(await _submissions.ReadAsync(key, ct));
        if (order.Newest?.Version != decision.Version || order.NewestUpload is not { IsGone: false } newest)
        {
            return false;
        }

        await TakeOutAsync(newest, decision.Version, through, decision, due, ct);
        return true;
    }

    public async Task<int?> RemoveAsync(ReturnKey key, IReadOnlyList<Submission> removed, DateOnly due, CancellationToken ct)
    {
        foreach (var submission in removed.Where(submission => !submission.IsGone))
        {
            await _submissions.SetGoneAsync(submission, ct);
        }

        var order = new SubmissionOrder(await _submissions.ReadAsync(key, ct));
        if (order.NewestUpload is { } newest && removed.Any(submission => submission.PathId == newest.PathId && submission.Version >= newest.Version))
        {
            var through = Math.Max(order.LastProcessed, newest.WithdrawnThrough);
            await TakeOutAsync(newest, order.Newest!.Version, through, decision: null, due, ct);
            return through;
        }

        if (removed.Any(submission => submission.TiedFrom is not null))
        {
            var entry = await UpdateLedgerAsync(key, due, ct);
            await _pending.CompleteAsync(key, entry.Row.LiveVersion ?? PublishQueueTable.WithdrawalVersion, ct);
        }

        return null;
    }

    public async IAsyncEnumerable<string> FindDeletedAsync(IReadOnlyCollection<string> stored, [EnumeratorCancellation] CancellationToken ct)
    {
        var pathIds = stored.Select(Keys.PathId).ToHashSet(StringComparer.Ordinal);
        await foreach (var entry in _ledger.ReadAllAsync(ct))
        {
            if (entry.Row.LiveVersion is not null && !pathIds.Contains(entry.NewestPathId!))
            {
                yield return (await _submissions.ReadAsync(entry.Row.Key, ct)).First(submission => submission.PathId == entry.NewestPathId).Path;
            }
        }
    }

    public async Task WriteUnroutedAsync(Upload upload, ReadOnlyMemory<byte> report, CancellationToken ct)
    {
        await _reports.WriteAsync(Keys.UnroutedReport(Keys.UploadId(upload)), report, Json, ct);
        await _audit.AddUnroutedAsync(upload, ct);
    }

    public Task<IReadOnlyList<LedgerRow>> ReadLedgerAsync(Period year, CancellationToken ct) => _ledger.ReadYearAsync(year, ct);

    public Task<IReadOnlyList<FileWithPeople>> ReadFilesWithPeopleAsync(CancellationToken ct) => _people.ReadAsync(ct);

    public async Task<LedgerRow?> ReadLedgerRowAsync(ReturnKey key, CancellationToken ct) => (await _ledger.FindAsync(key, ct))?.Row;

    public Task MarkDueAsync(ReturnKey key, LedgerState state, DateOnly due, CancellationToken ct) => ChangeLedgerAsync(
        key,
        entry => entry is null ? LedgerEntry.Create(key, state, due)
            : entry.Row.LatestVersion == 0 ? entry with { Row = entry.Row with { State = state, Due = due } }
            : entry,
        ct);

    public Task<IReadOnlyList<Submission>> ReadSubmissionsAsync(ReturnKey key, CancellationToken ct) => _submissions.ReadAsync(key, ct);

    public Task<IReadOnlyList<Observation>> ReadObservationsAsync(ReturnKey key, int version, CancellationToken ct) =>
        _observations.ReadAsync(key, version, ct);

    public bool IsFromUpload(Submission submission, Upload upload) => submission.Path == upload.Path && upload.Mark?.Number == submission.Version;

    public Task AuditSentAsync(ReturnKey key, SentFile sent, CancellationToken ct) => _audit.AddSentFileAsync(key, sent, ct);

    public Task AuditChosenAsync(ReturnKey key, VersionDecision decision, CancellationToken ct) => _audit.AddChoiceAsync(key, decision, ct);

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
    /// Takes the newest version out with all before it. Also completes a run that crashed: the audit is the last write.
    /// </summary>
    private async Task TakeOutAsync(Submission newest, int version, int through, VersionDecision? decision, DateOnly due, CancellationToken ct)
    {
        var key = newest.Key;
        if (newest.WithdrawnThrough < through)
        {
            await _submissions.SetWithdrawnAsync(newest, through, ct);
        }

        await UpdateLedgerAsync(key, due, ct);
        if (!await _audit.HasWithdrawalAsync(key, version, ct))
        {
            await _pending.CompleteAsync(key, PublishQueueTable.WithdrawalVersion, ct);
            await _audit.AddWithdrawalAsync(key, version, decision, ct);
        }
    }

    /// <summary>
    /// Updates the ledger's row from the submissions of the return. The row is read before the submissions, so that a run with older
    /// submissions cannot replace the row of a run with newer ones.
    /// </summary>
    private async Task<LedgerEntry> UpdateLedgerAsync(ReturnKey key, DateOnly due, CancellationToken ct)
    {
        while (true)
        {
            var entry = await _ledger.FindAsync(key, ct);
            var order = new SubmissionOrder(await _submissions.ReadAsync(key, ct));
            var next = (entry ?? LedgerEntry.Create(key, LedgerState.Due, due)).Apply(order, due);
            if (next == entry || order.Latest is null)
            {
                return next;
            }

            // Before the live version changes, the change is queued for publishing.
            var live = next.Row.LiveVersion;
            var isChanged = live != entry?.Row.LiveVersion;
            if (isChanged)
            {
                await _pending.BeginAsync(key, live ?? PublishQueueTable.WithdrawalVersion, ct);
            }

            if (await _ledger.TryWriteAsync(next, ct))
            {
                if (isChanged)
                {
                    await _pending.CompleteAsync(key, live ?? PublishQueueTable.WithdrawalVersion, ct);
                }

                return next;
            }
        }
    }

    /// <summary>Applies a rule to the ledger's row, and retries if another writer changes the row in between.</summary>
    private async Task ChangeLedgerAsync(ReturnKey key, Func<LedgerEntry?, LedgerEntry?> rule, CancellationToken ct)
    {
        while (true)
        {
            var entry = await _ledger.FindAsync(key, ct);
            if (rule(entry) is not { } next || next == entry || await _ledger.TryWriteAsync(next, ct))
            {
                return;
            }
        }
    }
}
