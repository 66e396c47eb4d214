using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;

namespace DasvPipeline.Portal.Pages;

/// <summary>
/// What is told on the page that follows a form. It travels in that page's address, sealed, so that no link from elsewhere
/// can make a page of ours say anything, and for a few minutes only.
/// </summary>
public sealed class Tellings(IDataProtectionProvider protection)
{
    private const string Field = "told";

    private static readonly TimeSpan Lasts = TimeSpan.FromMinutes(5);

    private readonly ITimeLimitedDataProtector _seal = protection.CreateProtector("DasvPipeline.Told").ToTimeLimitedDataProtector();

    /// <summary>To a page of ours, where it is told that something was done.</summary>
    public IResult ThenTell(HttpRequest request, string path, string message) =>
        PortalPages.SeeOther(request, $"{path}{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}{Field}={_seal.Protect(message, Lasts)}");

    /// <summary>Null where there is nothing to tell.</summary>
    public Telling? Of(HttpRequest request)
    {
        if (request.Query[Field].ToString() is not { Length: > 0 } told)
        {
            return null;
        }

        try
        {
            return Telling.Done(_seal.Unprotect(told));
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
