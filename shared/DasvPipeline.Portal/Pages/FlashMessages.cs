using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;

namespace DasvPipeline.Portal.Pages;

/// <summary>
/// Shows a message on the page after a form. The message is sent in that page's address. It is encrypted and expires after
/// a few minutes, so that links from elsewhere cannot put words on our pages. It is shown once: a cookie says that it was seen.
/// </summary>
public sealed class FlashMessages(IDataProtectionProvider protection)
{
    private const string Field = "message";
    private const string SeenPrefix = "dasv-seen-";

    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    private readonly ITimeLimitedDataProtector _protector = protection.CreateProtector("DasvPipeline.Message").ToTimeLimitedDataProtector();

    /// <summary>Redirects to one of our pages, with a success message.</summary>
    public IResult RedirectWithMessage(HttpRequest request, string path, string message) =>
        PageHandler.SeeOther(request, $"{path}{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}{Field}={_protector.Protect(message, Lifetime)}");

    /// <summary>Returns the message in the address of the request, or null.</summary>
    public FlashMessage? GetMessage(HttpRequest request)
    {
        if (request.Query[Field].ToString() is not { Length: > 0 } message)
        {
            return null;
        }

        var seen = SeenPrefix + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(message)))[..16];
        if (request.Cookies.ContainsKey(seen))
        {
            return null;
        }

        try
        {
            var text = _protector.Unprotect(message);
            MarkSeen(request, seen);
            return FlashMessage.CreateSuccess(text);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    /// <summary>Keeps in a cookie that a person has seen a message. A script that follows a redirect shows nothing.</summary>
    private static void MarkSeen(HttpRequest request, string cookie)
    {
        if (request.Headers["Sec-Fetch-Mode"].ToString() is "" or "navigate")
        {
            request.HttpContext.Response.Cookies.Append(cookie, "yes", new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Strict, Secure = request.IsHttps, MaxAge = Lifetime, Path = request.Path });
        }
    }
}
