using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using DasvPipeline.IntegrationTests.Storage;

namespace DasvPipeline.IntegrationTests.Local;

/// <summary>The store finds the same rows and blobs by its indexes as without them (<c>search.cjs</c>).</summary>
public sealed class AzuriteSearchTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private static readonly string[] Keys = ["10", "9", "9a", "A|1", "a|1", "a|2", "a|3", "b|1"];

    private readonly string _connection = azurite.NextConnectionString();
    private readonly string _name = "search" + Guid.NewGuid().ToString("N");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private TableClient Table => new(_connection, _name);

    public async ValueTask InitializeAsync()
    {
        await Table.CreateAsync(Ct);
        foreach (var partition in new[] { "north", "south" })
        {
            await Table.SubmitTransactionAsync(
                Keys.Select(key => new TableTransactionAction(TableTransactionActionType.Add, new TableEntity(partition, key) { ["Value"] = key[^1] - '0' })), Ct);
        }
    }

    public async ValueTask DisposeAsync() => await Table.DeleteAsync(CancellationToken.None);

    [Theory]
    [InlineData("RowKey ge 'a|' and RowKey lt 'a}'", "a|1 a|2 a|3")]
    [InlineData("RowKey ge 'a|2' and RowKey lt 'b|1'", "a|2 a|3")]
    [InlineData("RowKey ge 'a|' and RowKey lt 'a}' and (Value ge 2)", "a|2 a|3")]
    [InlineData("RowKey ge 'a|' and RowKey lt 'a}' and (Value eq 1 or Value eq 3)", "a|1 a|3")]
    [InlineData("RowKey ge 'a|' and RowKey lt 'a}' and Value eq 1 or RowKey eq '10'", "10 a|1 10")]
    [InlineData("RowKey ge '10' and RowKey lt 'A|2'", "10 9 9a A|1")]
    [InlineData("RowKey ge 'c' and RowKey lt 'd'", "")]
    public async Task A_range_has_the_rows_of_its_filter(string filter, string expected)
    {
        var found = await Table.QueryAsync<TableEntity>($"PartitionKey eq 'north' and {filter}", cancellationToken: Ct).ToListAsync(Ct);

        Assert.Equal(expected, string.Join(' ', found.Select(row => row.RowKey)));
    }

    [Fact]
    public async Task A_range_of_several_pages_is_whole_and_in_order()
    {
        var keys = Enumerable.Range(0, 1_050).Select(i => $"page|{i:00000}").ToList();
        foreach (var part in keys.Chunk(100))
        {
            await Table.SubmitTransactionAsync(part.Select(key => new TableTransactionAction(TableTransactionActionType.Add, new TableEntity("north", key))), Ct);
        }

        var found = await Table.QueryAsync<TableEntity>("PartitionKey eq 'north' and RowKey ge 'page|' and RowKey lt 'page}'", cancellationToken: Ct).ToListAsync(Ct);

        Assert.Equal(keys, found.Select(row => row.RowKey));
    }

    [Fact]
    public async Task A_blob_is_found_by_its_container_and_its_name()
    {
        var containers = new[] { _name, _name + "2" }.Select(name => new BlobContainerClient(_connection, name)).ToList();
        foreach (var container in containers)
        {
            await container.CreateAsync(cancellationToken: Ct);
            foreach (var key in Keys)
            {
                await container.UploadBlobAsync(key, BinaryData.FromString(container.Name + key), Ct);
            }
        }

        await containers[0].DeleteBlobAsync("9", cancellationToken: Ct);

        Assert.False((await containers[0].GetBlobClient("9").ExistsAsync(Ct)).Value);
        Assert.Equal(Keys.Except(["9"]), await containers[0].GetBlobsAsync(cancellationToken: Ct).Select(blob => blob.Name).ToListAsync(Ct));
        foreach (var key in Keys)
        {
            Assert.Equal(containers[1].Name + key, (await containers[1].GetBlobClient(key).DownloadContentAsync(Ct)).Value.Content.ToString());
        }

        foreach (var container in containers)
        {
            await container.DeleteAsync(cancellationToken: Ct);
        }
    }

    [Theory]
    [InlineData("a", "a%20b/c a.b/c ab/c")]
    [InlineData("a.b", "a.b/c")]
    [InlineData("ab/c", "ab/c")]
    [InlineData("9", "9 9a")]
    [InlineData("c", "")]
    [InlineData("é", "é/c")]
    public async Task A_list_of_blobs_has_those_with_its_prefix(string prefix, string expected)
    {
        var container = new BlobContainerClient(_connection, _name);
        await container.CreateAsync(cancellationToken: Ct);
        foreach (var name in new[] { "10", "9", "9a", "a.b/c", "ab/c", "a%20b/c", "A/c", "b/a", "é/c" })
        {
            await container.UploadBlobAsync(name, BinaryData.FromString(name), Ct);
        }

        var found = await container.GetBlobsAsync(BlobTraits.None, BlobStates.None, prefix, Ct).Select(blob => blob.Name).ToListAsync(Ct);

        Assert.Equal(expected, string.Join(' ', found));
        await container.DeleteAsync(cancellationToken: Ct);
    }
}
