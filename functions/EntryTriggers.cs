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
