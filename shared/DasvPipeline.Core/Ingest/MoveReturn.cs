using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Ingest.Reporting;
using DasvPipeline.Core.Ingest.Routing;
using DasvPipeline.Core.Ports;

namespace DasvPipeline.Core.Ingest;

/// <summary>Sends a rejected file again for the return and period that its form names.</summary>
public sealed class MoveReturn(PartnershipCatalogue catalogue, SendReturn send, IUploadStore uploads, IReturnStore store, TimeProvider clock)
{
    private static readonly Outcome NoFile = Outcome.NotFound("This version has no file that can be moved.");

    /// <summary>Returns the return that a report says the file is for; null if it names none, or the figures cannot be sent today.</summary>
    public ReturnKey? FindTarget(SubmissionReport report) =>
        report.Findings.Select(finding => finding.BelongsTo).FirstOrDefault(own => own is not null) is { } path
        && UploadPath.Resolve(catalogue, path + "/file", clock.Today()) is { Form: not null, Key: var key, Problem: null }
            ? key
            : null;

    /// <summary>Moves the file of a version. The version stays rejected; the audit of the target says who sent the file.</summary>
    /// <param name="canChange">Returns true if the person may send for an agency.</param>
    public async Task<(Outcome Outcome, ReturnVersion? Sent)> RunAsync(ReturnKey from, int version, Person by, Func<AgencyId, bool> canChange, CancellationToken ct)
    {
        if ((await store.ReadSubmissionsAsync(from, ct)).FirstOrDefault(submission => submission.Version == version) is not { State: SubmissionState.Rejected, IsErased: false, HasPeople: false } submission
            || await store.ReadReportAsync(from, version, SubmissionReport.FileName, ct) is not { } report
            || FindTarget(SubmissionReport.Parse(report)) is not { } target)
        {
            return (NoFile, null);
        }

        if (!canChange(target.Return.Agency))
        {
            return (Outcome.Refused($"You cannot send returns of {catalogue.GetAgencyName(target.Return.Agency)}."), null);
        }

        if (await uploads.FindAsync(submission.Path, ct) is not { } upload || !store.IsFromUpload(submission, upload) || await uploads.ReadAsync(upload, ct) is not { } content)
        {
            return (NoFile, null);
        }

        var sent = await send.RunAsync(target, UploadName.GetOriginalName(submission.Path), content, by, ct);
        return (Outcome.Done($"We have moved your file to {catalogue.FindForm(target)!.Title}, {target.Period.Label}."), new ReturnVersion(target, sent.Version));
    }
}
