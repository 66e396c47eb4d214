using DasvPipeline.Storage.Connect;

namespace DasvPipeline.Storage;

/// <summary>Creates missing tables and containers. Repeating it changes nothing.</summary>
public sealed class StorageInitializer
{
    private readonly StorageClients _clients;

    internal StorageInitializer(StorageClients clients) => _clients = clients;

    public Task InitializeAsync(CancellationToken ct) => Task.WhenAll(
    [
        .. _clients.Tables.Select(table => table.CreateIfMissingAsync(ct)),
        .. _clients.Containers.Select(container => container.CreateIfNotExistsAsync(cancellationToken: ct)),
    ]);
}
