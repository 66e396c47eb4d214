using Microsoft.AspNetCore.HostFiltering;

namespace DasvPipeline.Local.Host;

/// <summary>
/// Refuses requests for another host name. The host trusts its caller, because only this machine can reach it. A web page in a browser
/// on this machine could reach it too, if the name of the page's site leads to this machine (DNS rebinding). The browser
/// then sends that name, and this refuses it.
/// </summary>
internal static class OwnHostNames
{
    /// <summary>The names, without a port: another port on this machine can lead here, for example in a container or through SSH.</summary>
    private static readonly string[] Names = ["localhost", "127.0.0.1", "[::1]"];

    public static IServiceCollection AddOwnHostNames(this IServiceCollection services) => services.Configure<HostFilteringOptions>(options =>
    {
        options.AllowedHosts = Names;
        options.AllowEmptyHosts = false;
        options.IncludeFailureMessage = true;
    });
}
