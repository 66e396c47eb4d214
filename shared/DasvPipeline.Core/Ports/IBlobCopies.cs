namespace DasvPipeline.Core.Ports;

public enum CopyContainer
{
    Uploads,
    Reports,
    Public,
}

/// <summary>
/// One stored copy of a file: its current content, an earlier version, or a snapshot. A deleted copy is one that can still be restored.
/// </summary>
/// <param name="Name">The name of the blob.</param>
public sealed record StoredCopy(CopyContainer Container, string Name)
{
    /// <summary>True for the content that readers get.</summary>
    public bool IsCurrent { get; init; }

    /// <summary>The id of the version; null if the account keeps no versions.</summary>
    public string? VersionId { get; init; }

    /// <summary>The time that identifies a snapshot; null for other copies.</summary>
    public string? Snapshot { get; init; }

    public string ETag { get; init; } = string.Empty;

    /// <summary>The number of the upload (<see cref="UploadMark.Number"/>); null if the copy has none.</summary>
    public int? Number { get; init; }

    /// <summary>Identifies an upload that has no number, as <see cref="Submission.UploadId"/> does. Null for other copies.</summary>
    public string? UploadId { get; init; }

    /// <summary>The service's checksum of the bytes; null if it has none.</summary>
    public string? Checksum { get; init; }

    /// <summary>True if the copy was deleted, and can be restored for some days.</summary>
    public bool IsDeleted { get; init; }

    /// <summary>The number of days in which a deleted copy can be restored; null for other copies.</summary>
    public int? DaysLeft { get; init; }
}

/// <summary>
/// Finds and deletes every stored copy of a file. Azure can keep earlier versions, snapshots and deleted copies. The emulator keeps none.
/// </summary>
public interface IBlobCopies
{
    /// <summary>The number of days after which the store deletes an upload by itself; null if it never does.</summary>
    int? UploadRetentionDays { get; }

    /// <summary>Lists the copies of the upload at a path, with those of uploads that it replaced.</summary>
    IAsyncEnumerable<StoredCopy> ListUploadAsync(string path, CancellationToken ct);

    /// <summary>Lists the copies of all files of a version's report, and of its report as a file that came too early.</summary>
    IAsyncEnumerable<StoredCopy> ListReportAsync(Submission submission, CancellationToken ct);

    /// <summary>Lists the copies of public files.</summary>
    /// <param name="prefix">The start of their paths.</param>
    IAsyncEnumerable<StoredCopy> ListPublicAsync(string prefix, CancellationToken ct);

    /// <summary>
    /// Deletes a copy. Does nothing if it does not exist, or if the current content has changed since it was listed. Azure keeps deleted
    /// current content as a version, and a deleted version for some days.
    /// </summary>
    Task DeleteAsync(StoredCopy copy, CancellationToken ct);
}
