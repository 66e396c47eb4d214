using DasvPipeline.Core.Ports;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace DasvPipeline.Mail;

public static class MailServiceCollectionExtensions
{
    /// <summary>
    /// Registers how messages are sent. The words of <c>MessageTransport</c> are none, smtp and notify. With a wrong setting, messages wait, and everything
    /// else works.
    /// </summary>
    public static IServiceCollection AddDasvMail(this IServiceCollection services, IConfiguration configuration)
    {
        var options = new MailOptions(configuration);
        return services.AddSingleton<ISettingCheck>(options).AddSingleton(CreateTransport(options));
    }

    private static IMessageTransport CreateTransport(MailOptions options) =>
        options.FindProblems().Any() ? new WaitingTransport(options)
        : options.Transport == MailTransport.Smtp ? new SmtpTransport(options)
        : options.Transport == MailTransport.Notify ? new NotifyTransport(options)
        : new PageTransport(options);

    /// <summary>Sends no e-mail. Messages are shown on a page.</summary>
    private sealed class PageTransport(MailOptions options) : IMessageTransport
    {
        public bool IsReady => true;

        public bool Sends => false;

        public Uri Portal => options.Portal;

        public Task SendAsync(Message message, CancellationToken ct) => throw new NotSupportedException("This host sends no e-mail.");
    }

    /// <summary>Messages wait while a setting is wrong.</summary>
    private sealed class WaitingTransport(MailOptions options) : IMessageTransport
    {
        public bool IsReady => false;

        public bool Sends => true;

        public Uri Portal => options.Portal;

        public Task SendAsync(Message message, CancellationToken ct) =>
            throw new InvalidOperationException(string.Join(' ', options.FindProblems().Select(problem => problem.Sentence)));
    }
}
