using DasvPipeline.Core.Ports;

namespace DasvPipeline.IntegrationTests.UseCases;

/// <summary>Records the messages that are sent, and fails as often as a test wants.</summary>
internal sealed class TestTransport(bool sends = true) : IMessageTransport
{
    /// <summary>Shows messages on a page only.</summary>
    public static readonly TestTransport Shown = new(sends: false);

    public List<Message> Sent { get; } = [];

    /// <summary>The next faults, in order; a message that meets none is sent.</summary>
    public Queue<Exception> Faults { get; } = [];

    public bool IsReady { get; set; } = true;

    public bool Sends => sends;

    public Uri Portal => new("https://dasv.example.org");

    public Task SendAsync(Message message, CancellationToken ct)
    {
        if (Faults.TryDequeue(out var fault))
        {
            throw fault;
        }

        Sent.Add(message);
        return Task.CompletedTask;
    }
}
