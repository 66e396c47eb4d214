using DasvPipeline.Core;
using DasvPipeline.Core.Model;
using DasvPipeline.Core.Oversee;
using DasvPipeline.Portal.Who;
using Microsoft.AspNetCore.Http;

namespace DasvPipeline.Portal;

/// <summary>The manager's board as JSON, and where the figures behind it disagree.</summary>
public sealed class StatusEndpoint(DescribeStatus status, CallerPolicy callers)
{
    public Task<IResult> GetAsync(HttpRequest request, CancellationToken ct) =>
        OfYearAsync(request, async year => Results.Json(await status.RunAsync(year, ct), BoardJson.Default.Board));

    public Task<IResult> GetDiscrepanciesAsync(HttpRequest request, CancellationToken ct) =>
        OfYearAsync(request, async year => Results.Json(await status.DiscrepanciesAsync(year, ct), DisagreementsJson.Default.Disagreements));

    private async Task<IResult> OfYearAsync(HttpRequest request, Func<Period?, Task<IResult>> answer)
    {
        if (!callers.IsManager(request))
        {
            return Refusals.NotTheManager();
        }

        var asked = request.Query["year"].ToString();
        if (asked.Length > 0 && !(Period.TryParse(asked, out var period) && period.IsYear))
        {
            return Results.Problem(statusCode: StatusCodes.Status400BadRequest, title: "A year is written 2019-20.");
        }

        request.HttpContext.Response.Headers.CacheControl = "no-store";
        return await answer(asked.Length == 0 ? null : Period.Parse(asked));
    }
}
