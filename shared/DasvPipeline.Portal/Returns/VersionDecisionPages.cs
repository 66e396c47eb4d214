using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Ingest;
using DasvPipeline.Core.Ports;
using DasvPipeline.Portal.Pages;
using Microsoft.AspNetCore.Http;

namespace DasvPipeline.Portal.Returns;

/// <summary>Processes the decisions about a version on the pages of a return: to withdraw it, or to use it again.</summary>
public sealed class VersionDecisionPages(PageHandler pages, ReturnPages returnPages, PartnershipCatalogue catalogue, DecideVersion decide, IReturnStore store, FlashMessages messages)
{
    public const string Withdraw = "withdraw";
    public const string Choose = "choose";

    public Task<IResult> PostAsync(HttpRequest request, string agency, string name, string period, string version, CancellationToken ct) =>
        pages.HandleFormAsync(
            request,
            caller => caller.CanChange(new AgencyId(agency)),
            async (context, fields) =>
            {
                var place = ReturnRoute.Parse(catalogue, agency, name, period);
                if (place.Form is not { } form || !int.TryParse(version, out var number)
                    || (await store.ReadSubmissionsAsync(place.Key, ct)).FirstOrDefault(submission => submission.Version == number && submission.HasArrived) is not { } submission)
                {
                    return PageHandler.NotFound(context, place.Problem ?? "This version does not exist.");
                }

                var (action, reason, by) = (fields["do"].ToString(), fields["reason"].ToString(), context.Caller!.Person);
                var outcome = action switch
                {
                    Withdraw => await decide.WithdrawAsync(place.Key, number, reason, by, ct),
                    Choose => await decide.ChooseAsync(place.Key, number, reason, by, ct),
                    _ => null,
                };
                return outcome switch
                {
                    null => PageHandler.Problem(context, StatusCodes.Status400BadRequest, "Nothing was changed", "Go back, reload the page, and choose what to do."),
                    { IsDone: true } => messages.RedirectWithMessage(request, ReturnAddress.Create(place.Key), outcome.Message),
                    { Status: OutcomeStatus.Incomplete } => await returnPages.VersionAsync(request, context, form, submission, Answers.None, ct, new RefusedReason(outcome.Message, reason)),
                    _ => PageHandler.Problem(context, StatusCodes.Status409Conflict, "Nothing was changed", string.Join(' ', outcome.Obstacles.Prepend(outcome.Message))),
                };
            },
            ct);
}

/// <param name="Message">What is wrong with the reason.</param>
/// <param name="Text">The reason that was entered.</param>
public sealed record RefusedReason(string Message, string Text);
