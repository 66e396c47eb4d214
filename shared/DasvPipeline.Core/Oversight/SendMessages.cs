using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Ports;
using DasvPipeline.Core.Telemetry;
using Microsoft.Extensions.Logging;

namespace DasvPipeline.Core.Oversight;

/// <summary>
/// Sends the messages of the outbox, each once. A fault of the mail service is tried again, later and later, for about 3 days. A message whose
/// sending was interrupted may have gone out, so it is not sent again, and the page says so. Makes one storage call if nothing waits.
/// </summary>
public sealed partial class SendMessages(IMessageStore messages, IMessageTransport transport, TimeProvider clock, ILogger<SendMessages> logger)
{
    public const int MaxAttempts = 10;

    /// <summary>After this time, a run that began to send a message has ended. Functions are stopped after 10 minutes.</summary>
    public static readonly TimeSpan MaxSendingTime = TimeSpan.FromMinutes(15);

    private static readonly TimeSpan FirstDelay = TimeSpan.FromMinutes(5);

    /// <returns>The number of messages that were settled.</returns>
    public Task<int> RunAsync(CancellationToken ct) => PipelineTelemetry.TraceAsync(PipelineTelemetry.Spans.SendMessages, logger, async span =>
    {
        var settled = 0;
        if (!transport.IsReady)
        {
            return settled;
        }

        var waiting = await messages.ReadWaitingAsync(ct);
        var optedOut = waiting.Count == 0 ? [] : (await messages.ReadOptOutsAsync(ct)).ToHashSet();
        foreach (var item in waiting)
        {
            settled += await SendAsync(item, optedOut, ct) ? 1 : 0;
        }

        span?.SetTag(PipelineTelemetry.Tags.Count, settled);
        return settled;
    });

    /// <returns>True if the message is settled.</returns>
    private async Task<bool> SendAsync(WaitingMessage waiting, HashSet<MessageOptOut> optedOut, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        if (waiting.SendingSince is { } since)
        {
            return now - since > MaxSendingTime && await SettleAsync(waiting, MessageState.Unknown, "A run was stopped while it was sent. It may have gone out.", ct);
        }

        if (waiting.NextAttempt > now || await messages.FindAsync(waiting.Id, ct) is not { Message: var message } || await messages.TryTakeAsync(waiting, now, ct) is not { } taken)
        {
            return false;
        }

        if (message.Agency is { } agency && message.Kind is not (MessageKind.Escalation or MessageKind.PersonalData) && optedOut.Contains(new MessageOptOut(agency, message.To)))
        {
            return await SettleAsync(taken, MessageState.Stopped, "This contact does not want messages.", ct);
        }

        if (!transport.Sends)
        {
            return await SettleAsync(taken, MessageState.Shown, "This host sends no e-mail.", ct);
        }

        try
        {
            await transport.SendAsync(message, ct);
        }
        catch (MessageRefusedException refused)
        {
            return await SettleAsync(taken, MessageState.Failed, refused.Message, ct);
        }
        catch (Exception fault) when (!ct.IsCancellationRequested)
        {
            Log.NotSent(logger, message.Kind, message.Id, taken.Attempts + 1, fault.GetType().Name);
            if (taken.Attempts + 1 >= MaxAttempts)
            {
                return await SettleAsync(taken, MessageState.Failed, "The mail service could not be reached.", ct);
            }

            await messages.RetryAsync(taken, now, now + (FirstDelay * Math.Pow(2, taken.Attempts)), "The mail service could not be reached. We will try again.", ct);
            return false;
        }

        return await SettleAsync(taken, MessageState.Sent, problem: null, ct);
    }

    private async Task<bool> SettleAsync(WaitingMessage message, MessageState state, string? problem, CancellationToken ct)
    {
        // Not cancelled: a message that has gone out must be recorded.
        await messages.SettleAsync(message, state, clock.GetUtcNow(), problem, state == MessageState.Sent ? CancellationToken.None : ct);
        Log.Settled(logger, message.Id, state, message.Attempts + 1);
        return true;
    }

    private static partial class Log
    {
        [LoggerMessage(800, LogLevel.Information, "Message {Id}: {State} after {Attempts} attempts.")]
        public static partial void Settled(ILogger logger, string id, MessageState state, int attempts);

        [LoggerMessage(801, LogLevel.Warning, "Message {Kind} {Id} was not sent. Attempt {Attempts} failed with {ErrorType}.")]
        public static partial void NotSent(ILogger logger, MessageKind kind, string id, int attempts, string errorType);
    }
}
