using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Domain.Findings;
using DasvPipeline.Core.Ingest;
using DasvPipeline.Core.Ingest.Annotation;
using DasvPipeline.Core.Ingest.Reporting;
using DasvPipeline.Core.Oversight;
using DasvPipeline.Core.Oversight.Board;
using DasvPipeline.Core.Ports;
using DasvPipeline.Portal.Auth;
using DasvPipeline.Portal.Pages;
using DasvPipeline.Portal.Status;
using Microsoft.AspNetCore.Http;

namespace DasvPipeline.Portal.Returns;

/// <summary>The pages of an agency: its tasks, a return, the result of each version, and their files.</summary>
public sealed class ReturnPages(
    PageHandler pages, PartnershipCatalogue catalogue, DescribeStatus status, IssueForm forms, IReturnStore store, IUploadStore uploads, IBlobCopies copies, YearPages years, MoveReturn move, FlashMessages messages, TimeProvider clock)
{
    /// <summary>Shows the caller's agency, or a list if the caller has access to several.</summary>
    public Task<IResult> GetAgenciesAsync(HttpRequest request, CancellationToken ct) => pages.ShowAsync(request, _ => true, context =>
    {
        if (!context.Caller!.IsManager && !context.Caller.Agencies.Any(catalogue.Agencies.ContainsKey))
        {
            return Task.FromResult(PageHandler.SeeOther(request, AccessPages.Address));
        }

        var seen = catalogue.Agencies.Values.Where(agency => context.Caller!.HasAccessTo(agency.Id)).OrderBy(agency => agency.Name, StringComparer.Ordinal).ToList();
        return seen is [var single]
            ? TasksAsync(request, context, single, ct)
            : Task.FromResult(PageHandler.Render(new AgenciesPage { PageContext = context, Agencies = seen }));
    });

    public Task<IResult> GetTasksAsync(HttpRequest request, string agency, CancellationToken ct) => pages.ShowAsync(request, caller => caller.HasAccessTo(new AgencyId(agency)), context =>
        catalogue.Agencies.TryGetValue(new AgencyId(agency), out var known)
            ? TasksAsync(request, context, known, ct)
            : Task.FromResult(PageHandler.NotFound(context, "This agency does not exist.")));

    public Task<IResult> GetReturnAsync(HttpRequest request, string agency, string name, string period, CancellationToken ct) =>
        ShowAsync(request, agency, name, period, (context, form, key) => ReturnAsync(request, context, form, key, problem: null, ct));

    /// <summary>Downloads the blank form.</summary>
    public Task<IResult> GetFormAsync(HttpRequest request, string agency, string name, string period, CancellationToken ct) => ShowAsync(request, agency, name, period, async (_, form, key) =>
        Results.File(await forms.RunAsync(form, key.Period, ct), IssueForm.ContentType, $"{key.Return.Agency} {key.Return.Name} {key.Period}.xlsx"));

    public Task<IResult> GetVersionAsync(HttpRequest request, string agency, string name, string period, string version, CancellationToken ct) =>
        ShowVersionAsync(request, agency, name, period, version, (context, form, submission) => VersionAsync(request, context, form, submission, Answers.None, ct), ct);

    /// <summary>Downloads the agency's own workbook with the findings marked, or the list of findings.</summary>
    public Task<IResult> GetMarkedAsync(HttpRequest request, string agency, string name, string period, string version, CancellationToken ct) =>
        ShowVersionAsync(request, agency, name, period, version, async (context, _, submission) => await MarkedAsync(submission, ct) is { } marked
            ? Results.File(marked.Content.ToArray(), marked.ContentType, marked.FileName)
            : PageHandler.NotFound(context, "This version has no marked copy."), ct);

    /// <summary>Downloads the file as it was sent, unless it contains personal data.</summary>
    public Task<IResult> GetFileAsync(HttpRequest request, string agency, string name, string period, string version, CancellationToken ct) =>
        ShowVersionAsync(request, agency, name, period, version, async (context, _, submission) =>
            await ReportOfAsync(submission, ct) is { } report && !ContainsPersonalData(report) && await OriginalAsync(submission, ct) is { } upload && await uploads.ReadAsync(upload, ct) is { } content
                ? Results.File(content.ToArray(), "application/octet-stream", DisplayFileName.Sanitize(submission.Path))
                : PageHandler.NotFound(context, "You cannot download this file here."), ct);

    internal async Task<IResult> ReturnAsync(HttpRequest request, PageContext context, Form form, ReturnKey key, string? problem, CancellationToken ct)
    {
        var row = await status.GetReturnAsync(form, key, ct);
        return PageHandler.Render(new ReturnPage
        {
            PageContext = context,
            Form = form,
            AgencyName = catalogue.GetAgencyName(key.Return.Agency),
            Key = key,
            Row = row,
            Submissions = [.. (await store.ReadSubmissionsAsync(key, ct)).Where(submission => submission.HasArrived)],
            Events = await store.ReadAuditAsync(key, ct),
            HasEnded = key.Period.HasEnded(clock.Today()),
            CanRemind = RemindAgencies.CanRemind(row.State, row.Arranged?.Expected, clock.Today()),
            RetentionDays = copies.UploadRetentionDays,
            Root = $"{request.Scheme}://{request.Host}",
            Problem = problem,
            Message = messages.GetMessage(request),
        },
            problem is null ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest);
    }

    /// <param name="entered">The answers that were entered and not saved.</param>
    /// <param name="refused">The reason of a decision that was refused.</param>
    internal async Task<IResult> VersionAsync(HttpRequest request, PageContext context, Form form, Submission submission, Answers entered, CancellationToken ct, RefusedReason? refused = null)
    {
        var ledger = await store.ReadLedgerRowAsync(submission.Key, ct);
        var report = submission.State == SubmissionState.Receiving ? null : await ReportOfAsync(submission, ct);
        return PageHandler.Render(new VersionPage
        {
            PageContext = context,
            Form = form,
            Key = submission.Key,
            Submission = submission,
            Report = report,
            LiveVersion = ledger?.LiveVersion,
            IsNewest = ledger is null || ledger.LatestVersion <= submission.Version,
            IsLive = ledger?.LiveVersion == submission.Version,
            IsWithdrawn = ledger is { State: LedgerState.Withdrawn } && ledger.LatestVersion == submission.Version,
            IsTied = submission.TiedFrom is not null && ledger is { State: LedgerState.Undecided },
            RefusedReason = refused,
            RetentionDays = copies.UploadRetentionDays,
            Marked = report is null ? null : (await MarkedAsync(submission, ct))?.FileName,
            HasOriginal = report is not null && !ContainsPersonalData(report) && await OriginalAsync(submission, ct) is not null,
            Entered = entered,
            CanMove = report is not null && !submission.HasPeople && submission.State == SubmissionState.Rejected && move.FindTarget(report) is not null,
            Message = messages.GetMessage(request),
        },
            entered.Problems.Count == 0 && refused is null ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest);
    }

    private async Task<IResult> TasksAsync(HttpRequest request, PageContext context, Agency agency, CancellationToken ct) =>
        YearQuery.TryRead(request, out var year)
            ? ShowTasks(context, agency, year, await status.GetAgencyReturnsAsync(agency.Id, year, ct))
            : YearPages.InvalidYear(context);

    private IResult ShowTasks(PageContext context, Agency agency, Period? year, IReadOnlyList<BoardRow> rows) => PageHandler.Render(new TasksPage
    {
        PageContext = context,
        Agency = agency,
        Year = year,
        Rows = rows,
        CanEnter = rows.Where(row => context.Caller!.CanChange(agency.Id) && StateNames.NeedsAction(row.State)
            && ReturnId.TryParse(row.Return) is { } id && Period.TryParse(row.Period, out var period) && period.HasEnded(clock.Today())
            && catalogue.FindForm(new ReturnKey(id, period)) is { } form && EnterFigures.IsOffered(form)).ToHashSet(),
        Years = years.All,
    });

    /// <summary>Shows a page of a return to callers with access to its agency.</summary>
    internal Task<IResult> ShowAsync(HttpRequest request, string agency, string name, string period, Func<PageContext, Form, ReturnKey, Task<IResult>> page) =>
        pages.ShowAsync(request, caller => caller.HasAccessTo(new AgencyId(agency)), context => ReturnRoute.Parse(catalogue, agency, name, period) switch
        {
            { Form: { } form, Key: var key } => page(context, form, key),
            { Problem: var problem } => Task.FromResult(PageHandler.NotFound(context, problem!)),
        });

    private Task<IResult> ShowVersionAsync(
        HttpRequest request, string agency, string name, string period, string version, Func<PageContext, Form, Submission, Task<IResult>> page, CancellationToken ct) =>
        ShowAsync(request, agency, name, period, async (context, form, key) =>
            await FindVersionAsync(key, version, ct) is not { } found ? PageHandler.NotFound(context, "This version does not exist.")
                : found.IsErased ? PageHandler.Problem(context, StatusCodes.Status410Gone, "The file was deleted", FormattableString.Invariant($"We keep nothing of the file of version {found.Version}."))
                : found.RepeatOf is { } original ? PageHandler.SeeOther(request, ReturnAddress.Create(key, original))
                : await page(context, form, found));

    /// <summary>Shows a page about a version whose file is not deleted, also one that repeats another.</summary>
    internal Task<IResult> ShowStoredVersionAsync(
        HttpRequest request, string agency, string name, string period, string version, Func<PageContext, Form, Submission, Task<IResult>> page, CancellationToken ct) =>
        ShowAsync(request, agency, name, period, async (context, form, key) =>
            await FindVersionAsync(key, version, ct) is { IsErased: false } found ? await page(context, form, found) : PageHandler.NotFound(context, "This version does not exist, or its file was deleted."));

    internal ReturnRoute ParseRoute(string agency, string name, string period) => ReturnRoute.Parse(catalogue, agency, name, period);

    private async Task<Submission?> FindVersionAsync(ReturnKey key, string version, CancellationToken ct) =>
        int.TryParse(version, out var number) ? (await store.ReadSubmissionsAsync(key, ct)).FirstOrDefault(submission => submission.Version == number && submission.HasArrived) : null;

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

    private static bool ContainsPersonalData(SubmissionReport report) => report.Findings.Any(finding => finding.Severity == "error" && Codes.IsAboutPeople(finding.Code));
}
