using System.Globalization;
using System.Text;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using DasvPipeline.Core.Ports;
using DasvPipeline.Storage;
using DasvPipeline.Storage.Connect;
using DasvPipeline.Storage.Feed;
using DasvPipeline.Storage.Messages;
using DasvPipeline.Storage.Returns;
using DasvPipeline.Storage.Uploads;

namespace DasvPipeline.IntegrationTests.Storage;

/// <summary>The stores, on tables and containers that no other test uses.</summary>
internal sealed class TestStore
{
    private static readonly string[] Tables = ["Ledger", "Observations", "Explanations", "Audit", "Members", "Messages"];
    private static readonly string[] Containers = ["returns", "reports", "public"];

    /// <summary>
    /// Data that differs between two identical runs: the store's own columns and id, the ETags of the feed's pointers, and the span that marked
    /// a return as pending. Each run has its own spans, or none without a listener.
    /// </summary>
    private static readonly string[] OfOneRun = ["odata.etag", "Timestamp", "Files", "StoreId", "TraceParent"];

    private readonly string _connection;
    private readonly string _prefix;

    private TestStore(string connection, string prefix, HttpPipelinePolicy? policy)
    {
        _connection = connection;
        _prefix = prefix;

        var tableOptions = new TableClientOptions();
        var blobOptions = StorageClients.CreateBlobOptions();
        if (policy is not null)
        {
            // Added before the retries, so that its faults are crashes.
            tableOptions.AddPolicy(policy, HttpPipelinePosition.PerCall);
            blobOptions.AddPolicy(policy, HttpPipelinePosition.PerCall);
        }

        var blobs = new BlobServiceClient(connection, blobOptions);
        Clients = new StorageClients(new TableServiceClient(connection, tableOptions), blobs, blobs, prefix);
        Returns = new ReturnStore(Clients);
        Feed = new FeedStore(Clients);
        Uploads = new BlobUploadStore(Clients);
        Catalogues = new CatalogueStore(Clients);
        Messages = new MessageStore(Clients);
    }

    public StorageClients Clients { get; }

    public IReturnStore Returns { get; }

    public IFeedStore Feed { get; }

    public IUploadStore Uploads { get; }

    public ICatalogueStore Catalogues { get; }

    public IMessageStore Messages { get; }

    public static async Task<TestStore> CreateAsync(AzuriteFixture azurite, CancellationToken ct)
    {
        var store = new TestStore(azurite.NextConnectionString(), "t" + Guid.NewGuid().ToString("N")[..12], null);
        await new StorageInitializer(store.Clients).InitializeAsync(ct);
        return store;
    }

    /// <summary>The tables and containers of the product itself.</summary>
    public static TestStore WithoutPrefix(string connection) => new(connection, string.Empty, null);

    /// <summary>The same tables and containers, reached through a policy.</summary>
    public TestStore Through(HttpPipelinePolicy policy) => new(_connection, _prefix, policy);

    public TableClient RawTable(string name) => new(_connection, _prefix + name);

    /// <summary>Returns all stored data, without the values that differ between two identical runs.</summary>
    public async Task<string> DumpAsync(CancellationToken ct)
    {
        var text = new StringBuilder();
        foreach (var table in Tables)
        {
            // The day of the last comparison depends on when a sweep ran.
            await foreach (var entity in RawTable(table).QueryAsync<TableEntity>(cancellationToken: ct).Where(entity => !entity.ContainsKey("ComparedOn")))
            {
                var properties = entity.Where(property => !OfOneRun.Contains(property.Key))
                    .OrderBy(property => property.Key, StringComparer.Ordinal)
                    .Select(property => string.Create(CultureInfo.InvariantCulture, $"{property.Key}={property.Value}"));
                text.Append(table).Append(": ").AppendJoin(", ", properties).AppendLine();
            }
        }

        var blobs = new BlobServiceClient(_connection);
        foreach (var name in Containers)
        {
            var container = blobs.GetBlobContainerClient(_prefix + name);
            await foreach (var blob in container.GetBlobsAsync(BlobTraits.Metadata, BlobStates.None, null, ct))
            {
                var content = (await container.GetBlobClient(blob.Name).DownloadContentAsync(ct)).Value.Content;
                var metadata = blob.Metadata.Select(pair => pair.Key == "dasv_processed" ? new(pair.Key, "(here)") : pair).OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key}={pair.Value}");
                text.Append(CultureInfo.InvariantCulture, $"{name}/{blob.Name} {blob.Properties.ContentType} {blob.Properties.CacheControl} ")
                    .AppendJoin(' ', metadata).Append(": ").Append(content).AppendLine();
            }
        }

        return text.ToString();
    }
}
