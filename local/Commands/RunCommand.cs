using System.Net.Sockets;
using Azure;
using DasvPipeline.Core.Oversight;
using DasvPipeline.Core.Ports;
using DasvPipeline.Core.Publish;
using DasvPipeline.Local.Host;
using DasvPipeline.Local.Output;
using DasvPipeline.Portal.Site;
using Spectre.Console;

namespace DasvPipeline.Local.Commands;

/// <param name="IsOneRun">Process the files and end.</param>
/// <param name="InboxFolder">The folder of returns; null for the samples.</param>
/// <param name="OutputFolder">The folder for every public file; null to write none.</param>
/// <param name="SiteFolder">The folder for the public page with the feed; null to write none.</param>
/// <param name="DataFolder">The folder of the store. Null for the default folder, or with <paramref name="IsOneRun"/> for a fresh store.</param>
/// <param name="ShowsTelemetry">Print spans, metrics and logs.</param>
/// <param name="Catalogue">The folder of the catalogue; null for the built-in one.</param>
/// <param name="Workers">The number of files to process at the same time.</param>
internal sealed record RunOptions(bool IsOneRun, string? InboxFolder, string? OutputFolder, string? SiteFolder, string? DataFolder, int Port, bool ShowsTelemetry, DirectoryInfo? Catalogue, int Workers);

/// <summary>Starts everything on this machine: the store, the triggers and the feed.</summary>
internal sealed class RunCommand(RunOptions options, IAnsiConsole console, TimeProvider clock)
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromSeconds(1);

    public async Task<int> RunAsync(CancellationToken ct)
    {
        if (options.InboxFolder is { } inbox && !Directory.Exists(inbox))
        {
            throw new UserException($"The folder {inbox} does not exist. --inbox needs a folder of returns: agency/return/period/file.");
        }

        if (!options.IsOneRun && IsPortInUse(options.Port))
        {
            throw new UserException(FormattableString.Invariant($"Another program is using port {options.Port}. Stop that program, or choose another port with --port."));
        }

        console.MarkupLine("[grey]Starting the store (Azurite)…[/]");
        var data = options.DataFolder ?? (options.IsOneRun ? null : LocalFolders.Data);
        await using var laptop = await LaptopHost.StartAsync(data, options.IsOneRun ? null : options.Port, clock, ct, options.ShowsTelemetry, CatalogueFolder.ReadIfGiven(options.Catalogue), options.Workers);
        foreach (var problem in laptop.Services.GetServices<ISettingCheck>().SelectMany(check => check.FindProblems()))
        {
            console.MarkupLineInterpolated($"[red]{problem.Sentence}[/]");
        }

        var lines = new ReturnLines(console, laptop.Services.GetRequiredService<LiveCatalogue>(), laptop.Returns, clock);
        var folder = new Inbox(laptop, options.InboxFolder ?? LocalFolders.Samples);
        if (options.InboxFolder is not null || options.IsOneRun)
        {
            await TakeChangesAsync(laptop, folder, lines, ct);
        }
        else
        {
            await folder.UploadToEmptyStoreAsync(ct);
        }

        await laptop.Events.RaiseAsync(lines.ShowAsync, ct);
        await laptop.PublishAsync(ct);
        var held = new HoldLine(console);
        await held.ShowIfNewAsync(laptop.Feed, ct);
        var headlines = new HeadlineTable(console);
        var release = await headlines.ShowAsync(laptop.Feed, ct);
        await using (var scope = await laptop.Services.OpenScopeAsync(nameof(RunCommand), ct))
        {
            await new DisagreementLines(console).ShowAsync(scope.ServiceProvider.GetRequiredService<DescribeStatus>(), ct);
        }

        lines.ShowTally();

        if (options.OutputFolder is { } output)
        {
            await WritePublicFilesAsync(laptop, output, ct);
        }

        if (options.SiteFolder is { } site)
        {
            await WriteSiteAsync(laptop, site, ct);
        }

        if (options.IsOneRun)
        {
            return 0;
        }

        ShowAddresses();
        try
        {
            await StayUpAsync(laptop, options.InboxFolder is null ? null : folder, lines, held, headlines, release, ct);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            console.MarkupLine("[grey]Stopping.[/]");
        }

        return 0;
    }

    private async Task StayUpAsync(LaptopHost laptop, Inbox? inbox, ReturnLines lines, HoldLine held, HeadlineTable headlines, int release, CancellationToken ct)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var timers = new TimerLoop(laptop.Services, laptop.Triggers, clock).RunAsync(
            async (timer, fault) =>
            {
                if (fault is not null)
                {
                    console.MarkupLineInterpolated($"[red]{timer.Name} failed and will be tried again: {fault.Message}[/]");
                }
                else if (timer.Name == "PublishHeadlines")
                {
                    await held.ShowIfNewAsync(laptop.Feed, ct);
                    release = await headlines.ShowIfNewAsync(laptop.Feed, release, ct);
                }
            },
            stop.Token);
        var events = Task.Run(
            async () =>
            {
                while (true)
                {
                    if (inbox is not null)
                    {
                        await TakeChangesAsync(laptop, inbox, lines, stop.Token);
                    }

                    await laptop.Events.RaiseAsync(lines.ShowAsync, stop.Token);
                    await Task.Delay(PollInterval, clock, stop.Token);
                }
            },
            stop.Token);

        // The first to end stops the other, so that an error is reported at once.
        var first = await Task.WhenAny(timers, events);
        await stop.CancelAsync();
        await first;
    }

    private static async Task TakeChangesAsync(LaptopHost laptop, Inbox inbox, ReturnLines lines, CancellationToken ct)
    {
        foreach (var path in await inbox.UploadChangesAsync(ct))
        {
            await laptop.Events.RaiseDeletedAsync(path, lines.ShowAsync, ct);
        }
    }

    private async Task WritePublicFilesAsync(LaptopHost laptop, string folder, CancellationToken ct)
    {
        var root = Path.GetFullPath(folder);
        var count = 0;
        await foreach (var path in laptop.Feed.ListPublicAsync(ct))
        {
            var (content, _, _, _) = await laptop.Feed.ReadAsync(path, ct) ?? throw new RequestFailedException(404, $"The public file {path} no longer exists.");
            var file = Path.Combine(root, path);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            await File.WriteAllBytesAsync(file, content.ToArray(), ct);
            count++;
        }

        console.MarkupLineInterpolated($"{count} public files written to {root}");
    }

    /// <summary>Writes what a static host needs: the public page, a page of each year, and the feed.</summary>
    private async Task WriteSiteAsync(LaptopHost laptop, string folder, CancellationToken ct)
    {
        await WritePublicFilesAsync(laptop, Path.Combine(folder, "feed"), ct);
        var root = Directory.CreateDirectory(Path.Combine(Path.GetFullPath(folder), "site")).FullName;
        var files = await laptop.Services.GetRequiredService<SitePages>().ListAsync(laptop.Services.GetRequiredService<PublishOptions>().PublicAddress, ct);
        foreach (var (name, content) in files)
        {
            await File.WriteAllBytesAsync(Path.Combine(root, name), content, ct);
        }

        console.MarkupLineInterpolated($"{files.Count} files of the public page written to {root}");
    }

    private void ShowAddresses()
    {
        var root = FormattableString.Invariant($"http://localhost:{options.Port}");
        var grid = new Grid().AddColumn().AddColumn();
        grid.AddRow(new Text("The public page"), new Text($"{root}/site/"));
        grid.AddRow(new Text("The feed"), new Text($"{root}/feed/headlines.json"));
        grid.AddRow(new Text("Its schema"), new Text($"{root}/feed/schema/headlines.v1.json"));
        grid.AddRow(new Text("All years and releases"), new Text($"{root}/feed/index.json"));
        grid.AddRow(new Text("For agencies"), new Text($"{root}/returns"));
        grid.AddRow(new Text("For the manager"), new Text($"{root}/status"));
        console.Write(new Panel(grid).Header("Running. Press Ctrl+C to stop").Expand());
    }

    private static bool IsPortInUse(int port)
    {
        try
        {
            using var listener = new TcpListener(System.Net.IPAddress.Loopback, port) { ExclusiveAddressUse = true };
            listener.Start();
            return false;
        }
        catch (SocketException)
        {
            return true;
        }
    }
}

/// <summary>An error that the user can fix. The message says how.</summary>
internal sealed class UserException(string message) : Exception(message);
