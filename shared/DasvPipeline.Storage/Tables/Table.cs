using System.Net;
using System.Runtime.CompilerServices;
using Azure;
using Azure.Data.Tables;

namespace DasvPipeline.Storage.Tables;

/// <summary>
/// The only door to a table: what is sent keeps to <see cref="Limits"/>, and an answer that a condition was not met is
/// a value, not an exception. Every other fault of storage passes through.
/// </summary>
internal sealed class Table(TableClient client)
{
    public string Name => client.Name;

    public Task CreateIfMissingAsync(CancellationToken ct) => client.CreateIfNotExistsAsync(ct);

    public async Task<TableEntity?> FindAsync(string partitionKey, string rowKey, CancellationToken ct)
    {
        var found = await client.GetEntityIfExistsAsync<TableEntity>(partitionKey, rowKey, cancellationToken: ct);
        return found.HasValue ? found.Value : null;
    }

    /// <summary>A partition in the order of its row keys.</summary>
    /// <param name="select">The properties to read; null for all.</param>
    public async IAsyncEnumerable<TableEntity> ReadPartitionAsync(
        string partitionKey, IEnumerable<string>? select, [EnumeratorCancellation] CancellationToken ct)
    {
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {partitionKey}");
        await foreach (var entity in client.QueryAsync<TableEntity>(filter, select: select, cancellationToken: ct))
        {
            yield return entity;
        }
    }

    public async Task<bool> IsEmptyAsync(string partitionKey, CancellationToken ct)
    {
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {partitionKey}");
        await foreach (var _ in client.QueryAsync<TableEntity>(filter, maxPerPage: 1, select: ["RowKey"], cancellationToken: ct))
        {
            return false;
        }

        return true;
    }

    /// <summary>Inserts; false when the key is taken.</summary>
    public async Task<bool> TryAddAsync(TableEntity entity, CancellationToken ct)
    {
        Limits.Check(entity);
        try
        {
            await client.AddEntityAsync(entity, ct);
            return true;
        }
        catch (RequestFailedException e) when (e.Status == (int)HttpStatusCode.Conflict)
        {
            return false;
        }
    }

    /// <summary>Updates an entity that is as it was read; false when it has changed or gone since.</summary>
    public async Task<bool> TryUpdateAsync(TableEntity entity, ETag asRead, TableUpdateMode mode, CancellationToken ct)
    {
        Limits.Check(entity);
        try
        {
            await client.UpdateEntityAsync(entity, asRead, mode, ct);
            return true;
        }
        catch (RequestFailedException e) when (IsChanged(e))
        {
            return false;
        }
    }

    public Task MergeAsync(TableEntity entity, CancellationToken ct)
    {
        Limits.Check(entity);
        return client.UpdateEntityAsync(entity, ETag.All, TableUpdateMode.Merge, ct);
    }

    public Task UpsertAsync(TableEntity entity, TableUpdateMode mode, CancellationToken ct)
    {
        Limits.Check(entity);
        return client.UpsertEntityAsync(entity, mode, ct);
    }

    /// <summary>Deletes an entity that is as it was read; one that has changed or gone since is left.</summary>
    public async Task DeleteAsync(string partitionKey, string rowKey, ETag asRead, CancellationToken ct)
    {
        try
        {
            await client.DeleteEntityAsync(partitionKey, rowKey, asRead, ct);
        }
        catch (RequestFailedException e) when (IsChanged(e))
        {
        }
    }

    public async Task SubmitAsync(IReadOnlyList<TableTransactionAction> actions, CancellationToken ct)
    {
        Transactions.Check(actions);
        await client.SubmitTransactionAsync(actions, ct);
    }

    /// <summary>
    /// The new ETags of one transaction; null when a condition was not met, and then nothing has been written.
    /// </summary>
    public async Task<IReadOnlyList<ETag?>?> TrySubmitAsync(IReadOnlyList<TableTransactionAction> actions, CancellationToken ct)
    {
        Transactions.Check(actions);
        try
        {
            var response = await client.SubmitTransactionAsync(actions, ct);
            return [.. response.Value.Select(part => part.Headers.ETag)];
        }
        catch (TableTransactionFailedException e) when (e.Status == (int)HttpStatusCode.Conflict || IsChanged(e))
        {
            return null;
        }
    }

    private static bool IsChanged(RequestFailedException e) =>
        e.Status is (int)HttpStatusCode.PreconditionFailed or (int)HttpStatusCode.NotFound;
}
