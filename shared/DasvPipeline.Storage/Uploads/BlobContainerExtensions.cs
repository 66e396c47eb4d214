using Azure.Storage.Blobs;

namespace DasvPipeline.Storage.Uploads;

internal static class BlobContainerExtensions
{
    /// <summary>
    /// Returns a client for exactly this blob name, or null. The SDK resolves <c>.</c> and <c>..</c> in a name when it builds
    /// the address (<c>a/../b</c> becomes <c>b</c>), and the service treats a backslash as a slash. Such a name would reach
    /// the wrong blob.
    /// </summary>
    public static BlobClient? GetExactBlobClient(this BlobContainerClient container, string name)
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
