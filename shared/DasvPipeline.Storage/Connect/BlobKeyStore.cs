using Azure.Storage.Blobs;
using DasvPipeline.Core.Ports;

namespace DasvPipeline.Storage.Connect;

/// <summary>Stores each key as a blob that is written once.</summary>
internal sealed class BlobKeyStore(StorageClients clients) : IKeyStore
{
    private readonly BlobContainerClient _container = clients.Keys;

    public IReadOnlyList<string> ReadAll() => [.. _container.GetBlobs().Select(blob => _container.GetBlobClient(blob.Name).DownloadContent().Value.Content.ToString())];

    public void Add(string name, string xml) => _container.GetBlobClient(name + ".xml").Upload(BinaryData.FromString(xml), overwrite: false);
}
