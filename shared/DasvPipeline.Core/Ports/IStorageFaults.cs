namespace DasvPipeline.Core.Ports;

/// <summary>Tells the pages and the feed what a fault of storage means, and limits how long they wait for storage.</summary>
public interface IStorageFaults
{
    /// <summary>Returns true if the exception means that storage does not respond, refuses the app, or is not configured.</summary>
    bool IsUnavailable(Exception fault);

    /// <summary>
    /// Limits each storage call of the current asynchronous flow to a few seconds, until the result is disposed. A person waits for
    /// these calls. Other calls have time to be retried.
    /// </summary>
    IDisposable LimitWait();
}
