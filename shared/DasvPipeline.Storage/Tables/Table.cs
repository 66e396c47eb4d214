using System.Net;
using System.Runtime.CompilerServices;
using Azure;
using Azure.Data.Tables;

namespace DasvPipeline.Storage.Tables;

/// <summary>
/// Wraps a table client. Checks <see cref="Limits"/> before sending, and returns a value if a condition is not met. Other
/// storage exceptions pass through.
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

    /// <summary>Reads a partition in the order of its row keys.</summary>
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

    /// <summary>Reads the whole table in the order of its keys.</summary>
    public IAsyncEnumerable<TableEntity> ReadAllAsync(CancellationToken ct) => ReadAllAsync(condition: null, ct);

    /// <summary>Reads the rows of the whole table that meet a condition, in the order of their keys.</summary>
    /// <param name="condition">Null for all rows.</param>
    public IAsyncEnumerable<TableEntity> ReadAllAsync(string? condition, CancellationToken ct) => client.QueryAsync<TableEntity>(condition, cancellationToken: ct);

    /// <summary>Reads the rows of a partition from one row key up to, but without, another, in their order.</summary>
    /// <param name="condition">A filter on the properties, so that rows that do not meet it are not sent; null for all rows.</param>
    public async IAsyncEnumerable<TableEntity> ReadRangeAsync(
        string partitionKey, (string From, string Before) range, string? condition, [EnumeratorCancellation] CancellationToken ct)
    {
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {partitionKey} and RowKey ge {range.From} and RowKey lt {range.Before}");
        if (condition is not null)
        {
            filter += $" and ({condition})";
        }

        await foreach (var entity in client.QueryAsync<TableEntity>(filter, cancellationToken: ct))
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

    /// <summary>Inserts an entity. Returns false if the key exists.</summary>
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

    /// <summary>Updates an unchanged entity. Returns false if it was changed or deleted since it was read.</summary>
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

    /// <summary>Deletes an unchanged entity. Does nothing if it was changed or deleted since it was read.</summary>
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
    /// Submits a transaction and returns the new ETags. If a condition is not met, returns null and writes nothing.
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
