using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Ingest;
using DasvPipeline.Core.Ports;
using DasvPipeline.Portal.Auth;
using Microsoft.AspNetCore.Http;

namespace DasvPipeline.Portal.Returns;

/// <summary>
/// Accepts decisions of an agency or the manager about a version of a return. The response is 200 if it was done and 409 if it was
/// refused, both with the same JSON: a message and the obstacles.
/// </summary>
public sealed class VersionEndpoint(PartnershipCatalogue catalogue, DecideVersion decide, DeleteFile delete, ArrangeReturn arrange, StateNilReturn nil, CallerReader callers)
{
    private const string WithdrawHelp = """Send JSON: {"return":"agency/return","period":"2019-20-Q1","reason":"why"}. You can add "version" to withdraw only that one.""";
    private const string ChooseHelp = """Send JSON: {"return":"agency/return","period":"2019-20-Q1","version":1,"reason":"why"}.""";

    private const string NilReturnHelp = """Send JSON: {"return":"agency/return","period":"2019-20-Q1"}.""";
    private const string ArrangeHelp = """Send JSON: {"return":"agency/return","period":"2019-20-Q1","kind":"late","day":"2019-08-15","reason":"why"}. The kind is late, extension or waiver. A waiver has no day. Add "undo":true to undo it.""";
    private const string DeleteHelp = """Send JSON: {"return":"agency/return","period":"2019-20-Q1","version":1}.""";

    /// <summary>Takes the figures of a return out.</summary>
    public Task<IResult> WithdrawAsync(HttpRequest request, CancellationToken ct) =>
        DecideAsync(request, WithdrawHelp, (key, body, by) => decide.WithdrawAsync(key, body.Version, body.Reason, by, ct), ct);

    /// <summary>Uses an earlier version again.</summary>
    public Task<IResult> ChooseAsync(HttpRequest request, CancellationToken ct) => DecideAsync(
        request,
        ChooseHelp,
        (key, body, by) => body.Version is { } version ? decide.ChooseAsync(key, version, body.Reason, by, ct) : Task.FromResult(Outcome.Incomplete(ChooseHelp)),
        ct);

    /// <summary>Deletes the file of a version.</summary>
    public Task<IResult> DeleteAsync(HttpRequest request, CancellationToken ct) => DecideAsync(
        request,
        DeleteHelp,
        (key, body, by) => body.Version is { } version ? delete.RunAsync(key, version, by, ct) : Task.FromResult(Outcome.Incomplete(DeleteHelp)),
        ct);

    /// <summary>States that there was nothing to report.</summary>
    public Task<IResult> StateNilReturnAsync(HttpRequest request, CancellationToken ct) =>
        DecideAsync(request, NilReturnHelp, async (key, _, by) => (await nil.RunAsync(key, by, ct)).Outcome, ct);

    /// <summary>Says that a return is late, extends or waives it, or undoes that. Only the manager extends and waives.</summary>
    public Task<IResult> ArrangeAsync(HttpRequest request, CancellationToken ct) => DecideAsync(
        request,
        ArrangeHelp,
        (key, body, by) => ArrangementPages.ParseKind(body.Kind) is not { } kind || (body.Day is not null && ArrangementPages.ParseDay(body.Day) is null) ? Task.FromResult(Outcome.Incomplete(ArrangeHelp))
            : body.Undo ? arrange.UndoAsync(kind, key, by, ct)
            : arrange.RunAsync(kind, key, ArrangementPages.ParseDay(body.Day), body.Reason, by, ct),
        ct,
        (caller, body, agency) => ArrangementPages.ParseKind(body.Kind) is not { } kind || ArrangementPages.MayArrange(caller, kind, agency));

    /// <param name="may">Returns true if the caller may do this; null if everybody may who can change the returns of the agency.</param>
    private async Task<IResult> DecideAsync(
        HttpRequest request, string help, Func<ReturnKey, VersionBody, Person, Task<Outcome>> decision, CancellationToken ct, Func<Caller, VersionBody, AgencyId, bool>? may = null)
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

        if (await JsonBody.ReadAsync(request, PortalJson.Default.VersionBody, ct) is not { Period: { } period } body || ReturnId.TryParse(body.Return) is not { } id)
        {
            return ErrorResults.BadRequest(help);
        }

        if (!caller.CanChange(id.Agency) || may?.Invoke(caller, body, id.Agency) == false)
        {
            return Results.Problem(statusCode: StatusCodes.Status403Forbidden, title: ErrorResults.GetNoChange(caller, id.Agency));
        }

        var place = ReturnRoute.Parse(catalogue, id.Agency.Value, id.Name, period);
        if (place.Problem is { } problem)
        {
            return ErrorResults.NotFound(problem);
        }

        var outcome = await decision(place.Key, body, caller.Person);
        return outcome.Status switch
        {
            OutcomeStatus.Incomplete => ErrorResults.BadRequest(outcome.Message),
            OutcomeStatus.NotFound => ErrorResults.NotFound(outcome.Message),
            _ => Results.Json(
                new DecisionResponse(outcome.Message, outcome.Obstacles),
                PortalJson.Default.DecisionResponse,
                statusCode: outcome.IsDone ? StatusCodes.Status200OK : StatusCodes.Status409Conflict),
        };
    }
}

internal sealed record VersionBody(string? Return, string? Period, int? Version, string? Reason, string? Kind = null, string? Day = null, bool Undo = false);
