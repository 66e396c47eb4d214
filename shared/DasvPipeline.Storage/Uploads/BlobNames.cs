using Azure.Storage.Blobs;

namespace DasvPipeline.Storage.Uploads;

internal static class BlobNames
{
    /// <summary>
    /// The client of exactly the blob of this name, or null. The SDK resolves <c>.</c> and <c>..</c> in a name as it
    /// builds the address (<c>a/../b</c> addresses <c>b</c>), and the service takes a backslash for a slash: such a name
    /// would reach another blob than the one meant.
    /// </summary>
    public static BlobClient? Exactly(this BlobContainerClient container, string name)
    {
        if (name.Length == 0 || name.Contains('\\', StringComparison.Ordinal))
        {
            return null;
        }

        var blob = container.GetBlobClient(name);
        var reached = new BlobUriBuilder(blob.Uri, trimBlobNameSlashes: false);
        return reached.BlobName == name && reached.BlobContainerName == container.Name ? blob : null;
    }
}
