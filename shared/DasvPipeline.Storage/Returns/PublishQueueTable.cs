using System.Diagnostics;
using Azure;
using Azure.Data.Tables;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Ports;
using DasvPipeline.Storage.Tables;

namespace DasvPipeline.Storage.Returns;

/// <summary>
/// Stores the queue of returns to publish, in one partition of the release table. A change is begun before the ledger's
/// pointer changes, and completed afterwards. Both steps change the row's ETag, so that a publish that read it earlier
/// cannot clear it. Beginning does not undo a completed row, so that a crash cannot hide another run's change. Each row
/// holds the current span, so that a release can link to the ingests that it publishes.
/// </summary>
internal sealed class PublishQueueTable(Table table)
{
    /// <summary>The version of a withdrawal, which has no version of its own.</summary>
    public const int WithdrawalVersion = 0;

    private const string Done = "Done";
    private const string TraceParent = "TraceParent";

    public Task BeginAsync(ReturnKey key, int version, CancellationToken ct) =>
        table.UpsertAsync(TracedEntity(key, version), TableUpdateMode.Merge, ct);

    public Task CompleteAsync(ReturnKey key, int version, CancellationToken ct) =>
        table.UpsertAsync(TracedEntity(key, version).SetValue(Done, true), TableUpdateMode.Replace, ct);

    public static IReadOnlyList<PendingReturn> Read(IEnumerable<TableEntity> entities) =>
    [
        .. entities.Where(entity => entity.GetBoolean(Done) == true)
            .Select(entity => new PendingReturn(Keys.ParseReturn(entity.RowKey), entity.GetRequiredInt32("Version"), entity.ETag.ToString(), entity.GetString(TraceParent))),
    ];

    /// <summary>Creates the action that deletes an entry. It fails if the entry was made again in the meantime.</summary>
    public static TableTransactionAction Clear(PendingReturn pending) => new(
        TableTransactionActionType.Delete, Entity(pending.Key, pending.Version), new ETag(pending.Token));

    private static TableEntity TracedEntity(ReturnKey key, int version) => Entity(key, version)
        .SetValue(TraceParent, Activity.Current is { IdFormat: ActivityIdFormat.W3C } current ? current.Id : null);

    private static TableEntity Entity(ReturnKey key, int version) =>
        new TableEntity(Keys.Pending, Keys.ReturnVersion(key, version)).SetValue("Version", version);
}
