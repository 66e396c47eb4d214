using Azure.Data.Tables;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Ports;
using DasvPipeline.Storage.Tables;

namespace DasvPipeline.Storage.Returns;

/// <summary>A change of submissions of one return and period.</summary>
internal sealed record ReturnChange(IReadOnlyList<Submission> Submissions)
{
    /// <summary>The event to audit; null for none.</summary>
    public TableEntity? Audit { get; init; }

    /// <summary>True if the return is queued for publishing even if its live version does not change.</summary>
    public bool Queues { get; init; }

    /// <summary>A version that is queued for publishing if it is live, even if it was live before.</summary>
    public int? QueuesVersion { get; init; }
}

/// <summary>Writes a change of a return with everything that follows from it.</summary>
internal sealed class ReturnTransaction(Table ledger, SubmissionTable submissions)
{
    /// <summary>The submissions that one transaction changes at most. Each can need two of its operations.</summary>
    public const int MaxSubmissions = 40;

    /// <summary>Returns a submission as it is stored, or as it is given if it is not stored.</summary>
    public static Submission Find(StoredPeriod period, Submission submission) =>
        period.Rows.Select(row => row.Submission).FirstOrDefault(stored => stored.Version == submission.Version) ?? submission;

    /// <summary>
    /// Earlier files at the path of a submission were replaced, so there is nothing left of them to wait for. If there are very many, the
    /// sweep ends the rest.
    /// </summary>
    public static IEnumerable<Submission> StopWaitingAtPath(StoredPeriod period, Submission submission) =>
        period.Rows.Select(row => row.Submission)
            .Where(earlier => earlier.IsWaiting && earlier.PathId == submission.PathId && earlier.Version < submission.Version)
            .Take(MaxSubmissions)
            .Select(earlier => earlier with { IsWaiting = false });

    /// <summary>
    /// Changes submissions of a return and everything that follows from them, in one transaction: the head with its copy on the board, the
    /// uploads in progress, the files with personal data, the publish queue and the audit. If another run has changed the return since it
    /// was read, the change is decided again.
    /// </summary>
    /// <param name="history">The return as it was read before; null to read it now.</param>
    /// <param name="decide">Returns null if there is nothing to change.</param>
    public async Task ApplyAsync(ReturnKey key, DateOnly due, ReturnHistory? history, Func<StoredPeriod, ReturnChange?> decide, CancellationToken ct)
    {
        var known = (history as StoredReturn)?.Get(key.Period);
        while (true)
        {
            var period = known ?? await submissions.ReadAsync(key, ct);
            known = null;
            if (decide(period) is not { } change)
            {
                return;
            }

            var before = period.Entry ?? LedgerEntry.Create(key, LedgerState.Due, due);
            var after = before.Apply(new SubmissionOrder(period.With(change.Submissions).Submissions), due);
            var live = after.Row.LiveVersion;
            var actions = change.Submissions.Select(SubmissionTable.Update)
                .Concat(change.Submissions.Where(submission => !submission.IsWaiting && Find(period, submission).IsWaiting).Select(WaitingUploads.Delete))
                .Concat(change.Submissions.Where(submission => submission.HasPeople).Select(PeopleTable.Add))
                .Concat(change.Submissions.Where(submission => !submission.HasPeople && Find(period, submission).HasPeople).Select(PeopleTable.Delete))
                .Concat(LedgerTable.Write(after, isOnBoard: after.Row.LatestVersion > 0))
                .ToList();
            if (live != before.Row.LiveVersion || change.Queues || change.Submissions.Any(submission => submission.TiedFrom is not null && change.QueuesVersion is not null)
                || (change.QueuesVersion is { } version && live == version))
            {
                actions.Add(PublishQueueTable.Add(key, live ?? PublishQueueTable.WithdrawalVersion));
            }

            if (change.Audit is { } audit)
            {
                actions.Add(new TableTransactionAction(TableTransactionActionType.UpsertMerge, audit));
            }

            if (await ledger.TrySubmitAsync(actions, ct) is not null)
            {
                return;
            }
        }
    }
}
