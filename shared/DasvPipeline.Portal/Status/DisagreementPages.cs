using DasvPipeline.Core;
using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Model;
using DasvPipeline.Portal.Pages;
using Microsoft.AspNetCore.Http;

namespace DasvPipeline.Portal.Status;

/// <summary>Where the figures of a year disagree, and the manager's word on each.</summary>
public sealed class DisagreementPages(ReportedYears years, PartnershipCatalogue catalogue, DescribeStatus status, ExplainQuery explain, Tellings tellings)
{
    internal const string Dismiss = "dismiss";

    public Task<IResult> GetAsync(HttpRequest request, CancellationToken ct) =>
        years.ShowAsync(request, (frame, year) => PageAsync(frame, year, tellings.Of(request), problemOf: null, StatusCodes.Status200OK, ct));

    /// <summary>An explanation, or a dismissal: an explanation that says so, with a reason or without.</summary>
    public Task<IResult> PostAsync(HttpRequest request, CancellationToken ct) => years.TakeAsync(request, async (frame, form, year) =>
    {
        var (question, said, isDismissed) = (form["question"].ToString(), form["text"].ToString().Trim(), form["do"] == Dismiss);
        var text = !isDismissed ? said : said.Length == 0 ? "Dismissed." : $"Dismissed: {said}";
        return await explain.RunAsync(year, question, text, frame.Caller!.Name, ct) switch
        {
            ExplainResult.Explained => tellings.ThenTell(
                request,
                StatusAddress.Of(StatusAddress.Disagreements, year),
                isDismissed ? "It is dismissed. It will not be asked again while it is the same." : "Your explanation is kept. It will not be asked again while it is the same."),
            ExplainResult.NothingSaid => await PageAsync(frame, year, told: null, problemOf: question, StatusCodes.Status400BadRequest, ct),
            _ => await PageAsync(
                frame, year, Telling.Refused("This is not asked any more: the figures have changed since, or somebody has explained it."), problemOf: null, StatusCodes.Status409Conflict, ct),
        };
    }, ct);

    /// <param name="problemOf">The question that was answered with nothing.</param>
    private async Task<IResult> PageAsync(Frame frame, Period? year, Telling? told, string? problemOf, int code, CancellationToken ct) =>
        PortalPages.Of<DisagreementsPage>(
            new Dictionary<string, object?>
            {
                ["Frame"] = frame,
                ["Found"] = await status.DiscrepanciesAsync(year, ct),
                ["Names"] = CatalogueNames.OfReturns(catalogue),
                ["Years"] = years.All,
                ["Told"] = told,
                ["ProblemOf"] = problemOf,
            },
            code);
}
