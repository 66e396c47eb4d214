using DasvPipeline.Portal.Auth;
using DasvPipeline.Portal.Status;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace DasvPipeline.Functions;

/// <summary>For anyone who is signed in: the agencies that they have access to.</summary>
public sealed class AccessTrigger(AccessPages pages)
{
    [Function("Access")]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "access")] HttpRequest request, CancellationToken ct) =>
        pages.GetAsync(request, ct);
}

/// <summary>For anyone who is signed in: asks for access to an agency.</summary>
public sealed class AskForAccessTrigger(AccessPages pages)
{
    [Function("AskForAccess")]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "access")] HttpRequest request, CancellationToken ct) =>
        pages.PostAsync(request, ct);
}

/// <summary>For the manager: who belongs to which agency.</summary>
public sealed class PeopleTrigger(PeoplePages pages)
{
    [Function("People")]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "status/people")] HttpRequest request, CancellationToken ct) =>
        pages.GetAsync(request, ct);
}

/// <summary>For the manager: gives access, refuses and ends it.</summary>
public sealed class ChangeAccessTrigger(PeoplePages pages)
{
    [Function("ChangeAccess")]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "status/people")] HttpRequest request, CancellationToken ct) =>
        pages.PostAsync(request, ct);
}
