using Azure.Data.Tables;
using Azure.Storage.Blobs;
using DasvPipeline.Storage.Connect;

namespace DasvPipeline.Storage;

/// <summary>Creates missing tables and containers in an emulator. On Azure, the deployment creates them. Repeating it changes nothing.</summary>
public sealed class StorageInitializer
{
    private readonly StorageClients _clients;

    internal StorageInitializer(StorageClients clients) => _clients = clients;

    /// <summary>Uses one account as both the private and the public one.</summary>
    public static StorageInitializer Create(string connectionString)
    {
        var blobs = new BlobServiceClient(connectionString);
        return new StorageInitializer(new StorageClients(new TableServiceClient(connectionString), blobs, blobs));
    }

    public Task InitializeAsync(CancellationToken ct) => Task.WhenAll(
    [
        .. _clients.Tables.Select(table => table.CreateIfMissingAsync(ct)),
        .. _clients.Containers.Select(container => container.CreateIfNotExistsAsync(cancellationToken: ct)),
    ]);
}
