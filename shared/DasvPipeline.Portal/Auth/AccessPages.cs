using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Oversight;
using DasvPipeline.Core.Ports;
using DasvPipeline.Portal.Pages;
using Microsoft.AspNetCore.Http;

namespace DasvPipeline.Portal.Auth;

/// <summary>The page on which a signed-in person asks for access to an agency's returns.</summary>
public sealed class AccessPages(PageHandler pages, PartnershipCatalogue catalogue, ManageMembers members, MembershipDirectory directory, FlashMessages messages)
{
    public const string Address = "/access";

    public Task<IResult> GetAsync(HttpRequest request, CancellationToken ct) =>
        pages.ShowAsync(request, _ => true, context => PageAsync(request, context, problem: null, ct));

    public Task<IResult> PostAsync(HttpRequest request, CancellationToken ct) => pages.HandleFormAsync(
        request,
        _ => true,
        async (context, form) =>
        {
            if (context.Caller is not { HasAccountId: true } caller)
            {
                return PageHandler.Problem(context, StatusCodes.Status409Conflict, "You cannot ask for access here", AccessPage.NoAccountId);
            }

            var outcome = Slug.IsValid(form["agency"].ToString())
                ? await members.RequestAsync(new AgencyId(form["agency"].ToString()), caller.Person, caller.Email, ct)
                : Outcome.Incomplete(ManageMembers.ChooseAgency);
            directory.Forget();
            return outcome.Status switch
            {
                OutcomeStatus.Done => messages.RedirectWithMessage(request, Address, outcome.Message),
                OutcomeStatus.Incomplete => await PageAsync(request, context, outcome.Message, ct),
                _ => PageHandler.Problem(context, StatusCodes.Status409Conflict, "Nothing was changed", outcome.Message),
            };
        },
        ct);

    private async Task<IResult> PageAsync(HttpRequest request, PageContext context, string? problem, CancellationToken ct)
    {
        var own = (await members.ReadAsync(ct)).Where(membership => membership.Person.Id == context.Caller!.Id && catalogue.Agencies.ContainsKey(membership.Agency)).ToList();
        return PageHandler.Render(
            new AccessPage
            {
                PageContext = context,
                Agencies = [.. catalogue.Agencies.Values.Where(agency => !context.Caller!.HasAccessTo(agency.Id) && !own.Any(membership => membership.Agency == agency.Id && membership.State == MembershipState.Requested)).OrderBy(agency => agency.Name, StringComparer.Ordinal)],
                Own = [.. catalogue.Agencies.Values.Where(agency => !context.Caller!.IsManager && context.Caller.HasAccessTo(agency.Id)).OrderBy(agency => agency.Name, StringComparer.Ordinal)],
                Asked = [.. own.Where(membership => membership.State is MembershipState.Requested or MembershipState.Refused)],
                GetName = catalogue.GetAgencyName,
                Contact = catalogue.Help.Contact,
                Problem = problem,
                Message = messages.GetMessage(request),
            },
            problem is null ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest);
    }
}
