using Azure.Data.Tables;

namespace DasvPipeline.Storage.Tables;

/// <summary>Creates transactions of at most 100 operations on different entities of one partition, with at most 4 MiB.</summary>
internal static class Transactions
{
    /// <summary>Splits entities of one partition into transactions, in their order.</summary>
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

    /// <summary>Throws if Azure would refuse the transaction. The message says why.</summary>
    public static void Check(IReadOnlyList<TableTransactionAction> actions)
    {
        if (actions.Count is 0 or > Limits.MaxBatchSize)
        {
            throw new StorageLimitException($"A transaction can have 1 to {Limits.MaxBatchSize} operations. This one has {actions.Count}.");
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
                throw new StorageLimitException("A transaction can use only one partition. This one uses two.");
            }

            if (!rows.Add(entity.RowKey))
            {
                throw new StorageLimitException("A transaction can change an entity only once. This one changes an entity twice.");
            }
        }

        if (bytes > Limits.MaxBatchBytes && actions.Count > 1)
        {
            throw new StorageLimitException($"A transaction can have at most {Limits.MaxBatchBytes} bytes. This one may have {bytes}.");
        }
    }
}
