using DasvPipeline.Portal;

namespace DasvPipeline.Local.Host;

/// <summary>Starts runs with the live catalogue, as the function app does.</summary>
internal static class CatalogueScopes
{
    /// <summary>Creates a scope whose services use the live catalogue, the same until its end.</summary>
    /// <param name="name">The name of the trigger or the command.</param>
    public static async Task<AsyncServiceScope> OpenScopeAsync(this IServiceProvider services, string name, CancellationToken ct)
    {
        var scope = services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<CatalogueScope>().OpenAsync(name, ct);
        return scope;
    }
}
