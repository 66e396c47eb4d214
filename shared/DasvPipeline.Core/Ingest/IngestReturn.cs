using System.Diagnostics;
using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Domain.Findings;
using DasvPipeline.Core.Ingest.Reading;
using DasvPipeline.Core.Ingest.Reporting;
using DasvPipeline.Core.Ingest.Routing;
using DasvPipeline.Core.Ports;
using DasvPipeline.Core.Telemetry;
using Microsoft.Extensions.Logging;

namespace DasvPipeline.Core.Ingest;

/// <summary>
/// Processes an uploaded file: finds its return, reads its cells, checks its figures, stores findings and observations, and
/// moves the ledger's pointer. Can be run any number of times, concurrently and in any order.
/// </summary>
public sealed partial class IngestReturn(
    PartnershipCatalogue catalogue, CheckReturn check, IUploadStore uploads, IReturnStore store, WriteReceipt receipt, TimeProvider clock, ILogger<IngestReturn> logger)
{
    /// <summary>Processes one upload.</summary>
    /// <param name="path">The path of the blob in the container <c>returns</c>.</param>
    public Task<IngestOutcome> RunAsync(string path, CancellationToken ct) => RunAsync(path, incompleteVersion: null, ct);

    /// <inheritdoc cref="RunAsync(string, CancellationToken)"/>
    /// <param name="incompleteVersion">
    /// The number of an upload that the tables do not have as completed, although its blob can be marked as processed: the tables were
    /// restored. Null for none.
    /// </param>
    public Task<IngestOutcome> RunAsync(string path, int? incompleteVersion, CancellationToken ct) => PipelineTelemetry.TraceAsync(PipelineTelemetry.Spans.Ingest, logger, async span =>
    {
        var outcome = await ProcessAsync(path, incompleteVersion, span, ct);
        RecordOutcome(outcome, span);
        return outcome;
    });

    private readonly UploadNumbering _numbers = new(uploads, store);
    private readonly DeletedFiles _deleted = new(uploads, store);

    private async Task<IngestOutcome> ProcessAsync(string path, int? incompleteVersion, Activity? span, CancellationToken ct)
    {
        var today = clock.Today();
        var resolved = UploadPath.Resolve(catalogue, path, today);
        var (form, key, problem) = resolved;
        if (form is not null)
        {
            span?.SetReturn(key);
        }

        // Also a file that comes too early gets its number when it is first seen.
        var known = form ?? (resolved.CanBeSentFrom is null ? null : catalogue.FindForm(key));
        if (await uploads.OpenAsync(path, upload => form is not null && upload.Mark?.ProcessedToken is null && !IsTooLarge(upload), ct) is not { Upload: { } upload } opened)
        {
            return known is null ? NoChange(IngestResult.Withdrawn, null) : await RemoveAsync(path, known, key, ct);
        }

        var isProcessed = known is null ? await store.IsUnroutedProcessedAsync(upload, ct) : await store.IsProcessedAsync(upload, today, ct);
        if (isProcessed && (known is null || incompleteVersion is null || upload.Mark?.Number != incompleteVersion))
        {
            return NoChange(IngestResult.AlreadyHandled, form is null ? null : key);
        }

        if (known is null)
        {
            var outcome = await RejectPathAsync(upload, problem!, ct);
            await store.MarkUnroutedProcessedAsync(upload, ct);
            return outcome;
        }

        var claim = await _numbers.ClaimAsync(key, upload, ct);
        if (isProcessed && claim.Own is { IsWaiting: false, ContentHash.Length: > 0 })
        {
            // Another run has completed it in the meantime.
            return NoChange(IngestResult.AlreadyHandled, form is null ? null : key);
        }

        if (await IsReplacedAsync(upload, claim, ct))
        {
            return await SupersededAsync(upload, claim.Own, known, ct);
        }

        return form is null
            ? await PostponeAsync(upload, claim, problem!, resolved.CanBeSentFrom!.Value, known, ct)
            : await IngestAsync(upload, opened.Content, claim, form, ct);
    }

    private async Task<IngestOutcome> IngestAsync(Upload upload, ReadOnlyMemory<byte>? read, Claim claim, Form form, CancellationToken ct)
    {
        var key = claim.Own.Key;
        var isTooLarge = IsTooLarge(upload);
        var content = isTooLarge ? ReadOnlyMemory<byte>.Empty : read ?? await uploads.ReadAsync(upload, ct);
        if (content is not { } bytes)
        {
            return await SupersededAsync(upload, claim.Own, form, ct);
        }

        // A file that is too large is identified by its ETag, because its bytes are not read.
        var hash = isTooLarge ? Submission.HashContent(System.Text.Encoding.UTF8.GetBytes(upload.ETag)) : Submission.HashContent(bytes.Span);
        var due = form.GetDueDate(key.Period);
        if (await store.TryRepeatAsync(claim, hash, SubmissionState.Accepted, due, ct) is { } alreadyReceived)
        {
            return await EndRepeatAsync(upload, claim, form, alreadyReceived, ct);
        }

        var submission = claim.Submission with { ContentHash = hash };
        var examined = isTooLarge
            ? new ExaminationResult([TooLarge(upload)], [])
            : await check.RunAsync(
                form, key.Period, bytes, FileNameOf(upload.Path), store.AcceptedFiguresOf(key, claim.History), claim.History.FindIdenticalPeriod(key.Period, hash), ct);
        examined = await CompareWithPreviousAsync(form, submission, claim.History, await ApplyExplanationsAsync(submission, examined, ct), ct);
        if (await FindSameRejectionAsync(claim, form, examined, hash, due, ct) is { } alreadyRejected)
        {
            return await EndRepeatAsync(upload, claim, form, alreadyRejected, ct);
        }

        using (PipelineTelemetry.Start(PipelineTelemetry.Spans.Store))
        {
            await WriteAsync(key, submission.Version, form, examined, bytes, claim.IsNew, ct);
        }

        // Outside that span, so that a publish that follows is linked to the ingest.
        await store.CompleteAsync(submission with { Counts = examined.Counts, HasPeople = examined.HasPeople }, examined.State, due, claim.History, ct);
        await receipt.RunAsync(form, key, submission.Version, examined, ct);
        if (examined.HasPeople)
        {
            Metrics.FilesWithPeople.Record((await store.ReadFilesWithPeopleAsync(ct)).Count);
        }

        return await EndAsync(
            upload,
            claim,
            form,
            new IngestOutcome(examined.IsAccepted ? IngestResult.Accepted : IngestResult.Rejected, key, submission.Version, examined.Counts, examined.Findings),
            repeatOf: null,
            ct);
    }

    private Task<IngestOutcome> EndRepeatAsync(Upload upload, Claim claim, Form form, Submission original, CancellationToken ct) => EndAsync(
        upload, claim, form, new IngestOutcome(IngestResult.AlreadyReceived, claim.Own.Key, original.Version, original.Counts, [AlreadyReceived(original)]), repeatOf: original.Version, ct);

    /// <summary>
    /// Records that a file is the rejected one directly before it, and has the same findings. With other findings, because the catalogue or an
    /// earlier period has changed, it is a version of its own. So is each file with personal data, which must be deleted.
    /// </summary>
    private async Task<Submission?> FindSameRejectionAsync(Claim claim, Form form, ExaminationResult examined, string hash, DateOnly due, CancellationToken ct)
    {
        if (examined.IsAccepted || examined.HasPeople || claim.IsRepeated || claim.Previous is not { } previous || previous.ContentHash != hash)
        {
            return null;
        }

        var report = SubmissionReport.Create(form.Return, claim.Own.Key.Period, examined).ToJson();
        return await store.ReadReportAsync(claim.Own.Key, previous.RepeatOf ?? previous.Version, SubmissionReport.FileName, ct) is { } stored
            && (SubmissionReport.Parse(stored) with { CatalogueVersion = null }).ToJson().AsSpan().SequenceEqual(report)
            ? await store.TryRepeatAsync(claim, hash, SubmissionState.Rejected, due, ct)
            : null;
    }

    /// <summary>Writes a version before it is completed: its observations, its report, and a marked copy.</summary>
    private async Task WriteAsync(ReturnKey key, int version, Form form, ExaminationResult examined, ReadOnlyMemory<byte> bytes, bool isNew, CancellationToken ct)
    {
        var report = (SubmissionReport.Create(form.Return, key.Period, examined) with { CatalogueVersion = catalogue.Number > 0 ? catalogue.Number : null }).ToJson();
        if (examined.IsAccepted)
        {
            await store.WriteObservationsAsync(key, version, examined.Observations, isNew, ct);
        }

        await store.WriteReportAsync(key, version, SubmissionReport.FileName, report, SubmissionReport.ContentType, ct);
        if (examined.Counts is not { Errors: 0, Queries: 0 } && examined.CreateMarkedCopy(bytes) is { } marked)
        {
            await store.WriteReportAsync(key, version, marked.FileName, marked.Content, marked.ContentType, ct);
        }
    }

    /// <summary>
    /// Adds explanations to queries: those in the notes of this file, which are saved, and those given earlier for the same
    /// query, so that it is not repeated.
    /// </summary>
    private async Task<ExaminationResult> ApplyExplanationsAsync(Submission submission, ExaminationResult examined, CancellationToken ct)
    {
        if (examined.Findings.All(finding => finding.Severity != Severity.Query))
        {
            return examined;
        }

        var known = await store.ReadExplanationsAsync(submission.Key, ct);
        if (examined.IsAccepted)
        {
            foreach (var finding in examined.Findings.Where(finding => finding.Explanation is { } text && !FreeText.HasPeople(text)
                && known.GetValueOrDefault(finding.QuestionId)?.IsReplacedBy(submission.Version) != false))
            {
                await store.WriteExplanationAsync(
                    submission.Key,
                    new Explanation(finding.QuestionId, finding.Code, finding.Subject?.Figure, finding.Explanation!, By: null, submission.Version),
                    ct);
            }
        }

        return examined.WithExplanations(known);
    }

    /// <summary>Compares an accepted file with the newest version accepted before it, even if a later version is already live.</summary>
    private async Task<ExaminationResult> CompareWithPreviousAsync(Form form, Submission submission, ReturnHistory history, ExaminationResult examined, CancellationToken ct)
    {
        var (key, version) = (submission.Key, submission.Version);
        if (!examined.IsAccepted || version == 1)
        {
            return examined;
        }

        var earlier = history.GetSubmissions(key.Period).LastOrDefault(other => other.Version < version && other.State == SubmissionState.Accepted);
        if (earlier is null)
        {
            return examined;
        }

        var before = new LiveReturn(key, earlier.Version, await store.ReadObservationsAsync(key, earlier.Version, ct));
        var relatedReturns = Correction.GetRelatedReturns(catalogue, form, key.Period.Year);
        var others = await store.ReadYearAsync(catalogue, key.Period.Year, relatedReturns.Contains, ct);
        var correction = Correction.Create(catalogue, form, before, new LiveReturn(key, version, examined.Observations), others);
        return examined with { Findings = [.. examined.Findings, correction.ToFinding()], Correction = correction };
    }

    /// <summary>
    /// Keeps with the blob that it was processed, and which version it repeats: the file of that version can be deleted later. This also
    /// checks that the blob exists, because the event of a deletion can be lost.
    /// </summary>
    private async Task<IngestOutcome> EndAsync(Upload upload, Claim claim, Form form, IngestOutcome outcome, int? repeatOf, CancellationToken ct)
    {
        await _deleted.TakeOutTiedAsync(claim, form.GetDueDate(claim.Own.Key.Period), ct);
        return await _numbers.TryMarkProcessedAsync(upload, claim, mark => mark with { RepeatOf = mark.RepeatOf ?? repeatOf }, ct) ? outcome : await RemoveAsync(upload.Path, form, claim.Own.Key, ct);
    }

    /// <summary>Handles a file that was replaced or deleted before it was read, or marked by another run.</summary>
    private async Task<IngestOutcome> SupersededAsync(Upload upload, Submission own, Form form, CancellationToken ct)
    {
        var newer = await uploads.FindAsync(upload.Path, ct);
        if (newer is null)
        {
            return await RemoveAsync(upload.Path, form, own.Key, ct);
        }

        if (newer.Mark?.Number == own.Version)
        {
            return await ProcessAsync(upload.Path, incompleteVersion: null, Activity.Current, ct);
        }

        await store.MarkReplacedAsync(own, form.GetDueDate(own.Key.Period), ct);
        return NoChange(IngestResult.Superseded, own.Key);
    }

    private async Task<IngestOutcome> RemoveAsync(string path, Form form, ReturnKey key, CancellationToken ct)
    {
        await _deleted.TakeOutAsync(path, key, form.GetDueDate(key.Period), ct);
        return NoChange(IngestResult.Withdrawn, key);
    }

    /// <summary>Rejects a file that comes too early until the day from which it can be sent.</summary>
    private async Task<IngestOutcome> PostponeAsync(Upload upload, Claim claim, Finding problem, DateOnly until, Form form, CancellationToken ct)
    {
        var own = claim.Own;
        var outcome = await RejectPathAsync(upload with { Mark = upload.Mark ?? own.CreateMark() }, problem, ct);
        await store.PostponeAsync(own, until, ct);
        return await _numbers.TryMarkProcessedAsync(upload, claim, mark => mark with { PostponedUntil = until }, ct)
            ? outcome with { Key = own.Key }
            : await RemoveAsync(upload.Path, form, own.Key, ct);
    }

    private async Task<IngestOutcome> RejectPathAsync(Upload upload, Finding problem, CancellationToken ct)
    {
        // The message quotes the path, which a person typed.
        var shown = upload.Path.Split('/').Any(part => FreeText.CheckFileName(part) != part) ? problem with { Message = "The file's path is not one for returns. It seems to contain personal data. Delete the file, and upload it to the path of its return." } : problem;
        var examined = new ExaminationResult([shown], []);
        await store.WriteUnroutedAsync(upload, SubmissionReport.Create(null, null, examined).ToJson(), ct);
        return new IngestOutcome(IngestResult.Rejected, null, 0, examined.Counts, examined.Findings);
    }

    /// <summary>
    /// Returns true if the upload was replaced after it was opened and before it got its number. Its replacement can then have a lower number.
    /// Without an earlier file at the path it cannot have been, so nothing needs to be read.
    /// </summary>
    private async Task<bool> IsReplacedAsync(Upload upload, Claim claim, CancellationToken ct) =>
        claim.History.GetSubmissions(claim.Own.Key.Period).Any(other => other.PathId == claim.Own.PathId && other.Version < claim.Own.Version)
        && (await uploads.FindAsync(upload.Path, ct))?.ETag != upload.ETag;

    private static bool IsTooLarge(Upload upload) => upload.Length > ReadLimits.Default.FileBytes;

    private static IngestOutcome NoChange(IngestResult result, ReturnKey? key) => new(result, key, 0, Counts.None, []);

    private static Finding AlreadyReceived(Submission earlier) => Finding.Note(
        Codes.AlreadyReceived,
        null,
        FormattableString.Invariant($"We already received this file on {UkTime.DateOf(earlier.UploadedAt):d MMMM yyyy} as version {earlier.Version}. Nothing changes."));

    private static Finding TooLarge(Upload upload) => Finding.Error(
        Codes.TooLarge,
        null,
        FormattableString.Invariant($"The file is {Megabytes(upload.Length)} MB, but we can read at most {Megabytes(ReadLimits.Default.FileBytes)} MB. A return is much smaller. Remove pictures and other sheets, and send it again."));

    /// <summary>Converts bytes to megabytes, rounded up to a tenth, so that a file just over the limit does not seem to be within it.</summary>
    private static decimal Megabytes(long bytes) => decimal.Ceiling(bytes / (1024m * 1024m) * 10) / 10;

    private static string FileNameOf(string path) => path[(path.LastIndexOf('/') + 1)..];
}
