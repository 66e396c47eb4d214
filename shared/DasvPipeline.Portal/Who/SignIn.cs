namespace DasvPipeline.Portal.Who;

/// <summary>The addresses for signing in and out, of the platform or the laptop.</summary>
/// <param name="In">The sign-in address, followed by the address to return to.</param>
/// <param name="Out">The sign-out address.</param>
public sealed record SignIn(string In, string Out)
{
    /// <summary>App Service Authentication with Entra ID.</summary>
    public static readonly SignIn Platform = new("/.auth/login/aad?post_login_redirect_uri=", "/.auth/logout");

    public static readonly SignIn Laptop = new("/sign-in?from=", "/sign-out");

    public string AndBackTo(string path) => In + Uri.EscapeDataString(path);
}
