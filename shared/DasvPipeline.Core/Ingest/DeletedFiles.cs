using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Ports;

namespace DasvPipeline.Core.Ingest;

/// <summary>Takes the figures of deleted files out of their return, and keeps that with the remaining files. Can be repeated.</summary>
internal sealed class DeletedFiles(IUploadStore uploads, IReturnStore store)
{
    private readonly UploadNumbering _numbers = new(uploads, store);

    /// <summary>
    /// Takes out the files that were at a path, if it has no file now. The submissions are read before that is known, so that a file that
    /// is sent in the meantime is not among them.
    /// </summary>
    public async Task TakeOutAsync(string path, ReturnKey key, DateOnly due, CancellationToken ct)
    {
        var removed = (await store.ReadSubmissionsAsync(key, ct)).Where(submission => submission.Path == path && submission.State != SubmissionState.Reserved).ToList();
        if (removed.Count > 0 && await uploads.FindAsync(path, ct) is null)
        {
            await TakeOutAsync(key, removed, due, ct);
        }
    }

    /// <inheritdoc cref="IReturnStore.RemoveAsync" />
    public async Task TakeOutAsync(ReturnKey key, IReadOnlyList<Submission> removed, DateOnly due, CancellationToken ct)
    {
        if (removed.Count > 0 && await store.RemoveAsync(key, removed, due, ct) is { } through)
        {
            await _numbers.MarkWithdrawnAsync(key, through, ct);
        }
    }

    /// <summary>
    /// Takes out a deleted file that was tied with another. While the other was in progress, it was not known which of them is newer. If
    /// the other has no figures, the deleted one is the newest.
    /// </summary>
    /// <param name="claim">A file that is completed, which can be the other or its replacement.</param>
    public async Task TakeOutTiedAsync(Claim claim, DateOnly due, CancellationToken ct)
    {
        var key = claim.Own.Key;
        if (claim.History.GetSubmissions(key.Period).Append(claim.Own).Any(submission => submission.TiedFrom is not null))
        {
            var submissions = await store.ReadSubmissionsAsync(key, ct);
            await TakeOutAsync(key, [.. submissions.Where(submission => submission is { TiedFrom: not null, IsGone: true, State: SubmissionState.Accepted or SubmissionState.Repeated })], due, ct);
        }
    }
}
