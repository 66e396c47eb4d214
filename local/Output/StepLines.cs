using System.Globalization;
using Spectre.Console;

namespace DasvPipeline.Local.Output;

/// <summary>Prints a line for each step of a start that takes more than a second.</summary>
internal sealed class StepLines(IAnsiConsole console, TimeProvider clock)
{
    private static readonly TimeSpan Shown = TimeSpan.FromSeconds(1);

    /// <param name="step">The words for the step, such as "Processing the files".</param>
    public async Task<T> RunAsync<T>(string step, Func<Task<T>> run)
    {
        var started = clock.GetTimestamp();
        var running = run();
        using var stop = new CancellationTokenSource();
        if (await Task.WhenAny(running, Task.Delay(Shown, clock, stop.Token)) != running)
        {
            console.MarkupLineInterpolated($"[grey]{step}…[/]");
            await ((Task)running).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            console.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"[grey]{step} took {clock.GetElapsedTime(started).TotalSeconds:0.0} seconds.[/]");
        }

        await stop.CancelAsync();
        return await running;
    }
}
