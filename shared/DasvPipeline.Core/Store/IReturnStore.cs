using DasvPipeline.Core.Model;

namespace DasvPipeline.Core.Store;

/// <summary>The container <c>returns</c>: what agencies uploaded, kept as it was.</summary>
public interface IUploads
{
    /// <summary>The blob at a path as it stands now; null when there is none.</summary>
    Task<Upload?> FindAsync(string path, CancellationToken ct);

    /// <summary>The bytes of exactly this upload; null when it has been replaced or deleted since it was found.</summary>
    Task<ReadOnlyMemory<byte>?> ReadAsync(Upload upload, CancellationToken ct);

    /// <param name="under">How the paths begin; empty for all.</param>
    IAsyncEnumerable<Upload> ListAsync(string under, CancellationToken ct);

    /// <summary>Puts a new file at a path that holds none.</summary>
    Task WriteAsync(string path, ReadOnlyMemory<byte> content, CancellationToken ct);

    /// <summary>An address at which, until it expires, one new file can be put at this path and nothing else be done.</summary>
    Task<Uri> GrantAsync(string path, DateTimeOffset from, DateTimeOffset until, CancellationToken ct);
}

/// <summary>What became of claiming a version for an upload.</summary>
/// <param name="Submission">The submission of this upload: new, or found as an earlier run left it.</param>
/// <param name="AlreadyReceived">
/// The return's newest other submission when it holds the same bytes: nothing is to be stored again.
/// </param>
public sealed record Claim(Submission Submission, Submission? AlreadyReceived);

/// <summary>
/// Ledger, submissions, observations, reports and audit. Every write is a replace under a key made of identity or of
/// content, so that repeating any of them, or crashing between any two and starting again, ends in the same state.
/// </summary>
public interface IReturnStore
{
    /// <summary>
    /// The submission of an upload: the one an earlier run claimed, or a new one with the next version number.
    /// The version number is taken by an insert, so that two uploads at once never share one. The bytes of the newest
    /// submission sent again make no new version, unless that one was rejected or has been withdrawn since.
    /// </summary>
    Task<Claim> ClaimAsync(ReturnKey key, Upload upload, string contentHash, CancellationToken ct);

    /// <summary>Writes a version's figures into its own partition, in transactions. Never changes another version.</summary>
    Task WriteObservationsAsync(ReturnKey key, int version, IReadOnlyList<Observation> observations, CancellationToken ct);

    Task WriteReportAsync(ReturnKey key, int version, string name, ReadOnlyMemory<byte> content, string contentType, CancellationToken ct);

    Task<ReadOnlyMemory<byte>?> ReadReportAsync(ReturnKey key, int version, string name, CancellationToken ct);

    /// <summary>
    /// Ends an ingest: the submission gets its state, and when it is the newest upload of its return the ledger's
    /// pointer is flipped to it (an accepted one becomes live; a rejected one leaves the live one as it was).
    /// Whatever is to be published is first marked as pending, so that no change can be missed.
    /// </summary>
    Task CompleteAsync(Submission submission, LedgerState state, DateOnly due, CancellationToken ct);

    /// <summary>What has been explained of a return, by question.</summary>
    Task<IReadOnlyDictionary<string, Explanation>> ReadExplanationsAsync(ReturnKey key, CancellationToken ct);

    /// <summary>Keeps an explanation, in place of one that answered the same question before; who gave it is audited.</summary>
    Task ExplainAsync(ReturnKey key, Explanation explanation, CancellationToken ct);

    /// <summary>What has been explained of the disagreements of a year, by question.</summary>
    Task<IReadOnlyDictionary<string, Explanation>> ReadExplanationsAsync(Period year, CancellationToken ct);

    /// <inheritdoc cref="ExplainAsync(ReturnKey, Explanation, CancellationToken)"/>
    Task ExplainAsync(Period year, Explanation explanation, CancellationToken ct);

    /// <summary>The counts of an ended version after an explanation; a newer version's are left alone.</summary>
    Task RecountAsync(ReturnKey key, int version, Counts counts, CancellationToken ct);

    /// <summary>The file at this path is gone: if what it brought is live, nothing of this return is live any more.</summary>
    Task WithdrawAsync(ReturnKey key, string path, DateOnly due, CancellationToken ct);

    /// <summary>A file whose path names no return that is owed: remembered, with its report, so that it is not lost.</summary>
    Task WriteUnplacedAsync(Upload upload, ReadOnlyMemory<byte> report, CancellationToken ct);

    Task<IReadOnlyList<LedgerRow>> ReadLedgerAsync(Period year, CancellationToken ct);

    Task<LedgerRow?> ReadLedgerRowAsync(ReturnKey key, CancellationToken ct);

    /// <summary>Sets the state of a return that nothing has been received for; a row that has received something stays.</summary>
    Task MarkOwedAsync(ReturnKey key, LedgerState state, DateOnly due, CancellationToken ct);

    Task<IReadOnlyList<Submission>> ReadSubmissionsAsync(ReturnKey key, CancellationToken ct);

    Task<IReadOnlyList<Observation>> ReadObservationsAsync(ReturnKey key, int version, CancellationToken ct);

    /// <summary>Whether this very upload, and no other that took its place, made the submission.</summary>
    bool IsOf(Submission submission, Upload upload);

    /// <summary>Audits who sent a file, or asked for leave to send one, to a path that was made for it.</summary>
    Task NoteSentAsync(ReturnKey key, SentFile sent, CancellationToken ct);

    /// <summary>What has happened to a return, the earliest first.</summary>
    Task<IReadOnlyList<AuditedEvent>> ReadAuditAsync(ReturnKey key, CancellationToken ct);

    /// <summary>Whether this very upload has ended already: an event that is repeated needs nothing more.</summary>
    Task<bool> IsHandledAsync(Upload upload, CancellationToken ct);

    /// <summary>Remembers that an upload has ended. The last write of every ingest.</summary>
    /// <param name="period">Of the return; null where the path names none.</param>
    Task MarkHandledAsync(Upload upload, Period? period, CancellationToken ct);

    /// <summary>Of the uploads given, those that no ingest has ended.</summary>
    IAsyncEnumerable<Upload> FindUnhandledAsync(IAsyncEnumerable<Upload> uploads, CancellationToken ct);
}
