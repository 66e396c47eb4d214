using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Oversight;
using DasvPipeline.Portal.Pages;
using DasvPipeline.Portal.Returns;
using Microsoft.AspNetCore.Http;

namespace DasvPipeline.Portal.Status;

/// <summary>The chase list, from which the manager reminds agencies.</summary>
public sealed class ChasePages(PageHandler pages, YearPages years, PartnershipCatalogue catalogue, DescribeStatus status, RemindAgencies remind, FlashMessages messages)
{
    public const string Overdue = "overdue";
    public const string Chosen = "chosen";
    public const string OneReturn = "return";

    private static readonly IReadOnlySet<string> NoneChosen = new HashSet<string>();

    public Task<IResult> GetAsync(HttpRequest request, CancellationToken ct) =>
        years.ShowAsync(request, (context, year) => PageAsync(request, context, year, refused: null, NoneChosen, ct));

    /// <summary>Reminds of all overdue returns, of those of the chosen agencies, or of one return.</summary>
    public Task<IResult> PostAsync(HttpRequest request, CancellationToken ct) => pages.HandleFormAsync(request, caller => caller.IsManager, async (context, form) =>
    {
        Period? year = Period.TryParse(form["year"], out var parsed) && parsed.IsYear ? parsed : null;
        var (single, by) = (form[OneReturn].ToString(), context.Caller!.Person);
        var agencies = form["agency"].OfType<string>().ToHashSet(StringComparer.Ordinal);
        var outcome = single.Length > 0 ? await RemindOfAsync(single, by, ct)
            : form["do"] == Overdue ? await remind.RunForOverdueAsync(year, by, ct)
            : await remind.RunForAgenciesAsync(year, agencies, by, ct);
        return outcome.IsDone
            ? messages.RedirectWithMessage(request, StatusAddress.Create(StatusAddress.Chase, year), outcome.Message)
            : await PageAsync(request, context, year, outcome, agencies, ct);
    }, ct);

    private async Task<Outcome> RemindOfAsync(string text, Core.Ports.Person by, CancellationToken ct) =>
        text.Split('/') is [var agency, var name, var period] && ReturnRoute.Parse(catalogue, agency, name, period) is { Form: not null } place
            ? await remind.RunForReturnAsync(place.Key, by, ct)
            : Outcome.NotFound("This return does not exist.");

    private async Task<IResult> PageAsync(HttpRequest request, PageContext context, Period? year, Outcome? refused, IReadOnlySet<string> chosen, CancellationToken ct) => PageHandler.Render(
        new ChasePage
        {
            PageContext = context,
            List = await status.GetChaseListAsync(year, ChaseEndpoint.GetAgencyPage(request), ct),
            Contacts = catalogue.Agencies.ToDictionary(agency => agency.Key.Value, agency => (IReadOnlyList<Contact>)agency.Value.Contacts, StringComparer.Ordinal),
            Year = year,
            Years = years.All,
            Chosen = chosen,
            Message = refused is null ? messages.GetMessage(request) : FlashMessage.CreateRefusal(refused.Message),
        },
        refused switch { null => StatusCodes.Status200OK, { Status: OutcomeStatus.Incomplete } => StatusCodes.Status400BadRequest, { Status: OutcomeStatus.NotFound } => StatusCodes.Status404NotFound, _ => StatusCodes.Status409Conflict });
}
