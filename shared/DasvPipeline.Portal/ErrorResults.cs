using DasvPipeline.Core.Domain;
using DasvPipeline.Portal.Auth;
using Microsoft.AspNetCore.Http;

namespace DasvPipeline.Portal;

/// <summary>Creates error responses with a message that says what to do.</summary>
internal static class ErrorResults
{
    /// <summary>Returns null if the caller is the manager. Otherwise 401 for a caller who is not signed in, and 403 for anyone else.</summary>
    public static IResult? CheckManager(HttpRequest request, CallerReader callers) => callers.GetCaller(request) switch
    {
        { IsManager: true } => null,
        null => NotSignedIn(request, "Sign in as the partnership manager."),
        _ => Results.Problem(statusCode: StatusCodes.Status403Forbidden, title: "Only the partnership manager has access. Sign in with that role."),
    };

    /// <summary>Tells a program that it must send a token.</summary>
    public static IResult NotSignedIn(HttpRequest request, string sentence)
    {
        request.HttpContext.Response.Headers.WWWAuthenticate = "Bearer";
        return Results.Problem(statusCode: StatusCodes.Status401Unauthorized, title: sentence);
    }

    /// <summary>Returns why a caller may not change an agency's returns.</summary>
    public static string GetNoChange(Caller caller, AgencyId agency) =>
        caller.HasAccessTo(agency) ? "You can read the returns of this agency. You cannot change them." : "You are not signed in as this agency.";

    public static IResult MissingReturn() => BadRequest("Give a return: ?return=constabulary/domestic-abuse&period=2019-20-Q1.");

    public static IResult BadRequest(string sentence) => Results.Problem(statusCode: StatusCodes.Status400BadRequest, title: sentence);

    public static IResult NotFound(string sentence) => Results.Problem(statusCode: StatusCodes.Status404NotFound, title: sentence);

    /// <summary>
    /// Returns null if the manager may make this change. Requires a header that a form on another site cannot send, so that
    /// only our own pages and programs can change anything.
    /// </summary>
    public static IResult? CheckChange(HttpRequest request, CallerReader callers) => CheckManager(request, callers) ?? CheckHeader(request);

    /// <inheritdoc cref="CheckChange"/>
    public static IResult? CheckHeader(HttpRequest request) =>
        request.Headers["X-Requested-With"].Count == 0 ? BadRequest("Send the header X-Requested-With with any value.") : null;
}
