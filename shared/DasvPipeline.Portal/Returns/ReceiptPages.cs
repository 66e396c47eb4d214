using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Ingest;
using DasvPipeline.Core.Ingest.Reporting;
using DasvPipeline.Core.Ports;
using DasvPipeline.Portal.Auth;
using DasvPipeline.Portal.Pages;
using Microsoft.AspNetCore.Http;

namespace DasvPipeline.Portal.Returns;

/// <summary>Downloads the receipt of an accepted version as a workbook, from its page or from a program.</summary>
public sealed class ReceiptPages(ReturnPages returnPages, PartnershipCatalogue catalogue, IReturnStore store, CallerReader callers)
{
    private const string NoReceipt = "This version was not accepted, so it has no receipt.";

    public Task<IResult> GetAsync(HttpRequest request, string agency, string name, string period, string version, CancellationToken ct) =>
        returnPages.ShowStoredVersionAsync(request, agency, name, period, version, async (context, form, submission) =>
            await CreateAsync(form, submission, ct) ?? PageHandler.NotFound(context, NoReceipt), ct);

    public async Task<IResult> GetApiAsync(HttpRequest request, CancellationToken ct)
    {
        request.HttpContext.Response.Headers.CacheControl = "no-store";
        if (callers.GetCaller(request) is not { } caller)
        {
            return ErrorResults.NotSignedIn(request, "Sign in as the manager, or as the agency of this return.");
        }

        if (ReportEndpoint.KeyOf(request.Query["return"], request.Query["period"]) is not { } key || !int.TryParse(request.Query["version"], out var version))
        {
            return ErrorResults.BadRequest("Give a return and a version: ?return=constabulary/domestic-abuse&period=2019-20-Q1&version=1.");
        }

        if (!caller.HasAccessTo(key.Return.Agency))
        {
            return Results.Problem(statusCode: StatusCodes.Status403Forbidden, title: ErrorResults.GetNoChange(caller, key.Return.Agency));
        }

        return catalogue.FindForm(key) is { } form
            && (await store.ReadSubmissionsAsync(key, ct)).FirstOrDefault(item => item.Version == version && item is { HasArrived: true, IsErased: false }) is { } submission
            && await CreateAsync(form, submission, ct) is { } receipt ? receipt : ErrorResults.NotFound(NoReceipt);
    }

    /// <summary>Returns the words that identify a version in messages and on receipts.</summary>
    internal static string GetReference(ReturnKey key, int version) => FormattableString.Invariant($"{key.Return.Name} {key.Period}, version {version}");

    private async Task<IResult?> CreateAsync(Form form, Submission submission, CancellationToken ct)
    {
        if (await store.ReadReportAsync(submission.Key, submission.Version, SubmissionReport.FileName, ct) is not { } json || SubmissionReport.Parse(json) is not { Accepted: true } report)
        {
            return null;
        }

        var key = submission.Key;
        var content = ReceiptWorkbook.Write(
            catalogue.Publisher.Name,
            form,
            report,
            [
                ("Reference", GetReference(key, submission.Version)),
                ("Agency", catalogue.GetAgencyName(key.Return.Agency)),
                ("Return", form.Title),
                ("Period", key.Period.Label),
                ("File", DisplayFileName.Sanitize(submission.Path)),
                ("Received", PageText.FormatTime(submission.UploadedAt)),
                ("Result", report.Counts.Queries == 0 ? "Accepted" : $"Accepted, with {PageText.FormatQueryCount(report.Counts.Queries)}"),
                ("Figures", Plural.Format(report.Observations.Count, "figure")),
            ]);
        return Results.File(content, IssueForm.ContentType, FormattableString.Invariant($"Receipt {key.Return.Agency} {key.Return.Name} {key.Period} version {submission.Version}.xlsx"));
    }
}
