using DasvPipeline.Core.Ports;

namespace DasvPipeline.Local.Output;

/// <summary>Prints faults that the host survives. While the store does not respond, one line says so, however many calls fail.</summary>
internal sealed class FaultLines(Action<string> show, IStorageFaults storage)
{
    private readonly Lock _line = new();
    private bool _isUnavailable;

    /// <summary>True if something failed although the store responded. This is a fault of ours.</summary>
    public bool HasOurFault { get; private set; }

    /// <param name="what">The subject of the sentence: a file or a trigger.</param>
    public void Show(string what, Exception fault)
    {
        lock (_line)
        {
            if (!storage.IsUnavailable(fault))
            {
                HasOurFault = true;
                show($"{what} failed and will be tried again: {fault.Message.Split('\n')[0].Trim()}");
                return;
            }

            if (!_isUnavailable)
            {
                _isUnavailable = true;
                show("The store does not respond. Work continues when it does.");
            }
        }
    }

    /// <summary>Notes that the store responds, so that the next fault is reported.</summary>
    public void ShowSuccess()
    {
        lock (_line)
        {
            if (_isUnavailable)
            {
                _isUnavailable = false;
                show("The store responds, and work continues.");
            }
        }
    }
}
