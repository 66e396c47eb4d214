using DasvPipeline.Portal.Returns;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace DasvPipeline.Functions;

/// <summary>For an agency: its returns. For the manager: all agencies.</summary>
public sealed class ReturnsTrigger(ReturnPages pages)
{
    [Function("Returns")]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "returns")] HttpRequest request, CancellationToken ct) =>
        pages.GetAgenciesAsync(request, ct);
}

/// <summary>For an agency and the manager: the agency's returns.</summary>
public sealed class AgencyTrigger(ReturnPages pages)
{
    [Function("Agency")]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "returns/{agency}")] HttpRequest request, string agency, CancellationToken ct) =>
        pages.GetTasksAsync(request, agency, ct);
}

/// <summary>For an agency and the manager: one return for one period.</summary>
public sealed class ReturnTrigger(ReturnPages pages)
{
    [Function("Return")]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "returns/{agency}/{name}/{period}")] HttpRequest request, string agency, string name, string period, CancellationToken ct) =>
        pages.GetReturnAsync(request, agency, name, period, ct);
}

/// <summary>For an agency and the manager: sends a file, or only checks it.</summary>
public sealed class SendTrigger(SendPages pages)
{
    [Function("Send")]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "returns/{agency}/{name}/{period}")] HttpRequest request, string agency, string name, string period, CancellationToken ct) =>
        pages.PostFileAsync(request, agency, name, period, ct);
}

/// <summary>For an agency and the manager: the blank form.</summary>
public sealed class FormTrigger(ReturnPages pages)
{
    [Function("Form")]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "returns/{agency}/{name}/{period}/form")] HttpRequest request, string agency, string name, string period, CancellationToken ct) =>
        pages.GetFormAsync(request, agency, name, period, ct);
}

/// <summary>For an agency and the manager: explains why queried figures are correct.</summary>
public sealed class ExplanationTrigger(SendPages pages)
{
    [Function("Explanation")]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "returns/{agency}/{name}/{period}/explanations")] HttpRequest request, string agency, string name, string period, CancellationToken ct) =>
        pages.PostExplanationsAsync(request, agency, name, period, ct);
}

/// <summary>For an agency and the manager: the result of one version of a return.</summary>
public sealed class VersionTrigger(ReturnPages pages)
{
    [Function("Version")]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "returns/{agency}/{name}/{period}/{version:int}")] HttpRequest request,
        string agency,
        string name,
        string period,
        string version,
        CancellationToken ct) =>
        pages.GetVersionAsync(request, agency, name, period, version, ct);
}

/// <summary>For an agency and the manager: the agency's own workbook with the findings marked.</summary>
public sealed class MarkedCopyTrigger(ReturnPages pages)
{
    [Function("MarkedCopy")]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "returns/{agency}/{name}/{period}/{version:int}/marked")] HttpRequest request,
        string agency,
        string name,
        string period,
        string version,
        CancellationToken ct) =>
        pages.GetMarkedAsync(request, agency, name, period, version, ct);
}

/// <summary>For an agency and the manager: the file as it was sent.</summary>
public sealed class SentFileTrigger(ReturnPages pages)
{
    [Function("SentFile")]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "returns/{agency}/{name}/{period}/{version:int}/file")] HttpRequest request,
        string agency,
        string name,
        string period,
        string version,
        CancellationToken ct) =>
        pages.GetFileAsync(request, agency, name, period, version, ct);
}

/// <summary>For an agency's programs: creates a link for uploading one file.</summary>
public sealed class UploadLinkTrigger(UploadLinkEndpoint links)
{
    [Function("UploadLink")]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/upload-links")] HttpRequest request, CancellationToken ct) =>
        links.PostAsync(request, ct);
}

/// <summary>For an agency's programs: receives the file of an upload link, if storage is private.</summary>
public sealed class UploadTrigger(UploadEndpoint uploads)
{
    [Function("Upload")]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "api/uploads/{token}")] HttpRequest request, string token, CancellationToken ct) =>
        uploads.PutAsync(request, token, ct);
}

/// <summary>For an agency and the manager: withdraws a version, or uses it again.</summary>
public sealed class VersionDecisionTrigger(VersionDecisionPages pages)
{
    [Function("VersionDecision")]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "returns/{agency}/{name}/{period}/{version:int}/decision")] HttpRequest request,
        string agency,
        string name,
        string period,
        string version,
        CancellationToken ct) =>
        pages.PostAsync(request, agency, name, period, version, ct);
}

/// <summary>For an agency and the manager: asks whether to delete the file of a version.</summary>
public sealed class DeleteFilePageTrigger(DeleteFilePages pages)
{
    [Function("DeleteFilePage")]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "returns/{agency}/{name}/{period}/{version:int}/delete")] HttpRequest request,
        string agency,
        string name,
        string period,
        string version,
        CancellationToken ct) =>
        pages.GetAsync(request, agency, name, period, version, ct);
}

/// <summary>For an agency and the manager: deletes the file of a version, from the page.</summary>
public sealed class DeleteFileFormTrigger(DeleteFilePages pages)
{
    [Function("DeleteFileForm")]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "returns/{agency}/{name}/{period}/{version:int}/delete")] HttpRequest request,
        string agency,
        string name,
        string period,
        string version,
        CancellationToken ct) =>
        pages.PostAsync(request, agency, name, period, version, ct);
}

/// <summary>For an agency and the manager: deletes the file of a version, from a program.</summary>
public sealed class DeleteFileTrigger(VersionEndpoint versions)
{
    [Function("DeleteFile")]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/delete")] HttpRequest request, CancellationToken ct) =>
        versions.DeleteAsync(request, ct);
}

/// <summary>For an agency and the manager: takes the figures of a return out.</summary>
public sealed class WithdrawTrigger(VersionEndpoint versions)
{
    [Function("Withdraw")]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/withdraw")] HttpRequest request, CancellationToken ct) =>
        versions.WithdrawAsync(request, ct);
}

/// <summary>For an agency and the manager: uses an earlier version of a return again.</summary>
public sealed class ChooseVersionTrigger(VersionEndpoint versions)
{
    [Function("ChooseVersion")]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/choose-version")] HttpRequest request, CancellationToken ct) =>
        versions.ChooseAsync(request, ct);
}
