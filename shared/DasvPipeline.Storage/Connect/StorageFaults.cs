using System.Net;
using Azure;
using Azure.Core.Pipeline;
using Azure.Identity;
using DasvPipeline.Core.Ports;

namespace DasvPipeline.Storage.Connect;

/// <summary>Recognises faults of the Azure SDK, and limits its calls with <see cref="StorageRetryPolicy"/>.</summary>
internal sealed class StorageFaults : IStorageFaults
{
    /// <summary>The property of a message that asks for a short wait.</summary>
    public const string ShortWait = "DasvPipeline.ShortWait";

    public bool IsUnavailable(Exception fault) => fault switch
    {
        StorageSettingException or AuthenticationFailedException or OperationCanceledException => true,
        RequestFailedException failed => failed.Status is 0 or (int)HttpStatusCode.Unauthorized or (int)HttpStatusCode.Forbidden
            or (int)HttpStatusCode.RequestTimeout or (int)HttpStatusCode.TooManyRequests or >= (int)HttpStatusCode.InternalServerError,
        AggregateException several => several.InnerExceptions.Any(IsUnavailable),
        { InnerException: { } inner } => IsUnavailable(inner),
        _ => false,
    };

    public IDisposable LimitWait() => HttpPipeline.CreateHttpMessagePropertiesScope(new Dictionary<string, object?>(StringComparer.Ordinal) { [ShortWait] = true });
}

/// <summary>A setting of an account is missing or invalid, so the account cannot be used.</summary>
internal sealed class StorageSettingException(string message) : Exception(message);
