using Azure.Core;
using Azure.Core.Pipeline;

namespace DasvPipeline.Storage.Connect;

/// <summary>
/// Retries a call to storage with growing pauses. If a person waits for the call, it is tried twice with a short timeout, so that it
/// fails within 5 seconds.
/// </summary>
internal sealed class StorageRetryPolicy() : RetryPolicy(MaxRetries, DelayStrategy.CreateExponentialDelayStrategy(FirstDelay, MaxDelay))
{
    public static readonly TimeSpan ShortTimeout = TimeSpan.FromSeconds(2);

    /// <summary>The timeout of a call for which nobody waits: enough for a file of 10 MB.</summary>
    public static readonly TimeSpan LongTimeout = TimeSpan.FromSeconds(30);

    private const int MaxRetries = 5;

    /// <summary>The retries of a call for which a person waits.</summary>
    private const int MaxShortRetries = 1;

    private static readonly TimeSpan FirstDelay = TimeSpan.FromSeconds(0.8);
    private static readonly TimeSpan MaxDelay = TimeSpan.FromSeconds(30);

    protected override void OnSendingRequest(HttpMessage message)
    {
        if (IsShort(message))
        {
            message.NetworkTimeout = ShortTimeout;
        }
    }

    protected override ValueTask OnSendingRequestAsync(HttpMessage message)
    {
        OnSendingRequest(message);
        return default;
    }

    protected override bool ShouldRetry(HttpMessage message, Exception? exception) =>
        (!IsShort(message) || message.ProcessingContext.RetryNumber < MaxShortRetries) && base.ShouldRetry(message, exception);

    protected override ValueTask<bool> ShouldRetryAsync(HttpMessage message, Exception? exception) =>
        IsShort(message) && message.ProcessingContext.RetryNumber >= MaxShortRetries ? new ValueTask<bool>(false) : base.ShouldRetryAsync(message, exception);

    private static bool IsShort(HttpMessage message) => message.TryGetProperty(StorageFaults.ShortWait, out var value) && value is true;
}

/// <summary>Fails every call to an account whose settings are missing or invalid.</summary>
internal sealed class MissingAccountPolicy(string sentences) : HttpPipelinePolicy
{
    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) => throw new StorageSettingException(sentences);

    public override ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) => throw new StorageSettingException(sentences);
}
