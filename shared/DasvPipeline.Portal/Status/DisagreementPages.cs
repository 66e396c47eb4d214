using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Oversight;
using DasvPipeline.Portal.Pages;
using DasvPipeline.Portal.Returns;
using Microsoft.AspNetCore.Http;

namespace DasvPipeline.Portal.Status;

/// <summary>The page of a year's disagreements, and the manager's explanations.</summary>
public sealed class DisagreementPages(YearPages years, PartnershipCatalogue catalogue, DescribeStatus status, ExplainQuery explain, FlashMessages messages)
{
    internal const string Dismiss = "dismiss";

    /// <summary>The first word of the explanation of a dismissed disagreement.</summary>
    internal const string Dismissed = "Dismissed";

    public Task<IResult> GetAsync(HttpRequest request, CancellationToken ct) =>
        years.ShowAsync(request, (context, year) => PageAsync(context, year, messages.GetMessage(request), refused: null, StatusCodes.Status200OK, ct));

    /// <summary>Saves an explanation. A dismissal is an explanation that starts with "Dismissed", with or without a reason.</summary>
    public Task<IResult> PostAsync(HttpRequest request, CancellationToken ct) => years.HandleFormAsync(request, async (context, form, year) =>
    {
        var (question, explanation, isDismissed) = (form["question"].ToString(), form["text"].ToString().Trim(), form["do"] == Dismiss);
        var text = !isDismissed ? explanation : explanation.Length == 0 ? $"{Dismissed}." : $"{Dismissed}: {explanation}";
        var outcome = await explain.RunAsync(year, question, text, context.Caller!.Person, ct);
        return outcome.Status switch
        {
            OutcomeStatus.Done => messages.RedirectWithMessage(
                request,
                StatusAddress.Create(StatusAddress.Disagreements, year),
                isDismissed ? "It is dismissed. We will not ask again unless the figures change." : "We have saved your explanation. We will not ask again unless the figures change."),
            OutcomeStatus.Incomplete => await PageAsync(context, year, message: null, RefusedExplanation.Create(question, explanation, outcome), StatusCodes.Status400BadRequest, ct),
            _ => await PageAsync(
                context, year, FlashMessage.CreateRefusal("This question is closed. The figures have changed, or somebody has explained it."), refused: null, StatusCodes.Status409Conflict, ct),
        };
    }, ct);

    /// <param name="refused">The explanation that was not saved; null if nothing was refused.</param>
    private async Task<IResult> PageAsync(PageContext context, Period? year, FlashMessage? message, RefusedExplanation? refused, int code, CancellationToken ct) =>
        PageHandler.Render(new DisagreementsPage
        {
            PageContext = context,
            Found = await status.GetDisagreementsAsync(year, ct),
            Names = CatalogueNames.GetReturnNames(catalogue),
            Titles = catalogue.GetNewestHeadlines().ToDictionary(headline => headline.Key, headline => headline.Value.Title, StringComparer.Ordinal),
            Agencies = catalogue.Agencies,
            Years = years.All,
            Message = message,
            Refused = refused,
        },
            code);
}
