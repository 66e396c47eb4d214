using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;

namespace DasvPipeline.Portal.Pages;

/// <summary>
/// Shows a message on the page after a form. The message is sent in that page's address. It is encrypted and expires after
/// a few minutes, so that links from elsewhere cannot put words on our pages.
/// </summary>
public sealed class FlashMessages(IDataProtectionProvider protection)
{
    private const string Field = "message";

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

        try
        {
            return FlashMessage.CreateSuccess(_protector.Unprotect(message));
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
