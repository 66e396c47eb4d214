using DasvPipeline.Core.Domain;
using DasvPipeline.Portal.Auth;
using Microsoft.AspNetCore.Http;

namespace DasvPipeline.Portal;

/// <summary>Handles the manager's requests for a year (<c>?year=2019-20</c>), or for the default year.</summary>
internal static class YearQuery
{
    public static async Task<IResult> HandleAsync(HttpRequest request, CallerReader callers, Func<Period?, Task<IResult>> answer)
    {
        request.HttpContext.Response.Headers.CacheControl = "no-store";
        return ErrorResults.CheckManager(request, callers) is { } refusal ? refusal
            : !TryRead(request, out var year) ? ErrorResults.BadRequest("Write the year like 2019-20.")
            : await answer(year);
    }

    /// <summary>Reads the year, which is null if none is given. Returns false if it is not a valid year.</summary>
    public static bool TryRead(HttpRequest request, out Period? year)
    {
        year = null;
        var text = request.Query["year"].ToString();
        if (text.Length == 0)
        {
            return true;
        }

        if (!Period.TryParse(text, out var period) || !period.IsYear)
        {
            return false;
        }

        year = period;
        return true;
    }
}
