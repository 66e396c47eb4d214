using System.Diagnostics;
using Azure;
using Azure.Data.Tables;
using DasvPipeline.Core.Model;
using DasvPipeline.Core.Store;
using DasvPipeline.Storage.Tables;

namespace DasvPipeline.Storage.Returns;

/// <summary>
/// Returns to be published again: one partition beside the releases. A change is begun before the ledger's pointer is
/// flipped and done after it. Both give the row a new ETag, so that a publish which read it before cannot clear it; and
/// beginning leaves a row that is done as it is, so that a run which crashes there hides nothing another run has done.
/// With it goes the span that is current, so that a release can be tied to what it publishes.
/// </summary>
internal sealed class PendingTable(Table table)
{
    /// <summary>Stands for a withdrawal, which has no version of its own.</summary>
    public const int Withdrawal = 0;

    private const string Done = "Done";
    private const string TraceParent = "TraceParent";

    public Task BeginAsync(ReturnKey key, int version, CancellationToken ct) =>
        table.UpsertAsync(Traced(key, version), TableUpdateMode.Merge, ct);

    public Task DoneAsync(ReturnKey key, int version, CancellationToken ct) =>
        table.UpsertAsync(Traced(key, version).With(Done, true), TableUpdateMode.Replace, ct);

    public static IReadOnlyList<Pending> Read(IEnumerable<TableEntity> entities) =>
    [
        .. entities.Where(entity => entity.GetBoolean(Done) == true)
            .Select(entity => new Pending(Keys.ParseReturn(entity.RowKey), entity.Int("Version"), entity.ETag.ToString(), entity.GetString(TraceParent))),
    ];

    /// <summary>Deletes these markings; one that has been made again since stays.</summary>
    public async Task ClearAsync(IReadOnlyList<Pending> pending, CancellationToken ct)
    {
        foreach (var some in pending.Chunk(Limits.MaxBatchSize))
        {
            var actions = some.Select(one => new TableTransactionAction(
                TableTransactionActionType.Delete, Entity(one.Key, one.Version), new ETag(one.Token))).ToList();
            if (await table.TrySubmitAsync(actions, ct) is null)
            {
                foreach (var one in some)
                {
                    await table.DeleteAsync(Keys.Pending, Keys.ReturnVersion(one.Key, one.Version), new ETag(one.Token), ct);
                }
            }
        }
    }

    private static TableEntity Traced(ReturnKey key, int version) => Entity(key, version)
        .With(TraceParent, Activity.Current is { IdFormat: ActivityIdFormat.W3C } current ? current.Id : null);

    private static TableEntity Entity(ReturnKey key, int version) =>
        new TableEntity(Keys.Pending, Keys.ReturnVersion(key, version)).With("Version", version);
}
