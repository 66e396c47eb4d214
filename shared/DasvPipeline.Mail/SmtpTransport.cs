using DasvPipeline.Core.Ports;
using MailKit.Net.Smtp;
using MimeKit;

namespace DasvPipeline.Mail;

/// <summary>Sends messages to a mail server. The id of a message is its Message-ID, by which a mail server recognises a repetition.</summary>
internal sealed class SmtpTransport(MailOptions options) : IMessageTransport
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    public bool IsReady => true;

    public bool Sends => true;

    public Uri Portal => options.Portal;

    public async Task SendAsync(Message message, CancellationToken ct)
    {
        using var mail = Create(message);
        using var client = new SmtpClient { Timeout = (int)Timeout.TotalMilliseconds };
        await client.ConnectAsync(options.Host, options.Port, options.Security, ct);
        if (!string.IsNullOrEmpty(options.User))
        {
            await client.AuthenticateAsync(options.User, options.Password!, ct);
        }

        try
        {
            await client.SendAsync(mail, ct);
        }
        catch (SmtpCommandException refused) when ((int)refused.StatusCode >= 500)
        {
            throw new MessageRefusedException($"The mail server refused it ({(int)refused.StatusCode}).", refused);
        }

        await client.DisconnectAsync(quit: true, ct);
    }

    private MimeMessage Create(Message message)
    {
        if (!MailboxAddress.TryParse(message.To, out var to) || !to.Address.Contains('@', StringComparison.Ordinal))
        {
            throw new MessageRefusedException("The address is not one for e-mail.");
        }

        var from = MailboxAddress.Parse(options.From!);
        var mail = new MimeMessage([from], [to], message.Subject, new TextPart("plain") { Text = message.Body })
        {
            MessageId = $"{message.Id}@{from.Domain}",
            Date = message.CreatedAt,
        };

        // No automatic answers.
        mail.Headers.Add("Auto-Submitted", "auto-generated");
        return mail;
    }
}
