namespace DasvPipeline.Portal.Auth;

/// <summary>The addresses for signing in and out, of the platform or the laptop.</summary>
/// <param name="SignInAddress">The sign-in address, followed by the address to return to.</param>
/// <param name="SignOutAddress">The sign-out address.</param>
public sealed record SignInAddresses(string SignInAddress, string SignOutAddress)
{
    /// <summary>App Service Authentication with Entra ID.</summary>
    public static readonly SignInAddresses Platform = new("/.auth/login/aad?post_login_redirect_uri=", "/.auth/logout");

    public static readonly SignInAddresses Laptop = new("/sign-in?from=", "/sign-out");

    public string CreateSignInAddress(string path) => SignInAddress + Uri.EscapeDataString(path);
}
