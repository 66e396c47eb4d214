using System.Text;
using System.Text.Json.Nodes;
using DasvPipeline.Core.Oversight;
using DasvPipeline.Core.Domain;
using DasvPipeline.Portal.Pages;
using DasvPipeline.Portal.Status;
using Microsoft.AspNetCore.Http;

namespace DasvPipeline.Portal.Auth;

/// <summary>
/// Replaces the platform's sign-in on a laptop: a page to choose an agency or the manager, a cookie with the choice, and
/// the header that the platform would set. Only the laptop's host maps it.
/// </summary>
public sealed class LaptopSignIn(PageHandler pages, LiveCatalogue catalogue)
{
    private const string Cookie = "dasv-laptop";

    /// <summary>Signs in as somebody without a role, who can ask for access.</summary>
    internal const string NewPerson = "new-person";

    /// <summary>The default page after signing in.</summary>
    private const string DefaultPath = "/returns";

    public IResult ShowPage(HttpRequest request) => pages.ShowPublic(request, context => PageHandler.Render(new SignInPage
    {
        PageContext = context,
        Agencies = catalogue.Newest.Agencies.Values.OrderBy(agency => agency.Name, StringComparer.Ordinal).ToList(),
        From = LocalPath(request.Query["from"]),
    }), hasForm: true);

    public Task<IResult> PostAsync(HttpRequest request, CancellationToken ct) => pages.HandlePublicFormAsync(
        request,
        (context, form) =>
        {
            var role = form["as"].ToString();
            if (role is not (Caller.ManagerRole or NewPerson) && !catalogue.Newest.Agencies.Keys.Any(agency => role == Caller.AgencyRole + agency))
            {
                return PageHandler.Problem(context, StatusCodes.Status400BadRequest, "This name is not in the list", "Go back and choose one from the list.");
            }

            AgencyView.Forget(request.HttpContext.Response);
            request.HttpContext.Response.Cookies.Append(Cookie, role, new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Strict });
            var returnPath = LocalPath(form["from"]);
            return PageHandler.SeeOther(request, returnPath == DefaultPath && role == Caller.ManagerRole ? StatusAddress.Start : returnPath);
        },
        ct);

    public static IResult SignOut(HttpRequest request)
    {
        AgencyView.Forget(request.HttpContext.Response);
        request.HttpContext.Response.Cookies.Delete(Cookie);
        return PageHandler.SeeOther(request, "/sign-in");
    }

    /// <summary>Sets the header for the signed-in person, unless the request already has one.</summary>
    public Task SetPrincipalAsync(HttpContext context, RequestDelegate next)
    {
        if (context.Request.Cookies[Cookie] is { Length: > 0 } role)
        {
            var name = role == Caller.ManagerRole ? "The manager" : role == NewPerson ? "A new person" : catalogue.Newest.GetAgencyName(new AgencyId(role[Math.Min(role.Length, Caller.AgencyRole.Length)..]));
            var principal = new JsonObject
            {
                ["role_typ"] = "roles",
                ["name_typ"] = "name",
                ["claims"] = new JsonArray(new JsonObject { ["typ"] = "roles", ["val"] = role }, new JsonObject { ["typ"] = "name", ["val"] = name }, new JsonObject { ["typ"] = "oid", ["val"] = $"laptop:{role}" }),
            };
            context.Request.Headers.TryAdd(CallerReader.Header, Convert.ToBase64String(Encoding.UTF8.GetBytes(principal.ToJsonString())));
        }

        return next(context);
    }

    /// <summary>Returns the address if it is a path on this host, or else the default page.</summary>
    private static string LocalPath(string? from) =>
        from is { Length: > 0 } && from[0] == '/' && !from.StartsWith("//", StringComparison.Ordinal) && !from.AsSpan().ContainsAny('\\', '\r', '\n') ? from : DefaultPath;
}
