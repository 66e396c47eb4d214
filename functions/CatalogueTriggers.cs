using DasvPipeline.Portal;
using DasvPipeline.Portal.Status;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace DasvPipeline.Functions;

/// <summary>For the manager: the live catalogue, its history, and a form to change it.</summary>
public sealed class CataloguePageTrigger(CataloguePages pages)
{
    [Function("CataloguePage")]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "status/catalogue")] HttpRequest request, CancellationToken ct) =>
        pages.GetAsync(request, ct);
}

/// <summary>For the manager: checks an uploaded catalogue, and shows its mistakes or what it would change.</summary>
public sealed class UploadCatalogueTrigger(CataloguePages pages)
{
    [Function("UploadCatalogue")]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "status/catalogue")] HttpRequest request, CancellationToken ct) =>
        pages.PostFileAsync(request, ct);
}

/// <summary>For the manager: the form of a common change of the catalogue.</summary>
public sealed class CatalogueChangePageTrigger(CataloguePages pages)
{
    [Function("CatalogueChangePage")]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "status/catalogue/changes/{change}")] HttpRequest request, string change) =>
        pages.GetChangeAsync(request, change);
}

/// <summary>For the manager: previews a common change of the catalogue.</summary>
public sealed class ChangeCatalogueTrigger(CataloguePages pages)
{
    [Function("ChangeCatalogue")]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "status/catalogue/changes/{change}")] HttpRequest request, string change, CancellationToken ct) =>
        pages.PostChangeAsync(request, change, ct);
}

/// <summary>For the manager: makes a previewed catalogue live.</summary>
public sealed class ApproveCatalogueTrigger(CataloguePages pages)
{
    [Function("ApproveCatalogue")]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "status/catalogue/approval")] HttpRequest request, CancellationToken ct) =>
        pages.PostApprovalAsync(request, ct);
}

/// <summary>For the manager: a version of the catalogue, with its differences from the one before.</summary>
public sealed class CatalogueVersionTrigger(CataloguePages pages)
{
    [Function("CatalogueVersion")]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "status/catalogue/versions/{number:int}")] HttpRequest request, string number, CancellationToken ct) =>
        pages.GetVersionAsync(request, number, ct);
}

/// <summary>For the manager: previews that an earlier version is used again.</summary>
public sealed class RestoreCatalogueTrigger(CataloguePages pages)
{
    [Function("RestoreCatalogue")]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "status/catalogue/versions/{number:int}")] HttpRequest request, string number, CancellationToken ct) =>
        pages.PostRestoreAsync(request, number, ct);
}

/// <summary>For the manager: the files of the catalogue as a zip.</summary>
public sealed class CatalogueTrigger(CatalogueEndpoint catalogue)
{
    [Function("Catalogue")]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/catalogue")] HttpRequest request, CancellationToken ct) =>
        catalogue.GetAsync(request, ct);
}

/// <summary>For the manager: the versions of the catalogue, as JSON.</summary>
public sealed class CatalogueVersionsTrigger(CatalogueEndpoint catalogue)
{
    [Function("CatalogueVersions")]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/catalogue/versions")] HttpRequest request, CancellationToken ct) =>
        catalogue.GetVersionsAsync(request, ct);
}

/// <summary>For the manager: checks a changed catalogue, and returns what it would change.</summary>
public sealed class PreviewCatalogueTrigger(CatalogueEndpoint catalogue)
{
    [Function("PreviewCatalogue")]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/catalogue/preview")] HttpRequest request, CancellationToken ct) =>
        catalogue.PreviewAsync(request, ct);
}

/// <summary>For the manager: makes a previewed catalogue live.</summary>
public sealed class ApplyCatalogueTrigger(CatalogueEndpoint catalogue)
{
    [Function("ApplyCatalogue")]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/catalogue/apply")] HttpRequest request, CancellationToken ct) =>
        catalogue.ApplyAsync(request, ct);
}
