using System.Globalization;
using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Ingest;
using DasvPipeline.Core.Ingest.Routing;
using DasvPipeline.Core.Ports;
using DasvPipeline.Portal.Auth;
using Microsoft.AspNetCore.Http;

namespace DasvPipeline.Portal.Returns;

/// <summary>
/// Creates upload links for programs. A link accepts one new file for one return for a short time, and cannot read or
/// replace anything.
/// </summary>
public sealed class UploadLinkEndpoint(
    PartnershipCatalogue catalogue, SendReturn send, UploadEndpoint receiver, UploadLinkOptions options, CallerReader callers, FileLimits limits, TimeProvider clock)
{
    private const string BodyHelp = """Send JSON: {"return":"agency/return","period":"2019-20-Q1","file":"figures.xlsx"}.""";

    public async Task<IResult> PostAsync(HttpRequest request, CancellationToken ct)
    {
        request.HttpContext.Response.Headers.CacheControl = "no-store";
        if (callers.GetCaller(request) is not { } caller)
        {
            return ErrorResults.NotSignedIn(request, "Sign in as the agency of this return.");
        }

        if (ErrorResults.CheckHeader(request) is { } refusal)
        {
            return refusal;
        }

        if (await JsonBody.ReadAsync(request, PortalJson.Default.UploadLinkBody, ct) is not { Period: { } period, File.Length: > 0 } body || ReturnId.TryParse(body.Return) is not { } id)
        {
            return ErrorResults.BadRequest(BodyHelp);
        }

        if (!caller.CanChange(id.Agency))
        {
            return Results.Problem(statusCode: StatusCodes.Status403Forbidden, title: ErrorResults.GetNoChange(caller, id.Agency));
        }

        var place = ReturnRoute.Parse(catalogue, id.Agency.Value, id.Name, period);
        if ((place.Problem ?? UploadPath.CheckHasEnded(place.Key.Period, clock.Today())?.Message) is { } problem)
        {
            return ErrorResults.BadRequest(problem);
        }

        if (!limits.TryTake(caller))
        {
            request.HttpContext.Response.Headers.RetryAfter = FileLimits.RetryAfterSeconds.ToString(CultureInfo.InvariantCulture);
            return Results.Problem(statusCode: StatusCodes.Status429TooManyRequests, title: FileLimits.TooMany);
        }

        var answer = $"{request.Scheme}://{request.Host}{ReturnAddress.Create(place.Key)}";
        return Results.Json(await CreateLinkAsync(request, place.Key, body.File, caller.Person, answer, ct), PortalJson.Default.UploadLink, statusCode: StatusCodes.Status201Created);
    }

    private async Task<UploadLink> CreateLinkAsync(HttpRequest request, ReturnKey key, string file, Person by, string answer, CancellationToken ct)
    {
        if (options.ThroughApp)
        {
            var reserved = await send.ReserveLinkAsync(key, file, by, ct);
            return new UploadLink(receiver.CreateAddress(request, reserved), reserved.Path, reserved.ExpiresAt, answer);
        }

        var grant = await send.GrantAsync(key, file, by, ct);
        return new UploadLink(grant.Address.AbsoluteUri, grant.Path, grant.ExpiresAt, answer);
    }

    /// <summary>Returns the commands for one return; <c>$TOKEN</c> is the program's own.</summary>
    public static string CreateExample(string root, ReturnKey key) =>
        $$"""
        link=$(curl --fail --silent --show-error "{{root}}/api/upload-links" \
          --header "Authorization: Bearer $TOKEN" \
          --header "X-Requested-With: curl" \
          --json '{"return":"{{key.Return}}","period":"{{key.Period}}","file":"figures.xlsx"}' | jq --raw-output .address)
        curl --fail "$link" --header "x-ms-blob-type: BlockBlob" --upload-file figures.xlsx
        """;
}

internal sealed record UploadLinkBody(string? Return, string? Period, string? File);

/// <param name="Address">The address for PUT of the file, with the header <c>x-ms-blob-type: BlockBlob</c>.</param>
/// <param name="Answer">The address of the page with the result.</param>
internal sealed record UploadLink(string Address, string Path, DateTimeOffset Until, string Answer);
