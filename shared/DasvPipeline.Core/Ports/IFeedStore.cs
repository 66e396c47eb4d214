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
/// <param name="Published">The time when it was made; null for releases made before this was recorded.</param>
public sealed record CurrentRelease(
    int Number,
    string ContentHash,
    string CatalogueHash,
    bool IsAnnounced,
    IReadOnlyDictionary<Period, int> Years,
    DateTimeOffset? Published,
    string ETag);

/// <summary>A release that is being written. Its number and time are fixed, so that writing it again gives the same bytes.</summary>
public sealed record DraftRelease(int Number, string ContentHash, DateTimeOffset Published, string ETag);

/// <summary>A file of the public container.</summary>
/// <param name="Path">The path, for example <c>headlines.json</c> or <c>releases/3/headlines.json</c>.</param>
/// <param name="IsImmutable">True if it is written once and can be cached indefinitely.</param>
public sealed record PublicFile(string Path, ReadOnlyMemory<byte> Content, string ContentType, bool IsImmutable);

/// <summary>The public container and the table of releases.</summary>
public interface IFeedStore
{
    /// <summary>Reads the changed returns and the manager's decisions. Makes one storage call.</summary>
    Task<PublishQueue> ReadPublishQueueAsync(CancellationToken ct);

    /// <summary>Replaces the decision about a year, and audits who decided and when.</summary>
    Task WriteDecisionAsync(YearDecision decision, CancellationToken ct);

    /// <summary>Marks this decision as published. A newer decision is not changed.</summary>
    Task MarkPublishedAsync(YearDecision decision, CancellationToken ct);

    Task WriteHoldAsync(Hold hold, CancellationToken ct);

    Task DeleteHoldAsync(string by, DateTimeOffset at, CancellationToken ct);

    /// <summary>Audits that somebody asked to publish now.</summary>
    Task AuditPublishRequestAsync(string by, DateTimeOffset at, CancellationToken ct);

    /// <summary>Reads the current release; null before the first one. Makes one storage call.</summary>
    Task<CurrentRelease?> ReadCurrentAsync(CancellationToken ct);

    /// <summary>
    /// Reserves the next number after <paramref name="current"/> for this content. A draft of the same content that a crash
    /// left is reused, with its number and time; a draft of other content keeps its number.
    /// </summary>
    Task<DraftRelease> GetOrCreateDraftAsync(CurrentRelease? current, string contentHash, DateTimeOffset now, CancellationToken ct);

    /// <summary>
    /// Writes a file of a release. Does not change an existing file that is immutable, has the same bytes, or belongs to a
    /// later release.
    /// </summary>
    Task WriteAsync(PublicFile file, int release, CancellationToken ct);

    /// <summary>Replaces a file of a release, also one that is immutable. Only the history of a release that is taken down needs it.</summary>
    Task OverwriteAsync(PublicFile file, int release, CancellationToken ct);

    /// <summary>Audits that a person took a release down.</summary>
    Task AuditTakeDownAsync(int number, Person by, DateTimeOffset at, string reason, CancellationToken ct);

    /// <summary>Reads a file of the public container; null if it does not exist.</summary>
    Task<(ReadOnlyMemory<byte> Content, string ETag, string ContentType)?> ReadAsync(string path, CancellationToken ct);

    /// <summary>Writes a private record of a release: its lineage or its disclosure history.</summary>
    Task WriteRecordAsync(int number, string name, ReadOnlyMemory<byte> content, CancellationToken ct);

    Task<ReadOnlyMemory<byte>?> ReadRecordAsync(int number, string name, CancellationToken ct);

    /// <summary>
    /// Makes a draft the current release. Throws <see cref="PublishConflictException"/> if another publish was faster.
    /// </summary>
    Task<CurrentRelease> MakeCurrentAsync(DraftRelease draft, CurrentRelease? current, string catalogueHash, IReadOnlyDictionary<Period, int> years, CancellationToken ct);

    /// <summary>
    /// Records that the public pointers are updated to the current release, and that this catalogue makes no other release.
    /// </summary>
    /// <returns>The updated current release.</returns>
    Task<CurrentRelease> MarkAnnouncedAsync(CurrentRelease current, string catalogueHash, CancellationToken ct);

    /// <summary>Deletes the entries of returns that the current release includes.</summary>
    Task ClearPendingAsync(IReadOnlyList<PendingReturn> pending, CancellationToken ct);

    IAsyncEnumerable<string> ListPublicAsync(CancellationToken ct);
}

/// <summary>Two publishes ran at the same time. The later one starts again and finds the release of the earlier one.</summary>
public sealed class PublishConflictException(string message) : Exception(message);
