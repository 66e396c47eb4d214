using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Publish;
using DasvPipeline.Core.Publish.Releases;
using DasvPipeline.Portal.Auth;
using Microsoft.AspNetCore.Http;

namespace DasvPipeline.Portal;

/// <summary>Serves the changes that publishing now would make, as JSON and CSV.</summary>
public sealed class PreviewEndpoint(PreviewRelease preview, CallerReader callers)
{
    public async Task<IResult> GetAsync(HttpRequest request, CancellationToken ct)
    {
        request.HttpContext.Response.Headers.CacheControl = "no-store";
        return ErrorResults.CheckManager(request, callers)
            ?? ListFormat.CreateResult(request, "preview", await preview.RunAsync(ct), PreviewJson.Default.Preview, list => list.ToCsv());
    }
}

/// <summary>Serves the sources of a headline for a year or a quarter, down to the cells, as JSON. It includes hidden numbers.</summary>
public sealed class LineageEndpoint(TraceHeadline trace, PartnershipCatalogue catalogue, CallerReader callers)
{
    public async Task<IResult> GetAsync(HttpRequest request, CancellationToken ct)
    {
        request.HttpContext.Response.Headers.CacheControl = "no-store";
        if (ErrorResults.CheckManager(request, callers) is { } refusal)
        {
            return refusal;
        }

        var headline = request.Query["headline"].ToString();
        if (headline.Length == 0 || !Period.TryParse(request.Query["period"], out var period))
        {
            return ErrorResults.BadRequest("Give a headline and a year or quarter: ?headline=idva-referrals&period=2019-20.");
        }

        return HeadlineIds.FindProblem(catalogue, headline) is { } unknown ? ErrorResults.NotFound(unknown)
            : await trace.RunAsync(headline, period, ct) is { } found ? Results.Json(found, HeadlineTraceJson.Default.HeadlineTrace)
            : ErrorResults.NotFound($"{headline} has no figure for {period}.");
    }
}
