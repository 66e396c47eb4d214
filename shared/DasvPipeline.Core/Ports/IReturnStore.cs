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

    /// <summary>Writes a new file at an unused path.</summary>
    Task WriteAsync(string path, ReadOnlyMemory<byte> content, CancellationToken ct);

    /// <summary>Creates an address that allows one new file to be written at this path until it expires, and nothing else.</summary>
    Task<Uri> CreateUploadLinkAsync(string path, DateTimeOffset from, DateTimeOffset until, CancellationToken ct);
}

/// <summary>The result of claiming a version for an upload.</summary>
/// <param name="Submission">The submission of this upload: new, or left by an earlier run.</param>
/// <param name="AlreadyReceived">
/// The newest other submission of the return if it has the same bytes, in which case nothing needs to be stored; else null.
/// </param>
public sealed record Claim(Submission Submission, Submission? AlreadyReceived);

/// <summary>
/// Stores the ledger, submissions, observations, reports and audit. Every write replaces a row whose key is made from an
/// identity or a content hash. Repeating a write, or restarting after a crash, therefore ends in the same state.
/// </summary>
public interface IReturnStore
{
    /// <summary>
    /// Returns the submission of an upload: the one that an earlier run claimed, or a new one with the next version number.
    /// An insert reserves the number, so that simultaneous uploads never share one. Sending the bytes of the newest submission
    /// again makes no new version, unless that one was rejected or withdrawn.
    /// </summary>
    Task<Claim> ClaimAsync(ReturnKey key, Upload upload, string contentHash, CancellationToken ct);

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
    /// Completes an ingest: sets the state of the submission and, if it is the newest upload of its return, updates the ledger.
    /// An accepted submission becomes live; a rejected one does not change the live version. Changes to publish are queued
    /// first, so that none is missed.
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

    /// <summary>Records that the file at this path was deleted. If its version is live, the return has no live version any more.</summary>
    Task WithdrawAsync(ReturnKey key, string path, DateOnly due, CancellationToken ct);

    /// <summary>Records a file whose path does not match a return that is due, with its report, so that it is not lost.</summary>
    Task WriteUnroutedAsync(Upload upload, ReadOnlyMemory<byte> report, CancellationToken ct);

    Task<IReadOnlyList<LedgerRow>> ReadLedgerAsync(Period year, CancellationToken ct);

    Task<LedgerRow?> ReadLedgerRowAsync(ReturnKey key, CancellationToken ct);

    /// <summary>Sets the state of a return that has not been received. A row with a submission does not change.</summary>
    Task MarkDueAsync(ReturnKey key, LedgerState state, DateOnly due, CancellationToken ct);

    Task<IReadOnlyList<Submission>> ReadSubmissionsAsync(ReturnKey key, CancellationToken ct);

    Task<IReadOnlyList<Observation>> ReadObservationsAsync(ReturnKey key, int version, CancellationToken ct);

    /// <summary>Returns true if the submission comes from this upload, and not from one that replaced it.</summary>
    bool IsFromUpload(Submission submission, Upload upload);

    /// <summary>Audits who sent a file or asked for an upload link.</summary>
    Task AuditSentAsync(ReturnKey key, SentFile sent, CancellationToken ct);

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
