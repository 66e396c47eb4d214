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
/// <param name="IsQuiet">Print only errors.</param>
internal sealed record RunOptions(bool IsOneRun, string? InboxFolder, string? OutputFolder, string? SiteFolder, string? DataFolder, int Port, bool ShowsTelemetry, DirectoryInfo? Catalogue, int Workers, bool IsQuiet = false);

/// <summary>Starts everything on this machine: the store, the triggers and the feed.</summary>
/// <param name="errors">Gets the errors in quiet mode.</param>
internal sealed class RunCommand(RunOptions options, IAnsiConsole console, TextWriter errors, TimeProvider clock)
{
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

        // The store starts before the first line is printed, because the console takes a while for its first line.
        var data = options.DataFolder ?? (options.IsOneRun ? null : LocalFolders.Data);
        var catalogue = CatalogueFolder.ReadIfGiven(options.Catalogue);
        var steps = new StepLines(console, clock);
        await using var laptop = await steps.RunAsync("Starting the store and the pages", () =>
        {
            var starting = Task.Run(() => LaptopHost.StartAsync(data, options.IsOneRun ? null : options.Port, clock, ct, options.ShowsTelemetry, catalogue, options.Workers, report: ShowProblem, listening: ShowAddress), ct);
            console.MarkupLine("[grey]Starting the store (Azurite)…[/]");
            return starting;
        });
        foreach (var problem in laptop.Services.GetServices<ISettingCheck>().SelectMany(check => check.FindProblems()))
        {
            ShowProblem(problem.Sentence);
        }

        var lines = new ReturnLines(console, laptop.Services.GetRequiredService<LiveCatalogue>(), laptop.Returns, clock);
        var faults = new FaultLines(ShowProblem, laptop.Services.GetRequiredService<IStorageFaults>());
        var run = new LaptopRun(laptop, new Inbox(laptop, options.InboxFolder ?? LocalFolders.Samples, ShowProblem), options.InboxFolder is not null || options.IsOneRun, lines, faults, clock);
        await steps.RunAsync("Reading the files", () => run.RepeatAsync("Reading the files", run.TakeFilesAsync, ct));
        await steps.RunAsync("Processing the files", () => run.RepeatAsync("Processing the files", run.RaiseAllAsync, ct));
        await steps.RunAsync("Publishing", () => run.RepeatAsync("Publishing", laptop.PublishAsync, ct));
        var held = new HoldLine(console);
        var headlines = new HeadlineTable(console);
        var release = 0;
        await run.RepeatAsync(
            "Reading the headlines",
            async token =>
            {
                await held.ShowIfNewAsync(laptop.Feed, token);
                release = await headlines.ShowAsync(laptop.Feed, token);
                await using var scope = await laptop.Services.OpenScopeAsync(nameof(RunCommand), token);
                await new DisagreementLines(console).ShowAsync(scope.ServiceProvider.GetRequiredService<DescribeStatus>(), token);
            },
            ct);
        lines.ShowTally();

        if (options.OutputFolder is { } output)
        {
            await steps.RunAsync("Writing the public files", () => run.RepeatAsync("Writing the public files", token => WritePublicFilesAsync(laptop, output, token), ct));
        }

        if (options.SiteFolder is { } site)
        {
            await steps.RunAsync("Writing the public page", () => run.RepeatAsync("Writing the public page", token => WriteSiteAsync(laptop, site, token), ct));
        }

        if (options.IsOneRun)
        {
            return faults.HasOurFault ? ExitCode.OurFault : ExitCode.Done;
        }

        ShowAddresses();
        try
        {
            await run.StayUpAsync(
                async token =>
                {
                    await held.ShowIfNewAsync(laptop.Feed, token);
                    release = await headlines.ShowIfNewAsync(laptop.Feed, release, token);
                },
                options.InboxFolder is not null,
                ct);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            console.MarkupLine("[grey]Stopping.[/]");
        }

        return ExitCode.Done;
    }

    /// <summary>Prints a sentence that is shown in quiet mode too.</summary>
    private void ShowProblem(string sentence)
    {
        // A line end in a file name would start a line of its own.
        sentence = ResponseOutput.RemoveControlCharacters(sentence);
        if (options.IsQuiet)
        {
            errors.WriteLine(sentence);
        }
        else
        {
            console.MarkupLineInterpolated($"[red]{sentence}[/]");
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

    private string Root => FormattableString.Invariant($"http://localhost:{options.Port}");

    private void ShowAddress() => console.MarkupLineInterpolated($"[grey]The pages are at {Root}/. They open when the store is ready.[/]");

    private void ShowAddresses()
    {
        var root = Root;
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
