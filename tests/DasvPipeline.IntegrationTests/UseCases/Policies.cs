using Azure.Core;
using Azure.Core.Pipeline;
using DasvPipeline.IntegrationTests.Storage;

namespace DasvPipeline.IntegrationTests.UseCases;

/// <summary>Runs an action before one of the calls to storage is sent.</summary>
/// <param name="call">From 1; 0 only counts.</param>
internal sealed class BeforeCall(int call, Func<Task> act) : HttpPipelinePolicy
{
    private int _calls;

    public int Calls => _calls;

    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) =>
        throw new NotSupportedException("Storage is called asynchronously.");

    public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        if (Interlocked.Increment(ref _calls) == call)
        {
            await act();
        }

        await ProcessNextAsync(message, pipeline);
    }
}

/// <summary>Lets the store answer queries of tables in pages of two rows, and crashes at one of the reads.</summary>
/// <param name="read">The number of the read that fails, from 1, or 0 for none. Reads are of tables, later pages and blobs.</param>
internal sealed class SmallPages(int read) : HttpPipelinePolicy
{
    private int _reads;
    private int _laterPages;
    private int _blobReads;

    public int Reads => _reads;

    /// <summary>The number of reads of a page after the first.</summary>
    public int LaterPages => _laterPages;

    /// <summary>The number of reads of the bytes of a blob.</summary>
    public int BlobReads => _blobReads;

    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) =>
        throw new NotSupportedException("Storage is called asynchronously.");

    public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        var request = message.Request;
        if (request.Method == RequestMethod.Get)
        {
            var query = request.Uri.Query;
            if (query.Contains("NextRowKey", StringComparison.Ordinal))
            {
                Interlocked.Increment(ref _laterPages);
            }

            if (!request.Uri.Path.EndsWith(')') && !query.Contains("comp=", StringComparison.Ordinal))
            {
                Interlocked.Increment(ref _blobReads);
            }

            if (request.Uri.Path.EndsWith("()", StringComparison.Ordinal) && !query.Contains("top=", StringComparison.Ordinal))
            {
                request.Uri.AppendQuery("$top", "2");
            }

            if (Interlocked.Increment(ref _reads) == read)
            {
                throw new CrashException();
            }
        }

        await ProcessNextAsync(message, pipeline);
    }
}

/// <summary>Crashes at every call to an address.</summary>
/// <param name="part">A part of the address, as it is encoded there.</param>
internal sealed class CrashAtAddress(string part) : HttpPipelinePolicy
{
    private int _crashes;

    public int Crashes => _crashes;

    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) =>
        throw new NotSupportedException("Storage is called asynchronously.");

    public override ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        if (Uri.UnescapeDataString(message.Request.Uri.Path).Contains(part, StringComparison.Ordinal))
        {
            Interlocked.Increment(ref _crashes);
            throw new CrashException();
        }

        return ProcessNextAsync(message, pipeline);
    }
}

/// <summary>Delays every call to an address.</summary>
/// <param name="part">A part of the address.</param>
internal sealed class SlowAddress(string part, TimeSpan delay) : HttpPipelinePolicy
{
    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) =>
        throw new NotSupportedException("Storage is called asynchronously.");

    public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        if (Uri.UnescapeDataString(message.Request.Uri.Path).Contains(part, StringComparison.Ordinal))
        {
            await Task.Delay(delay, message.CancellationToken);
        }

        await ProcessNextAsync(message, pipeline);
    }
}
