using Azure.Data.Tables;

namespace DasvPipeline.Storage.Tables;

/// <summary>A transaction is at most 100 operations on different entities of one partition, in at most 4 MiB.</summary>
internal static class Transactions
{
    /// <summary>Cuts entities of one partition into transactions, in their order.</summary>
    public static IEnumerable<IReadOnlyList<TableTransactionAction>> Split(
        IEnumerable<TableEntity> entities, TableTransactionActionType type)
    {
        var actions = new List<TableTransactionAction>(Limits.MaxBatchSize);
        var bytes = 0;
        foreach (var entity in entities)
        {
            var size = Limits.BytesInTransaction(entity);
            if (actions.Count == Limits.MaxBatchSize || (actions.Count > 0 && bytes + size > Limits.MaxBatchBytes))
            {
                yield return actions;
                actions = new List<TableTransactionAction>(Limits.MaxBatchSize);
                bytes = 0;
            }

            actions.Add(new TableTransactionAction(type, entity));
            bytes += size;
        }

        if (actions.Count > 0)
        {
            yield return actions;
        }
    }

    /// <summary>Throws when Azure would refuse the transaction, and says why.</summary>
    public static void Check(IReadOnlyList<TableTransactionAction> actions)
    {
        if (actions.Count is 0 or > Limits.MaxBatchSize)
        {
            throw new StorageLimitException($"A transaction has 1 to {Limits.MaxBatchSize} operations; this one has {actions.Count}.");
        }

        var partition = actions[0].Entity.PartitionKey;
        var rows = new HashSet<string>(StringComparer.Ordinal);
        var bytes = 0;
        foreach (var entity in actions.Select(action => (TableEntity)action.Entity))
        {
            Limits.Check(entity);
            bytes += Limits.BytesInTransaction(entity);
            if (entity.PartitionKey != partition)
            {
                throw new StorageLimitException("A transaction stays within one partition; this one has two.");
            }

            if (!rows.Add(entity.RowKey))
            {
                throw new StorageLimitException("A transaction touches an entity once; this one touches one twice.");
            }
        }

        if (bytes > Limits.MaxBatchBytes && actions.Count > 1)
        {
            throw new StorageLimitException($"A transaction may be {Limits.MaxBatchBytes} bytes; this one may come to {bytes}.");
        }
    }
}
