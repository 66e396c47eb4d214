using System.Security.Cryptography;
using DasvPipeline.Core.Domain;

namespace DasvPipeline.Core.Ports;

/// <summary>One blob in the container <c>returns</c> at the time of reading.</summary>
/// <param name="Path">The path as uploaded: <c>agency/return/period/file</c>. It is shown but never used in a key.</param>
/// <param name="ETag">Identifies these bytes at this path.</param>
/// <param name="UploadedAt">The storage service's time of the last change, in whole seconds. Giving it a number changes it.</param>
/// <param name="Length">The length in bytes.</param>
public sealed record Upload(string Path, string ETag, DateTimeOffset UploadedAt, long Length)
{
    /// <summary>The service's checksum of the bytes; null if it has none.</summary>
    public string? Checksum { get; init; }

    /// <summary>The number and other facts that the blob's metadata hold; null before it has a number.</summary>
    public UploadMark? Mark { get; init; }
}

/// <summary>
/// The facts about an upload that are kept with the blob, so that the tables can be rebuilt from the blobs alone or from a copy of
/// the container. Replacing the blob removes them.
/// </summary>
/// <param name="Number">The number that orders the uploads of a return: the <see cref="Submission.Version"/> of its submission.</param>
/// <param name="UploadedAt">The time of the upload.</param>
public sealed record UploadMark(int Number, DateTimeOffset UploadedAt)
{
    /// <inheritdoc cref="Submission.RepeatOf" />
    public int? RepeatOf { get; init; }

    /// <inheritdoc cref="Submission.TiedFrom" />
    public int? TiedFrom { get; init; }

    /// <inheritdoc cref="Submission.WithdrawnThrough" />
    public int WithdrawnThrough { get; init; }

    /// <summary>The id of the watched folder that the file comes from; null if it was sent in another way.</summary>
    public string? Inbox { get; init; }

    /// <summary>
    /// The token of the store and the path at which the upload was processed or postponed; null before that. A copy of the blob elsewhere
    /// has another token, so it is processed.
    /// </summary>
    public string? ProcessedToken { get; init; }

    /// <summary>The day until which an upload that came too early is postponed; null if it was processed.</summary>
    public DateOnly? PostponedUntil { get; init; }
}

public enum SubmissionState
{
    /// <summary>The version number is reserved for an upload link. No file has arrived.</summary>
    Reserved,

    /// <summary>The file has a version number and is not processed yet.</summary>
    Receiving,

    Accepted,

    Rejected,

    /// <summary>The file has the same bytes and the same result as the version before it: <see cref="Submission.RepeatOf"/>.</summary>
    Repeated,
}

/// <summary>The number of findings of each severity, and of figures.</summary>
/// <param name="Queries">Queries without an explanation.</param>
/// <param name="Explained">Queries with an explanation.</param>
public sealed record Counts(int Errors, int Queries, int Explained, int Notes, int Observations)
{
    public static readonly Counts None = new(0, 0, 0, 0, 0);
}

/// <summary>One uploaded file, with its version number within its return.</summary>
/// <param name="Version">
/// Decides which submission is the newest: the one with the highest number. It is given when the file arrives, when an upload
/// link is issued, or when a direct upload is first seen.
/// </param>
/// <param name="UploadId">A hash of the path and of the ETag before the file had a number. Empty for a file that was written with its number.</param>
/// <param name="PathId">A hash of the path.</param>
/// <param name="ContentHash">SHA-256 of the bytes, in lower-case hexadecimal. Empty until the file is processed.</param>
public sealed record Submission(
    ReturnKey Key,
    int Version,
    SubmissionState State,
    string UploadId,
    string PathId,
    string Path,
    string ContentHash,
    DateTimeOffset UploadedAt,
    Counts Counts)
{
    /// <summary>The version whose bytes this file repeats; null for a file of its own.</summary>
    public int? RepeatOf { get; init; }

    /// <summary>
    /// The first version of the uploads that were seen together with the same time, so that none is known to be the newest. Null if
    /// there was no other.
    /// </summary>
    public int? TiedFrom { get; init; }

    /// <summary>The last version that a withdrawal takes out, together with all before it; 0 if there was none.</summary>
    public int WithdrawnThrough { get; init; }

    /// <summary>True if the file was deleted, or replaced before it was read.</summary>
    public bool IsGone { get; init; }

    /// <summary>True from the moment in which it gets its number until its ingest completes.</summary>
    public bool IsWaiting { get; init; }

    /// <summary>True if personal data was found in the file. It is rejected, and stored until somebody deletes it.</summary>
    public bool HasPeople { get; init; }

    /// <summary>True if somebody deleted the file with everything made from it. Its path then names only the return.</summary>
    public bool IsErased => Path.EndsWith('/');

    /// <summary>True if a file has this number, and was not replaced before it was read.</summary>
    public bool HasArrived => State != SubmissionState.Reserved && !(State == SubmissionState.Receiving && IsGone);

    /// <summary>Creates the facts to keep with the blob.</summary>
    public UploadMark CreateMark() => new(Version, UploadedAt) { RepeatOf = RepeatOf, TiedFrom = TiedFrom, WithdrawnThrough = WithdrawnThrough };

    /// <summary>Calculates <see cref="ContentHash"/>.</summary>
    public static string HashContent(ReadOnlySpan<byte> content) => Convert.ToHexStringLower(SHA256.HashData(content));
}

public enum LedgerState
{
    /// <summary>The period has ended; the due date has not passed.</summary>
    Due,

    Overdue,

    Accepted,

    /// <summary>Accepted, with queries to correct or explain.</summary>
    AcceptedWithQueries,

    /// <summary>Accepted, and every query is explained.</summary>
    Explained,

    /// <summary>The newest submission was rejected; an earlier one may still be live.</summary>
    Rejected,

    Withdrawn,

    /// <summary>Files were uploaded at the same moment, and the manager must choose one.</summary>
    Undecided,
}

/// <summary>The state of one return for one period: a row of the manager's board.</summary>
/// <param name="State">The state of the newest processed submission.</param>
/// <param name="LiveVersion">The version whose figures are used; null if no version is live.</param>
/// <param name="LatestVersion">The version that <paramref name="State"/> refers to; 0 before the first.</param>
/// <param name="Received">The upload time of that version.</param>
public sealed record LedgerRow(
    ReturnKey Key,
    LedgerState State,
    int? LiveVersion,
    int LatestVersion,
    DateTimeOffset? Received,
    DateOnly Due,
    Counts Counts)
{
    /// <summary>The upload time of the first version that arrived; null before the first, and for rows that were written without it.</summary>
    public DateTimeOffset? FirstReceived { get; init; }

    /// <summary>What was arranged about the return.</summary>
    public Arrangement Arrangement { get; init; } = Arrangement.None;
}
