using System.Net.Sockets;
using Azure;
using Azure.Storage.Blobs.Models;
using DasvPipeline.Core;
using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Receive;
using DasvPipeline.Local.Host;
using DasvPipeline.Local.Show;
using Spectre.Console;

namespace DasvPipeline.Local.Commands;

/// <param name="Once">Process what there is and end.</param>
/// <param name="Inbox">The folder of returns; null for the samples.</param>
/// <param name="Out">Where every public file is written; null for nowhere.</param>
/// <param name="Data">The folder that keeps the store between runs; with <paramref name="Once"/> null for a fresh one.</param>
/// <param name="Tells">Print spans, measurements and logs.</param>
internal sealed record RunOptions(bool Once, string? Inbox, string? Out, string? Data, int Port, bool Tells);

/// <summary>Starts everything on this machine: the store, the triggers, the feed.</summary>
internal sealed class RunCommand(RunOptions options, IAnsiConsole console, TimeProvider clock)
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    public async Task<int> RunAsync(CancellationToken ct)
    {
        if (options.Inbox is { } inbox && !Directory.Exists(inbox))
        {
            throw new LocalException($"There is no folder {inbox}. --inbox names a folder of returns: agency/return/period/file.");
        }

        if (!options.Once && IsTaken(options.Port))
        {
            throw new LocalException(FormattableString.Invariant($"Port {options.Port} is taken by another program. Stop that program, or choose another port with --port."));
        }

        console.MarkupLine("[grey]Starting the store (Azurite)…[/]");
        var data = options.Data ?? (options.Once ? null : Folders.Data);
        await using var laptop = await Laptop.StartAsync(data, options.Once ? null : options.Port, clock, ct, options.Tells);
        var lines = new ReturnLines(console, laptop.Services.GetRequiredService<PartnershipCatalogue>(), laptop.Returns, clock);
        await UploadAsync(laptop, options.Inbox ?? Folders.Samples, isInbox: options.Inbox is not null || options.Once, ct);
        await laptop.Events.RaiseAsync(lines.ShowAsync, ct);
        await laptop.PublishAsync(ct);
        var held = new HoldLine(console);
        await held.ShowIfNewAsync(laptop.Feed, ct);
        var headlines = new HeadlineTable(console);
        var release = await headlines.ShowAsync(laptop.Feed, ct);
        await new DisagreementLines(console).ShowAsync(laptop.Services.GetRequiredService<DescribeStatus>(), ct);
        lines.ShowTally();

        if (options.Out is { } folder)
        {
            await WritePublicFilesAsync(laptop, folder, ct);
        }

        if (options.Once)
        {
            return 0;
        }

        ShowAddresses();
        try
        {
            await StayUpAsync(laptop, lines, held, headlines, release, ct);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            console.MarkupLine("[grey]Stopping.[/]");
        }

        return 0;
    }

    private async Task StayUpAsync(Laptop laptop, ReturnLines lines, HoldLine held, HeadlineTable headlines, int release, CancellationToken ct)
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
                    if (options.Inbox is { } inbox)
                    {
                        await UploadAsync(laptop, inbox, isInbox: true, stop.Token);
                    }

                    await laptop.Events.RaiseAsync(lines.ShowAsync, stop.Token);
                    await Task.Delay(Look, clock, stop.Token);
                }
            },
            stop.Token);

        // Whichever ends first ends the other: a fault is told, never waited beside.
        var first = await Task.WhenAny(timers, events);
        await stop.CancelAsync();
        await first;
    }

    /// <summary>Uploads the files of a folder that the store does not hold as they are; the samples only into an empty store.</summary>
    private static async Task UploadAsync(Laptop laptop, string folder, bool isInbox, CancellationToken ct)
    {
        var container = laptop.Account.GetBlobContainerClient(UploadPath.Container);
        var held = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        await foreach (var blob in container.GetBlobsAsync(cancellationToken: ct))
        {
            held[blob.Name] = blob.Properties.ContentHash ?? [];
        }

        if (!isInbox && held.Count > 0)
        {
            return;
        }

        foreach (var (path, file) in Folders.ReturnsIn(folder))
        {
            var bytes = await File.ReadAllBytesAsync(file, ct);
#pragma warning disable CA5351 // not for safety: the hash that the Blob service keeps of what was uploaded
            var hash = System.Security.Cryptography.MD5.HashData(bytes);
#pragma warning restore CA5351
            if (!held.TryGetValue(path, out var before) || !before.AsSpan().SequenceEqual(hash))
            {
                await container.GetBlobClient(path).UploadAsync(
                    BinaryData.FromBytes(bytes), new BlobUploadOptions { HttpHeaders = new BlobHttpHeaders { ContentHash = hash } }, ct);
            }
        }
    }

    private async Task WritePublicFilesAsync(Laptop laptop, string folder, CancellationToken ct)
    {
        var root = Path.GetFullPath(folder);
        var count = 0;
        await foreach (var path in laptop.Feed.ListPublicAsync(ct))
        {
            var (content, _, _) = await laptop.Feed.ReadAsync(path, ct) ?? throw new RequestFailedException(404, $"The public file {path} is gone.");
            var file = Path.Combine(root, path);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            await File.WriteAllBytesAsync(file, content.ToArray(), ct);
            count++;
        }

        console.MarkupLineInterpolated($"{count} public files written to {root}");
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
        console.Write(new Panel(grid).Header("Running; Ctrl+C stops it").Expand());
    }

    private static bool IsTaken(int port)
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

/// <summary>Something the person at the laptop can put right; the message says how.</summary>
internal sealed class LocalException(string message) : Exception(message);
