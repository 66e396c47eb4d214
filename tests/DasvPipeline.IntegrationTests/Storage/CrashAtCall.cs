using Azure.Core;
using Azure.Core.Pipeline;

namespace DasvPipeline.IntegrationTests.Storage;

internal sealed class CrashException : Exception;

/// <summary>Counts the calls to storage, and crashes at one of them: before it is sent, or after its response.</summary>
/// <param name="call">From 1; 0 never crashes.</param>
internal sealed class CrashAtCall(int call, bool afterResponse) : HttpPipelinePolicy
{
    private int _calls;

    public int Calls => _calls;

    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) =>
        throw new NotSupportedException("Storage is called asynchronously.");

    public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        var isTheOne = Interlocked.Increment(ref _calls) == call;
        if (isTheOne && !afterResponse)
        {
            throw new CrashException();
        }

        await ProcessNextAsync(message, pipeline);
        if (isTheOne)
        {
            throw new CrashException();
        }
    }
}
