using DasvPipeline.Core.Model;

namespace DasvPipeline.Core.Store;

/// <summary>A return whose live version may have changed since the last release.</summary>
/// <param name="Token">Identifies this very marking; clearing it leaves a later marking of the same return alone.</param>
/// <param name="TraceParent">The span that made it (W3C Trace Context), so that a release can be tied to it; null where nobody listened.</param>
public sealed record Pending(ReturnKey Key, int Version, string Token, string? TraceParent);

/// <summary>What is published now.</summary>
/// <param name="ContentHash">Of everything in the release but its number and time.</param>
/// <param name="CatalogueHash">Of the catalogue it was made with.</param>
/// <param name="Announced">False between the release being made and its pointers in the public container following.</param>
/// <param name="Years">The years the feed covers, each with the number of the release that last changed it.</param>
/// <param name="Published">When it was made; null for one made before this was kept.</param>
public sealed record CurrentRelease(
    int Number,
    string ContentHash,
    string CatalogueHash,
    bool Announced,
    IReadOnlyDictionary<Period, int> Years,
    DateTimeOffset? Published,
    string ETag);

/// <summary>A release in the making: its number and time are fixed, so that making it again gives the same bytes.</summary>
public sealed record DraftRelease(int Number, string ContentHash, DateTimeOffset Published, string ETag);

/// <summary>A file of the public container.</summary>
/// <param name="Path">E.g. <c>headlines.json</c> or <c>releases/3/headlines.json</c>.</param>
/// <param name="IsImmutable">Written once; cached for ever.</param>
public sealed record PublicFile(string Path, ReadOnlyMemory<byte> Content, string ContentType, bool IsImmutable);

/// <summary>The public container, and the table of releases behind it.</summary>
public interface IFeedStore
{
    /// <summary>Returns marked as changed, and what has been decided. One storage call.</summary>
    Task<Outstanding> ReadOutstandingAsync(CancellationToken ct);

    /// <summary>Takes the place of what was decided of that year before; who decided it and when is audited.</summary>
    Task DecideAsync(YearDecision decision, CancellationToken ct);

    /// <summary>A publish has taken in this decision; one made since is left alone.</summary>
    Task MarkPublishedAsync(YearDecision decision, CancellationToken ct);

    Task HoldAsync(Hold hold, CancellationToken ct);

    Task ReleaseHoldAsync(string by, DateTimeOffset at, CancellationToken ct);

    /// <summary>Audits that somebody asked for what there is to be published now.</summary>
    Task NotePublishAskedAsync(string by, DateTimeOffset at, CancellationToken ct);

    /// <summary>Null before the first release. One storage call.</summary>
    Task<CurrentRelease?> ReadCurrentAsync(CancellationToken ct);

    /// <summary>
    /// Takes the number after <paramref name="current"/> for this content. A draft of the same content that a crash
    /// left behind is taken up again, with its number and time; a draft of other content keeps its number.
    /// </summary>
    Task<DraftRelease> DraftAsync(CurrentRelease? current, string contentHash, DateTimeOffset now, CancellationToken ct);

    /// <summary>
    /// Writes a file of a release. An immutable one that is there already, one with the same bytes, and one that
    /// belongs to a later release are left as they are.
    /// </summary>
    Task WriteAsync(PublicFile file, int release, CancellationToken ct);

    /// <summary>A file of the public container; null when there is none.</summary>
    Task<(ReadOnlyMemory<byte> Content, string ETag, string ContentType)?> ReadAsync(string path, CancellationToken ct);

    /// <summary>Something kept privately beside a release: what it was made of, what its readers know.</summary>
    Task WriteRecordAsync(int number, string name, ReadOnlyMemory<byte> content, CancellationToken ct);

    Task<ReadOnlyMemory<byte>?> ReadRecordAsync(int number, string name, CancellationToken ct);

    /// <summary>
    /// Makes a draft the current release. Throws <see cref="PublishConflictException"/> when another publish came first.
    /// </summary>
    Task<CurrentRelease> ReleaseAsync(DraftRelease draft, CurrentRelease? current, string catalogueHash, IReadOnlyDictionary<Period, int> years, CancellationToken ct);

    /// <summary>Notes that the public pointers have followed the current release, and that this catalogue makes no other.</summary>
    /// <returns>The current release as it now stands.</returns>
    Task<CurrentRelease> MarkAnnouncedAsync(CurrentRelease current, string catalogueHash, CancellationToken ct);

    /// <summary>Forgets markings that the current release has taken in.</summary>
    Task ClearPendingAsync(IReadOnlyList<Pending> pending, CancellationToken ct);

    IAsyncEnumerable<string> ListPublicAsync(CancellationToken ct);
}

/// <summary>Two publishes met; the later one starts again and finds the earlier one's release.</summary>
public sealed class PublishConflictException(string message) : Exception(message);
