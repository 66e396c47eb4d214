using System.Security.Cryptography;
using DasvPipeline.Core.Domain;

namespace DasvPipeline.Core.Ports;

/// <summary>One blob in the container <c>returns</c> at the time of reading.</summary>
/// <param name="Path">The path as uploaded: <c>agency/return/period/file</c>. It is shown but never used in a key.</param>
/// <param name="ETag">Identifies these bytes at this path.</param>
/// <param name="UploadedAt">The storage service's time of the upload, in whole seconds.</param>
/// <param name="Length">The length in bytes.</param>
public sealed record Upload(string Path, string ETag, DateTimeOffset UploadedAt, long Length);

public enum SubmissionState
{
    /// <summary>The version number is reserved and its figures are being written.</summary>
    Receiving,

    Accepted,

    Rejected,
}

/// <summary>The number of findings of each severity, and of figures.</summary>
/// <param name="Queries">Queries without an explanation.</param>
/// <param name="Explained">Queries with an explanation.</param>
public sealed record Counts(int Errors, int Queries, int Explained, int Notes, int Observations)
{
    public static readonly Counts None = new(0, 0, 0, 0, 0);
}

/// <summary>One uploaded file, with its version number within its return.</summary>
/// <param name="UploadId">A hash of the path and ETag. An upload keeps its id, however often its event is repeated.</param>
/// <param name="PathId">A hash of the path.</param>
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
    Counts Counts)
{
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
}

/// <summary>The state of one return for one period: a row of the manager's board.</summary>
/// <param name="State">The state of the newest submission by upload time.</param>
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
    Counts Counts);
