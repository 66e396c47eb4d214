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
    /// <summary>The address of an account without valid settings. It is never called.</summary>
    private static readonly Uri NoAccount = new("https://not-configured.invalid");

    public Table Ledger { get; } = new(tables.GetTableClient(prefix + "Ledger"));

    public Table Observations { get; } = new(tables.GetTableClient(prefix + "Observations"));

    public Table Explanations { get; } = new(tables.GetTableClient(prefix + "Explanations"));

    /// <summary>The table in which earlier versions kept the releases. It is only read to recognise such a store.</summary>
    public Table EarlierReleases { get; } = new(tables.GetTableClient(prefix + "Releases"));

    public Table Audit { get; } = new(tables.GetTableClient(prefix + "Audit"));

    /// <summary>Who belongs to which agency.</summary>
    public Table Members { get; } = new(tables.GetTableClient(prefix + "Members"));

    /// <summary>The outbox of messages, and what became of each.</summary>
    public Table Messages { get; } = new(tables.GetTableClient(prefix + "Messages"));

    public BlobContainerClient Returns { get; } = privateBlobs.GetBlobContainerClient(prefix + "returns");

    public BlobContainerClient Reports { get; } = privateBlobs.GetBlobContainerClient(prefix + "reports");

    /// <summary>The files that were checked and not sent.</summary>
    public BlobContainerClient Checked { get; } = privateBlobs.GetBlobContainerClient(prefix + "checked");

    /// <summary>The figures that were entered on the page and not sent.</summary>
    public BlobContainerClient Drafts { get; } = privateBlobs.GetBlobContainerClient(prefix + "drafts");

    /// <summary>The keys that sign anti-forgery tokens.</summary>
    public BlobContainerClient Keys { get; } = privateBlobs.GetBlobContainerClient(prefix + "keys");

    /// <summary>The number of days after which the account deletes an upload; null if it never does.</summary>
    public int? UploadRetentionDays { get; init; }

    /// <summary>The daily copies of the tables.</summary>
    public BlobContainerClient Backups { get; } = privateBlobs.GetBlobContainerClient(prefix + "backups");

    public BlobServiceClient PrivateBlobs { get; } = privateBlobs;

    public BlobContainerClient Public { get; } = publicBlobs.GetBlobContainerClient(prefix + "public");

    public IEnumerable<Table> Tables => [Ledger, Observations, Explanations, Audit, Members, Messages];

    public IEnumerable<BlobContainerClient> Containers => [Returns, Reports, Checked, Drafts, Keys, Backups, Public];

    /// <summary>Creates the clients of the two accounts. Calls to an account whose settings are invalid fail, and the other account works.</summary>
    public static StorageClients Connect(StorageOptions options) => new(TablesOf(options.Returns), BlobsOf(options.Returns), BlobsOf(options.Public))
    {
        UploadRetentionDays = options.Returns.GetRetentionDays(),
    };

    /// <summary>Creates options that keep a slash at the start or end of a blob's name.</summary>
    public static BlobClientOptions CreateBlobOptions() => WithRetries(new BlobClientOptions { TrimBlobNameSlashes = false });

    /// <summary>Limits how long and how often a call is tried.</summary>
    public static TOptions WithRetries<TOptions>(TOptions options) where TOptions : ClientOptions
    {
        options.RetryPolicy = new StorageRetryPolicy();
        options.Retry.NetworkTimeout = StorageRetryPolicy.LongTimeout;
        return options;
    }

    private static TableServiceClient TablesOf(AccountOptions account)
    {
        var options = WithRetries(new TableClientOptions());
        return FailAlways(account, options) ? new TableServiceClient(NoAccount, new DefaultAzureCredential(), options)
            : account.HasConnectionString ? new TableServiceClient(account.ConnectionString, options)
            : new TableServiceClient(new Uri(account.TableServiceUri!), CredentialOf(account), options);
    }

    private static BlobServiceClient BlobsOf(AccountOptions account)
    {
        var options = CreateBlobOptions();
        return FailAlways(account, options) ? new BlobServiceClient(NoAccount, new DefaultAzureCredential(), options)
            : account.HasConnectionString ? new BlobServiceClient(account.ConnectionString, options)
            : new BlobServiceClient(new Uri(account.BlobServiceUri!), CredentialOf(account), options);
    }

    /// <summary>Adds a policy that fails every call, if a setting of the account is invalid.</summary>
    private static bool FailAlways(AccountOptions account, ClientOptions options)
    {
        var problems = account.FindProblems().ToList();
        if (problems.Count > 0)
        {
            options.AddPolicy(new MissingAccountPolicy(string.Join(' ', problems.Select(problem => problem.Sentence))), HttpPipelinePosition.PerCall);
        }

        return problems.Count > 0;
    }

    private static TokenCredential CredentialOf(AccountOptions account) => string.IsNullOrEmpty(account.ClientId)
        ? new DefaultAzureCredential()
        : new ManagedIdentityCredential(ManagedIdentityId.FromUserAssignedClientId(account.ClientId));
}
