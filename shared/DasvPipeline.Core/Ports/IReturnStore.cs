using DasvPipeline.Core.Domain;

namespace DasvPipeline.Core.Ports;

/// <summary>The container <c>returns</c>: uploaded files, kept without changes.</summary>
public interface IUploadStore
{
    /// <summary>Finds the current blob at a path; null if there is no blob.</summary>
    Task<Upload?> FindAsync(string path, CancellationToken ct);

    /// <summary>Reads the bytes of this upload; null if it has been replaced or deleted since it was found.</summary>
    Task<ReadOnlyMemory<byte>?> ReadAsync(Upload upload, CancellationToken ct);

    /// <param name="prefix">The prefix of the paths; empty for all.</param>
    IAsyncEnumerable<Upload> ListAsync(string prefix, CancellationToken ct);

    /// <summary>Writes a new file at an unused path, with its number.</summary>
    Task WriteAsync(string path, ReadOnlyMemory<byte> content, UploadMark mark, CancellationToken ct);

    /// <summary>Writes or replaces a file of a watched folder.</summary>
    /// <param name="mark">Null if the path names no return.</param>
    Task ReplaceAsync(string path, ReadOnlyMemory<byte> content, UploadMark? mark, CancellationToken ct);

    /// <summary>Writes facts into the metadata of this upload. Its bytes do not change, but its ETag does.</summary>
    /// <returns>The upload with its new ETag; null if it has been changed or deleted since it was found.</returns>
    Task<Upload?> MarkAsync(Upload upload, UploadMark mark, CancellationToken ct);

    /// <summary>Creates an address that allows one new file to be written at this path until it expires, and nothing else.</summary>
    Task<Uri> CreateUploadLinkAsync(string path, DateTimeOffset from, DateTimeOffset until, CancellationToken ct);
}

/// <summary>What a number is reserved for.</summary>
/// <param name="IsLink">True if an upload link is issued, and the file may never come.</param>
/// <param name="IsTied">True if the file has the same time as others, and it is the first of them to get a number.</param>
/// <param name="TiedFrom">The number of the first file with the same time; null if this is the first or the only one.</param>
/// <param name="CanContinue">True if the last number can be used again if it was reserved for the same path, and no file was stored.</param>
public sealed record Reservation(bool IsLink = false, bool IsTied = false, int? TiedFrom = null, bool CanContinue = false);

/// <summary>The result of claiming a version for an upload.</summary>
/// <param name="Submission">The submission to process. For a repeated file, the version whose bytes it repeats.</param>
/// <param name="Own">The submission with the upload's own number. It differs for a repeated file only.</param>
/// <param name="Previous">The submission with the number before; null for the first number.</param>
public sealed record Claim(Submission Submission, Submission Own, Submission? Previous)
{
    public bool IsRepeated => Own.RepeatOf is not null;
}

/// <summary>
/// Stores the ledger, submissions, observations, reports and audit. Every write replaces a row whose key is made from an
/// identity or a content hash. Repeating a write, or restarting after a crash, therefore ends in the same state.
/// </summary>
public interface IReturnStore
{
    /// <summary>Reserves the next number of a return for a file that will be written.</summary>
    /// <param name="createPath">Creates the path of the file from its number.</param>
    /// <param name="reservation">What the number is for.</param>
    /// <param name="stored">The files of the return that are already stored, so that no number of theirs is given again.</param>
    Task<Submission> ReserveAsync(ReturnKey key, Func<int, string> createPath, DateTimeOffset at, Reservation reservation, IReadOnlyList<Upload> stored, CancellationToken ct);

    /// <summary>
    /// Returns the submission of an upload. An upload without a number gets the next one, after those without a number that are
    /// stored with it and are older. One insert reserves these numbers, so that simultaneous runs give the same ones.
    /// </summary>
    /// <param name="stored">All files of the return. Empty if the upload has a number of its own.</param>
    Task<Claim> ClaimAsync(ReturnKey key, Upload upload, IReadOnlyList<Upload> stored, CancellationToken ct);

    /// <summary>
    /// Records that an upload has the same bytes as the version directly before it, so that nothing needs to be processed.
    /// </summary>
    /// <returns>That version; null if the bytes differ, or if that version was withdrawn or must still be processed.</returns>
    Task<Submission?> TryRepeatAsync(Claim claim, string contentHash, DateOnly due, CancellationToken ct);

    /// <summary>Records that an upload was replaced before it was read.</summary>
    Task MarkReplacedAsync(Submission submission, CancellationToken ct);

    /// <summary>Writes a version's figures into its own partition, in transactions. Other versions never change.</summary>
    Task WriteObservationsAsync(ReturnKey key, int version, IReadOnlyList<Observation> observations, CancellationToken ct);

    Task WriteReportAsync(ReturnKey key, int version, string name, ReadOnlyMemory<byte> content, string contentType, CancellationToken ct);

    /// <summary>
    /// Changes a file of a report. If another writer changes it at the same time, the change is applied again to the newer content.
    /// </summary>
    Task UpdateReportAsync(
        ReturnKey key, int version, string name, Func<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>> change, string contentType, CancellationToken ct);

    Task<ReadOnlyMemory<byte>?> ReadReportAsync(ReturnKey key, int version, string name, CancellationToken ct);

    /// <summary>
    /// Completes an ingest: sets the state of the submission, and updates the ledger from all submissions of the return. The
    /// newest accepted one is live; a rejected one does not change the live version. Changes to publish are queued first, so that
    /// none is missed.
    /// </summary>
    Task CompleteAsync(Submission submission, LedgerState state, DateOnly due, CancellationToken ct);

    /// <summary>Finds another period of the return whose live version has the same bytes. Returns the latest, or null if no period has them.</summary>
    Task<Period?> FindIdenticalPeriodAsync(ReturnKey key, string contentHash, CancellationToken ct);

    /// <summary>Reads the explanations of a return, by question.</summary>
    Task<IReadOnlyDictionary<string, Explanation>> ReadExplanationsAsync(ReturnKey key, CancellationToken ct);

    /// <summary>Writes an explanation, replacing an earlier answer to the same question, and audits who gave it.</summary>
    Task WriteExplanationAsync(ReturnKey key, Explanation explanation, CancellationToken ct);

    /// <summary>Reads the explanations of a year's disagreements, by question.</summary>
    Task<IReadOnlyDictionary<string, Explanation>> ReadExplanationsAsync(Period year, CancellationToken ct);

    /// <inheritdoc cref="WriteExplanationAsync(ReturnKey, Explanation, CancellationToken)"/>
    Task WriteExplanationAsync(Period year, Explanation explanation, CancellationToken ct);

    /// <summary>
    /// Updates the counts of a completed version after an explanation. A newer version's counts do not change, and counts with fewer
    /// explanations than the ledger knows are ignored: they come from a slower writer.
    /// </summary>
    Task UpdateCountsAsync(ReturnKey key, int version, Counts counts, CancellationToken ct);

    /// <summary>Takes the newest version out, by the decision of a person. No version before it becomes live.</summary>
    /// <param name="through">The last version that is taken out.</param>
    /// <returns>False if the version is not the newest accepted one.</returns>
    Task<bool> WithdrawAsync(ReturnKey key, VersionDecision decision, int through, DateOnly due, CancellationToken ct);

    /// <summary>
    /// Records that the file of these submissions was deleted. If it was that of the live version, the return has no live version any
    /// more.
    /// </summary>
    /// <returns>The last version that is taken out; null if the live version had another file.</returns>
    Task<int?> RemoveAsync(ReturnKey key, IReadOnlyList<Submission> removed, DateOnly due, CancellationToken ct);

    /// <summary>Returns the paths of the live versions of which no file is stored.</summary>
    /// <param name="stored">The paths of all stored files.</param>
    IAsyncEnumerable<string> FindDeletedAsync(IReadOnlyCollection<string> stored, CancellationToken ct);

    /// <summary>Records a file whose path does not match a return that is due, with its report, so that it is not lost.</summary>
    Task WriteUnroutedAsync(Upload upload, ReadOnlyMemory<byte> report, CancellationToken ct);

    Task<IReadOnlyList<LedgerRow>> ReadLedgerAsync(Period year, CancellationToken ct);

    /// <summary>Returns the rejected files with personal data that nobody has deleted. Makes one storage call.</summary>
    Task<IReadOnlyList<FileWithPeople>> ReadFilesWithPeopleAsync(CancellationToken ct);

    Task<LedgerRow?> ReadLedgerRowAsync(ReturnKey key, CancellationToken ct);

    /// <summary>Sets the state of a return that has not been received. A row with a submission does not change.</summary>
    Task MarkDueAsync(ReturnKey key, LedgerState state, DateOnly due, CancellationToken ct);

    Task<IReadOnlyList<Submission>> ReadSubmissionsAsync(ReturnKey key, CancellationToken ct);

    Task<IReadOnlyList<Observation>> ReadObservationsAsync(ReturnKey key, int version, CancellationToken ct);

    /// <summary>Returns true if the submission comes from this upload, and not from one that replaced it.</summary>
    bool IsFromUpload(Submission submission, Upload upload);

    /// <summary>Audits who sent a file or asked for an upload link.</summary>
    Task AuditSentAsync(ReturnKey key, SentFile sent, CancellationToken ct);

    /// <summary>Audits that a person chose an earlier version.</summary>
    Task AuditChosenAsync(ReturnKey key, VersionDecision decision, CancellationToken ct);

    /// <summary>Reads the events of a return, earliest first.</summary>
    Task<IReadOnlyList<AuditEvent>> ReadAuditAsync(ReturnKey key, CancellationToken ct);

    /// <summary>
    /// Returns true if a repeated event can be ignored today, because this upload was processed or is postponed to a later day.
    /// </summary>
    Task<bool> IsProcessedAsync(Upload upload, DateOnly today, CancellationToken ct);

    /// <summary>Records that an upload was processed. This is the last write of every ingest.</summary>
    /// <param name="period">The period of the return; null if the path has no period.</param>
    Task MarkProcessedAsync(Upload upload, Period? period, CancellationToken ct);

    /// <summary>
    /// Records that an upload came too early. It counts as processed before a day, and as unprocessed from that day. Does nothing
    /// if the upload has been processed.
    /// </summary>
    Task PostponeAsync(Upload upload, Period period, DateOnly until, CancellationToken ct);

    /// <summary>Returns those of the given uploads that have not been processed and are not postponed to a later day.</summary>
    IAsyncEnumerable<Upload> FindUnprocessedAsync(IAsyncEnumerable<Upload> uploads, DateOnly today, CancellationToken ct);
}
