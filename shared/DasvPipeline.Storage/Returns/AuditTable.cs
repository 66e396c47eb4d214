using DasvPipeline.Core.Model;
using DasvPipeline.Core.Store;
using DasvPipeline.Storage.Tables;
using TableEntity = Azure.Data.Tables.TableEntity;

namespace DasvPipeline.Storage.Returns;

/// <summary>
/// Stores the append-only audit. A row's key is made from the event and its subject, so that a repeated event gives one
/// row. The entity's timestamp is the time of writing.
/// </summary>
internal sealed class AuditTable(Table table)
{
    private const string WithdrawnEvent = "withdrawn";

    public Task EndedAsync(Submission submission, LedgerState state, CancellationToken ct)
    {
        var name = state switch
        {
            LedgerState.Accepted => "accepted",
            LedgerState.AcceptedWithQueries => "accepted-with-queries",
            LedgerState.Explained => "explained",
            _ => "rejected",
        };
        return AppendAsync(
            new TableEntity(Keys.Return(submission.Key), Keys.Audit(submission.Version, name))
                .With("Event", name)
                .With("Version", submission.Version)
                .With("UploadedAt", submission.UploadedAt)
                .With(submission.Counts),
            ct);
    }

    public Task WithdrawnAsync(LedgerEntry entry, CancellationToken ct) => AppendAsync(
        new TableEntity(Keys.Return(entry.Row.Key), Keys.Audit(entry.Live.Version, WithdrawnEvent))
            .With("Event", WithdrawnEvent)
            .With("Version", entry.Live.Version)
            .With("UploadedAt", entry.Live.At)
            .With(entry.Row.Counts),
        ct);

    public async Task<bool> HasWithdrawnAsync(LedgerEntry entry, CancellationToken ct) =>
        await table.FindAsync(Keys.Return(entry.Row.Key), Keys.Audit(entry.Live.Version, WithdrawnEvent), ct) is not null;

    public Task UnplacedAsync(Upload upload, CancellationToken ct) => AppendAsync(
        new TableEntity(Keys.Unplaced, Keys.Checked(Keys.UploadId(upload.Path, upload.ETag)))
            .With("Event", Keys.Unplaced)
            .With("Path", upload.Path)
            .With("UploadedAt", upload.UploadedAt),
        ct);

    public Task ExplainedAsync(string partition, Explanation explanation, CancellationToken ct) => AppendAsync(
        new TableEntity(partition, Keys.AuditOfExplanation(explanation.Question, explanation.Text, explanation.By ?? Keys.Version(explanation.Version)))
            .With("Event", "explanation-given")
            .With("Question", explanation.Question)
            .With("Code", explanation.Code)
            .With("Figure", explanation.Figure?.ToString())
            .With("Text", explanation.Text)
            .With("By", explanation.By)
            .With("Version", explanation.Version),
        ct);

    /// <summary>Audits who sent a file or received an upload link.</summary>
    public Task SentAsync(ReturnKey key, SentFile sent, CancellationToken ct)
    {
        var name = sent.IsGrant ? "link-granted" : "sent";
        return AppendAsync(
            new TableEntity(Keys.Return(key), Keys.AuditOfSent(name, sent.Path))
                .With("Event", name)
                .With("Path", sent.Path)
                .With("By", sent.By)
                .With("At", sent.At),
            ct);
    }

    /// <summary>Reads the events of a return by time: the event's own time if it has one, or else that of its row.</summary>
    public async Task<IReadOnlyList<AuditedEvent>> ReadAsync(ReturnKey key, CancellationToken ct)
    {
        var events = new List<AuditedEvent>();
        await foreach (var entity in table.ReadPartitionAsync(Keys.Return(key), null, ct))
        {
            events.Add(new AuditedEvent(
                entity.Text("Event"),
                entity.GetDateTimeOffset("At") ?? entity.Timestamp!.Value,
                entity.GetInt32("Version") ?? 0,
                entity.GetString("By"),
                entity.GetString("Text")));
        }

        return [.. events.OrderBy(auditedEvent => auditedEvent.At).ThenBy(auditedEvent => auditedEvent.Version)];
    }

    /// <summary>Audits a decision of the manager.</summary>
    public Task DecidedAsync(string partition, string name, string by, DateTimeOffset at, string? reason, CancellationToken ct) => AppendAsync(
        new TableEntity(partition, Keys.AuditOfDecision(name, by, at))
            .With("Event", name)
            .With("By", by)
            .With("At", at)
            .With("Reason", reason),
        ct);

    public Task ReleasedAsync(int number, string contentHash, CancellationToken ct) => AppendAsync(
        new TableEntity(Keys.Releases, Keys.AuditOfRelease(number))
            .With("Event", "released")
            .With("Number", number)
            .With("ContentHash", contentHash),
        ct);

    private async Task AppendAsync(TableEntity entity, CancellationToken ct) => await table.TryAddAsync(entity, ct);
}
