using System.Globalization;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Ports;
using DasvPipeline.Storage.Tables;
using TableEntity = Azure.Data.Tables.TableEntity;
using TableUpdateMode = Azure.Data.Tables.TableUpdateMode;

namespace DasvPipeline.Storage.Returns;

/// <summary>
/// Stores the append-only audit. A row's key is made from the event and its subject, so that a repeated event gives one
/// row. The entity's timestamp is the time of writing. The events of ingests and withdrawals are in the ledger's table, because they
/// are written in the transaction that they describe. They have no text of a file. Only the deletion of a file removes texts of it.
/// </summary>
internal sealed class AuditTable(Table table, Table ledger)
{
    private const string WithdrawnEvent = "withdrawn";
    private const string ExplanationEvent = "explanation-given";
    private const string Day = "Day";
    private const string Path = "Path";
    private const string Text = "Text";

    /// <summary>Creates the event of a completed ingest.</summary>
    public static TableEntity Ingest(Submission submission, LedgerState state)
    {
        var name = state switch
        {
            LedgerState.Accepted => "accepted",
            LedgerState.AcceptedWithQueries => "accepted-with-queries",
            LedgerState.Explained => "explained",
            _ => "rejected",
        };
        return new TableEntity(Keys.Ledger, Keys.ReturnAudit(submission.Key, submission.Version, name))
            .SetValue("Event", name)
            .SetValue("Version", submission.Version)
            .SetValue("UploadedAt", submission.UploadedAt)
            .SetValue(submission.Counts);
    }

    /// <summary>Creates the event of a withdrawal.</summary>
    /// <param name="decision">The decision of a person; null if the file was deleted.</param>
    public static TableEntity Withdrawal(ReturnKey key, int version, VersionDecision? decision) =>
        SetDecision(new TableEntity(Keys.Ledger, Keys.ReturnAudit(key, version, WithdrawnEvent)).SetValue("Event", WithdrawnEvent).SetValue("Version", version), decision);

    public Task AddChoiceAsync(ReturnKey key, VersionDecision decision, CancellationToken ct) => AppendAsync(
        SetDecision(
            new TableEntity(Keys.Return(key), Keys.ChoiceAudit(decision.Version, decision.By.Id, decision.At)).SetValue("Event", "chosen").SetValue("Version", decision.Version),
            decision),
        ct);

    public Task AddDeletionAsync(ReturnKey key, FileDeletion deletion, CancellationToken ct)
    {
        var name = deletion.IsDone ? "deleted" : "deletion-asked";
        return AppendAsync(
            SetDecision(
                new TableEntity(Keys.Return(key), Keys.Audit(deletion.Version, name)).SetValue("Event", name).SetValue("Version", deletion.Version),
                new VersionDecision(deletion.Version, deletion.By, deletion.At, deletion.Text!)),
            ct);
    }

    /// <summary>
    /// Removes the path of a deleted file, and the texts that it contained, from the events of its return. These are the only changes to
    /// the audit: the events stay.
    /// </summary>
    public async Task RemoveTextsAsync(Submission submission, CancellationToken ct)
    {
        await foreach (var entity in table.ReadPartitionAsync(Keys.Return(submission.Key), null, ct))
        {
            var isSent = entity.GetString(Path) == submission.Path;
            var isExplanation = entity.GetRequiredString("Event") == ExplanationEvent && entity.GetString("By") is null && entity.GetInt32("Version") == submission.Version;
            if ((isSent && entity.Remove(Path)) || (isExplanation && entity.Remove(Text)))
            {
                // If it changed in the meantime, another run has done the same.
                await table.TryUpdateAsync(entity, entity.ETag, TableUpdateMode.Replace, ct);
            }
        }

        // It can have come too early.
        if (await table.FindAsync(Keys.Unrouted, Keys.UploadId(submission.Path, submission.Version), ct) is { } early && early.Remove(Path))
        {
            await table.TryUpdateAsync(early, early.ETag, TableUpdateMode.Replace, ct);
        }
    }

    public Task AddUnroutedAsync(Upload upload, CancellationToken ct) => AppendAsync(
        new TableEntity(Keys.Unrouted, Keys.EnsureValid(Keys.UploadId(upload)))
            .SetValue("Event", Keys.Unrouted)
            .SetValue(Path, upload.Path)
            .SetValue("UploadedAt", upload.UploadedAt),
        ct);

    public Task AddExplanationAsync(string partition, Explanation explanation, CancellationToken ct) => AppendAsync(
        new TableEntity(partition, Keys.ExplanationAudit(explanation.Question, explanation.Text, explanation.By?.Id ?? Keys.Version(explanation.Version)))
            .SetValue("Event", ExplanationEvent)
            .SetValue("Question", explanation.Question)
            .SetValue("Code", explanation.Code)
            .SetValue("Figure", explanation.Figure?.ToString())
            .SetValue(Text, explanation.Text)
            .SetPerson(explanation.By)
            .SetValue("Version", explanation.Version),
        ct);

    /// <summary>Creates the event of a change of an arrangement.</summary>
    public static TableEntity Arranged(ReturnKey key, ArrangementChange change)
    {
        var name = (change.Kind, IsSet: change.Item is not null) switch
        {
            (ArrangementKind.Late, true) => "late-stated",
            (ArrangementKind.Late, false) => "late-undone",
            (ArrangementKind.Extension, true) => "extended",
            (ArrangementKind.Extension, false) => "extension-undone",
            (_, true) => "waived",
            _ => "waiver-undone",
        };
        return new TableEntity(Keys.Ledger, Keys.StatementAudit(key, name, change.By.Id, change.At))
            .SetValue("Event", name)
            .SetPerson(change.By)
            .SetValue("At", change.At)
            .SetValue(Day, change.Item?.Day?.ToString("d MMMM yyyy", CultureInfo.InvariantCulture))
            .SetValue(Text, change.Item?.Reason);
    }

    public Task AddActionAsync(ReturnKey key, ReturnAction action, Person by, DateTimeOffset at, CancellationToken ct)
    {
        var name = action switch
        {
            ReturnAction.NilReturnStated => "nil-stated",
            ReturnAction.FiguresSaved => "figures-saved",
            ReturnAction.FiguresDiscarded => "figures-discarded",
            ReturnAction.Reminded => "reminded",
            _ => throw new ArgumentOutOfRangeException(nameof(action), action, null),
        };
        return AppendAsync(new TableEntity(Keys.Return(key), Keys.DecisionAudit(name, by.Id, at)).SetValue("Event", name).SetPerson(by).SetValue("At", at), ct);
    }

    /// <summary>Audits who sent a file or received an upload link.</summary>
    public Task AddSentFileAsync(ReturnKey key, SentFile sent, CancellationToken ct)
    {
        var name = sent.IsUploadLink ? "link-granted" : sent.By.IsManager ? "sent-for-agency" : "sent";
        return AppendAsync(
            new TableEntity(Keys.Return(key), Keys.SentAudit(name, sent.Path))
                .SetValue("Event", name)
                .SetValue(Path, sent.Path)
                .SetPerson(sent.By)
                .SetValue("At", sent.At),
            ct);
    }

    /// <summary>Reads the events of a return by time: the event's own time if it has one, or else that of its row.</summary>
    public async Task<IReadOnlyList<AuditEvent>> ReadAsync(ReturnKey key, CancellationToken ct)
    {
        var events = new List<AuditEvent>();
        await foreach (var entity in table.ReadPartitionAsync(Keys.Return(key), null, ct).Concat(ledger.ReadRangeAsync(Keys.Ledger, Keys.ReturnAuditRange(key), condition: null, ct)))
        {
            events.Add(new AuditEvent(
                entity.GetRequiredString("Event"),
                entity.GetDateTimeOffset("At") ?? entity.Timestamp!.Value,
                entity.GetInt32("Version") ?? 0,
                entity.GetString("By"),
                entity.GetString(Text))
            {
                Day = entity.GetString(Day),
            });
        }

        return [.. events.OrderBy(auditedEvent => auditedEvent.At).ThenBy(auditedEvent => auditedEvent.Version)];
    }

    /// <summary>Audits a decision about publishing.</summary>
    /// <param name="by">The person who decided; null for the pipeline.</param>
    public Task AddDecisionAsync(string partition, string name, Person? by, DateTimeOffset at, string? reason, CancellationToken ct) => AppendAsync(
        new TableEntity(partition, Keys.DecisionAudit(name, by?.Id ?? string.Empty, at))
            .SetValue("Event", name)
            .SetPerson(by)
            .SetValue("At", at)
            .SetValue("Reason", reason),
        ct);

    public Task AddTakeDownAsync(int number, Person by, DateTimeOffset at, string reason, CancellationToken ct) => AppendAsync(
        new TableEntity(Keys.Releases, Keys.TakeDownAudit(number, by.Id, at))
            .SetValue("Event", "taken-down")
            .SetValue("Number", number)
            .SetPerson(by)
            .SetValue("At", at)
            .SetValue("Reason", reason),
        ct);

    public Task AddCatalogueAsync(CatalogueVersion version, CancellationToken ct) => AppendAsync(
        new TableEntity(Keys.Catalogue, Keys.CatalogueAudit(version.Number, version.Hash))
            .SetValue("Event", "catalogue-approved")
            .SetValue("Number", version.Number)
            .SetValue("Hash", version.Hash)
            .SetPerson(version.Approver)
            .SetValue("At", version.At)
            .SetValue("Reason", version.Reason),
        ct);

    public Task AddReleaseAsync(int number, string contentHash, CancellationToken ct) => AppendAsync(
        new TableEntity(Keys.Releases, Keys.ReleaseAudit(number))
            .SetValue("Event", "released")
            .SetValue("Number", number)
            .SetValue("ContentHash", contentHash),
        ct);

    private static TableEntity SetDecision(TableEntity entity, VersionDecision? decision) => entity
        .SetPerson(decision?.By)
        .SetValue("At", decision?.At)
        .SetValue(Text, decision?.Reason);

    private async Task AppendAsync(TableEntity entity, CancellationToken ct) => await table.TryAddAsync(entity, ct);
}
