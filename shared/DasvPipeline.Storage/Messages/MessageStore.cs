using Azure;
using Azure.Data.Tables;
using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Ports;
using DasvPipeline.Storage.Connect;
using DasvPipeline.Storage.Tables;

namespace DasvPipeline.Storage.Messages;

/// <summary>
/// Stores each message in a row that stays, and in a second row until it is settled. One transaction adds both, so that a message that was
/// added before cannot be added again, and one transaction settles it.
/// </summary>
internal sealed class MessageStore(StorageClients clients) : IMessageStore
{
    private const string State = "State";
    private const string Attempts = "Attempts";
    private const string NextAttempt = "NextAttempt";
    private const string SendingSince = "SendingSince";

    /// <summary>Messages that the pages show.</summary>
    private const int MaxShown = 500;

    public async Task AddAsync(IReadOnlyList<Message> messages, CancellationToken ct)
    {
        foreach (var message in messages)
        {
            // It fails if the message exists, and that is what is wanted.
            await clients.Messages.TrySubmitAsync(
                [
                    new TableTransactionAction(TableTransactionActionType.Add, Write(message)),
                    new TableTransactionAction(TableTransactionActionType.Add, Unsettled(message.Id, 0, message.CreatedAt)),
                ],
                ct);
        }
    }

    public async Task<IReadOnlyList<WaitingMessage>> ReadWaitingAsync(CancellationToken ct) =>
        await clients.Messages.ReadRangeAsync(Keys.Messages, Keys.UnsettledRange, condition: null, ct).Select(ReadWaiting).ToListAsync(ct);

    public async Task<WaitingMessage?> TryTakeAsync(WaitingMessage waiting, DateTimeOffset at, CancellationToken ct)
    {
        var row = Unsettled(waiting.Id, waiting.Attempts, waiting.NextAttempt).SetValue(SendingSince, at);
        var etags = await clients.Messages.TrySubmitAsync([new TableTransactionAction(TableTransactionActionType.UpdateReplace, row, new ETag(waiting.Token))], ct);
        return etags is [{ } etag, ..] ? waiting with { SendingSince = at, Token = etag.ToString() } : null;
    }

    public Task RetryAsync(WaitingMessage taken, DateTimeOffset at, DateTimeOffset next, string problem, CancellationToken ct) => clients.Messages.TrySubmitAsync(
        [
            new TableTransactionAction(TableTransactionActionType.UpdateReplace, Unsettled(taken.Id, taken.Attempts + 1, next), new ETag(taken.Token)),
            Change(taken, MessageState.Waiting, at, problem),
        ],
        ct);

    public Task SettleAsync(WaitingMessage taken, MessageState state, DateTimeOffset at, string? problem, CancellationToken ct) => clients.Messages.TrySubmitAsync(
        [
            new TableTransactionAction(TableTransactionActionType.Delete, new TableEntity(Keys.Messages, Keys.Unsettled(taken.Id)), new ETag(taken.Token)),
            Change(taken, state, at, problem),
        ],
        ct);

    public async Task<StoredMessage?> FindAsync(string id, CancellationToken ct) =>
        await clients.Messages.FindAsync(Keys.Messages, Keys.Message(id), ct) is { } entity ? Read(entity) : null;

    public async Task<IReadOnlyList<StoredMessage>> ReadAsync(AgencyId? agency, CancellationToken ct)
    {
        var all = await clients.Messages.ReadRangeAsync(Keys.Messages, Keys.MessageRange, condition: null, ct).Select(Read).ToListAsync(ct);
        return [.. all.Where(message => agency is null || message.Message.Agency == agency).OrderByDescending(message => message.Message.CreatedAt).ThenBy(message => message.Message.Id, StringComparer.Ordinal).Take(MaxShown)];
    }

    public async Task<IReadOnlyList<MessageOptOut>> ReadOptOutsAsync(CancellationToken ct) =>
        await clients.Messages.ReadRangeAsync(Keys.Messages, Keys.OptOutRange, condition: null, ct)
            .Select(entity => new MessageOptOut(new AgencyId(entity.GetRequiredString("Agency")), entity.GetRequiredString("To"))).ToListAsync(ct);

    public Task SetOptOutAsync(MessageOptOut contact, bool isOptedOut, Person by, DateTimeOffset at, CancellationToken ct)
    {
        var row = new TableEntity(Keys.Messages, Keys.OptOut(contact.Agency, contact.Address)).SetValue("Agency", contact.Agency.Value).SetValue("To", contact.Address);
        var audit = new TableEntity(Keys.Messages, Keys.OptOutAudit(contact.Agency, contact.Address, by.Id, at))
            .SetValue("Event", isOptedOut ? "messages-stopped" : "messages-wanted").SetValue("Agency", contact.Agency.Value).SetValue("To", contact.Address).SetPerson(by).SetValue("At", at);
        return clients.Messages.TrySubmitAsync(
            [
                // Written before it is deleted, so that deleting one that is not there does not fail.
                isOptedOut ? new TableTransactionAction(TableTransactionActionType.UpsertReplace, row) : new TableTransactionAction(TableTransactionActionType.Delete, row, ETag.All),
                new TableTransactionAction(TableTransactionActionType.UpsertReplace, audit),
            ],
            ct);
    }

    private static TableEntity Unsettled(string id, int attempts, DateTimeOffset next) =>
        new TableEntity(Keys.Messages, Keys.Unsettled(id)).SetValue(Attempts, attempts).SetValue(NextAttempt, next);

    private static TableTransactionAction Change(WaitingMessage message, MessageState state, DateTimeOffset at, string? problem) => new(
        TableTransactionActionType.UpdateMerge,
        new TableEntity(Keys.Messages, Keys.Message(message.Id)).SetEnum(State, state).SetValue(Attempts, message.Attempts + 1).SetValue("At", at).SetValue("Problem", problem ?? string.Empty),
        ETag.All);

    private static WaitingMessage ReadWaiting(TableEntity entity) => new(
        Keys.ParseUnsettled(entity.RowKey), entity.GetRequiredInt32(Attempts), entity.GetRequiredTime(NextAttempt), entity.GetDateTimeOffset(SendingSince), entity.ETag.ToString());

    private static TableEntity Write(Message message) => new TableEntity(Keys.Messages, Keys.Message(message.Id))
        .SetEnum("Kind", message.Kind)
        .SetValue("Agency", message.Agency?.Value)
        .SetValue("To", message.To)
        .SetValue("Role", message.Role)
        .SetValue("Subject", message.Subject)
        .SetValue("Body", message.Body)
        .SetValue("CreatedAt", message.CreatedAt)
        .SetEnum(State, MessageState.Waiting)
        .SetValue(Attempts, 0);

    private static StoredMessage Read(TableEntity entity) => new(
        new Message(
            entity.RowKey[(entity.RowKey.IndexOf('|', StringComparison.Ordinal) + 1)..],
            entity.GetEnum<MessageKind>("Kind"),
            entity.GetString("Agency") is { } agency ? new AgencyId(agency) : null,
            entity.GetRequiredString("To"),
            entity.GetRequiredString("Role"),
            entity.GetRequiredString("Subject"),
            entity.GetRequiredString("Body"),
            entity.GetRequiredTime("CreatedAt")),
        entity.GetEnum<MessageState>(State),
        entity.GetDateTimeOffset("At") ?? entity.GetRequiredTime("CreatedAt"),
        entity.GetRequiredInt32(Attempts),
        entity.GetString("Problem") is { Length: > 0 } problem ? problem : null);
}
