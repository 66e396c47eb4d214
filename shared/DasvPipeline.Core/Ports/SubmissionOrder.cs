namespace DasvPipeline.Core.Ports;

/// <summary>
/// Decides which version of a return is live. Only the numbers and states of its submissions count, and neither a time nor the order
/// in which they were processed.
/// </summary>
public sealed class SubmissionOrder
{
    private readonly IReadOnlyList<Submission> _submissions;
    private readonly Dictionary<int, Submission> _byVersion;
    private readonly int _withdrawnThrough;

    /// <param name="submissions">All submissions of a return, by version.</param>
    public SubmissionOrder(IReadOnlyList<Submission> submissions)
    {
        (_submissions, _byVersion) = (submissions, submissions.ToDictionary(submission => submission.Version));
        _withdrawnThrough = submissions.Select(submission => submission.WithdrawnThrough).DefaultIfEmpty().Max();
        NewestUpload = submissions.LastOrDefault(IsCandidate);
        Newest = NewestUpload is null ? null : VersionOf(NewestUpload);
        Live = NewestUpload is { IsGone: false } && NewestUpload.Version > _withdrawnThrough ? Newest : null;
        var latest = submissions.LastOrDefault(submission => IsComplete(submission) && !(submission.IsGone && IsTied(submission)));
        Latest = latest is null ? null : VersionOf(latest);
        IsWithdrawn = Newest is not null && Live is null && (latest!.Version <= _withdrawnThrough || latest == NewestUpload);
        IsUndecided = submissions.Any(submission =>
            submission.Version > Math.Max(NewestUpload?.Version ?? 0, _withdrawnThrough) && !submission.IsGone && IsAccepted(submission) && IsTied(submission));
    }

    /// <summary>The newest accepted upload, also if it is withdrawn.</summary>
    public Submission? NewestUpload { get; }

    /// <summary>The version of that upload. A repeated file has the version whose bytes it repeats.</summary>
    public Submission? Newest { get; }

    /// <summary>The version whose figures are used; null if no version is live.</summary>
    public Submission? Live { get; }

    /// <summary>The newest processed version, accepted or rejected.</summary>
    public Submission? Latest { get; }

    /// <summary>The upload time of the first version that arrived; null if none has.</summary>
    public DateTimeOffset? FirstArrival => _submissions.FirstOrDefault(submission => submission.HasArrived)?.UploadedAt;

    /// <summary>True if the newest version was withdrawn or deleted, and no newer one has been processed.</summary>
    public bool IsWithdrawn { get; }

    /// <summary>True if somebody must choose between uploads of the same moment.</summary>
    public bool IsUndecided { get; }

    /// <summary>The last version that a withdrawal of the newest one takes out: a rejected one after it was known then too.</summary>
    public int LastProcessed => _submissions.LastOrDefault(IsComplete)?.Version ?? 0;

    /// <summary>Returns true if a file with this hash and number would repeat the version before it.</summary>
    /// <param name="result">The state of that version: accepted or rejected.</param>
    public bool IsRepeat(int number, string contentHash, SubmissionState result = SubmissionState.Accepted) =>
        _byVersion.TryGetValue(number - 1, out var previous) && previous.ContentHash == contentHash && previous.Version > _withdrawnThrough && !previous.IsGone
        && (result == SubmissionState.Accepted ? IsCandidate(previous) : OriginalOf(previous) is { State: SubmissionState.Rejected, HasPeople: false } && previous.TiedFrom is null);

    private Submission? OriginalOf(Submission submission) => submission.RepeatOf is { } version ? _byVersion.GetValueOrDefault(version) : submission;

    private bool IsAccepted(Submission submission) => OriginalOf(submission)?.State == SubmissionState.Accepted;

    private bool IsComplete(Submission submission) => OriginalOf(submission)?.State is SubmissionState.Accepted or SubmissionState.Rejected;

    private bool IsCandidate(Submission submission) => IsAccepted(submission) && !IsTied(submission);

    /// <summary>Returns the version of an upload: that of the uploads directly before it, if they have the same bytes.</summary>
    private Submission VersionOf(Submission submission)
    {
        while (submission.RepeatOf is null && submission.State == SubmissionState.Accepted && !submission.IsGone && IsRepeat(submission.Version, submission.ContentHash))
        {
            submission = _byVersion[submission.Version - 1];
        }

        return OriginalOf(submission)!;
    }

    /// <summary>
    /// Returns true if an upload of the same moment may be newer: it has other bytes, or is not processed yet. Deleting one decides for
    /// the other.
    /// </summary>
    private bool IsTied(Submission submission)
    {
        if (submission.TiedFrom is null)
        {
            return false;
        }

        var others = _submissions.Where(other => other.TiedFrom == submission.TiedFrom && !other.IsGone && OriginalOf(other)?.State != SubmissionState.Rejected).ToList();
        return submission.IsGone ? others.Count > 0 : others.Exists(other => !IsComplete(other) || other.ContentHash != submission.ContentHash);
    }
}
