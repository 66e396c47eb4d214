namespace DasvPipeline.Local.Azurite;

/// <summary>Notices that the emulator's process has ended or no longer responds.</summary>
internal static class AzuriteProbe
{
    /// <summary>A failed probe is repeated before the process counts as hanging, because a laptop may have slept during the first one.</summary>
    private const int MaxFailures = 2;

    /// <param name="responseLimit">The time in which it must respond; null to notice only its end.</param>
    /// <returns>True if it does not respond, false if it has ended.</returns>
    public static async Task<bool> WaitForFailureAsync(AzuriteRun run, TimeSpan? responseLimit, CancellationToken stop)
    {
        if (responseLimit is not { } limit)
        {
            await run.WaitForExitAsync(stop);
            return false;
        }

        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { Timeout = limit, BaseAddress = new Uri(FormattableString.Invariant($"http://127.0.0.1:{run.Ports.Blob}")) };
        var exit = run.WaitForExitAsync(stop);
        for (var failures = 0; failures < MaxFailures;)
        {
            if (await Task.WhenAny(exit, Task.Delay(limit, stop)) == exit)
            {
                await exit;
                return false;
            }

            failures = await RespondsAsync(client, stop) ? 0 : failures + 1;
        }

        return !exit.IsCompletedSuccessfully;
    }

    /// <summary>Any response shows that it handles requests, even an error.</summary>
    private static async Task<bool> RespondsAsync(HttpClient client, CancellationToken stop)
    {
        try
        {
            using var response = await client.GetAsync((Uri?)null, stop);
            return true;
        }
        catch (Exception fault) when (fault is HttpRequestException or TaskCanceledException && !stop.IsCancellationRequested)
        {
            return false;
        }
    }
}
