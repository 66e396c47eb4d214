using Azure.Core;
using Azure.Data.Tables;
using Azure.Identity;
using Azure.Storage.Blobs;
using Microsoft.Extensions.Configuration;

namespace DasvPipeline.Storage.Connect;

/// <summary>
/// Reads the sections <c>Returns</c> (private account) and <c>Public</c>. Each is a connection string, or the addresses of
/// the services with an optional client id of a user-assigned identity.
/// </summary>
internal static class ConnectionSettings
{
    private const string Private = "Returns";
    private const string Public = "Public";

    /// <exception cref="InvalidOperationException">A setting is missing or invalid. The message names it.</exception>
    public static StorageClients Connect(IConfiguration configuration)
    {
        var returns = configuration.GetSection(Private);
        return new StorageClients(Tables(returns), Blobs(returns), Blobs(configuration.GetSection(Public)));
    }

    private static TableServiceClient Tables(IConfigurationSection section) => section.Value is { Length: > 0 } text
        ? CreateClient(section, () => new TableServiceClient(text))
        : new TableServiceClient(Address(section, "tableServiceUri"), Credential(section));

    private static BlobServiceClient Blobs(IConfigurationSection section) => section.Value is { Length: > 0 } text
        ? CreateClient(section, () => new BlobServiceClient(text, StorageClients.BlobOptions()))
        : new BlobServiceClient(Address(section, "blobServiceUri"), Credential(section), StorageClients.BlobOptions());

    /// <summary>Creates a client. Errors do not contain the connection string, because it holds a key.</summary>
    private static T CreateClient<T>(IConfigurationSection section, Func<T> connect)
    {
        try
        {
            return connect();
        }
        catch (Exception fault) when (fault is FormatException or ArgumentException or InvalidOperationException)
        {
            throw new InvalidOperationException($"The setting {section.Path} is not a connection string of a storage account.");
        }
    }

    private static Uri Address(IConfigurationSection section, string name)
    {
        var text = section[name];
        if (string.IsNullOrEmpty(text))
        {
            throw new InvalidOperationException(
                $"The setting {section.Path}:{name} is missing. Set it to the service's address, or set {section.Path} to a connection string.");
        }

        return Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme == Uri.UriSchemeHttps
            ? address
            : throw new InvalidOperationException($"The setting {section.Path}:{name} is not an address such as https://account.blob.core.windows.net.");
    }

    private static TokenCredential Credential(IConfigurationSection section) => section["clientId"] is { Length: > 0 } clientId
        ? new ManagedIdentityCredential(ManagedIdentityId.FromUserAssignedClientId(clientId))
        : new DefaultAzureCredential();
}
