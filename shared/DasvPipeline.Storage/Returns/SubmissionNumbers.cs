using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Ports;
using DasvPipeline.Storage.Tables;

namespace DasvPipeline.Storage.Returns;

/// <summary>
/// Gives every upload of a return its number. The rows of the return are the counter: an insert reserves the next number, and fails
/// if another run has reserved it. A number is kept with the blob, so that rows that were lost get the same numbers again.
/// </summary>
internal sealed class SubmissionNumbers(SubmissionTable table)
{
    /// <summary>The time in which a page stores the file that it has reserved a number for. Until then, the sweep does not look for the file.</summary>
    private static readonly TimeSpan SendDuration = TimeSpan.FromMinutes(15);

    /// <inheritdoc cref="IReturnStore.ReserveAsync" />
    public async Task<Submission> ReserveAsync(
        ReturnKey key, Func<int, string> createPath, DateTimeOffset at, Reservation reservation, IReadOnlyList<Upload> stored, CancellationToken ct)
    {
        while (true)
        {
            var known = (await table.ReadAsync(key, ct)).Submissions;
            var number = GetNext(known, stored);
            if (reservation.CanContinue && known is [.., { State: SubmissionState.Receiving, UploadId: "" } last] && last.Version == number - 1
                && last.Path == createPath(last.Version) && stored.All(upload => upload.Mark?.Number != last.Version))
            {
                return last;
            }

            var path = createPath(number);
            var reserved = Create(key, number, path, string.Empty, at) with
            {
                State = reservation.IsLink ? SubmissionState.Reserved : SubmissionState.Receiving,
                TiedFrom = reservation.IsTied ? number : reservation.TiedFrom,
                IsWaiting = !reservation.IsLink,
            };
            if (await table.TryAddAsync([reserved], at + SendDuration, ct))
            {
                return reserved;
            }
        }
    }

    /// <inheritdoc cref="IReturnStore.ClaimAsync" />
    public async Task<Claim> ClaimAsync(ReturnKey key, Upload upload, IReadOnlyList<Upload> stored, CancellationToken ct)
    {
        while (true)
        {
            var history = await table.ReadAsync(key.Return, ct);
            var known = history.Get(key.Period).Submissions;
            if (FindOwn(known, upload) is { } own)
            {
                return CreateClaim(history, own, isNew: false);
            }

            if (history.Get(key.Period).Rows.LastOrDefault(row => IsReservedFor(row.Submission, upload)) is { Submission: { } reserved } row)
            {
                var bound = reserved with
                {
                    State = SubmissionState.Receiving,
                    UploadId = Keys.UploadId(upload.Path, upload.ETag),
                    UploadedAt = upload.UploadedAt,
                    IsWaiting = true,
                };
                if (await table.TryBindAsync(bound, row.ETag, ct))
                {
                    return CreateClaim(history.With(key.Period, [bound]), bound, isNew: true);
                }

                continue;
            }

            // If another run was faster, what it inserted is found in the next round.
            var isRestored = IsNumbered(known, upload);
            var created = isRestored ? Restore(key, upload, stored, known) : CreateNew(key, upload, stored, known);
            if (await table.TryAddAsync(created, notBefore: null, ct))
            {
                history = history.With(key.Period, created);
                return CreateClaim(history, FindOwn(history.Get(key.Period).Submissions, upload)!, isNew: !isRestored);
            }
        }
    }

    /// <summary>Creates the rows of an upload whose number is kept with the blob: its own, and that of the version that it repeats.</summary>
    private static List<Submission> Restore(ReturnKey key, Upload upload, IReadOnlyList<Upload> stored, IReadOnlyList<Submission> known)
    {
        var mark = upload.Mark!;
        var own = Create(key, mark.Number, upload.Path, string.Empty, mark.UploadedAt) with { TiedFrom = mark.TiedFrom, WithdrawnThrough = mark.WithdrawnThrough };
        if (mark.RepeatOf is not { } original)
        {
            return [own];
        }

        own = own with { State = SubmissionState.Repeated, RepeatOf = original, IsWaiting = false };
        var repeated = stored.FirstOrDefault(other => other.Mark is { RepeatOf: null } && other.Mark.Number == original) ?? upload;
        return known.Any(submission => submission.Version == original) ? [own] : [Create(key, original, repeated.Path, string.Empty, repeated.Mark!.UploadedAt), own];
    }

    /// <summary>
    /// Creates the rows of an upload and of the others without a number, in the order of their times. Those with the same time are tied.
    /// </summary>
    private static List<Submission> CreateNew(ReturnKey key, Upload upload, IReadOnlyList<Upload> stored, IReadOnlyList<Submission> known)
    {
        var next = GetNext(known, stored);
        var created = new List<Submission>();
        foreach (var moment in stored.Where(other => other.Path != upload.Path).Append(upload)
            .Where(other => !IsNumbered(known, other) && FindOwn(known, other) is null && !known.Any(row => IsReservedFor(row, other)))
            .GroupBy(other => other.UploadedAt).OrderBy(moment => moment.Key))
        {
            var uploads = moment.OrderBy(other => other.Path, StringComparer.Ordinal).ToList();
            int? tiedFrom = uploads.Count > 1 ? next : null;
            created.AddRange(uploads.Select(other =>
                Create(key, next++, other.Path, Keys.UploadId(other.Path, other.ETag), other.UploadedAt) with { TiedFrom = tiedFrom }));
        }

        return created;
    }

    private static Submission Create(ReturnKey key, int number, string path, string uploadId, DateTimeOffset at) =>
        new(key, number, SubmissionState.Receiving, uploadId, Keys.PathId(path), path, string.Empty, at, Counts.None) { IsWaiting = true };

    private static int GetNext(IReadOnlyList<Submission> known, IReadOnlyList<Upload> stored) =>
        known.Select(submission => submission.Version).Concat(stored.Select(upload => upload.Mark?.Number ?? 0)).DefaultIfEmpty().Max() + 1;

    /// <inheritdoc cref="IReturnStore.FindSubmission" />
    public static Submission? FindOwn(IReadOnlyList<Submission> known, Upload upload)
    {
        if (upload.Mark is { } mark && known.FirstOrDefault(submission => submission.Version == mark.Number) is { } numbered && numbered.PathId == Keys.PathId(upload.Path))
        {
            return numbered;
        }

        var uploadId = Keys.UploadId(upload.Path, upload.ETag);
        return known.FirstOrDefault(submission => submission.UploadId == uploadId);
    }

    /// <summary>
    /// Returns true if the number that is kept with the blob is its own, and not that of another file that was copied together with the
    /// metadata.
    /// </summary>
    private static bool IsNumbered(IReadOnlyList<Submission> known, Upload upload) =>
        upload.Mark is { } mark && !known.Any(submission => submission.Version == mark.Number && submission.PathId != Keys.PathId(upload.Path))
        && !known.Any(submission => IsReservedFor(submission, upload));

    private static bool IsReservedFor(Submission submission, Upload upload) =>
        submission.State == SubmissionState.Reserved && submission.PathId == Keys.PathId(upload.Path);

    private static Claim CreateClaim(StoredReturn history, Submission own, bool isNew)
    {
        var known = history.Get(own.Key.Period).Submissions;
        return new Claim(
            own.RepeatOf is { } original ? known.First(submission => submission.Version == original) : own,
            own,
            known.FirstOrDefault(submission => submission.Version == own.Version - 1),
            isNew,
            history);
    }
}
