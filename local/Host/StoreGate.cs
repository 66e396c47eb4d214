using System.Net.Mime;

namespace DasvPipeline.Local.Host;

/// <summary>
/// Holds requests until the store is ready, because the pages listen before it is. A program waits. A browser waits for a second, and then
/// gets a page that says so and reloads itself.
/// </summary>
internal sealed class StoreGate(TimeProvider clock)
{
    /// <summary>The time that a browser waits for the store before it gets the page.</summary>
    internal static readonly TimeSpan Wait = TimeSpan.FromSeconds(1);

    /// <summary>The seconds after which a browser loads the page again.</summary>
    private const int RetryAfterSeconds = 1;

    private const string Page = """
        <!DOCTYPE html>
        <html lang="en-GB">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>The store is starting</title>
        </head>
        <body>
        <main>
        <h1>The store is starting</h1>
        <p>This page will open when the store is ready. You do not need to reload it.</p>
        </main>
        </body>
        </html>
        """;

    private readonly TaskCompletionSource _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Lets the waiting requests, and all later ones, pass.</summary>
    public void Open() => _opened.TrySetResult();

    /// <summary>The middleware that holds requests.</summary>
    public async Task HoldAsync(HttpContext context, RequestDelegate next)
    {
        if (_opened.Task.IsCompleted || !IsBrowser(context.Request) || await OpensSoonAsync(context.RequestAborted))
        {
            await _opened.Task.WaitAsync(context.RequestAborted);
            await next(context);
            return;
        }

        var response = context.Response;
        response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        response.ContentType = MediaTypeNames.Text.Html + "; charset=utf-8";
        response.Headers.CacheControl = "no-store";
        response.Headers.ContentSecurityPolicy = "default-src 'none'; frame-ancestors 'none'";
        response.Headers["Refresh"] = response.Headers.RetryAfter = FormattableString.Invariant($"{RetryAfterSeconds}");
        await response.WriteAsync(Page, context.RequestAborted);
    }

    private async Task<bool> OpensSoonAsync(CancellationToken ct)
    {
        try
        {
            await _opened.Task.WaitAsync(Wait, clock, ct);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    /// <summary>Returns true for a page that a person opens. Sending a form again would send it twice.</summary>
    private static bool IsBrowser(HttpRequest request) =>
        HttpMethods.IsGet(request.Method) && request.Headers.Accept.ToString().Contains(MediaTypeNames.Text.Html, StringComparison.OrdinalIgnoreCase);
}
