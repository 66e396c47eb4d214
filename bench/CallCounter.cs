using Azure.Core;
using Azure.Core.Pipeline;

namespace DasvPipeline.Bench;

/// <summary>Counts the calls to storage.</summary>
internal sealed class CallCounter : HttpPipelineSynchronousPolicy
{
    private int _calls;

    public int Calls => _calls;

    public override void OnSendingRequest(HttpMessage message) => Interlocked.Increment(ref _calls);
}
