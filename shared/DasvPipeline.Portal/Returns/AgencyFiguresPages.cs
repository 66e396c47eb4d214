using System.Text.Json.Serialization;
using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Oversight;
using DasvPipeline.Portal.Auth;
using DasvPipeline.Portal.Pages;
using Microsoft.AspNetCore.Http;

namespace DasvPipeline.Portal.Returns;

/// <summary>Shows an agency its own figures over time, on a page and to programs.</summary>
public sealed class AgencyFiguresPages(PageHandler pages, PartnershipCatalogue catalogue, DescribeAgencyFigures describe, CallerReader callers)
{
    public Task<IResult> GetAsync(HttpRequest request, string agency, CancellationToken ct) => pages.ShowAsync(
        request,
        caller => caller.HasAccessTo(new AgencyId(agency)),
        async context => catalogue.Agencies.TryGetValue(new AgencyId(agency), out var known)
            ? PageHandler.Render(new AgencyFiguresPage { PageContext = context, Agency = known, Series = await describe.RunAsync(known.Id, ct) })
            : PageHandler.NotFound(context, "This agency does not exist."));

    public async Task<IResult> GetApiAsync(HttpRequest request, CancellationToken ct)
    {
        request.HttpContext.Response.Headers.CacheControl = "no-store";
        if (callers.GetCaller(request) is not { } caller)
        {
            return ErrorResults.NotSignedIn(request, "Sign in as the manager, or as the agency.");
        }

        if (request.Query["agency"].ToString() is not { Length: > 0 } agency)
        {
            return ErrorResults.BadRequest("Give an agency: ?agency=constabulary.");
        }

        var id = new AgencyId(agency);
        return !caller.HasAccessTo(id) ? Results.Problem(statusCode: StatusCodes.Status403Forbidden, title: ErrorResults.GetNoChange(caller, id))
            : !catalogue.Agencies.ContainsKey(id) ? ErrorResults.NotFound("This agency does not exist.")
            : Results.Json(await describe.RunAsync(id, ct), AgencyFiguresJson.Default.IReadOnlyListAgencySeries);
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(IReadOnlyList<AgencySeries>))]
internal sealed partial class AgencyFiguresJson : JsonSerializerContext;
