using System.Globalization;
using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Ingest;
using DasvPipeline.Core.Ingest.Routing;
using DasvPipeline.Core.Ports;
using DasvPipeline.Portal.Auth;
using Microsoft.AspNetCore.Http;

namespace DasvPipeline.Portal.Returns;

/// <summary>Lets a program enter the figures of a return, with the same checks and the same draft as the page.</summary>
public sealed class EntryEndpoint(PartnershipCatalogue catalogue, EnterFigures enter, CallerReader callers, FileLimits limits, TimeProvider clock)
{
    private const int MaxBytes = 256 * 1024;
    private const string Help = """Send JSON: {"return":"agency/return","period":"2019-20-Q1","action":"send","figures":{"key":"12"},"notes":{},"seen":"tag"}. The action is save, check, send or discard. The keys and the tag are those of /api/entry-form.""";

    /// <summary>Lists the figures that a return asks for, with the texts of the draft.</summary>
    public async Task<IResult> GetAsync(HttpRequest request, CancellationToken ct)
    {
        request.HttpContext.Response.Headers.CacheControl = "no-store";
        if (callers.GetCaller(request) is not { } caller)
        {
            return ErrorResults.NotSignedIn(request, "Sign in as the manager, or as the agency of this return.");
        }

        if (ReturnId.TryParse(request.Query["return"]) is not { } id)
        {
            return ErrorResults.MissingReturn();
        }

        if (Refuse(caller, id, request.Query["period"].ToString(), out var place) is { } refusal)
        {
            return refusal;
        }

        var sheet = await enter.ReadAsync(place.Form!, place.Key, ct);
        return Results.Json(
            new EntryForm(
                sheet.Stored?.Tag,
                sheet.Unsent?.By.Name,
                sheet.Unsent?.At,
                sheet.LiveVersion,
                [.. sheet.Form.GetRequestedCells(place.Key.Period).Select(cell => new EntryFormFigure(
                    cell.Key.ToString(), cell.FullName, sheet.GetText(cell), EntrySheet.IsFirstOfRow(cell) ? sheet.GetNote(cell) : null, EntrySheet.IsFirstOfRow(cell), sheet.GetPrevious(cell)))]),
            PortalJson.Default.EntryForm);
    }

    /// <summary>Saves, checks, sends or discards figures.</summary>
    public async Task<IResult> PostAsync(HttpRequest request, CancellationToken ct)
    {
        request.HttpContext.Response.Headers.CacheControl = "no-store";
        if (callers.GetCaller(request) is not { } caller)
        {
            return ErrorResults.NotSignedIn(request, "Sign in as the manager, or as the agency of this return.");
        }

        if (ErrorResults.CheckHeader(request) is { } missing)
        {
            return missing;
        }

        if (await JsonBody.ReadAsync(request, PortalJson.Default.EntryBody, ct, MaxBytes) is not { Period: { } period } body || ReturnId.TryParse(body.Return) is not { } id)
        {
            return ErrorResults.BadRequest(Help);
        }

        if (Refuse(caller, id, period, out var place) is { } refusal)
        {
            return refusal;
        }

        if (!limits.TryTake(caller))
        {
            request.HttpContext.Response.Headers.RetryAfter = FileLimits.RetryAfterSeconds.ToString(CultureInfo.InvariantCulture);
            return Results.Problem(statusCode: StatusCodes.Status429TooManyRequests, title: FileLimits.TooMany);
        }

        if (body.Action == "discard")
        {
            var outcome = await enter.DiscardAsync(place.Key, body.Seen, caller.Person, ct);
            return Results.Json(new DecisionResponse(outcome.Message, outcome.Obstacles), PortalJson.Default.DecisionResponse, statusCode: outcome.IsDone ? StatusCodes.Status200OK : StatusCodes.Status409Conflict);
        }

        if (EntryPages.ParseAction(body.Action) is not { } action)
        {
            return ErrorResults.BadRequest(Help);
        }

        var texts = new EntryTexts(body.Figures ?? new Dictionary<string, string>(), body.Notes ?? new Dictionary<string, string>());
        if (texts.Figures.Keys.Concat(texts.Notes.Keys).Except(place.Form!.Cells.Select(cell => cell.Key.ToString())).Any())
        {
            return ErrorResults.BadRequest("The form has no figure with one of these keys. The keys are those of /api/entry-form.");
        }

        var result = await enter.RunAsync(action, place.Form!, place.Key, texts, body.Seen, body.Answered, caller.Person, ct);
        return Results.Json(
            new EntryAnswer(
                NameOf(result.Status),
                result.Version > 0 ? result.Version : null,
                result.Stored?.Tag,
                result.Stored is { Draft: { SentAs: null } draft } ? EnterFigures.HashFigures(draft.Texts) : null,
                [.. result.Findings.Select(finding => new EntryAnswerFinding(finding.Severity.ToString().ToLowerInvariant(), finding.Message, [.. finding.Figures.Select(figure => figure.ToString())]))]),
            PortalJson.Default.EntryAnswer,
            statusCode: result.Status switch
            {
                EntryStatus.Conflict => StatusCodes.Status409Conflict,
                EntryStatus.Refused => StatusCodes.Status400BadRequest,
                _ => StatusCodes.Status200OK,
            });
    }

    private static string NameOf(EntryStatus status) => status switch
    {
        EntryStatus.Saved => "saved",
        EntryStatus.Sent => "sent",
        EntryStatus.AlreadySent => "already-sent",
        EntryStatus.HasFindings => "checked",
        EntryStatus.Conflict => "conflict",
        _ => "refused",
    };

    private IResult? Refuse(Caller caller, ReturnId id, string period, out ReturnRoute place)
    {
        place = ReturnRoute.Parse(catalogue, id.Agency.Value, id.Name, period);
        return !caller.CanChange(id.Agency) ? Results.Problem(statusCode: StatusCodes.Status403Forbidden, title: ErrorResults.GetNoChange(caller, id.Agency))
            : place.Problem is { } problem ? ErrorResults.NotFound(problem)
            : !EnterFigures.IsOffered(place.Form!) ? ErrorResults.NotFound("This return has too many figures. Send a file.")
            : UploadPath.CheckHasEnded(place.Key.Period, clock.Today()) is { } tooEarly ? Results.Problem(statusCode: StatusCodes.Status409Conflict, title: tooEarly.Message)
            : null;
    }
}

internal sealed record EntryBody(string? Return, string? Period, string? Action, Dictionary<string, string>? Figures, Dictionary<string, string>? Notes, string? Seen, string? Answered);

/// <param name="Seen">The tag of the draft, to send back; null if there is no draft.</param>
/// <param name="SavedBy">The person who saved the draft; null if none waits to be sent.</param>
/// <param name="LiveVersion">The version whose figures are used; null if none are.</param>
internal sealed record EntryForm(string? Seen, string? SavedBy, DateTimeOffset? SavedAt, int? LiveVersion, IReadOnlyList<EntryFormFigure> Figures);

/// <param name="Text">The text of the draft, or of the accepted figure; null if it is blank.</param>
/// <param name="TakesNote">True if the row's note has this key.</param>
/// <param name="Previous">The accepted figure of the period before.</param>
internal sealed record EntryFormFigure(string Key, string Name, string? Text, string? Note, bool TakesNote, string? Previous);

/// <param name="Status">saved, checked, sent, already-sent, conflict or refused.</param>
/// <param name="Answered">Send it back as "answered" to send the figures with their queries.</param>
internal sealed record EntryAnswer(string Status, int? Version, string? Seen, string? Answered, IReadOnlyList<EntryAnswerFinding> Findings);

internal sealed record EntryAnswerFinding(string Severity, string Message, IReadOnlyList<string> Figures);
