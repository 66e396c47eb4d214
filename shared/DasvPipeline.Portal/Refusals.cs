using DasvPipeline.Portal.Who;
using Microsoft.AspNetCore.Http;

namespace DasvPipeline.Portal;

/// <summary>What is not answered, and the sentence that says what to do instead.</summary>
internal static class Refusals
{
    public static IResult NotTheManager() =>
        Results.Problem(statusCode: StatusCodes.Status403Forbidden, title: "This is for the partnership manager. Sign in with that role.");

    public static IResult NoSuchReturn() => BadRequest("Say which return: ?return=constabulary/domestic-abuse&period=2019-20-Q1.");

    public static IResult BadRequest(string sentence) => Results.Problem(statusCode: StatusCodes.Status400BadRequest, title: sentence);

    public static IResult NotFound(string sentence) => Results.Problem(statusCode: StatusCodes.Status404NotFound, title: sentence);

    /// <summary>
    /// Null where the manager asks, and from no other site: a form there can send cookies but not this header, so that no
    /// page but ours can change anything.
    /// </summary>
    public static IResult? OfChange(HttpRequest request, CallerPolicy callers) =>
        !callers.IsManager(request) ? NotTheManager() : FromElsewhere(request);

    /// <inheritdoc cref="OfChange"/>
    public static IResult? FromElsewhere(HttpRequest request) =>
        request.Headers["X-Requested-With"].Count == 0 ? BadRequest("Send the header X-Requested-With with any value.") : null;
}
