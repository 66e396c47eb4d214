namespace DasvPipeline.Portal.Who;

/// <summary>Where people sign in and out: pages of the platform, or of the laptop.</summary>
/// <param name="In">Followed by the address to come back to.</param>
/// <param name="Out">Signs out and goes there.</param>
public sealed record SignIn(string In, string Out)
{
    /// <summary>App Service Authentication with Entra ID.</summary>
    public static readonly SignIn Platform = new("/.auth/login/aad?post_login_redirect_uri=", "/.auth/logout");

    public static readonly SignIn Laptop = new("/sign-in?from=", "/sign-out");

    public string AndBackTo(string path) => In + Uri.EscapeDataString(path);
}
