using DasvPipeline.Functions;
using NCrontab;

namespace DasvPipeline.Local.Host;

/// <summary>Calls each timer trigger on its NCRONTAB schedule, one run at a time as in Azure. A timer without a valid schedule never runs.</summary>
internal sealed class TimerLoop(IServiceProvider services, TriggerCollection triggers, TimeProvider clock)
{
    /// <param name="done">Called after each run, with its exception or null.</param>
    public Task RunAsync(Func<TimerTriggerFunction, Exception?, Task> done, CancellationToken ct) =>
        Task.WhenAll(triggers.TimerTriggers.Select(timer => RunAsync(timer, done, ct)));

    private async Task RunAsync(TimerTriggerFunction timer, Func<TimerTriggerFunction, Exception?, Task> done, CancellationToken ct)
    {
        if (timer.Schedule is not { } text || !ScheduleOptions.IsSchedule(text))
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, clock, ct);
            return;
        }

        var schedule = CrontabSchedule.Parse(text, new CrontabSchedule.ParseOptions { IncludingSeconds = true });
        while (!ct.IsCancellationRequested)
        {
            var now = clock.GetUtcNow().UtcDateTime;
            await Task.Delay(schedule.GetNextOccurrence(now) - now, clock, ct);
            await done(timer, await FaultOfAsync(timer.RunAsync(services, ct), ct));
        }
    }

    /// <summary>Returns the exception of a failed run, which is reported and runs again at its next time. Stopping is not a failure.</summary>
    private static async Task<Exception?> FaultOfAsync(Task run, CancellationToken ct)
    {
        await run.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        ct.ThrowIfCancellationRequested();
        return run.Exception?.InnerException;
    }
}
