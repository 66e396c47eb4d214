using Azure.Data.Tables;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Ports;

namespace DasvPipeline.Storage.Returns;

/// <summary>Takes the figures of a withdrawn version or of deleted files out of a return.</summary>
internal sealed class Withdrawals(ReturnTransaction transaction)
{
    /// <inheritdoc cref="IReturnStore.WithdrawAsync" />
    public async Task<bool> WithdrawAsync(ReturnKey key, VersionDecision decision, int through, DateOnly due, CancellationToken ct)
    {
        var isDone = false;
        await transaction.ApplyAsync(key, due, history: null, period =>
        {
            var order = new SubmissionOrder(period.Submissions);
            isDone = order.Newest?.Version == decision.Version && order.NewestUpload is { IsGone: false };
            return isDone && order.NewestUpload!.WithdrawnThrough < through
                ? new ReturnChange([ReturnTransaction.Find(period, order.NewestUpload) with { WithdrawnThrough = through }]) { Audit = AuditTable.Withdrawal(key, decision.Version, decision) }
                : null;
        }, ct);
        return isDone;
    }

    /// <inheritdoc cref="IReturnStore.RemoveAsync" />
    public async Task<int?> RemoveAsync(ReturnKey key, IReadOnlyList<Submission> removed, DateOnly due, CancellationToken ct)
    {
        // The withdrawal is recorded in the last transaction, when all files before are recorded as gone.
        var ordered = removed.OrderBy(submission => submission.Version).ToList();
        foreach (var older in ordered.SkipLast(ReturnTransaction.MaxSubmissions).Chunk(ReturnTransaction.MaxSubmissions))
        {
            await transaction.ApplyAsync(key, due, history: null, period => TakeOut(period, older) is { Count: > 0 } changed ? new ReturnChange(changed) : null, ct);
        }

        int? through = null;
        await transaction.ApplyAsync(key, due, history: null, period =>
        {
            through = null;
            var changed = TakeOut(period, ordered.TakeLast(ReturnTransaction.MaxSubmissions)).ToDictionary(submission => submission.Version);
            var after = period.With(changed.Values);
            var order = new SubmissionOrder(after.Submissions);
            var isRecorded = order.NewestUpload is { } recorded && recorded.WithdrawnThrough >= recorded.Version;
            var isWithdrawn = order.NewestUpload is { IsGone: true } gone
                && (!isRecorded || removed.Any(submission => submission.PathId == gone.PathId && submission.Version >= gone.Version));
            TableEntity? audit = null;
            if (isWithdrawn)
            {
                // A repeated event takes nothing more out: a file that was sent after the deletion can be in progress.
                var newest = order.NewestUpload!;
                through = isRecorded && changed.Count == 0 ? newest.WithdrawnThrough : Math.Max(order.LastProcessed, newest.WithdrawnThrough);
                if (newest.WithdrawnThrough < through)
                {
                    changed[newest.Version] = ReturnTransaction.Find(after, newest) with { WithdrawnThrough = through.Value };
                    audit = AuditTable.Withdrawal(key, order.Newest!.Version, decision: null);
                }
            }

            return changed.Count == 0 ? null : new ReturnChange([.. changed.Values])
            {
                Audit = audit,
                Queues = !isWithdrawn && removed.Any(submission => submission.TiedFrom is not null),
            };
        }, ct);
        return through;
    }

    /// <summary>Returns those of the files that are not recorded as gone, as gone.</summary>
    private static List<Submission> TakeOut(StoredPeriod period, IEnumerable<Submission> removed) =>
    [
        .. period.Rows.Select(row => row.Submission)
            .Where(stored => (!stored.IsGone || stored.IsWaiting) && removed.Any(submission => submission.Version == stored.Version))
            .Select(stored => stored with { IsGone = true, IsWaiting = false }),
    ];
}
