using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Ports;

namespace DasvPipeline.Core.Ingest;

/// <summary>
/// Gives uploads the number that decides which of them is the newest. The row is inserted first: an interrupted run finds it again by the
/// path and ETag. The number is kept with the blob when the upload is completed.
/// </summary>
internal sealed class UploadNumbering(IUploadStore uploads, IReturnStore store)
{
    /// <summary>Returns the submission of an upload, which gets its number now if it has none. Completing the upload keeps the number with the blob.</summary>
    public async Task<Claim> ClaimAsync(ReturnKey key, Upload upload, CancellationToken ct) =>
        await store.ClaimAsync(key, upload, upload.Mark is null or { RepeatOf: not null } ? await ListAsync(key, ct) : [], ct);

    /// <summary>Keeps the number of a completed upload with its blob, and that it was processed. This is the last write of every ingest.</summary>
    /// <param name="claim">What was read when the upload was claimed. Also a withdrawal that was made before then is kept with the blob.</param>
    /// <param name="change">Adds what else is kept with the blob.</param>
    /// <returns>False if the blob was deleted. A blob that was replaced has its own event.</returns>
    public async Task<bool> TryMarkProcessedAsync(Upload upload, Claim claim, Func<UploadMark, UploadMark> change, CancellationToken ct)
    {
        var own = claim.Own;
        var withdrawnThrough = claim.History.GetSubmissions(own.Key.Period).Select(submission => submission.WithdrawnThrough).Where(through => through >= own.Version).DefaultIfEmpty().Max();
        var token = await store.CreateProcessedTokenAsync(upload.Path, ct);
        Upload? stored = upload;
        while (stored is not null && (stored.ETag == upload.ETag || stored.Mark?.Number == own.Version))
        {
            var kept = stored.Mark?.Number == own.Version ? stored.Mark : own.CreateMark();
            var mark = change(kept with { ProcessedToken = token, PostponedUntil = null, WithdrawnThrough = Math.Max(kept.WithdrawnThrough, withdrawnThrough) });
            if (mark == stored.Mark || await uploads.MarkAsync(stored, mark, ct) is not null)
            {
                return true;
            }

            // Another run has marked it, or it was replaced or deleted.
            var newer = await uploads.FindAsync(upload.Path, ct);
            stored = newer?.ETag == stored.ETag ? throw new InvalidOperationException("A stored upload does not accept its number.") : newer;
        }

        return stored is not null;
    }

    /// <summary>Reserves the next number for a file that is about to be stored.</summary>
    /// <inheritdoc cref="IReturnStore.ReserveAsync" />
    public async Task<Submission> ReserveAsync(ReturnKey key, Func<int, string> createPath, DateTimeOffset at, Reservation reservation, CancellationToken ct) =>
        await store.ReserveAsync(key, createPath, at, reservation, await ListAsync(key, ct), ct);

    /// <summary>
    /// Keeps a withdrawal with the remaining files that it takes out, so that rebuilt tables know it. One of them can be in progress, and
    /// have a number that its blob does not have yet.
    /// </summary>
    public async Task MarkWithdrawnAsync(ReturnKey key, int through, CancellationToken ct)
    {
        var listed = await ListAsync(key, ct);
        var submissions = listed.All(upload => upload.Mark is not null) ? [] : await store.ReadSubmissionsAsync(key, ct);
        foreach (var found in listed)
        {
            Upload? upload = found;
            while (upload is not null && (upload.Mark ?? store.FindSubmission(submissions, upload)?.CreateMark()) is { } mark && mark.Number <= through && mark.WithdrawnThrough < through
                && await uploads.MarkAsync(upload, mark with { WithdrawnThrough = through }, ct) is null)
            {
                upload = await uploads.FindAsync(upload.Path, ct);
            }
        }
    }

    private async Task<IReadOnlyList<Upload>> ListAsync(ReturnKey key, CancellationToken ct) => await uploads.ListAsync($"{key}/", ct).ToListAsync(ct);
}
