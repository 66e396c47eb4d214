using NCrontab;

namespace DasvPipeline.Local.Host;

/// <summary>Calls each timer's trigger when its NCRONTAB expression says so, one run at a time as Azure does.</summary>
internal sealed class TimerLoop(IServiceProvider services, Triggers triggers, TimeProvider clock)
{
    /// <param name="done">Told of each run that has ended, with what it threw, if anything.</param>
    public Task RunAsync(Func<TimerTriggerFunction, Exception?, Task> done, CancellationToken ct) =>
        Task.WhenAll(triggers.Timers.Select(timer => RunAsync(timer, done, ct)));

    private async Task RunAsync(TimerTriggerFunction timer, Func<TimerTriggerFunction, Exception?, Task> done, CancellationToken ct)
    {
        var schedule = CrontabSchedule.Parse(timer.Schedule, new CrontabSchedule.ParseOptions { IncludingSeconds = true });
        while (!ct.IsCancellationRequested)
        {
            var now = clock.GetUtcNow().UtcDateTime;
            await Task.Delay(schedule.GetNextOccurrence(now) - now, clock, ct);
            await done(timer, await FaultOfAsync(timer.RunAsync(services, ct), ct));
        }
    }

    /// <summary>A failed run is told and tried again at its next time, as Azure does; stopping is no failure.</summary>
    private static async Task<Exception?> FaultOfAsync(Task run, CancellationToken ct)
    {
        await run.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        ct.ThrowIfCancellationRequested();
        return run.Exception?.InnerException;
    }
}
