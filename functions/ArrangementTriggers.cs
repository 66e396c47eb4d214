using DasvPipeline.Portal.Returns;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace DasvPipeline.Functions;

/// <summary>For an agency and the manager: asks whether there was nothing to report.</summary>
public sealed class NilReturnPageTrigger(ArrangementPages pages)
{
    [Function("NilReturnPage")]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "returns/{agency}/{name}/{period}/nil-return")] HttpRequest request, string agency, string name, string period) =>
        pages.GetNilReturnAsync(request, agency, name, period);
}

/// <summary>For an agency and the manager: states a nil return, from the page.</summary>
public sealed class NilReturnFormTrigger(ArrangementPages pages)
{
    [Function("NilReturnForm")]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "returns/{agency}/{name}/{period}/nil-return")] HttpRequest request, string agency, string name, string period, CancellationToken ct) =>
        pages.PostNilReturnAsync(request, agency, name, period, ct);
}

/// <summary>For an agency and the manager: states a nil return, from a program.</summary>
public sealed class NilReturnTrigger(VersionEndpoint returns)
{
    [Function("NilReturn")]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/nil-return")] HttpRequest request, CancellationToken ct) =>
        returns.StateNilReturnAsync(request, ct);
}

/// <summary>For an agency and the manager: the form to say that a return is late. For the manager: to extend or waive it.</summary>
public sealed class ArrangementPageTrigger(ArrangementPages pages)
{
    [Function("ArrangementPage")]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "returns/{agency}/{name}/{period}/arrangements/{kind}")] HttpRequest request,
        string agency,
        string name,
        string period,
        string kind,
        CancellationToken ct) =>
        pages.GetAsync(request, agency, name, period, kind, ct);
}

/// <summary>For an agency and the manager: says that a return is late, extends or waives it, or undoes that, from the page.</summary>
public sealed class ArrangementFormTrigger(ArrangementPages pages)
{
    [Function("ArrangementForm")]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "returns/{agency}/{name}/{period}/arrangements/{kind}")] HttpRequest request,
        string agency,
        string name,
        string period,
        string kind,
        CancellationToken ct) =>
        pages.PostAsync(request, agency, name, period, kind, ct);
}

/// <summary>The same, from a program.</summary>
public sealed class ArrangeTrigger(VersionEndpoint returns)
{
    [Function("Arrange")]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/arrange")] HttpRequest request, CancellationToken ct) =>
        returns.ArrangeAsync(request, ct);
}
