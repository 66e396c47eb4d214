using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Oversight;
using DasvPipeline.Core.Ports;
using DasvPipeline.Portal.Auth;
using DasvPipeline.Portal.Pages;
using Microsoft.AspNetCore.Http;

namespace DasvPipeline.Portal.Status;

/// <summary>The manager's page of the people who belong to agencies.</summary>
public sealed class PeoplePages(PageHandler pages, PartnershipCatalogue catalogue, ManageMembers members, MembershipDirectory directory, FlashMessages messages)
{
    public const string GrantSending = "grant-sending";
    public const string GrantReading = "grant-reading";
    public const string Refuse = "refuse";
    public const string End = "end";
    public const string Add = "add";

    public Task<IResult> GetAsync(HttpRequest request, CancellationToken ct) =>
        pages.ShowAsync(request, caller => caller.IsManager, context => PageAsync(request, context, entry: null, ct));

    public Task<IResult> PostAsync(HttpRequest request, CancellationToken ct) => pages.HandleFormAsync(
        request,
        caller => caller.IsManager,
        async (context, form) =>
        {
            var (action, agency, person, by) = (form["do"].ToString(), form["agency"].ToString(), form["person"].ToString(), context.Caller!.Person);
            var entry = new AddedAccount(agency, form["id"].ToString(), form["name"].ToString(), form["email"].ToString(), form["role"] == nameof(MemberRole.Reader) ? MemberRole.Reader : MemberRole.Officer);
            if (action != Add && !Slug.IsValid(agency))
            {
                return NothingChosen(context);
            }

            var outcome = action switch
            {
                GrantSending => await members.GrantAsync(new AgencyId(agency), person, MemberRole.Officer, by, ct),
                GrantReading => await members.GrantAsync(new AgencyId(agency), person, MemberRole.Reader, by, ct),
                Refuse => await members.RefuseAsync(new AgencyId(agency), person, by, ct),
                End => await members.EndAsync(new AgencyId(agency), person, by, ct),
                Add when !Slug.IsValid(agency) => Outcome.Incomplete(ManageMembers.ChooseAgency),
                Add => await members.AddAsync(new AgencyId(agency), entry.Id, entry.Name, entry.Email, entry.Role, by, ct),
                _ => null,
            };
            directory.Forget();
            return outcome switch
            {
                null => NothingChosen(context),
                { Status: OutcomeStatus.Done } => messages.RedirectWithMessage(request, StatusAddress.People, outcome.Message),
                { Status: OutcomeStatus.Incomplete } => await PageAsync(request, context, entry with { Problem = outcome.Message }, ct),
                _ => PageHandler.Problem(context, StatusCodes.Status409Conflict, "Nothing was changed", outcome.Message),
            };
        },
        ct);

    private static IResult NothingChosen(PageContext context) =>
        PageHandler.Problem(context, StatusCodes.Status400BadRequest, "Nothing was changed", "Go back, reload the page, and choose what to do.");

    private async Task<IResult> PageAsync(HttpRequest request, PageContext context, AddedAccount? entry, CancellationToken ct) => PageHandler.Render(
        new PeoplePage
        {
            PageContext = context,
            Members = [.. (await members.ReadAsync(ct)).OrderBy(membership => catalogue.GetAgencyName(membership.Agency), StringComparer.Ordinal).ThenBy(membership => membership.Person.Name, StringComparer.Ordinal)],
            Agencies = [.. catalogue.Agencies.Values.OrderBy(agency => agency.Name, StringComparer.Ordinal)],
            GetName = catalogue.GetAgencyName,
            Entry = entry ?? new AddedAccount(string.Empty, string.Empty, string.Empty, string.Empty, MemberRole.Officer),
            Message = messages.GetMessage(request),
        },
        entry is null ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest);
}

/// <summary>What was entered to add an account.</summary>
/// <param name="Agency">The id of the agency, as it was sent.</param>
public sealed record AddedAccount(string Agency, string Id, string Name, string Email, MemberRole Role)
{
    /// <summary>What is wrong with it; null if nothing is.</summary>
    public string? Problem { get; init; }

    /// <summary>The id of the field that the problem is about.</summary>
    public string ProblemField => Problem switch
    {
        ManageMembers.EnterId => "account-id",
        ManageMembers.EnterName => "account-name",
        ManageMembers.CorrectEmail => "account-email",
        _ => "account-agency",
    };
}
