using System.Globalization;
using DasvPipeline.Core;
using DasvPipeline.Core.Model;
using DasvPipeline.Core.Oversee;
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

/// <summary>The scheduled publish, when the manager asks for it.</summary>
public sealed class PublishEndpoint(PublishHeadlines publish, CallerPolicy callers)
{
    public async Task<IResult> PostAsync(HttpRequest request, CancellationToken ct)
    {
        if (!callers.IsManager(request))
        {
            return Refusals.NotTheManager();
        }

        if (Refusals.WithoutOurHeader(request) is { } refusal)
        {
            return refusal;
        }

        var outcome = await publish.RunAsync(ct);
        return Results.Text(
            outcome.IsNew
                ? string.Create(CultureInfo.InvariantCulture, $"Release {outcome.Number} is published.")
                : string.Create(CultureInfo.InvariantCulture, $"Nothing has changed since release {outcome.Number}."));
    }
}

internal static class Refusals
{
    public static IResult NotTheManager() =>
        Results.Problem(statusCode: StatusCodes.Status403Forbidden, title: "This is for the partnership manager. Sign in with that role.");

    public static IResult NoSuchReturn() =>
        Results.Problem(statusCode: StatusCodes.Status400BadRequest, title: "Say which return: ?return=constabulary/domestic-abuse&period=2019-20-Q1.");

    /// <summary>A form on another site can send cookies but not this header: no page but ours can change anything.</summary>
    public static IResult? WithoutOurHeader(HttpRequest request) => request.Headers["X-Requested-With"].Count > 0
        ? null
        : Results.Problem(statusCode: StatusCodes.Status400BadRequest, title: "Send the header X-Requested-With with any value.");
}
