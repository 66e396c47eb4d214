using System.Text;
using System.Text.Json.Nodes;
using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Model;
using DasvPipeline.Portal.Pages;
using Microsoft.AspNetCore.Http;

namespace DasvPipeline.Portal.Who;

/// <summary>
/// Signs in on a laptop, where there is no platform to do it: a page that lists the agencies and the manager, a cookie with
/// the choice, and the header that the platform would put on. Only the laptop's host maps it.
/// </summary>
public sealed class LaptopSignIn(PortalPages pages, PartnershipCatalogue catalogue)
{
    private const string Cookie = "dasv-laptop";

    /// <summary>Where to go from here, if nobody says.</summary>
    private const string Usual = "/returns";

    public IResult Get(HttpRequest request) => pages.ToAnyone(request, frame => PortalPages.Of<SignInPage>(new Dictionary<string, object?>
    {
        ["Frame"] = frame,
        ["Agencies"] = catalogue.Agencies.Values.OrderBy(agency => agency.Name, StringComparer.Ordinal).ToList(),
        ["From"] = Own(request.Query["from"]),
    }));

    public Task<IResult> PostAsync(HttpRequest request, CancellationToken ct) => pages.TakeFromAnyoneAsync(
        request,
        (frame, form) =>
        {
            var role = form["as"].ToString();
            if (role != Caller.ManagerRole && !catalogue.Agencies.Keys.Any(agency => role == Caller.AgencyRole + agency))
            {
                return PortalPages.Problem(frame, StatusCodes.Status400BadRequest, "There is nobody of that name", "Go back and choose one of the list.");
            }

            request.HttpContext.Response.Cookies.Append(Cookie, role, new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Strict });
            var own = Own(form["from"]);
            return PortalPages.SeeOther(request, own == Usual && role == Caller.ManagerRole ? "/status" : own);
        },
        ct);

    public static IResult Out(HttpRequest request)
    {
        request.HttpContext.Response.Cookies.Delete(Cookie);
        return PortalPages.SeeOther(request, "/sign-in");
    }

    /// <summary>Puts on the header for whoever signed in, unless a program says itself who it is.</summary>
    public Task PutOnAsync(HttpContext context, RequestDelegate next)
    {
        if (context.Request.Cookies[Cookie] is { Length: > 0 } role)
        {
            var name = role == Caller.ManagerRole ? "The manager" : catalogue.NameOf(new AgencyId(role[Math.Min(role.Length, Caller.AgencyRole.Length)..]));
            var principal = new JsonObject
            {
                ["role_typ"] = "roles",
                ["name_typ"] = "name",
                ["claims"] = new JsonArray(new JsonObject { ["typ"] = "roles", ["val"] = role }, new JsonObject { ["typ"] = "name", ["val"] = name }),
            };
            context.Request.Headers.TryAdd(CallerPolicy.Header, Convert.ToBase64String(Encoding.UTF8.GetBytes(principal.ToJsonString())));
        }

        return next(context);
    }

    /// <summary>An address of this host only.</summary>
    private static string Own(string? from) =>
        from is { Length: > 0 } && from[0] == '/' && !from.StartsWith("//", StringComparison.Ordinal) && !from.AsSpan().ContainsAny('\\', '\r', '\n') ? from : Usual;
}
