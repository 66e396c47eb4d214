using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Publish;
using DasvPipeline.Portal.Auth;
using Microsoft.AspNetCore.Http;

namespace DasvPipeline.Portal;

/// <summary>
/// Accepts the manager's decisions about publishing. The response is 200 if it was done and 409 if it was refused, both
/// with the same JSON: a message and the obstacles.
/// </summary>
public sealed class DecisionEndpoint(DecideRelease decide, PublishNow publish, TakeDownRelease takeDown, CallerReader callers)
{
    private const string YearBodyHelp = """Send JSON: {"year":"2019-20","reason":"why"}. You can leave out "reason" if it is not needed. Add "publishAnyway":true to publish its small numbers.""";
    private const string TakeDownHelp = """Send JSON: {"release":3,"reason":"why"}. The reason is published. Add "publishAnyway":true to publish its small numbers.""";
    private const string ReasonBodyHelp = """Send JSON: {"reason":"why"}.""";

    public Task<IResult> SignOffAsync(HttpRequest request, CancellationToken ct) =>
        DecideYearAsync(request, (year, body) => decide.SignOffAsync(year, callers.GetName(request), body.Reason, body.PublishAnyway, ct), ct);

    public Task<IResult> ReopenAsync(HttpRequest request, CancellationToken ct) =>
        DecideYearAsync(request, (year, body) => decide.ReopenAsync(year, callers.GetName(request), body.Reason, body.PublishAnyway, ct), ct);

    public Task<IResult> HoldAsync(HttpRequest request, CancellationToken ct) => AnswerAsync(request, async () =>
        await JsonBody.ReadAsync(request, PortalJson.Default.DecisionBody, ct) is { } body
            ? ToResult(await decide.HoldAsync(callers.GetName(request), body.Reason, ct))
            : ErrorResults.BadRequest(ReasonBodyHelp));

    public Task<IResult> ReleaseHoldAsync(HttpRequest request, CancellationToken ct) =>
        AnswerAsync(request, async () => ToResult(await decide.ReleaseHoldAsync(callers.GetName(request), ct)));

    /// <summary>Publishes now. Refused while publishing is on hold.</summary>
    public Task<IResult> PublishAsync(HttpRequest request, CancellationToken ct) =>
        AnswerAsync(request, async () => ToResult(await publish.RunAsync(callers.GetName(request), ct)));

    /// <summary>Takes a release down. It can be repeated if it was interrupted.</summary>
    public Task<IResult> TakeDownAsync(HttpRequest request, CancellationToken ct) => AnswerAsync(request, async () =>
        await JsonBody.ReadAsync(request, PortalJson.Default.TakeDownBody, ct) is { Release: { } release } body
            ? ToResult(await takeDown.RunAsync(release, body.Reason, body.PublishAnyway, callers.GetCaller(request)!.Person, ct))
            : ErrorResults.BadRequest(TakeDownHelp));

    private Task<IResult> DecideYearAsync(HttpRequest request, Func<Period, DecisionBody, Task<Outcome>> decision, CancellationToken ct) => AnswerAsync(request, async () =>
        await JsonBody.ReadAsync(request, PortalJson.Default.DecisionBody, ct) is { } body && Period.TryParse(body.Year, out var year) && year.IsYear
            ? ToResult(await decision(year, body))
            : ErrorResults.BadRequest(YearBodyHelp));

    private async Task<IResult> AnswerAsync(HttpRequest request, Func<Task<IResult>> answer)
    {
        request.HttpContext.Response.Headers.CacheControl = "no-store";
        return ErrorResults.CheckChange(request, callers) ?? await answer();
    }

    internal static IResult ToResult(Outcome outcome) => Results.Json(
        new DecisionResponse(outcome.Message, outcome.Obstacles),
        PortalJson.Default.DecisionResponse,
        statusCode: outcome.IsDone ? StatusCodes.Status200OK : StatusCodes.Status409Conflict);
}

internal sealed record DecisionBody(string? Year, string? Reason, bool PublishAnyway = false);

internal sealed record TakeDownBody(int? Release, string? Reason, bool PublishAnyway = false);

/// <param name="Obstacles">The reasons why it was refused, one sentence each; empty if it was done.</param>
internal sealed record DecisionResponse(string Message, IReadOnlyList<string> Obstacles);
