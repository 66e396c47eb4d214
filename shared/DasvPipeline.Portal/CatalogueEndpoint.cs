using System.Globalization;
using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Oversight;
using DasvPipeline.Portal.Auth;
using Microsoft.AspNetCore.Http;

namespace DasvPipeline.Portal;

/// <summary>Serves the catalogue, and lets the manager preview and approve a changed one. The checks are those of the pages.</summary>
public sealed class CatalogueEndpoint(LiveCatalogue live, ChangeCatalogue change, CallerReader callers)
{
    public const string ZipType = "application/zip";
    private const string PreviewHelp = """Send JSON: {"zip":"the zip of the folder, in base64"}.""";
    private const string ApplyHelp = """Send JSON: {"hash":"of the preview","live":1,"reason":"why"}. The reason is published. Add "publishAnyway":true to publish its small numbers and those of new texts.""";

    /// <summary>The largest body: a zip in base64, with its JSON.</summary>
    private const int MaxBodyBytes = (CatalogueArchive.MaxZipBytes * 4 / 3) + 16_384;

    /// <summary>Returns the files of the live version, or of <c>?version=</c>, as a zip.</summary>
    public async Task<IResult> GetAsync(HttpRequest request, CancellationToken ct)
    {
        request.HttpContext.Response.Headers.CacheControl = "no-store";
        if (ErrorResults.CheckManager(request, callers) is { } refusal)
        {
            return refusal;
        }

        var text = request.Query["version"].ToString();
        var number = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : (int?)null;
        return text.Length > 0 && number is null ? ErrorResults.BadRequest("Give the number of a version: ?version=2.")
            : await change.ReadFilesAsync(number, ct) is { } files ? Results.File(CatalogueArchive.WriteZip(files), ZipType, "catalogue.zip")
            : ErrorResults.NotFound("This version does not exist.");
    }

    /// <summary>Returns all versions with their persons and reasons.</summary>
    public async Task<IResult> GetVersionsAsync(HttpRequest request, CancellationToken ct)
    {
        request.HttpContext.Response.Headers.CacheControl = "no-store";
        return ErrorResults.CheckManager(request, callers)
            ?? Results.Json((await live.ReadHistoryAsync(ct))?.Versions ?? [], CatalogueJson.Default.IReadOnlyListCatalogueVersion);
    }

    /// <summary>Checks a catalogue. The response is 200 with its effects, or 409 with its mistakes.</summary>
    public async Task<IResult> PreviewAsync(HttpRequest request, CancellationToken ct)
    {
        request.HttpContext.Response.Headers.CacheControl = "no-store";
        if (ErrorResults.CheckChange(request, callers) is { } refusal)
        {
            return refusal;
        }

        var zip = new byte[CatalogueArchive.MaxZipBytes];
        if (await JsonBody.ReadAsync(request, PortalJson.Default.CatalogueZipBody, ct, MaxBodyBytes) is not { Zip: { } text } || !Convert.TryFromBase64String(text, zip, out var length))
        {
            return ErrorResults.BadRequest(PreviewHelp);
        }

        var (files, mistakes) = CatalogueArchive.ReadZip(zip.AsMemory(0, length));
        var proposal = mistakes.Count > 0 ? new CatalogueProposal(null, 0, mistakes, CatalogueEffects.None) : await change.ProposeAsync(files, ct);
        return proposal.Hash is null
            ? Results.Json(
                new DecisionResponse("The catalogue has mistakes.", [.. proposal.Mistakes.Select(mistake => mistake.ToString())]),
                PortalJson.Default.DecisionResponse,
                statusCode: StatusCodes.Status409Conflict)
            : Results.Json(proposal, CatalogueJson.Default.CatalogueProposal);
    }

    /// <summary>Makes a previewed catalogue live.</summary>
    public async Task<IResult> ApplyAsync(HttpRequest request, CancellationToken ct)
    {
        request.HttpContext.Response.Headers.CacheControl = "no-store";
        return ErrorResults.CheckChange(request, callers)
            ?? (await JsonBody.ReadAsync(request, PortalJson.Default.CatalogueApplyBody, ct) is { Hash: not null, Live: { } seen } body
                ? DecisionEndpoint.ToResult(await change.ApproveAsync(body.Hash, seen, body.Reason, body.PublishAnyway, callers.GetCaller(request)!.Person, ct))
                : ErrorResults.BadRequest(ApplyHelp));
    }
}

internal sealed record CatalogueZipBody(string? Zip);

internal sealed record CatalogueApplyBody(string? Hash, int? Live, string? Reason, bool PublishAnyway = false);
