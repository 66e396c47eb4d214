using DasvPipeline.Core.Ports;
using MailKit.Security;
using Microsoft.Extensions.Configuration;
using MimeKit;

namespace DasvPipeline.Mail;

/// <summary>How messages are sent.</summary>
internal enum MailTransport
{
    /// <summary>No e-mail is sent. Messages are shown on a page.</summary>
    None,

    /// <summary>To a mail server.</summary>
    Smtp,

    /// <summary>With GOV.UK Notify.</summary>
    Notify,
}

/// <summary>The settings of messages. A wrong one stops only the messages, and health names it.</summary>
internal sealed class MailOptions : ISettingCheck
{
    private const int DefaultPort = 587;

    private readonly string? _transport;
    private readonly string? _server;
    private readonly string? _security;
    private readonly string? _portal;

    public MailOptions(IConfiguration configuration)
    {
        _transport = configuration["MessageTransport"];
        _server = configuration["SmtpServer"];
        _security = configuration["SmtpSecurity"];
        _portal = configuration["PortalAddress"] is { Length: > 0 } portal ? portal : configuration["WEBSITE_HOSTNAME"] is { Length: > 0 } host ? $"https://{host}" : null;
        (User, Password, From) = (configuration["SmtpUser"], configuration["SmtpPassword"], configuration["MessageFrom"]);
        (NotifyKey, NotifyTemplate, NotifyAddress) = (configuration["NotifyApiKey"], configuration["NotifyTemplateId"], configuration["NotifyAddress"]);
    }

    public MailTransport? Transport => _transport?.Trim().ToLowerInvariant() switch
    {
        null or "" or "none" => MailTransport.None,
        "smtp" => MailTransport.Smtp,
        "notify" => MailTransport.Notify,
        _ => null,
    };

    public string? User { get; }

    public string? Password { get; }

    /// <summary>The address from which mail is sent by a mail server. GOV.UK Notify has its own.</summary>
    public string? From { get; }

    public string? NotifyKey { get; }

    /// <summary>The id of a template of GOV.UK Notify with the fields <c>subject</c> and <c>body</c>.</summary>
    public string? NotifyTemplate { get; }

    /// <summary>Another address of GOV.UK Notify, for tests; null for its own.</summary>
    public string? NotifyAddress { get; }

    public string Host => _server!.Split(':')[0];

    public int Port => _server!.Split(':') is [_, var port] ? int.Parse(port, System.Globalization.CultureInfo.InvariantCulture) : DefaultPort;

    /// <summary>How the connection is protected: StartTLS unless the setting says otherwise.</summary>
    public SecureSocketOptions Security => _security?.ToLowerInvariant() switch
    {
        "tls" => SecureSocketOptions.SslOnConnect,
        "none" => SecureSocketOptions.None,
        _ => SecureSocketOptions.StartTls,
    };

    /// <summary>The address of the pages. Links without one would lead nowhere, so nothing is sent then.</summary>
    public Uri Portal => Uri.TryCreate(_portal, UriKind.Absolute, out var address) ? address : new Uri("http://localhost");

    public IEnumerable<SettingProblem> FindProblems()
    {
        if (Transport is not { } transport)
        {
            yield return Problem("MessageTransport", "must be none, smtp or notify");
            yield break;
        }

        if (transport != MailTransport.None && (!Uri.TryCreate(_portal, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https")))
        {
            yield return Problem("PortalAddress", "must be the address of the pages, such as https://dasv.example.org");
        }

        if (transport == MailTransport.Smtp)
        {
            if (_server?.Split(':') is not ([{ Length: > 0 }] or [{ Length: > 0 }, _]) || (_server.Split(':') is [_, var port] && !ushort.TryParse(port, out _)))
            {
                yield return Problem("SmtpServer", "must be the name of the mail server, with its port if it is not 587, such as smtp.example.org:587");
            }

            if (_security?.ToLowerInvariant() is not (null or "" or "starttls" or "tls" or "none"))
            {
                yield return Problem("SmtpSecurity", "must be starttls, tls or none");
            }

            if (!MailboxAddress.TryParse(From, out _))
            {
                yield return Problem("MessageFrom", "must be the e-mail address from which messages are sent");
            }

            if (string.IsNullOrEmpty(User) != string.IsNullOrEmpty(Password))
            {
                yield return Problem("SmtpUser", "and SmtpPassword must both be set, or neither");
            }
        }

        if (transport == MailTransport.Notify)
        {
            // The key ends with the id of the service and the secret.
            if (NotifyKey is not { Length: > 73 })
            {
                yield return Problem("NotifyApiKey", "must be an API key of GOV.UK Notify");
            }

            if (!Guid.TryParse(NotifyTemplate, out _))
            {
                yield return Problem("NotifyTemplateId", "must be the id of a template of GOV.UK Notify");
            }
        }
    }

    private static SettingProblem Problem(string setting, string rule) => new(setting, $"The setting {setting} {rule}. No messages are sent.");
}
