using DasvPipeline.Portal.Auth;
using Microsoft.AspNetCore.Http;

namespace DasvPipeline.Portal;

/// <summary>Creates error responses with a message that says what to do.</summary>
internal static class ErrorResults
{
    public static IResult NotManager() =>
        Results.Problem(statusCode: StatusCodes.Status403Forbidden, title: "Only the partnership manager has access. Sign in with that role.");

    public static IResult MissingReturn() => BadRequest("Give a return: ?return=constabulary/domestic-abuse&period=2019-20-Q1.");

    public static IResult BadRequest(string sentence) => Results.Problem(statusCode: StatusCodes.Status400BadRequest, title: sentence);

    public static IResult NotFound(string sentence) => Results.Problem(statusCode: StatusCodes.Status404NotFound, title: sentence);

    /// <summary>
    /// Returns null if the manager may make this change. Requires a header that a form on another site cannot send, so that
    /// only our own pages and programs can change anything.
    /// </summary>
    public static IResult? CheckChange(HttpRequest request, CallerReader callers) =>
        !callers.IsManager(request) ? NotManager() : CheckHeader(request);

    /// <inheritdoc cref="CheckChange"/>
    public static IResult? CheckHeader(HttpRequest request) =>
        request.Headers["X-Requested-With"].Count == 0 ? BadRequest("Send the header X-Requested-With with any value.") : null;
}
