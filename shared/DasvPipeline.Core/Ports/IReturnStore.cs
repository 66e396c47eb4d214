using DasvPipeline.Core.Domain;

namespace DasvPipeline.Core.Ports;

/// <summary>The container <c>returns</c>: uploaded files, kept without changes.</summary>
public interface IUploadStore
{
    /// <summary>Finds the current blob at a path; null if there is no blob.</summary>
    Task<Upload?> FindAsync(string path, CancellationToken ct);

    /// <summary>Reads the bytes of this upload; null if it has been replaced or deleted since it was found.</summary>
    Task<ReadOnlyMemory<byte>?> ReadAsync(Upload upload, CancellationToken ct);

    /// <summary>Finds the current blob at a path and reads its bytes, in one call. Null if there is no blob.</summary>
    /// <param name="wantsContent">Decides from the facts of the blob whether its bytes are read.</param>
    Task<(Upload Upload, ReadOnlyMemory<byte>? Content)?> OpenAsync(string path, Func<Upload, bool> wantsContent, CancellationToken ct);

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
/// <param name="IsNew">True if this run has given the upload its number, so that no other run has written anything for it.</param>
/// <param name="History">The return as it was read for the claim.</param>
public sealed record Claim(Submission Submission, Submission Own, Submission? Previous, bool IsNew, ReturnHistory History)
{
    public bool IsRepeated => Own.RepeatOf is not null;
}

/// <summary>A return in all its periods, as it was read at one moment.</summary>
public abstract class ReturnHistory
{
    /// <summary>Returns the live version of a period; null if it has none.</summary>
    public abstract int? GetLiveVersion(Period period);

    /// <summary>Returns the submissions of a period, in order.</summary>
    public abstract IReadOnlyList<Submission> GetSubmissions(Period period);

    /// <summary>Returns the latest other period whose live version has these bytes, or null if no period has them.</summary>
    public abstract Period? FindIdenticalPeriod(Period period, string contentHash);
}

/// <summary>An upload with a number whose ingest has not completed.</summary>
/// <param name="NotBefore">The time from which the sweep may ingest it, because a page may not have stored the file yet; null for any time.</param>
/// <param name="Until">The day until which an upload that came too early is postponed; null if it is not.</param>
public sealed record WaitingUpload(ReturnKey Key, int Version, string Path, DateTimeOffset UploadedAt, DateTimeOffset? NotBefore, DateOnly? Until);

/// <summary>The uploads whose ingest has not completed, and those that somebody must delete.</summary>
/// <param name="FilesWithPeople">The rejected files with personal data that nobody has deleted.</param>
/// <param name="ComparedOn">The day on which the container was last compared with the tables; null if it never was.</param>
public sealed record UploadsInProgress(IReadOnlyList<WaitingUpload> Uploads, IReadOnlyList<FileWithPeople> FilesWithPeople, DateOnly? ComparedOn);

/// <summary>What the tables know of all uploads.</summary>
/// <param name="Numbers">The path and number of each upload that has arrived.</param>
/// <param name="Live">The paths of the live versions.</param>
public sealed record KnownUploads(IReadOnlySet<(string Path, int Number)> Numbers, IReadOnlySet<string> Live)
{
    /// <summary>
    /// Returns true if the tables have the submission of an upload. Tables that were restored lack those that came after their copy,
    /// although these uploads are marked as processed.
    /// </summary>
    public bool Contains(Upload upload) => upload.Mark is { } mark && Numbers.Contains((upload.Path, mark.Number));
}

/// <summary>The ledger's rows of an agency, and its uploads whose ingest has not completed.</summary>
public sealed record AgencyReturns(IReadOnlyList<LedgerRow> Rows, IReadOnlyList<WaitingUpload> Waiting);

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
    /// <param name="result">
    /// The state of that version. A file that repeats a rejected one must have been checked again with the same findings, because the
    /// catalogue can have changed since.
    /// </param>
    /// <returns>That version; null if the bytes differ, or if that version has another state, was withdrawn or must still be processed.</returns>
    Task<Submission?> TryRepeatAsync(Claim claim, string contentHash, SubmissionState result, DateOnly due, CancellationToken ct);

    /// <summary>Records that an upload was replaced before it was read.</summary>
    Task MarkReplacedAsync(Submission submission, DateOnly due, CancellationToken ct);

    /// <summary>Writes a version's figures into its own partition, in transactions. Other versions never change.</summary>
    /// <param name="isNew">True if no run has written figures of this version before.</param>
    Task WriteObservationsAsync(ReturnKey key, int version, IReadOnlyList<Observation> observations, bool isNew, CancellationToken ct);

    Task WriteReportAsync(ReturnKey key, int version, string name, ReadOnlyMemory<byte> content, string contentType, CancellationToken ct);

    /// <summary>
    /// Changes a file of a report. If another writer changes it at the same time, the change is applied again to the newer content.
    /// </summary>
    Task UpdateReportAsync(
        ReturnKey key, int version, string name, Func<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>> change, string contentType, CancellationToken ct);

    Task<ReadOnlyMemory<byte>?> ReadReportAsync(ReturnKey key, int version, string name, CancellationToken ct);

    /// <summary>
    /// Completes an ingest: sets the state of the submission, and updates the ledger from all submissions of the return. The
    /// newest accepted one is live; a rejected one does not change the live version. The change is queued for publishing and audited in
    /// the same transaction.
    /// </summary>
    /// <param name="history">The return as it was read for the claim; null to read it now.</param>
    Task CompleteAsync(Submission submission, LedgerState state, DateOnly due, ReturnHistory? history, CancellationToken ct);

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

    /// <summary>Reads what the tables know of all uploads, to compare the container with it. Makes one storage call for each 1,000 uploads.</summary>
    Task<KnownUploads> ReadKnownUploadsAsync(CancellationToken ct);

    /// <summary>Records a file whose path does not match a return that is due, with its report, so that it is not lost.</summary>
    Task WriteUnroutedAsync(Upload upload, ReadOnlyMemory<byte> report, CancellationToken ct);

    Task<IReadOnlyList<LedgerRow>> ReadLedgerAsync(Period year, CancellationToken ct);

    /// <summary>
    /// Reads the rows of the years from one to another, and those of earlier years that are not finished: not sent, not accepted, not decided,
    /// or with queries. Makes one storage call for each 1,000 of these rows.
    /// </summary>
    Task<IReadOnlyList<LedgerRow>> ReadLedgerAsync(Period first, Period last, CancellationToken ct);

    /// <summary>Reads the returns of an agency, from a year on, and those of earlier years that have not been sent.</summary>
    Task<AgencyReturns> ReadAgencyAsync(AgencyId agency, Period fromYear, CancellationToken ct);

    /// <summary>Returns the rejected files with personal data that nobody has deleted. Makes one storage call.</summary>
    Task<IReadOnlyList<FileWithPeople>> ReadFilesWithPeopleAsync(CancellationToken ct);

    Task<LedgerRow?> ReadLedgerRowAsync(ReturnKey key, CancellationToken ct);

    /// <summary>Sets the state of a return that has not been received. A row with a submission does not change.</summary>
    Task MarkDueAsync(ReturnKey key, LedgerState state, DateOnly due, CancellationToken ct);

    Task<IReadOnlyList<Submission>> ReadSubmissionsAsync(ReturnKey key, CancellationToken ct);

    Task<IReadOnlyList<Observation>> ReadObservationsAsync(ReturnKey key, int version, CancellationToken ct);

    /// <summary>Returns true if the submission comes from this upload, and not from one that replaced it.</summary>
    bool IsFromUpload(Submission submission, Upload upload);

    /// <summary>
    /// Finds the submission of an upload by the number that is kept with the blob. A blob without a number is found by its path and ETag.
    /// Returns null if the upload has no submission.
    /// </summary>
    Submission? FindSubmission(IReadOnlyList<Submission> submissions, Upload upload);

    /// <summary>Reads the last comparison of the figures of the newest years; null before the first. Makes one storage call.</summary>
    Task<ReadOnlyMemory<byte>?> ReadComparisonAsync(CancellationToken ct);

    /// <summary>Replaces the last comparison of the figures of the newest years.</summary>
    Task WriteComparisonAsync(ReadOnlyMemory<byte> comparison, CancellationToken ct);

    /// <summary>Audits who sent a file or asked for an upload link.</summary>
    Task AuditSentAsync(ReturnKey key, SentFile sent, CancellationToken ct);

    /// <summary>Audits an action of a person that has no version of its own.</summary>
    Task AuditActionAsync(ReturnKey key, ReturnAction action, Person by, DateTimeOffset at, CancellationToken ct);

    /// <summary>
    /// Changes what was arranged about a return, and audits it in the same transaction. A change of the due date or of a waiver is queued for
    /// publishing.
    /// </summary>
    /// <param name="due">The due date without an extension.</param>
    Task ArrangeAsync(ReturnKey key, DateOnly due, ArrangementChange change, CancellationToken ct);

    /// <summary>Audits that a person chose an earlier version.</summary>
    Task AuditChosenAsync(ReturnKey key, VersionDecision decision, CancellationToken ct);

    /// <summary>Reads the events of a return, earliest first.</summary>
    Task<IReadOnlyList<AuditEvent>> ReadAuditAsync(ReturnKey key, CancellationToken ct);

    /// <summary>Returns the token with which an upload at this path is marked as processed. It differs in every store and at every path.</summary>
    Task<string> CreateProcessedTokenAsync(string path, CancellationToken ct);

    /// <summary>
    /// Returns true if a repeated event can be ignored today, because this upload was processed here or is postponed to a later day.
    /// </summary>
    Task<bool> IsProcessedAsync(Upload upload, DateOnly today, CancellationToken ct);

    /// <summary>Returns true if an upload whose path names no return was processed.</summary>
    Task<bool> IsUnroutedProcessedAsync(Upload upload, CancellationToken ct);

    /// <summary>Records that an upload whose path names no return was processed.</summary>
    Task MarkUnroutedProcessedAsync(Upload upload, CancellationToken ct);

    /// <summary>Reads the uploads whose ingest has not completed, and the files with personal data. Makes one storage call for each 1,000.</summary>
    Task<UploadsInProgress> ReadUploadsInProgressAsync(CancellationToken ct);

    /// <summary>Records the day on which the container was compared with the tables.</summary>
    Task MarkComparedAsync(DateOnly day, CancellationToken ct);

    /// <summary>Records that an upload came too early, so that the sweep ingests it from a day on.</summary>
    Task PostponeAsync(Submission submission, DateOnly until, CancellationToken ct);

    /// <summary>Records that an upload does not wait any more, because its file was processed with another number, replaced or deleted.</summary>
    Task ForgetWaitingAsync(WaitingUpload waiting, DateOnly due, CancellationToken ct);
}
