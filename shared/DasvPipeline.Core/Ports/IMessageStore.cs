using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;

namespace DasvPipeline.Core.Ports;

/// <summary>An e-mail to a contact of an agency, or to the manager. It links to a page, and has no figure and no personal data.</summary>
/// <param name="Id">Identifies the occasion and the recipient, so that the same message is never added twice. Lower-case hexadecimal.</param>
/// <param name="Agency">The agency that it is about; null for several.</param>
/// <param name="To">The e-mail address of the recipient.</param>
/// <param name="Role">The role of the recipient.</param>
public sealed record Message(string Id, MessageKind Kind, AgencyId? Agency, string To, string Role, string Subject, string Body, DateTimeOffset CreatedAt);

public enum MessageState
{
    /// <summary>It will be sent, or sent again.</summary>
    Waiting,

    /// <summary>The mail service has accepted it.</summary>
    Sent,

    /// <summary>This host sends no e-mail. The message is only shown on a page.</summary>
    Shown,

    /// <summary>The mail service refused it, or it could not be reached for long.</summary>
    Failed,

    /// <summary>The contact does not want messages.</summary>
    Stopped,

    /// <summary>A run was stopped while it was sent. It may have gone out, so it is not sent again.</summary>
    Unknown,
}

/// <summary>A message with what became of it.</summary>
/// <param name="At">When it got this state, or was last tried.</param>
/// <param name="Problem">Why it did not go out; null if it did.</param>
public sealed record StoredMessage(Message Message, MessageState State, DateTimeOffset At, int Attempts, string? Problem);

/// <summary>A message that is not settled.</summary>
/// <param name="NextAttempt">The time before which it is not tried.</param>
/// <param name="SendingSince">When a run began to send it; null if none is sending it.</param>
/// <param name="Token">Identifies the stored row.</param>
public sealed record WaitingMessage(string Id, int Attempts, DateTimeOffset NextAttempt, DateTimeOffset? SendingSince, string Token);

/// <summary>A contact that does not want messages.</summary>
public sealed record MessageOptOut(AgencyId Agency, string Address);

/// <summary>The outbox: messages, what became of them, and the contacts that do not want any.</summary>
public interface IMessageStore
{
    /// <summary>Adds messages to the outbox. Does nothing for a message that was added before, whatever became of it.</summary>
    Task AddAsync(IReadOnlyList<Message> messages, CancellationToken ct);

    /// <summary>Reads the messages that are not settled. Makes one storage call for each 1,000.</summary>
    Task<IReadOnlyList<WaitingMessage>> ReadWaitingAsync(CancellationToken ct);

    /// <summary>Records that this run begins to send a message. Returns null if another run has taken it.</summary>
    Task<WaitingMessage?> TryTakeAsync(WaitingMessage waiting, DateTimeOffset at, CancellationToken ct);

    /// <summary>Records that a message could not be sent, and when to try again.</summary>
    Task RetryAsync(WaitingMessage taken, DateTimeOffset at, DateTimeOffset next, string problem, CancellationToken ct);

    /// <summary>Settles a message: it is not sent again.</summary>
    Task SettleAsync(WaitingMessage taken, MessageState state, DateTimeOffset at, string? problem, CancellationToken ct);

    Task<StoredMessage?> FindAsync(string id, CancellationToken ct);

    /// <summary>Reads messages, newest first.</summary>
    /// <param name="agency">Null for all.</param>
    Task<IReadOnlyList<StoredMessage>> ReadAsync(AgencyId? agency, CancellationToken ct);

    Task<IReadOnlyList<MessageOptOut>> ReadOptOutsAsync(CancellationToken ct);

    /// <summary>Records whether a contact wants messages, with the person who said so.</summary>
    Task SetOptOutAsync(MessageOptOut contact, bool isOptedOut, Person by, DateTimeOffset at, CancellationToken ct);
}

/// <summary>Sends messages. A fault of the network or of the mail service is an exception, and the message is tried again.</summary>
public interface IMessageTransport
{
    /// <summary>False if a setting is wrong. Messages then wait until it is corrected.</summary>
    bool IsReady { get; }

    /// <summary>False if this host sends no e-mail, so that messages are only shown on a page.</summary>
    bool Sends { get; }

    /// <summary>The address of the pages, for links.</summary>
    Uri Portal { get; }

    /// <exception cref="MessageRefusedException">The mail service refuses this message, and would refuse it again.</exception>
    Task SendAsync(Message message, CancellationToken ct);
}

/// <summary>The mail service refuses a message for good, for example because the address does not exist.</summary>
public sealed class MessageRefusedException(string message, Exception? inner = null) : Exception(message, inner);
