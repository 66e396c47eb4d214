using DasvPipeline.Core;
using DasvPipeline.Core.Model;
using DasvPipeline.Portal.Who;
using Microsoft.AspNetCore.Http;

namespace DasvPipeline.Portal;

/// <summary>
/// What the manager decides about publishing. Done is answered 200 and refused 409, both with the same JSON: a sentence,
/// and what stands against it.
/// </summary>
public sealed class DecisionEndpoint(DecideRelease decide, PublishNow publish, CallerPolicy callers)
{
    private const string SayWhichYear = """Send JSON: {"year":"2019-20","reason":"why"}. "reason" may be left out where none is needed.""";
    private const string SayWhy = """Send JSON: {"reason":"why"}.""";

    public Task<IResult> SignOffAsync(HttpRequest request, CancellationToken ct) =>
        OfYearAsync(request, (year, said) => decide.SignOffAsync(year, callers.NameOf(request), said.Reason, ct), ct);

    public Task<IResult> ReopenAsync(HttpRequest request, CancellationToken ct) =>
        OfYearAsync(request, (year, said) => decide.ReopenAsync(year, callers.NameOf(request), said.Reason, ct), ct);

    public Task<IResult> HoldAsync(HttpRequest request, CancellationToken ct) => AnswerAsync(request, async () =>
        await JsonBody.ReadAsync(request, PortalJson.Default.DecisionBody, ct) is { } said
            ? Told(await decide.HoldAsync(callers.NameOf(request), said.Reason, ct))
            : Refusals.BadRequest(SayWhy));

    public Task<IResult> ReleaseHoldAsync(HttpRequest request, CancellationToken ct) =>
        AnswerAsync(request, async () => Told(await decide.ReleaseHoldAsync(callers.NameOf(request), ct)));

    /// <summary>Refused while publishing is held.</summary>
    public Task<IResult> PublishAsync(HttpRequest request, CancellationToken ct) =>
        AnswerAsync(request, async () => Told(await publish.RunAsync(callers.NameOf(request), ct)));

    private Task<IResult> OfYearAsync(HttpRequest request, Func<Period, DecisionBody, Task<DecisionOutcome>> decision, CancellationToken ct) => AnswerAsync(request, async () =>
        await JsonBody.ReadAsync(request, PortalJson.Default.DecisionBody, ct) is { } said && Period.TryParse(said.Year, out var year) && year.IsYear
            ? Told(await decision(year, said))
            : Refusals.BadRequest(SayWhichYear));

    private async Task<IResult> AnswerAsync(HttpRequest request, Func<Task<IResult>> answer)
    {
        request.HttpContext.Response.Headers.CacheControl = "no-store";
        return Refusals.OfChange(request, callers) ?? await answer();
    }

    private static IResult Told(DecisionOutcome outcome) => Results.Json(
        new DecisionAnswer(outcome.Message, outcome.Obstacles),
        PortalJson.Default.DecisionAnswer,
        statusCode: outcome.IsDone ? StatusCodes.Status200OK : StatusCodes.Status409Conflict);
}

internal sealed record DecisionBody(string? Year, string? Reason);

/// <param name="Obstacles">What stands against it, a sentence each; empty where it is done.</param>
internal sealed record DecisionAnswer(string Message, IReadOnlyList<string> Obstacles);
