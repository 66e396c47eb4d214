using DasvPipeline.Portal;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace DasvPipeline.Functions;

/// <summary>For the manager: signs off a year, so that its live figures become final.</summary>
public sealed class SignOffTrigger(DecisionEndpoint decisions)
{
    [Function("SignOff")]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/sign-off")] HttpRequest request, CancellationToken ct) =>
        decisions.SignOffAsync(request, ct);
}

/// <summary>For the manager: re-opens a year, so that its figures follow its returns again.</summary>
public sealed class ReopenTrigger(DecisionEndpoint decisions)
{
    [Function("Reopen")]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/re-open")] HttpRequest request, CancellationToken ct) =>
        decisions.ReopenAsync(request, ct);
}

/// <summary>For the manager: holds publishing until the hold is released.</summary>
public sealed class HoldTrigger(DecisionEndpoint decisions)
{
    [Function("Hold")]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/hold")] HttpRequest request, CancellationToken ct) =>
        decisions.HoldAsync(request, ct);
}

/// <summary>For the manager: releases the hold. The next run publishes the changes.</summary>
public sealed class ReleaseHoldTrigger(DecisionEndpoint decisions)
{
    [Function("ReleaseHold")]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/release-hold")] HttpRequest request, CancellationToken ct) =>
        decisions.ReleaseHoldAsync(request, ct);
}

/// <summary>For the manager: removes a published release, and leaves a marked gap in the history.</summary>
public sealed class TakeDownTrigger(DecisionEndpoint decisions)
{
    [Function("TakeDown")]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/take-down")] HttpRequest request, CancellationToken ct) =>
        decisions.TakeDownAsync(request, ct);
}

/// <summary>For the manager: approves the next announced release.</summary>
public sealed class ApproveTrigger(DecisionEndpoint decisions)
{
    [Function("Approve")]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/approve")] HttpRequest request, CancellationToken ct) =>
        decisions.ApproveAsync(request, ct);
}

/// <summary>For the manager: withdraws the approval of the next release.</summary>
public sealed class WithdrawApprovalTrigger(DecisionEndpoint decisions)
{
    [Function("WithdrawApproval")]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/withdraw-approval")] HttpRequest request, CancellationToken ct) =>
        decisions.WithdrawApprovalAsync(request, ct);
}

/// <summary>For the manager: publishes now, with a reason if releases are announced.</summary>
public sealed class PublishNowTrigger(DecisionEndpoint decisions)
{
    [Function("PublishNow")]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/publish")] HttpRequest request, CancellationToken ct) =>
        decisions.PublishAsync(request, ct);
}

/// <summary>For the manager: the changes that publishing now would make, as JSON.</summary>
public sealed class PreviewTrigger(PreviewEndpoint preview)
{
    [Function("Preview")]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/preview")] HttpRequest request, CancellationToken ct) =>
        preview.GetAsync(request, ct);
}

/// <summary>For the manager: the sources of a headline (<c>/api/lineage?headline=idva-referrals&amp;period=2019-20</c>).</summary>
public sealed class LineageTrigger(LineageEndpoint lineage)
{
    [Function("Lineage")]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/lineage")] HttpRequest request, CancellationToken ct) =>
        lineage.GetAsync(request, ct);
}
