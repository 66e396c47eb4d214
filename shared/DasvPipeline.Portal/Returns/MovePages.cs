using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Ingest;
using DasvPipeline.Portal.Auth;
using DasvPipeline.Portal.Pages;
using Microsoft.AspNetCore.Http;

namespace DasvPipeline.Portal.Returns;

/// <summary>Moves a file that was sent with the form of another return, from its page or from a program.</summary>
public sealed class MovePages(PageHandler pages, PartnershipCatalogue catalogue, MoveReturn move, CallerReader callers, FlashMessages messages)
{
    private const string Help = """Send JSON: {"return":"agency/return","period":"2019-20-Q1","version":1}.""";

    public Task<IResult> PostAsync(HttpRequest request, string agency, string name, string period, string version, CancellationToken ct) => pages.HandleFormAsync(
        request,
        caller => caller.CanChange(new AgencyId(agency)),
        async (context, _) =>
        {
            var place = ReturnRoute.Parse(catalogue, agency, name, period);
            if (place.Form is null || !int.TryParse(version, out var number))
            {
                return PageHandler.NotFound(context, place.Problem ?? "This version does not exist.");
            }

            var (outcome, sent) = await move.RunAsync(place.Key, number, context.Caller!.Person, context.Caller.CanChange, ct);
            return sent is not null
                ? messages.RedirectWithMessage(request, ReturnAddress.Create(sent.Key, sent.Version), outcome.Message)
                : PageHandler.Problem(context, outcome.Status == OutcomeStatus.NotFound ? StatusCodes.Status404NotFound : StatusCodes.Status409Conflict, "Nothing was moved", outcome.Message);
        },
        ct);

    /// <summary>Moves the file of a version, for a program.</summary>
    public async Task<IResult> PostApiAsync(HttpRequest request, CancellationToken ct)
    {
        request.HttpContext.Response.Headers.CacheControl = "no-store";
        if (callers.GetCaller(request) is not { } caller)
        {
            return ErrorResults.NotSignedIn(request, "Sign in as the manager, or as the agency of this return.");
        }

        if (ErrorResults.CheckHeader(request) is { } refusal)
        {
            return refusal;
        }

        if (await JsonBody.ReadAsync(request, PortalJson.Default.VersionBody, ct) is not { Period: { } period, Version: { } version } body || ReturnId.TryParse(body.Return) is not { } id)
        {
            return ErrorResults.BadRequest(Help);
        }

        if (!caller.CanChange(id.Agency))
        {
            return Results.Problem(statusCode: StatusCodes.Status403Forbidden, title: ErrorResults.GetNoChange(caller, id.Agency));
        }

        var place = ReturnRoute.Parse(catalogue, id.Agency.Value, id.Name, period);
        if (place.Problem is { } problem)
        {
            return ErrorResults.NotFound(problem);
        }

        var (outcome, _) = await move.RunAsync(place.Key, version, caller.Person, caller.CanChange, ct);
        return outcome.Status == OutcomeStatus.NotFound
            ? ErrorResults.NotFound(outcome.Message)
            : Results.Json(
                new DecisionResponse(outcome.Message, outcome.Obstacles),
                PortalJson.Default.DecisionResponse,
                statusCode: outcome.IsDone ? StatusCodes.Status200OK : StatusCodes.Status409Conflict);
    }
}
