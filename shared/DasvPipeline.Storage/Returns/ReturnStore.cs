using Azure.Data.Tables;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Ports;
using DasvPipeline.Storage.Connect;
using DasvPipeline.Storage.Tables;

namespace DasvPipeline.Storage.Returns;

internal sealed class ReturnStore(StorageClients clients) : IReturnStore
{
    private const string Json = "application/json";

    private readonly LedgerTable _ledger = new(clients.Ledger);
    private readonly SubmissionTable _submissions = new(clients.Ledger);
    private readonly ReturnTransaction _transaction = new(clients.Ledger, new SubmissionTable(clients.Ledger));
    private readonly Withdrawals _withdrawals = new(new ReturnTransaction(clients.Ledger, new SubmissionTable(clients.Ledger)));
    private readonly WaitingUploads _waiting = new(clients.Ledger);
    private readonly StoreId _id = new(clients.Ledger);
    private readonly SubmissionNumbers _numbers = new(new SubmissionTable(clients.Ledger));
    private readonly ObservationTable _observations = new(clients.Observations);
    private readonly ExplanationTable _explanations = new(clients.Explanations);
    private readonly AuditTable _audit = new(clients.Audit, clients.Ledger);
    private readonly ReportBlobs _reports = new(clients.Reports);
    private readonly PeopleTable _people = new(clients.Ledger);

    public Task<Submission> ReserveAsync(
        ReturnKey key, Func<int, string> createPath, DateTimeOffset at, Reservation reservation, IReadOnlyList<Upload> stored, CancellationToken ct) =>
        _numbers.ReserveAsync(key, createPath, at, reservation, stored, ct);

    public Task<Claim> ClaimAsync(ReturnKey key, Upload upload, IReadOnlyList<Upload> stored, CancellationToken ct) => _numbers.ClaimAsync(key, upload, stored, ct);

    public async Task<Submission?> TryRepeatAsync(Claim claim, string contentHash, SubmissionState result, DateOnly due, CancellationToken ct)
    {
        var (own, original) = (claim.Own, claim.IsRepeated ? claim.Submission : null);
        if (original is null && claim.Previous?.ContentHash != contentHash)
        {
            return null;
        }

        await _transaction.ApplyAsync(own.Key, due, claim.History, period =>
        {
            if (!claim.IsRepeated)
            {
                original = null;
                if (!new SubmissionOrder(period.Submissions).IsRepeat(own.Version, contentHash, result))
                {
                    return null;
                }

                var previous = period.Submissions.First(submission => submission.Version == own.Version - 1);
                original = period.Submissions.First(submission => submission.Version == (previous.RepeatOf ?? previous.Version));
            }

            var stored = ReturnTransaction.Find(period, own);
            return new ReturnChange(
            [
                stored with { ContentHash = contentHash, RepeatOf = original!.Version, State = SubmissionState.Repeated, IsWaiting = false },
                .. ReturnTransaction.StopWaitingAtPath(period, stored),
            ]);
        }, ct);
        return original?.State == result ? original : null;
    }

    public Task MarkReplacedAsync(Submission submission, DateOnly due, CancellationToken ct) => ForgetAsync(submission.Key, submission.Version, due, isGone: true, ct);

    public Task WriteObservationsAsync(ReturnKey key, int version, IReadOnlyList<Observation> observations, bool isNew, CancellationToken ct) =>
        _observations.WriteAsync(key, version, observations, isNew, ct);

    public Task WriteReportAsync(
        ReturnKey key, int version, string name, ReadOnlyMemory<byte> content, string contentType, CancellationToken ct) =>
        _reports.WriteAsync(BlobNames.Report(key, version, name), content, contentType, ct);

    public Task UpdateReportAsync(
        ReturnKey key, int version, string name, Func<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>> change, string contentType, CancellationToken ct) =>
        _reports.UpdateAsync(BlobNames.Report(key, version, name), change, contentType, ct);

    public Task<ReadOnlyMemory<byte>?> ReadReportAsync(ReturnKey key, int version, string name, CancellationToken ct) =>
        _reports.ReadAsync(BlobNames.Report(key, version, name), ct);

    public Task CompleteAsync(Submission submission, LedgerState state, DateOnly due, ReturnHistory? history, CancellationToken ct)
    {
        if (state is not (LedgerState.Accepted or LedgerState.AcceptedWithQueries or LedgerState.Explained or LedgerState.Rejected))
        {
            throw new ArgumentOutOfRangeException(nameof(state), state, "An ingest must end as accepted or rejected.");
        }

        return _transaction.ApplyAsync(submission.Key, due, history, period => new ReturnChange(
            [
                ReturnTransaction.Find(period, submission) with
                {
                    ContentHash = submission.ContentHash,
                    RepeatOf = submission.RepeatOf,
                    Counts = submission.Counts,
                    State = state == LedgerState.Rejected ? SubmissionState.Rejected : SubmissionState.Accepted,
                    IsWaiting = false,
                    HasPeople = submission.HasPeople && !ReturnTransaction.Find(period, submission).IsErased,
                },
                .. ReturnTransaction.StopWaitingAtPath(period, submission),
            ])
        {
            Audit = AuditTable.Ingest(submission, state),

            // Also if an earlier run has completed it: publishing it again changes nothing.
            QueuesVersion = submission.Version,
        }, ct);
    }

    public async Task<Period?> FindIdenticalPeriodAsync(ReturnKey key, string contentHash, CancellationToken ct) =>
        (await _submissions.ReadAsync(key.Return, ct)).FindIdenticalPeriod(key.Period, contentHash);

    public Task<IReadOnlyDictionary<string, Explanation>> ReadExplanationsAsync(ReturnKey key, CancellationToken ct) => _explanations.ReadAsync(Keys.Return(key), ct);

    public Task<IReadOnlyDictionary<string, Explanation>> ReadExplanationsAsync(Period year, CancellationToken ct) => _explanations.ReadAsync(Keys.Year(year), ct);

    public Task WriteExplanationAsync(ReturnKey key, Explanation explanation, CancellationToken ct) => ExplainAsync(Keys.Return(key), explanation, ct);

    public Task WriteExplanationAsync(Period year, Explanation explanation, CancellationToken ct) => ExplainAsync(Keys.Year(year), explanation, ct);

    public Task UpdateCountsAsync(ReturnKey key, int version, Counts counts, CancellationToken ct) =>
        ChangeLedgerAsync(key, entry => entry?.Row.LatestVersion == version && entry.Row.Counts.Explained <= counts.Explained ? entry.ApplyCounts(counts) : entry, ct);

    public Task<bool> WithdrawAsync(ReturnKey key, VersionDecision decision, int through, DateOnly due, CancellationToken ct) => _withdrawals.WithdrawAsync(key, decision, through, due, ct);

    public Task<int?> RemoveAsync(ReturnKey key, IReadOnlyList<Submission> removed, DateOnly due, CancellationToken ct) => _withdrawals.RemoveAsync(key, removed, due, ct);

    public async Task<KnownUploads> ReadKnownUploadsAsync(CancellationToken ct)
    {
        var (numbers, live) = (new HashSet<(string, int)>(), new HashSet<string>(StringComparer.Ordinal));
        await foreach (var period in _submissions.ReadAllAsync(ct))
        {
            numbers.UnionWith(period.Rows.Select(row => row.Submission).Where(submission => submission.State != SubmissionState.Reserved).Select(submission => (submission.Path, submission.Version)));
            if (period.Entry is { Row.LiveVersion: not null } entry)
            {
                // The path of an earlier version at the same path can be erased.
                live.Add(period.Rows.Last(row => row.Submission.PathId == entry.NewestPathId).Submission.Path);
            }
        }

        return new KnownUploads(numbers, live);
    }

    public async Task WriteUnroutedAsync(Upload upload, ReadOnlyMemory<byte> report, CancellationToken ct)
    {
        await _reports.WriteAsync(BlobNames.UnroutedReport(Keys.UploadId(upload)), report, Json, ct);
        await _audit.AddUnroutedAsync(upload, ct);
    }

    public Task<IReadOnlyList<LedgerRow>> ReadLedgerAsync(Period year, CancellationToken ct) => _ledger.ReadYearAsync(year, ct);

    public Task<IReadOnlyList<LedgerRow>> ReadLedgerAsync(Period first, Period last, CancellationToken ct) => _ledger.ReadYearsAsync(first, last, ct);

    public async Task<AgencyReturns> ReadAgencyAsync(AgencyId agency, Period fromYear, CancellationToken ct)
    {
        var (rows, waiting) = (new List<LedgerRow>(), new List<WaitingUpload>());
        await foreach (var (key, period) in _submissions.ReadAsync(agency, fromYear, ct))
        {
            if (period.Entry is { } entry)
            {
                rows.Add(entry.Row);
            }

            waiting.AddRange(period.Submissions.Where(submission => submission is { IsWaiting: true, IsGone: false })
                .Select(submission => new WaitingUpload(key, submission.Version, submission.Path, submission.UploadedAt, NotBefore: null, Until: null)));
        }

        return new AgencyReturns(rows, waiting);
    }

    public Task<IReadOnlyList<FileWithPeople>> ReadFilesWithPeopleAsync(CancellationToken ct) => _people.ReadAsync(ct);

    public async Task<LedgerRow?> ReadLedgerRowAsync(ReturnKey key, CancellationToken ct) => (await _ledger.FindAsync(key, ct))?.Row;

    public Task MarkDueAsync(ReturnKey key, LedgerState state, DateOnly due, CancellationToken ct) => ChangeLedgerAsync(
        key,
        entry => entry is null ? LedgerEntry.Create(key, state, due)
            : entry.Row.LatestVersion == 0 ? entry with { Row = entry.Row with { State = state, Due = due } }
            : entry,
        ct);

    public async Task<IReadOnlyList<Submission>> ReadSubmissionsAsync(ReturnKey key, CancellationToken ct) => (await _submissions.ReadAsync(key, ct)).Submissions;

    public Task<IReadOnlyList<Observation>> ReadObservationsAsync(ReturnKey key, int version, CancellationToken ct) =>
        _observations.ReadAsync(key, version, ct);

    public bool IsFromUpload(Submission submission, Upload upload) => submission.Path == upload.Path && upload.Mark?.Number == submission.Version;

    public Submission? FindSubmission(IReadOnlyList<Submission> submissions, Upload upload) => SubmissionNumbers.FindOwn(submissions, upload);

    public Task<ReadOnlyMemory<byte>?> ReadComparisonAsync(CancellationToken ct) => _reports.ReadAsync(BlobNames.Comparison, ct);

    public Task WriteComparisonAsync(ReadOnlyMemory<byte> comparison, CancellationToken ct) => _reports.WriteAsync(BlobNames.Comparison, comparison, Json, ct);

    public Task AuditSentAsync(ReturnKey key, SentFile sent, CancellationToken ct) => _audit.AddSentFileAsync(key, sent, ct);

    public Task AuditActionAsync(ReturnKey key, ReturnAction action, Person by, DateTimeOffset at, CancellationToken ct) => _audit.AddActionAsync(key, action, by, at, ct);

    public Task ArrangeAsync(ReturnKey key, DateOnly due, ArrangementChange change, CancellationToken ct) => ChangeLedgerAsync(
        key,
        entry =>
        {
            var known = entry ?? LedgerEntry.Create(key, LedgerState.Due, due);
            var arrangement = known.Row.Arrangement.With(change.Kind, change.Item);
            return known with { Row = known.Row with { Arrangement = arrangement, Due = arrangement.Extension?.Day ?? due } };
        },
        ct,
        next => [
            new TableTransactionAction(TableTransactionActionType.UpsertReplace, AuditTable.Arranged(key, change)),
            .. change.Kind == ArrangementKind.Late ? [] : new[] { PublishQueueTable.Add(key, next.Row.LiveVersion ?? PublishQueueTable.WithdrawalVersion) },
        ]);

    public Task AuditChosenAsync(ReturnKey key, VersionDecision decision, CancellationToken ct) => _audit.AddChoiceAsync(key, decision, ct);

    public Task<IReadOnlyList<AuditEvent>> ReadAuditAsync(ReturnKey key, CancellationToken ct) => _audit.ReadAsync(key, ct);

    public async Task<string> CreateProcessedTokenAsync(string path, CancellationToken ct) => Keys.ProcessedToken(await _id.GetAsync(ct), path);

    public async Task<bool> IsProcessedAsync(Upload upload, DateOnly today, CancellationToken ct) =>
        upload.Mark is { ProcessedToken: { } token } mark && !(today >= mark.PostponedUntil) && token == await CreateProcessedTokenAsync(upload.Path, ct);

    public async Task<bool> IsUnroutedProcessedAsync(Upload upload, CancellationToken ct) => await clients.Ledger.FindAsync(Keys.Ledger, Keys.ProcessedUnrouted(upload), ct) is not null;

    public Task MarkUnroutedProcessedAsync(Upload upload, CancellationToken ct) => clients.Ledger.UpsertAsync(
        new TableEntity(Keys.Ledger, Keys.ProcessedUnrouted(upload)).SetValue("PathId", Keys.PathId(upload.Path)).SetValue("UploadedAt", upload.UploadedAt), TableUpdateMode.Replace, ct);

    public Task<UploadsInProgress> ReadUploadsInProgressAsync(CancellationToken ct) => _waiting.ReadAsync(ct);

    public Task MarkComparedAsync(DateOnly day, CancellationToken ct) => _waiting.MarkComparedAsync(day, ct);

    public Task PostponeAsync(Submission submission, DateOnly until, CancellationToken ct) => _waiting.PostponeAsync(submission, until, ct);

    public Task ForgetWaitingAsync(WaitingUpload waiting, DateOnly due, CancellationToken ct) => ForgetAsync(waiting.Key, waiting.Version, due, isGone: false, ct);

    private async Task ExplainAsync(string partition, Explanation explanation, CancellationToken ct)
    {
        await _audit.AddExplanationAsync(partition, explanation, ct);
        await _explanations.WriteAsync(partition, explanation, ct);
    }

    /// <summary>Records that a submission does not wait for its ingest any more.</summary>
    private Task ForgetAsync(ReturnKey key, int version, DateOnly due, bool isGone, CancellationToken ct) => _transaction.ApplyAsync(key, due, history: null, period =>
        period.Rows.Select(row => row.Submission).FirstOrDefault(submission => submission.Version == version) is { } stored && (stored.IsWaiting || (isGone && !stored.IsGone))
            ? new ReturnChange([stored with { IsGone = stored.IsGone || isGone, IsWaiting = false }])
            : null, ct);

    /// <summary>Applies a rule to the ledger's row, and retries if another writer changes the row in between.</summary>
    /// <param name="also">Creates what is written in the same transaction; null for nothing.</param>
    private async Task ChangeLedgerAsync(ReturnKey key, Func<LedgerEntry?, LedgerEntry?> rule, CancellationToken ct, Func<LedgerEntry, IReadOnlyList<TableTransactionAction>>? also = null)
    {
        while (true)
        {
            var entry = await _ledger.FindAsync(key, ct);
            if (rule(entry) is not { } next || next == entry || await clients.Ledger.TrySubmitAsync([.. LedgerTable.Write(next, isOnBoard: true), .. also?.Invoke(next) ?? []], ct) is not null)
            {
                return;
            }
        }
    }
}
