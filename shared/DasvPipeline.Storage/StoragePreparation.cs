using DasvPipeline.Storage.Connect;

namespace DasvPipeline.Storage;

/// <summary>Creates missing tables and containers. Repeating it changes nothing.</summary>
public sealed class StoragePreparation
{
    private readonly StorageClients _clients;

    internal StoragePreparation(StorageClients clients) => _clients = clients;

    public Task PrepareAsync(CancellationToken ct) => Task.WhenAll(
    [
        .. _clients.Tables.Select(table => table.CreateIfMissingAsync(ct)),
        .. _clients.Containers.Select(container => container.CreateIfNotExistsAsync(cancellationToken: ct)),
    ]);
}
