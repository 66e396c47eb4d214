using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Domain.Findings;
using DasvPipeline.Core.Ingest;
using DasvPipeline.Core.Ingest.Annotation;
using DasvPipeline.Core.Ingest.Reporting;
using DasvPipeline.Core.Oversight;
using DasvPipeline.Core.Ports;
using DasvPipeline.Portal.Pages;
using DasvPipeline.Portal.Status;
using Microsoft.AspNetCore.Http;

namespace DasvPipeline.Portal.Returns;

/// <summary>The pages of an agency: its tasks, a return, the result of each version, and their files.</summary>
public sealed class ReturnPages(
    PageHandler pages, PartnershipCatalogue catalogue, DescribeStatus status, IssueForm forms, IReturnStore store, IUploadStore uploads, YearPages years, FlashMessages tellings)
{
    /// <summary>Shows the caller's agency, or a list if the caller has access to several.</summary>
    public Task<IResult> GetAgenciesAsync(HttpRequest request, CancellationToken ct) => pages.ShowAsync(request, caller => caller.IsManager || caller.Agencies.Any(catalogue.Agencies.ContainsKey), frame =>
    {
        var seen = catalogue.Agencies.Values.Where(agency => frame.Caller!.HasAccessTo(agency.Id)).OrderBy(agency => agency.Name, StringComparer.Ordinal).ToList();
        return seen is [var single]
            ? TasksAsync(request, frame, single, ct)
            : Task.FromResult(PageHandler.Render<AgenciesPage>(new Dictionary<string, object?> { ["Frame"] = frame, ["Agencies"] = seen }));
    });

    public Task<IResult> GetTasksAsync(HttpRequest request, string agency, CancellationToken ct) => pages.ShowAsync(request, caller => caller.HasAccessTo(new AgencyId(agency)), frame =>
        catalogue.Agencies.TryGetValue(new AgencyId(agency), out var known)
            ? TasksAsync(request, frame, known, ct)
            : Task.FromResult(PageHandler.NotFound(frame, "This agency does not exist.")));

    public Task<IResult> GetReturnAsync(HttpRequest request, string agency, string name, string period, CancellationToken ct) =>
        ShowAsync(request, agency, name, period, (frame, form, key) => ReturnAsync(request, frame, form, key, problem: null, ct));

    /// <summary>Downloads the blank form.</summary>
    public Task<IResult> GetFormAsync(HttpRequest request, string agency, string name, string period, CancellationToken ct) => ShowAsync(request, agency, name, period, async (_, form, key) =>
        Results.File(await forms.RunAsync(form, key.Period, ct), IssueForm.ContentType, $"{key.Return.Agency} {key.Return.Name} {key.Period}.xlsx"));

    public Task<IResult> GetVersionAsync(HttpRequest request, string agency, string name, string period, string version, CancellationToken ct) =>
        ShowVersionAsync(request, agency, name, period, version, (frame, form, submission) => VersionAsync(request, frame, form, submission, problemOf: null, ct), ct);

    /// <summary>Downloads the agency's own workbook with the findings marked, or the list of findings.</summary>
    public Task<IResult> GetMarkedAsync(HttpRequest request, string agency, string name, string period, string version, CancellationToken ct) =>
        ShowVersionAsync(request, agency, name, period, version, async (frame, _, submission) => await MarkedAsync(submission, ct) is { } marked
            ? Results.File(marked.Content.ToArray(), marked.ContentType, marked.FileName)
            : PageHandler.NotFound(frame, "This version has no marked copy."), ct);

    /// <summary>Downloads the file as it was sent, unless it contains personal data.</summary>
    public Task<IResult> GetFileAsync(HttpRequest request, string agency, string name, string period, string version, CancellationToken ct) =>
        ShowVersionAsync(request, agency, name, period, version, async (frame, _, submission) =>
            await ReportOfAsync(submission, ct) is { } report && !ContainsPersonalData(report) && await OriginalAsync(submission, ct) is { } upload && await uploads.ReadAsync(upload, ct) is { } content
                ? Results.File(content.ToArray(), "application/octet-stream", DisplayFileName.Sanitize(submission.Path))
                : PageHandler.NotFound(frame, "You cannot download this file here."), ct);

    internal async Task<IResult> ReturnAsync(HttpRequest request, PageContext frame, Form form, ReturnKey key, string? problem, CancellationToken ct) =>
        PageHandler.Render<ReturnPage>(
            new Dictionary<string, object?>
            {
                ["Frame"] = frame,
                ["Form"] = form,
                ["AgencyName"] = catalogue.GetAgencyName(key.Return.Agency),
                ["Key"] = key,
                ["Row"] = await status.GetReturnAsync(form, key, ct),
                ["Submissions"] = await store.ReadSubmissionsAsync(key, ct),
                ["Events"] = await store.ReadAuditAsync(key, ct),
                ["Root"] = $"{request.Scheme}://{request.Host}",
                ["Problem"] = problem,
                ["Told"] = tellings.GetMessage(request),
            },
            problem is null ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest);

    /// <param name="problemOf">The question of the query that was sent without an explanation.</param>
    internal async Task<IResult> VersionAsync(HttpRequest request, PageContext frame, Form form, Submission submission, string? problemOf, CancellationToken ct)
    {
        var ledger = await store.ReadLedgerRowAsync(submission.Key, ct);
        var report = submission.State == SubmissionState.Receiving ? null : await ReportOfAsync(submission, ct);
        return PageHandler.Render<VersionPage>(
            new Dictionary<string, object?>
            {
                ["Frame"] = frame,
                ["Form"] = form,
                ["Key"] = submission.Key,
                ["Submission"] = submission,
                ["Report"] = report,
                ["IsNewest"] = ledger is null || ledger.LatestVersion <= submission.Version,
                ["Marked"] = report is null ? null : (await MarkedAsync(submission, ct))?.FileName,
                ["HasOriginal"] = report is not null && !ContainsPersonalData(report) && await OriginalAsync(submission, ct) is not null,
                ["ProblemOf"] = problemOf,
                ["Told"] = tellings.GetMessage(request),
            },
            problemOf is null ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest);
    }

    private async Task<IResult> TasksAsync(HttpRequest request, PageContext frame, Agency agency, CancellationToken ct) =>
        YearQuery.TryRead(request, out var year)
            ? PageHandler.Render<TasksPage>(new Dictionary<string, object?>
            {
                ["Frame"] = frame,
                ["Agency"] = agency,
                ["Year"] = year,
                ["Rows"] = await status.GetAgencyReturnsAsync(agency.Id, year, ct),
                ["Years"] = years.All,
            })
            : YearPages.InvalidYear(frame);

    /// <summary>Shows a page of a return to callers with access to its agency.</summary>
    private Task<IResult> ShowAsync(HttpRequest request, string agency, string name, string period, Func<PageContext, Form, ReturnKey, Task<IResult>> page) =>
        pages.ShowAsync(request, caller => caller.HasAccessTo(new AgencyId(agency)), frame => ReturnRoute.Parse(catalogue, agency, name, period, DateOnly.MaxValue) switch
        {
            { Form: { } form, Key: var key } => page(frame, form, key),
            { Problem: var problem } => Task.FromResult(PageHandler.NotFound(frame, problem!)),
        });

    private Task<IResult> ShowVersionAsync(
        HttpRequest request, string agency, string name, string period, string version, Func<PageContext, Form, Submission, Task<IResult>> page, CancellationToken ct) =>
        ShowAsync(request, agency, name, period, async (frame, form, key) =>
            int.TryParse(version, out var number) && (await store.ReadSubmissionsAsync(key, ct)).FirstOrDefault(submission => submission.Version == number) is { } found
                ? await page(frame, form, found)
                : PageHandler.NotFound(frame, "This version does not exist."));

    private async Task<SubmissionReport?> ReportOfAsync(Submission submission, CancellationToken ct) =>
        await store.ReadReportAsync(submission.Key, submission.Version, SubmissionReport.FileName, ct) is { } report ? SubmissionReport.Parse(report) : null;

    private async Task<MarkedCopy?> MarkedAsync(Submission submission, CancellationToken ct)
    {
        foreach (var (name, type) in submission.Counts is { Errors: 0, Queries: 0 } ? [] : MarkedCopy.Names)
        {
            if (await store.ReadReportAsync(submission.Key, submission.Version, name, ct) is { } content)
            {
                return new MarkedCopy(name, content, type);
            }
        }

        return null;
    }

    /// <summary>Finds the blob of this version; null if it was replaced or deleted.</summary>
    private async Task<Upload?> OriginalAsync(Submission submission, CancellationToken ct) =>
        await uploads.FindAsync(submission.Path, ct) is { } upload && store.IsFromUpload(submission, upload) ? upload : null;

    private static bool ContainsPersonalData(SubmissionReport report) => report.Findings.Any(finding => finding.Code is Codes.PersonalData or Codes.RowPerPerson);
}
