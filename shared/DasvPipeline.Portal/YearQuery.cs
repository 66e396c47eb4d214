using DasvPipeline.Core.Model;
using DasvPipeline.Portal.Who;
using Microsoft.AspNetCore.Http;

namespace DasvPipeline.Portal;

/// <summary>A question of the manager's about a year (<c>?year=2019-20</c>), or about the one that matters now.</summary>
internal static class YearQuery
{
    public static async Task<IResult> AnswerAsync(HttpRequest request, CallerPolicy callers, Func<Period?, Task<IResult>> answer)
    {
        request.HttpContext.Response.Headers.CacheControl = "no-store";
        return !callers.IsManager(request) ? Refusals.NotTheManager()
            : !TryRead(request, out var year) ? Refusals.BadRequest("A year is written 2019-20.")
            : await answer(year);
    }

    /// <summary>False where what is asked for is no year.</summary>
    public static bool TryRead(HttpRequest request, out Period? year)
    {
        year = null;
        var asked = request.Query["year"].ToString();
        if (asked.Length == 0)
        {
            return true;
        }

        if (!Period.TryParse(asked, out var period) || !period.IsYear)
        {
            return false;
        }

        year = period;
        return true;
    }
}
