using DasvPipeline.Portal.Returns;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace DasvPipeline.Functions;

/// <summary>For an agency and the manager: the result of a file that was checked and not sent.</summary>
public sealed class CheckedFileTrigger(CheckedPages pages)
{
    [Function("CheckedFile")]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "returns/{agency}/{name}/{period}/checked/{id}")] HttpRequest request,
        string agency,
        string name,
        string period,
        string id,
        CancellationToken ct) =>
        pages.GetAsync(request, agency, name, period, id, ct);
}

/// <summary>For an agency and the manager: sends a checked file, or deletes it.</summary>
public sealed class SendCheckedFileTrigger(CheckedPages pages)
{
    [Function("SendCheckedFile")]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "returns/{agency}/{name}/{period}/checked/{id}")] HttpRequest request,
        string agency,
        string name,
        string period,
        string id,
        CancellationToken ct) =>
        pages.PostAsync(request, agency, name, period, id, ct);
}

/// <summary>For an agency and the manager: a checked file with its findings marked.</summary>
public sealed class MarkedCheckedFileTrigger(CheckedPages pages)
{
    [Function("MarkedCheckedFile")]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "returns/{agency}/{name}/{period}/checked/{id}/marked")] HttpRequest request,
        string agency,
        string name,
        string period,
        string id,
        CancellationToken ct) =>
        pages.GetMarkedAsync(request, agency, name, period, id, ct);
}

/// <summary>For an agency and the manager: moves a file to the return of its form, from the page.</summary>
public sealed class MoveFileFormTrigger(MovePages pages)
{
    [Function("MoveFileForm")]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "returns/{agency}/{name}/{period}/{version:int}/move")] HttpRequest request,
        string agency,
        string name,
        string period,
        string version,
        CancellationToken ct) =>
        pages.PostAsync(request, agency, name, period, version, ct);
}

/// <summary>For an agency and the manager: moves a file to the return of its form, from a program.</summary>
public sealed class MoveFileTrigger(MovePages pages)
{
    [Function("MoveFile")]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/move")] HttpRequest request, CancellationToken ct) =>
        pages.PostApiAsync(request, ct);
}
