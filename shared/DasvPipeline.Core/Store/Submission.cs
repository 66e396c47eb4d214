using DasvPipeline.Core.Model;

namespace DasvPipeline.Core.Store;

/// <summary>One blob in the container <c>returns</c>, as it stood when it was looked up.</summary>
/// <param name="Path">As uploaded: <c>agency/return/period/file</c>. Shown, never used in a key.</param>
/// <param name="ETag">Names these very bytes at this path.</param>
/// <param name="UploadedAt">The store's own time of the upload; whole seconds.</param>
/// <param name="Length">Bytes.</param>
public sealed record Upload(string Path, string ETag, DateTimeOffset UploadedAt, long Length);

public enum SubmissionState
{
    /// <summary>The version is claimed; its figures are being written.</summary>
    Receiving,

    Accepted,

    Rejected,
}

/// <summary>How many findings of each kind, and how many figures.</summary>
/// <param name="Queries">Those that nobody has explained yet.</param>
/// <param name="Explained">Queries that have been.</param>
public sealed record Counts(int Errors, int Queries, int Explained, int Notes, int Observations)
{
    public static readonly Counts None = new(0, 0, 0, 0, 0);
}

/// <summary>One uploaded file, with its version number within its return.</summary>
/// <param name="UploadId">Of the path and ETag; the same upload has the same id however often it is announced.</param>
/// <param name="PathId">Of the path alone.</param>
/// <param name="ContentHash">SHA-256 of the bytes, in lower-case hexadecimal.</param>
public sealed record Submission(
    ReturnKey Key,
    int Version,
    SubmissionState State,
    string UploadId,
    string PathId,
    string Path,
    string ContentHash,
    DateTimeOffset UploadedAt,
    Counts Counts);

public enum LedgerState
{
    /// <summary>Owed, its due date to come.</summary>
    Due,

    Overdue,

    Accepted,

    /// <summary>Accepted, with queries to be corrected or explained.</summary>
    AcceptedWithQueries,

    /// <summary>Accepted, and every query about it has been explained.</summary>
    Explained,

    /// <summary>The newest submission was rejected; an earlier one may still be live.</summary>
    Rejected,

    Withdrawn,
}

/// <summary>Where one return for one period stands: a cell of the manager's board.</summary>
/// <param name="State">Of the newest submission by time of upload.</param>
/// <param name="LiveVersion">The version whose figures count, if any.</param>
/// <param name="LatestVersion">The version <paramref name="State"/> speaks of; 0 before the first.</param>
/// <param name="Received">When that version was uploaded.</param>
public sealed record LedgerRow(
    ReturnKey Key,
    LedgerState State,
    int? LiveVersion,
    int LatestVersion,
    DateTimeOffset? Received,
    DateOnly Due,
    Counts Counts);
