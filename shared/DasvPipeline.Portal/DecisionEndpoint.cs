using System.Text.Json.Serialization;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Publish;
using DasvPipeline.Portal.Auth;
using Microsoft.AspNetCore.Http;

namespace DasvPipeline.Portal;

/// <summary>
/// Accepts the manager's decisions about publishing. The response is 200 if it was done and 409 if it was refused, both
/// with the same JSON: a message and the obstacles.
/// </summary>
public sealed class DecisionEndpoint(DecideRelease decide, ApproveRelease approve, PublishNow publish, TakeDownRelease takeDown, CallerReader callers)
{
    private const string YearBodyHelp = """Send JSON: {"year":"2019-20","reason":"why"}. You can leave out "reason" if it is not needed. Add "publishAnyway":true to publish its small numbers, or "dryRun":true to change nothing and see what would be published.""";
    private const string TakeDownHelp = """Send JSON: {"release":3,"reason":"why"}. The reason is published. Add "publishAnyway":true to publish its small numbers, or "dryRun":true to change nothing and see what would be done.""";
    private const string ApproveHelp = """Send JSON: {"note":"a note for readers"}, or no body. Add "dryRun":true to change nothing and see what would be published.""";
    private const string PublishHelp = """Send no body, or if releases are announced, JSON: {"year":"2019-20","reason":"why"}. The reason is published. Add "dryRun":true to change nothing.""";
    private const string ReasonBodyHelp = """Send JSON: {"reason":"why"}.""";

    public Task<IResult> SignOffAsync(HttpRequest request, CancellationToken ct) =>
        DecideYearAsync(
            request,
            (year, body) => body.DryRun
                ? decide.PreviewSignOffAsync(year, body.Reason, body.PublishAnyway, ct)
                : decide.SignOffAsync(year, callers.GetPerson(request), body.Reason, body.PublishAnyway, ct),
            ct);

    public Task<IResult> ReopenAsync(HttpRequest request, CancellationToken ct) =>
        DecideYearAsync(
            request,
            (year, body) => body.DryRun
                ? decide.PreviewReopenAsync(year, body.Reason, body.PublishAnyway, ct)
                : decide.ReopenAsync(year, callers.GetPerson(request), body.Reason, body.PublishAnyway, ct),
            ct);

    /// <summary>Approves the next announced release, with an optional note for readers.</summary>
    public Task<IResult> ApproveAsync(HttpRequest request, CancellationToken ct) => AnswerAsync(request, async () =>
        await ReadOptionalAsync(request, ct) is { } body
            ? ToResult(await approve.RunAsync(callers.GetPerson(request), body.Note, body.PublishAnyway, body.DryRun, ct))
            : ErrorResults.BadRequest(ApproveHelp));

    public Task<IResult> WithdrawApprovalAsync(HttpRequest request, CancellationToken ct) =>
        AnswerAsync(request, async () => ToResult(await approve.WithdrawAsync(callers.GetPerson(request), ct)));

    public Task<IResult> HoldAsync(HttpRequest request, CancellationToken ct) => AnswerAsync(request, async () =>
        await JsonBody.ReadAsync(request, PortalJson.Default.DecisionBody, ct) is { } body
            ? ToResult(await decide.HoldAsync(callers.GetPerson(request), body.Reason, ct))
            : ErrorResults.BadRequest(ReasonBodyHelp));

    public Task<IResult> ReleaseHoldAsync(HttpRequest request, CancellationToken ct) =>
        AnswerAsync(request, async () => ToResult(await decide.ReleaseHoldAsync(callers.GetPerson(request), ct)));

    /// <summary>Publishes now: everything, or if releases are announced, one year with a reason. Refused while publishing is on hold.</summary>
    public Task<IResult> PublishAsync(HttpRequest request, CancellationToken ct) => AnswerAsync(request, async () =>
        await ReadOptionalAsync(request, ct) is { } body && (body.Year is null || (Period.TryParse(body.Year, out var parsed) && parsed.IsYear))
            ? ToResult(await publish.RunAsync(callers.GetPerson(request), body.Year is null ? null : Period.Parse(body.Year), body.Reason, body.PublishAnyway, body.DryRun, ct))
            : ErrorResults.BadRequest(PublishHelp));

    /// <summary>Reads a body that may be missing. Returns null if it cannot be read.</summary>
    private static async Task<DecisionBody?> ReadOptionalAsync(HttpRequest request, CancellationToken ct) =>
        request.ContentLength is null or 0 ? new DecisionBody(null, null) : await JsonBody.ReadAsync(request, PortalJson.Default.DecisionBody, ct);

    /// <summary>Takes a release down. It can be repeated if it was interrupted.</summary>
    public Task<IResult> TakeDownAsync(HttpRequest request, CancellationToken ct) => AnswerAsync(request, async () =>
        await JsonBody.ReadAsync(request, PortalJson.Default.TakeDownBody, ct) is { Release: { } release } body
            ? ToResult(await takeDown.RunAsync(release, body.Reason, body.PublishAnyway, body.DryRun, callers.GetPerson(request), ct))
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
        new DecisionResponse(outcome.Message, outcome.Obstacles, outcome.PublicText),
        PortalJson.Default.DecisionResponse,
        statusCode: outcome.IsDone ? StatusCodes.Status200OK : StatusCodes.Status409Conflict);
}

/// <param name="Note">A note for readers of the next release.</param>
/// <param name="DryRun">True to change nothing, and return what would be done.</param>
internal sealed record DecisionBody(string? Year, string? Reason, bool PublishAnyway = false, string? Note = null, bool DryRun = false);

internal sealed record TakeDownBody(int? Release, string? Reason, bool PublishAnyway = false, bool DryRun = false);

/// <param name="Obstacles">The reasons why it was refused, or what is open, one sentence each.</param>
/// <param name="PublicText">In a dry run, the text as readers will see it.</param>
internal sealed record DecisionResponse(
    string Message, IReadOnlyList<string> Obstacles, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? PublicText = null);
