using DasvPipeline.Portal.Returns;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace DasvPipeline.Functions;

/// <summary>For an agency and the manager: the page for entering figures.</summary>
public sealed class EntryPageTrigger(EntryPages pages)
{
    [Function("EntryPage")]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "returns/{agency}/{name}/{period}/figures")] HttpRequest request, string agency, string name, string period, CancellationToken ct) =>
        pages.GetAsync(request, agency, name, period, ct);
}

/// <summary>For an agency and the manager: saves, checks or sends entered figures, from the page.</summary>
public sealed class EntryPageFormTrigger(EntryPages pages)
{
    [Function("EntryPageForm")]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "returns/{agency}/{name}/{period}/figures")] HttpRequest request, string agency, string name, string period, CancellationToken ct) =>
        pages.PostAsync(request, agency, name, period, ct);
}

/// <summary>For an agency and the manager: the figures that a return asks for, for a program.</summary>
public sealed class EntryFormTrigger(EntryEndpoint entry)
{
    [Function("EntryForm")]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/entry-form")] HttpRequest request, CancellationToken ct) =>
        entry.GetAsync(request, ct);
}

/// <summary>For an agency and the manager: saves, checks or sends entered figures, from a program.</summary>
public sealed class EnterFiguresTrigger(EntryEndpoint entry)
{
    [Function("EnterFigures")]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/enter-figures")] HttpRequest request, CancellationToken ct) =>
        entry.PostAsync(request, ct);
}

/// <summary>For an agency and the manager: the page for several files, and what was found in them.</summary>
public sealed class SeveralFilesPageTrigger(SeveralFilesPages pages)
{
    [Function("SeveralFilesPage")]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "returns/{agency}/files")] HttpRequest request, string agency, CancellationToken ct) =>
        pages.GetAsync(request, agency, ct);
}

/// <summary>For an agency and the manager: checks several files, and sends them.</summary>
public sealed class SeveralFilesTrigger(SeveralFilesPages pages)
{
    [Function("SeveralFiles")]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "returns/{agency}/files")] HttpRequest request, string agency, CancellationToken ct) =>
        pages.PostAsync(request, agency, ct);
}

/// <summary>For an agency and the manager: what was found in several files, for a program.</summary>
public sealed class CheckedFilesTrigger(SeveralFilesEndpoint several)
{
    [Function("CheckedFiles")]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/checked-files")] HttpRequest request, CancellationToken ct) =>
        several.GetAsync(request, ct);
}

/// <summary>For an agency and the manager: checks and sends several files, from a program.</summary>
public sealed class SendFilesTrigger(SeveralFilesEndpoint several)
{
    [Function("SendFiles")]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/send-files")] HttpRequest request, CancellationToken ct) =>
        several.PostAsync(request, ct);
}

/// <summary>For an agency and the manager: the agency's figures over time.</summary>
public sealed class AgencyFiguresPageTrigger(AgencyFiguresPages pages)
{
    [Function("AgencyFiguresPage")]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "returns/{agency}/figures")] HttpRequest request, string agency, CancellationToken ct) =>
        pages.GetAsync(request, agency, ct);
}

/// <summary>For an agency and the manager: the same for a program.</summary>
public sealed class AgencyFiguresTrigger(AgencyFiguresPages pages)
{
    [Function("AgencyFigures")]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/agency-figures")] HttpRequest request, CancellationToken ct) =>
        pages.GetApiAsync(request, ct);
}

/// <summary>For an agency and the manager: the receipt of an accepted version as a workbook.</summary>
public sealed class ReceiptPageTrigger(ReceiptPages pages)
{
    [Function("ReceiptFile")]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "returns/{agency}/{name}/{period}/{version:int}/receipt")] HttpRequest request,
        string agency,
        string name,
        string period,
        string version,
        CancellationToken ct) =>
        pages.GetAsync(request, agency, name, period, version, ct);
}

/// <summary>For an agency and the manager: the same for a program.</summary>
public sealed class ReceiptTrigger(ReceiptPages pages)
{
    [Function("Receipt")]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/receipt")] HttpRequest request, CancellationToken ct) =>
        pages.GetApiAsync(request, ct);
}
