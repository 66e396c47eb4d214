using DasvPipeline.Portal.Site;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace DasvPipeline.Portal;

/// <summary>
/// Sets the security headers of every response, in both hosts. The feed, and the script that shows it, may be used by pages of
/// any site; everything else only by our own pages.
/// </summary>
internal sealed class ResponseHeaders : IStartupFilter
{
    private const string TransportSecurity = "max-age=31536000; includeSubDomains";
    private const string Permissions = "camera=(), display-capture=(), fullscreen=(), geolocation=(), microphone=(), payment=(), usb=()";

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use((context, following) =>
        {
            // TLS ends in front of the app. Addresses and cookies are those of the visitor's own connection.
            if (context.Request.Headers["X-Forwarded-Proto"] == Uri.UriSchemeHttps)
            {
                context.Request.Scheme = Uri.UriSchemeHttps;
            }

            context.Response.OnStarting(() =>
            {
                Set(context);
                return Task.CompletedTask;
            });
            return following(context);
        });
        next(app);
    };

    private static void Set(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers["Permissions-Policy"] = Permissions;
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = IsForOtherSites(context.Request.Path) ? "cross-origin" : "same-origin";

        // Browsers ignore this header over HTTP.
        if (context.Request.IsHttps)
        {
            headers.StrictTransportSecurity = TransportSecurity;
        }
    }

    /// <summary>Returns true for the feed, and for the script that other sites include.</summary>
    private static bool IsForOtherSites(PathString path) =>
        path.StartsWithSegments("/feed", StringComparison.OrdinalIgnoreCase) || path.Equals($"/site/{SiteFiles.Element}", StringComparison.OrdinalIgnoreCase);
}
