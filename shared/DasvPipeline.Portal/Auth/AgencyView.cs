using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;
using DasvPipeline.Portal.Pages;
using DasvPipeline.Portal.Returns;
using DasvPipeline.Portal.Status;
using Microsoft.AspNetCore.Http;

namespace DasvPipeline.Portal.Auth;

/// <summary>
/// Lets the manager see the pages as a reader of an agency sees them. A cookie says which agency. It only takes rights away: with it,
/// <see cref="CallerReader"/> gives the manager the rights of a reader, and <see cref="RequestGuard"/> refuses everything that is not reading.
/// </summary>
public sealed class AgencyView(PageHandler pages, PartnershipCatalogue catalogue)
{
    public const string Address = "/view-as";

    private const string Cookie = "dasv-view-as";

    /// <summary>Returns the address that starts the view of an agency's pages.</summary>
    public static string Create(AgencyId agency) => $"{Address}/{agency}";

    /// <summary>Returns the viewed agency; null for none. Whether the caller is the manager is not checked.</summary>
    internal static AgencyId? Find(HttpRequest request) => request.Cookies[Cookie] is { } agency && Slug.IsValid(agency) ? new AgencyId(agency) : null;

    /// <summary>Ends the view, for example because somebody else signs in.</summary>
    internal static void Forget(HttpResponse response) => response.Cookies.Delete(Cookie);

    public Task<IResult> StartAsync(HttpRequest request, string agency) => pages.ShowAsync(request, IsManager, context =>
    {
        if (!catalogue.Agencies.ContainsKey(new AgencyId(agency)))
        {
            return Task.FromResult(PageHandler.NotFound(context, "This agency does not exist."));
        }

        request.HttpContext.Response.Cookies.Append(Cookie, agency, new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Strict, Secure = request.IsHttps });
        return Task.FromResult(PageHandler.SeeOther(request, ReturnAddress.Create(new AgencyId(agency))));
    });

    public Task<IResult> StopAsync(HttpRequest request) => pages.ShowAsync(request, IsManager, _ =>
    {
        Forget(request.HttpContext.Response);
        return Task.FromResult(PageHandler.SeeOther(request, StatusAddress.Start));
    });

    private static bool IsManager(Caller caller) => caller.IsManager || caller.ViewedAgency is not null;
}
