using System.Diagnostics;
using Azure;
using Azure.Data.Tables;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Ports;
using DasvPipeline.Storage.Tables;

namespace DasvPipeline.Storage.Returns;

/// <summary>
/// Stores the queue of returns to publish. An entry is written in the transaction that changes the live version. Writing it again changes
/// its ETag, so that a publish that read it earlier cannot clear it. Each entry holds the current span, so that a release can link to the
/// ingests that it publishes.
/// </summary>
internal static class PublishQueueTable
{
    /// <summary>The version of a withdrawal, which has no version of its own.</summary>
    public const int WithdrawalVersion = 0;

    private const string TraceParent = "TraceParent";

    /// <summary>Creates the action that queues a return.</summary>
    public static TableTransactionAction Add(ReturnKey key, int version) => new(
        TableTransactionActionType.UpsertReplace,
        Entity(key, version).SetValue(TraceParent, Activity.Current is { IdFormat: ActivityIdFormat.W3C } current ? current.Id : null));

    public static IReadOnlyList<PendingReturn> Read(IEnumerable<TableEntity> entities) =>
    [
        .. entities.Where(entity => Keys.IsChange(entity.RowKey))
            .Select(entity => new PendingReturn(Keys.ParseChange(entity.RowKey), entity.GetRequiredInt32("Version"), entity.ETag.ToString(), entity.GetString(TraceParent))),
    ];

    /// <summary>Creates the action that deletes an entry. It fails if the entry was made again in the meantime.</summary>
    public static TableTransactionAction Clear(PendingReturn pending) => new(
        TableTransactionActionType.Delete, Entity(pending.Key, pending.Version), new ETag(pending.Token));

    private static TableEntity Entity(ReturnKey key, int version) =>
        new TableEntity(Keys.Ledger, Keys.Change(key, version)).SetValue("Version", version);
}
