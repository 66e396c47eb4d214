using Azure.Core;
using Azure.Data.Tables;
using Azure.Identity;
using Azure.Storage.Blobs;
using DasvPipeline.Storage.Tables;

namespace DasvPipeline.Storage.Connect;

/// <summary>The tables and containers of the private account, and the container of the public account.</summary>
/// <param name="prefix">Prefix of every name, so that tests can share an account. Lower-case letters and digits, starting with a letter.</param>
internal sealed class StorageClients(
    TableServiceClient tables, BlobServiceClient privateBlobs, BlobServiceClient publicBlobs, string prefix = "")
{
    public Table Ledger { get; } = new(tables.GetTableClient(prefix + "Ledger"));

    public Table Observations { get; } = new(tables.GetTableClient(prefix + "Observations"));

    public Table Explanations { get; } = new(tables.GetTableClient(prefix + "Explanations"));

    /// <summary>The table in which earlier versions kept the releases. It is only read to recognise such a store.</summary>
    public Table EarlierReleases { get; } = new(tables.GetTableClient(prefix + "Releases"));

    public Table Audit { get; } = new(tables.GetTableClient(prefix + "Audit"));

    public BlobContainerClient Returns { get; } = privateBlobs.GetBlobContainerClient(prefix + "returns");

    public BlobContainerClient Reports { get; } = privateBlobs.GetBlobContainerClient(prefix + "reports");

    /// <summary>The keys that sign anti-forgery tokens.</summary>
    public BlobContainerClient Keys { get; } = privateBlobs.GetBlobContainerClient(prefix + "keys");

    public BlobServiceClient PrivateBlobs { get; } = privateBlobs;

    public BlobContainerClient Public { get; } = publicBlobs.GetBlobContainerClient(prefix + "public");

    public IEnumerable<Table> Tables => [Ledger, Observations, Explanations, Audit];

    public IEnumerable<BlobContainerClient> Containers => [Returns, Reports, Keys, Public];

    /// <summary>Creates the clients of the two accounts. The options must be valid.</summary>
    public static StorageClients Connect(StorageOptions options) => new(TablesOf(options.Returns), BlobsOf(options.Returns), BlobsOf(options.Public));

    /// <summary>Creates options that keep a slash at the start or end of a blob's name.</summary>
    public static BlobClientOptions CreateBlobOptions() => new() { TrimBlobNameSlashes = false };

    private static TableServiceClient TablesOf(AccountOptions account) => account.HasConnectionString
        ? new TableServiceClient(account.ConnectionString)
        : new TableServiceClient(new Uri(account.TableServiceUri!), CredentialOf(account));

    private static BlobServiceClient BlobsOf(AccountOptions account) => account.HasConnectionString
        ? new BlobServiceClient(account.ConnectionString, CreateBlobOptions())
        : new BlobServiceClient(new Uri(account.BlobServiceUri!), CredentialOf(account), CreateBlobOptions());

    private static TokenCredential CredentialOf(AccountOptions account) => string.IsNullOrEmpty(account.ClientId)
        ? new DefaultAzureCredential()
        : new ManagedIdentityCredential(ManagedIdentityId.FromUserAssignedClientId(account.ClientId));
}
