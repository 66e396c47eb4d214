using DasvPipeline.Core.Domain;

namespace DasvPipeline.Core.Ports;

/// <summary>A return whose live version may have changed since the last release.</summary>
/// <param name="Token">Identifies this entry; clearing it does not clear a later entry of the same return.</param>
/// <param name="TraceParent">The span that caused it (W3C Trace Context), so that a release can link to it; null without a listener.</param>
public sealed record PendingReturn(ReturnKey Key, int Version, string Token, string? TraceParent);

/// <summary>The release that is published now.</summary>
/// <param name="ContentHash">The hash of everything in the release except its number and time.</param>
/// <param name="CatalogueHash">The hash of the catalogue that it was made with.</param>
/// <param name="IsAnnounced">False until the pointers in the public container have been updated to this release.</param>
/// <param name="Years">The years in the feed, each with the number of the release that last changed it.</param>
/// <param name="Published">The time when it was made.</param>
/// <param name="Files">The pointers as they were last written, by path. A pointer that is not listed is read before it is replaced.</param>
public sealed record CurrentRelease(
    int Number,
    string ContentHash,
    string CatalogueHash,
    bool IsAnnounced,
    IReadOnlyDictionary<Period, int> Years,
    DateTimeOffset Published,
    IReadOnlyDictionary<string, WrittenFile> Files,
    string ETag)
{
    /// <summary>The last announced time that a release was published for. Null before the first, and if releases are not announced.</summary>
    public DateTimeOffset? Scheduled { get; init; }
}

/// <summary>A pointer as it was last written.</summary>
/// <param name="Hash">The hash of its content without its time.</param>
public sealed record WrittenFile(string Hash, string ETag);

/// <summary>A release that is being written. Its number and time are fixed, so that writing it again gives the same bytes.</summary>
public sealed record DraftRelease(int Number, string ContentHash, DateTimeOffset Published)
{
    /// <inheritdoc cref="CurrentRelease.Scheduled" />
    public DateTimeOffset? Scheduled { get; init; }
}

/// <summary>A file of the public container.</summary>
/// <param name="Path">The path, for example <c>headlines.json</c> or <c>releases/3/headlines.json</c>.</param>
/// <param name="IsImmutable">True if it is written once and can be cached indefinitely.</param>
public sealed record PublicFile(string Path, ReadOnlyMemory<byte> Content, string ContentType, bool IsImmutable)
{
    /// <summary>The content without its time. A pointer is replaced only if this differs.</summary>
    public ReadOnlyMemory<byte> ComparedContent { get; init; } = Content;
}

/// <summary>A file of the public container as it is stored.</summary>
/// <param name="LastModified">The time when it was last written, in whole seconds.</param>
public readonly record struct StoredFile(ReadOnlyMemory<byte> Content, string ETag, string ContentType, DateTimeOffset LastModified);

/// <summary>A private record with the ETag that it was read with.</summary>
public sealed record StoredRecord(ReadOnlyMemory<byte> Content, string ETag);

/// <summary>The public container and the table of releases.</summary>
public interface IFeedStore
{
    /// <summary>Reads the changed returns, the manager's decisions and the current release. Makes one storage call.</summary>
    Task<PublishQueue> ReadPublishQueueAsync(CancellationToken ct);

    /// <summary>Replaces the decision about a year, and audits who decided and when.</summary>
    Task WriteDecisionAsync(YearDecision decision, CancellationToken ct);

    Task WriteHoldAsync(Hold hold, CancellationToken ct);

    Task DeleteHoldAsync(Person by, DateTimeOffset at, CancellationToken ct);

    /// <summary>Stores the approval of the next release in place of an earlier one, and audits it.</summary>
    Task WriteApprovalAsync(ReleaseApproval approval, CancellationToken ct);

    /// <summary>Removes an approval if it is still the same, and audits why.</summary>
    /// <param name="by">The person who withdrew it; null if the pipeline did.</param>
    Task DeleteApprovalAsync(ReleaseApproval approval, Person? by, DateTimeOffset at, string reason, CancellationToken ct);

    /// <summary>Keeps a private content, which never changes. The same content has the same id.</summary>
    /// <returns>The id.</returns>
    Task<string> KeepAsync(ReadOnlyMemory<byte> content, CancellationToken ct);

    /// <summary>Reads a kept content.</summary>
    Task<ReadOnlyMemory<byte>> ReadKeptAsync(string id, CancellationToken ct);

    /// <summary>Audits that somebody asked to publish now.</summary>
    /// <param name="reason">The reason of a release that was not announced; null if none is needed.</param>
    Task AuditPublishRequestAsync(Person by, DateTimeOffset at, string? reason, CancellationToken ct);

    /// <summary>Reads the current release; null before the first one. Makes one storage call.</summary>
    Task<CurrentRelease?> ReadCurrentAsync(CancellationToken ct);

    /// <summary>Creates the private record of a release, and so reserves its number. Returns false if the number has a record.</summary>
    Task<bool> TryAddRecordAsync(int number, ReadOnlyMemory<byte> record, CancellationToken ct);

    /// <summary>Reads the private record of a release; null if it does not exist.</summary>
    Task<ReadOnlyMemory<byte>?> ReadRecordAsync(int number, CancellationToken ct);

    /// <summary>Replaces the private record of a release.</summary>
    Task WriteRecordAsync(int number, ReadOnlyMemory<byte> record, CancellationToken ct);

    /// <summary>Reads the private record of a year; null if it does not exist.</summary>
    Task<StoredRecord?> ReadYearRecordAsync(Period year, CancellationToken ct);

    /// <summary>Replaces the private record of a year. Throws <see cref="PublishConflictException"/> if it is not as it was read.</summary>
    /// <param name="etag">The ETag that it was read with; null if it did not exist.</param>
    Task WriteYearRecordAsync(Period year, ReadOnlyMemory<byte> record, string? etag, CancellationToken ct);

    /// <summary>Reads the checkpoint of a year: the figures that a publish has read and not yet recorded. Null if the year has no checkpoint.</summary>
    Task<ReadOnlyMemory<byte>?> ReadCheckpointAsync(Period year, CancellationToken ct);

    /// <summary>Replaces the checkpoint of a year.</summary>
    Task WriteCheckpointAsync(Period year, ReadOnlyMemory<byte> checkpoint, CancellationToken ct);

    /// <summary>Deletes the checkpoint of a year. Does nothing if the year has no checkpoint.</summary>
    Task DeleteCheckpointAsync(Period year, CancellationToken ct);

    /// <summary>
    /// Writes a file of a release. Does not change an existing file that is immutable, has the same content, or belongs to a
    /// later release.
    /// </summary>
    /// <param name="known">The file as it was last written. It is then read only if it is not as it was written.</param>
    /// <returns>The file as it is now; null if it is immutable or belongs to a later release.</returns>
    Task<WrittenFile?> WriteAsync(PublicFile file, int release, WrittenFile? known, CancellationToken ct);

    /// <summary>Replaces a file of a release, also one that is immutable. Only the history of a release that is taken down needs it.</summary>
    Task OverwriteAsync(PublicFile file, int release, CancellationToken ct);

    /// <summary>Audits that a person took a release down.</summary>
    Task AuditTakeDownAsync(int number, Person by, DateTimeOffset at, string reason, CancellationToken ct);

    /// <summary>Reads a file of the public container; null if it does not exist.</summary>
    Task<StoredFile?> ReadAsync(string path, CancellationToken ct);

    /// <summary>
    /// Makes a draft the current release. Throws <see cref="PublishConflictException"/> if another publish was faster.
    /// </summary>
    Task<CurrentRelease> MakeCurrentAsync(DraftRelease draft, CurrentRelease? current, string catalogueHash, IReadOnlyDictionary<Period, int> years, CancellationToken ct);

    /// <summary>
    /// Completes a publish: updates the row of the current release, marks the decisions as published, and deletes the approval and the
    /// entries of the returns. An entry, a decision or an approval that changed since it was read stays as it is.
    /// </summary>
    /// <param name="current">The current release with its new facts; null before the first release.</param>
    /// <param name="published">The queue that the publish read.</param>
    /// <returns>The current release with its new ETag.</returns>
    Task<CurrentRelease?> CompleteAsync(CurrentRelease? current, PublishQueue published, CancellationToken ct);

    IAsyncEnumerable<string> ListPublicAsync(CancellationToken ct);
}

/// <summary>Two publishes ran at the same time. The later one starts again and finds the release of the earlier one.</summary>
public sealed class PublishConflictException(string message) : Exception(message);
