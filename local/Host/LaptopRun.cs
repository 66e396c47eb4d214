using DasvPipeline.Core.Ports;
using DasvPipeline.Local.Commands;
using DasvPipeline.Local.Output;

namespace DasvPipeline.Local.Host;

/// <summary>
/// The work of a running laptop: takes files from the folder, raises events and runs timers. If the store does not respond, the work
/// waits for it. Repeating a step changes nothing that it has done.
/// </summary>
/// <param name="takesChanges">True to take each change of the folder; false to fill an empty store from it once.</param>
internal sealed class LaptopRun(LaptopHost laptop, Inbox inbox, bool takesChanges, ReturnLines lines, FaultLines faults, TimeProvider clock)
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromSeconds(1);

    private readonly IStorageFaults _storage = laptop.Services.GetRequiredService<IStorageFaults>();

    /// <summary>Takes the files of the folder into the store.</summary>
    public async Task TakeFilesAsync(CancellationToken ct)
    {
        if (!takesChanges)
        {
            await inbox.UploadToEmptyStoreAsync(ct);
            return;
        }

        foreach (var path in await inbox.UploadChangesAsync(ct))
        {
            await laptop.Events.RaiseDeletedAsync(path, lines.ShowAsync, ct);
        }
    }

    /// <summary>Raises the events of new files until each was processed.</summary>
    public async Task RaiseAllAsync(CancellationToken ct)
    {
        for (var hasFailed = true; hasFailed;)
        {
            hasFailed = false;
            await laptop.Events.RaiseAsync(lines.ShowAsync, ct, (path, fault) =>
            {
                hasFailed = true;
                ShowFault(path, fault);
            });
            if (hasFailed)
            {
                await Task.Delay(PollInterval, clock, ct);
            }
        }
    }

    /// <summary>Works until it is stopped.</summary>
    /// <param name="showPublished">Prints what was published.</param>
    public async Task StayUpAsync(Func<CancellationToken, Task> showPublished, bool watchesFolder, CancellationToken ct)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var timers = new TimerLoop(laptop.Services, laptop.Triggers, clock).RunAsync(
            async (timer, fault) =>
            {
                if (fault is not null)
                {
                    faults.Show(timer.Name, fault);
                }
                else if (timer.Name == "PublishHeadlines")
                {
                    await RepeatAsync(timer.Name, showPublished, stop.Token);
                }
            },
            stop.Token);
        var events = Task.Run(
            async () =>
            {
                while (true)
                {
                    if (watchesFolder)
                    {
                        await RepeatAsync("Reading the files", TakeFilesAsync, stop.Token);
                    }

                    await RepeatAsync("Processing the files", token => laptop.Events.RaiseAsync(lines.ShowAsync, token, ShowFault), stop.Token);
                    await Task.Delay(PollInterval, clock, stop.Token);
                }
            },
            stop.Token);

        // The first to end stops the other, so that an error of ours is reported at once.
        var first = await Task.WhenAny(timers, events);
        await stop.CancelAsync();
        await first;
    }

    /// <summary>Repeats a step until the store responds.</summary>
    /// <param name="step">The words for the step.</param>
    public async Task<bool> RepeatAsync(string step, Func<CancellationToken, Task> run, CancellationToken ct)
    {
        while (true)
        {
            try
            {
                await run(ct);
                faults.ShowSuccess();
                return true;
            }
            catch (Exception fault) when (!ct.IsCancellationRequested && _storage.IsUnavailable(fault))
            {
                FailIfLost();
                faults.Show(step, fault);
                await Task.Delay(PollInterval, clock, ct);
            }
        }
    }

    /// <summary>Prints a fault. The file is tried again soon.</summary>
    private void ShowFault(string path, Exception fault)
    {
        FailIfLost();
        faults.Show(path, fault);
    }

    private void FailIfLost()
    {
        if (laptop.HasLostStore)
        {
            throw new UserException("The store has stopped, and it was in memory. Run this again.");
        }
    }
}
