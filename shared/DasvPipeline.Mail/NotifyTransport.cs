using DasvPipeline.Core.Ports;
using Notify.Client;
using Notify.Exceptions;

namespace DasvPipeline.Mail;

/// <summary>
/// Sends messages with GOV.UK Notify, with one template that has the fields <c>subject</c> and <c>body</c>. The reference of a message is its id,
/// so that it can be found in Notify.
/// </summary>
internal sealed class NotifyTransport(MailOptions options) : IMessageTransport
{
    private readonly Lazy<NotificationClient> _client = new(() => options.NotifyAddress is { Length: > 0 } address
        ? new NotificationClient(address, options.NotifyKey!)
        : new NotificationClient(options.NotifyKey!));

    public bool IsReady => true;

    public bool Sends => true;

    public Uri Portal => options.Portal;

    public async Task SendAsync(Message message, CancellationToken ct)
    {
        try
        {
            // On another thread, because the client waits for the answer without giving its thread back.
            await Task.Run(
                () => _client.Value.SendEmailAsync(
                    message.To,
                    options.NotifyTemplate!,
                    new Dictionary<string, dynamic> { ["subject"] = message.Subject, ["body"] = message.Body },
                    clientReference: message.Id),
                ct);
        }
        catch (NotifyClientException refused) when (refused.Message.StartsWith("Status code 400", StringComparison.Ordinal))
        {
            throw new MessageRefusedException("GOV.UK Notify refused it (400).", refused);
        }
    }
}
