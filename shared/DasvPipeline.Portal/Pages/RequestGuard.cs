using System.Buffers;
using DasvPipeline.Core.Ports;
using DasvPipeline.Portal.Auth;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace DasvPipeline.Portal.Pages;

/// <summary>
/// Runs the endpoint of every request, in both hosts, with the memberships of its caller. Refuses everything but reading to a manager who views as an
/// agency. A fault becomes a response with a sentence. A page does not wait for storage
/// that does not respond. The rest of a request's body is read and dropped, because a proxy in front of the app would otherwise
/// replace the response with an empty error.
/// </summary>
public sealed partial class RequestGuard(PageHandler pages, CallerReader callers, MembershipDirectory members, IStorageFaults storage, ILogger<RequestGuard> logger)
{
    /// <summary>The largest body that is read to its end: more than the Functions host accepts.</summary>
    public const long MaxBodyBytes = 256 * 1024 * 1024;

    private const int RetryAfterSeconds = 60;

    /// <returns>The response to send instead of the endpoint's; null if the endpoint succeeded.</returns>
    public async Task<IResult?> RunAsync(HttpContext context, Func<Task> endpoint)
    {
        try
        {
            return await RunWithLimitAsync(context, endpoint);
        }
        catch (Exception fault) when (!context.RequestAborted.IsCancellationRequested)
        {
            return CreateResponse(context, fault);
        }
        finally
        {
            await DropBodyAsync(context.Request, context.RequestAborted);
        }
    }

    private async Task<IResult?> RunWithLimitAsync(HttpContext context, Func<Task> endpoint)
    {
        var method = context.Request.Method;
        using var limit = HttpMethods.IsGet(method) || HttpMethods.IsHead(method) ? storage.LimitWait() : null;
        await members.AttachAsync(context, context.RequestAborted);
        if (!(HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method)) && callers.GetCaller(context.Request) is { ViewedAgency: not null })
        {
            return pages.Refuse(context.Request, StatusCodes.Status403Forbidden, "You are viewing the pages of an agency", "Nothing was sent or changed. To change something, stop viewing first.");
        }

        await endpoint();
        return null;
    }

    private IResult CreateResponse(HttpContext context, Exception fault)
    {
        if (fault is BadHttpRequestException bad)
        {
            return pages.Refuse(context.Request, bad.StatusCode, "We could not read this request", "Go back, reload the page, and try again.");
        }

        Log.Failed(logger, fault, fault.GetType().Name);
        if (!storage.IsUnavailable(fault))
        {
            return pages.Refuse(context.Request, StatusCodes.Status500InternalServerError, "There is a problem with this service", "Try again later. If it happens again, tell the Partnership.");
        }

        context.Response.Headers.RetryAfter = RetryAfterSeconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
        return pages.Refuse(context.Request, StatusCodes.Status503ServiceUnavailable, "This service is not available now", "We cannot reach our records. Try again in a few minutes.");
    }

    private static async Task DropBodyAsync(HttpRequest request, CancellationToken ct)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(81_920);
        try
        {
            for (var (total, read) = (0L, 1); read > 0 && total < MaxBodyBytes; total += read)
            {
                read = await request.Body.ReadAsync(buffer, ct);
            }
        }
        catch (Exception fault) when (fault is IOException or BadHttpRequestException or OperationCanceledException or ObjectDisposedException)
        {
            // The caller has gone, or sent less than it announced. Nobody waits for the rest.
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(602, LogLevel.Error, "A request failed: {ErrorType}.")]
        public static partial void Failed(ILogger logger, Exception fault, string errorType);
    }
}
