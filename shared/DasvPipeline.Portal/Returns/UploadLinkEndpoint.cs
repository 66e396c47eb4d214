using DasvPipeline.Core;
using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Model;
using DasvPipeline.Portal.Who;
using Microsoft.AspNetCore.Http;

namespace DasvPipeline.Portal.Returns;

/// <summary>
/// For programs: an address to which one new file can be put for one return, for a short time. It can neither read nor
/// replace anything.
/// </summary>
public sealed class UploadLinkEndpoint(PartnershipCatalogue catalogue, SendReturn send, CallerPolicy callers, TimeProvider clock)
{
    private const string Say = """Send JSON: {"return":"agency/return","period":"2019-20-Q1","file":"figures.xlsx"}.""";

    public async Task<IResult> PostAsync(HttpRequest request, CancellationToken ct)
    {
        request.HttpContext.Response.Headers.CacheControl = "no-store";
        if (callers.Of(request) is not { } caller)
        {
            return Results.Problem(statusCode: StatusCodes.Status401Unauthorized, title: "Sign in as the agency whose return it is.");
        }

        if (Refusals.FromElsewhere(request) is { } refusal)
        {
            return refusal;
        }

        if (await JsonBody.ReadAsync(request, PortalJson.Default.UploadLinkBody, ct) is not { Period: { } period, File.Length: > 0 } asked || ReturnId.TryParse(asked.Return) is not { } id)
        {
            return Refusals.BadRequest(Say);
        }

        if (!caller.MaySee(id.Agency))
        {
            return Results.Problem(statusCode: StatusCodes.Status403Forbidden, title: "You are not signed in as this agency.");
        }

        var place = ReturnPlace.Of(catalogue, id.Agency.Value, id.Name, period, DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime));
        if (place.Problem is { } problem)
        {
            return Refusals.BadRequest(problem);
        }

        var grant = await send.GrantAsync(place.Key, asked.File, caller.Name, ct);
        return Results.Json(
            new UploadLink(grant.Address.AbsoluteUri, grant.Path, grant.Until, $"{request.Scheme}://{request.Host}{ReturnAddress.Of(place.Key)}"),
            PortalJson.Default.UploadLink,
            statusCode: StatusCodes.Status201Created);
    }

    /// <summary>What to type for one return; <c>$TOKEN</c> is the program's own.</summary>
    public static string ExampleOf(string root, ReturnKey key) =>
        $$"""
        link=$(curl --fail --silent --show-error "{{root}}/api/upload-links" \
          --header "Authorization: Bearer $TOKEN" \
          --header "X-Requested-With: curl" \
          --json '{"return":"{{key.Return}}","period":"{{key.Period}}","file":"figures.xlsx"}' | jq --raw-output .address)
        curl --fail "$link" --header "x-ms-blob-type: BlockBlob" --upload-file figures.xlsx
        """;
}

internal sealed record UploadLinkBody(string? Return, string? Period, string? File);

/// <param name="Address">To which the file is put, with the header <c>x-ms-blob-type: BlockBlob</c>.</param>
/// <param name="Answer">The page that tells what became of it.</param>
internal sealed record UploadLink(string Address, string Path, DateTimeOffset Until, string Answer);
