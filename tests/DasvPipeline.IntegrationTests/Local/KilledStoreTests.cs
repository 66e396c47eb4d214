using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using Azure.Storage.Blobs;
using DasvPipeline.Core.Ports;
using DasvPipeline.IntegrationTests.Portal;
using DasvPipeline.IntegrationTests.Portal.Returns;
using DasvPipeline.IntegrationTests.UseCases;
using DasvPipeline.Local.Azurite;
using DasvPipeline.Local.Commands;
using DasvPipeline.Local.Host;
using DasvPipeline.Tests;
using Microsoft.Extensions.DependencyInjection;
using static DasvPipeline.IntegrationTests.UseCases.SampleFiles;

namespace DasvPipeline.IntegrationTests.Local;

/// <summary>The store is killed, or hangs, while the laptop works. It starts again with the same data, and the work continues.</summary>
public sealed class KilledStoreTests
{
    private const int Uploads = 100;
    private const int Kills = 5;
    private const int FilesOfAQuarter = 4;
    private const string Page = "/returns/idva-service/marac/2019-20-Q1";
    private const string Stopped = "The store has stopped. We are starting it again.";
    private const string RunsAgain = "The store responds again. Nothing was lost.";

    private static readonly AsyncLocal<string?> Ingested = new();

    private readonly ConcurrentQueue<string> _log = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [LongFact]
    public async Task A_hundred_uploads_are_accepted_although_the_store_is_killed_during_five_ingests()
    {
        using var folder = new TemporaryFolder();
        var paths = Enumerable.Range(0, Uploads).Select(PathOf).ToList();
        foreach (var (path, number) in paths.Select((path, number) => (path, number)))
        {
            File.SetLastWriteTimeUtc(await folder.WriteAsync($"inbox/{path}", Marac(100 + number)), new DateTime(2026, 9, 1, 0, number / 60, number % 60, DateTimeKind.Utc));
        }

        await using var laptop = await StartAsync(folder);
        var inbox = new Inbox(laptop, folder.At("inbox"), _log.Enqueue);
        await UntilTheStoreRespondsAsync(laptop, () => inbox.UploadChangesAsync(Ct));

        // Each kill comes a call or two later in its ingest than the one before: at calls 1, 2, 4, 5 and 7. Every ingest sends as many.
        var victims = Enumerable.Range(0, Kills).ToDictionary(kill => paths[(kill * Uploads / Kills) + 7], kill => 1 + (kill * 3 / 2), StringComparer.Ordinal);
        using var listener = KillDuring(victims, laptop);
        var ended = new ConcurrentDictionary<string, bool>(StringComparer.Ordinal);
        while (ended.Count < Uploads)
        {
            await UntilTheStoreRespondsAsync(laptop, () => laptop.Events.RaiseAsync(
                (path, _) =>
                {
                    _log.Enqueue($"ended {path}");
                    ended[path] = true;
                    return Task.CompletedTask;
                },
                Ct,
                (path, fault) => _log.Enqueue($"failed {path}: {fault.GetType().Name}")));
        }

        var log = _log.ToList();
        log.FindAll(line => !line.StartsWith("started", StringComparison.Ordinal) && !line.StartsWith("ended", StringComparison.Ordinal)).ForEach(TestContext.Current.TestOutputHelper!.WriteLine);
        Assert.All(victims.Keys, path =>
        {
            var kill = log.FindIndex(line => line.StartsWith($"killed in call {victims[path]} of the ingest of {path}", StringComparison.Ordinal));
            Assert.InRange(kill, log.IndexOf($"started {path}") + 1, log.IndexOf($"ended {path}") - 1);
        });
        Assert.Equal((Kills, Kills), (log.Count(line => line == Stopped), log.Count(line => line == RunsAgain)));
        foreach (var quarter in paths.GroupBy(Pipeline.KeyOf))
        {
            var submissions = await laptop.Returns.ReadSubmissionsAsync(quarter.Key, Ct);
            Assert.Equal(quarter.Order(StringComparer.Ordinal), submissions.Where(submission => submission.State == SubmissionState.Accepted).Select(submission => submission.Path).Order(StringComparer.Ordinal));
            Assert.Equal(FilesOfAQuarter, (await laptop.Returns.ReadLedgerRowAsync(quarter.Key, Ct))!.LiveVersion);
        }
    }

    [LongFact]
    public async Task A_page_says_that_the_store_hangs_and_works_when_it_responds()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows cannot stop a process for a while.");
        using var folder = new TemporaryFolder();
        await using var laptop = await StartAsync(folder);
        using var client = AgencysLaptop.ClientOf(laptop.Address.ToString(), PortalVisits.As("agency:idva-service"));
        Assert.Contains("Choose the file", await client.GetStringAsync(Page, Ct), StringComparison.Ordinal);

        await SignalAsync("-STOP", laptop.StoreProcessId);
        using var response = await client.GetAsync(Page, Ct);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Contains("We cannot reach our records. Try again in a few minutes.", await response.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);

        await SignalAsync("-CONT", laptop.StoreProcessId);
        while ((await client.GetAsync(Page, Ct)).StatusCode != HttpStatusCode.OK)
        {
            await Task.Yield();
        }
    }

    [LongFact]
    public async Task A_store_that_hangs_is_started_again_with_its_data()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows cannot stop a process for a while.");
        using var folder = new TemporaryFolder();
        var again = new TaskCompletionSource();
        await using var azurite = await AzuriteProcess.StartAsync(
            new AzuriteOptions { DataDirectory = folder.At("data"), ResponseLimit = TimeSpan.FromSeconds(2), Report = line => _ = line == RunsAgain && again.TrySetResult() }, Ct);
        var container = new BlobServiceClient(azurite.ConnectionString).GetBlobContainerClient("kept");
        await container.CreateAsync(cancellationToken: Ct);
        await container.GetBlobClient("file").UploadAsync(BinaryData.FromString("written just before"), Ct);

        await SignalAsync("-STOP", azurite.ProcessId);
        await again.Task.WaitAsync(Ct);

        Assert.Equal("written just before", (await container.GetBlobClient("file").DownloadContentAsync(Ct)).Value.Content.ToString());
    }

    [Fact]
    public async Task A_store_in_memory_that_is_killed_says_that_it_must_be_started_again()
    {
        var said = new TaskCompletionSource<string>();
        await using var azurite = await AzuriteProcess.StartAsync(new AzuriteOptions { Report = line => said.TrySetResult(line) }, Ct);

        Kill(azurite.ProcessId);

        Assert.Equal("The store has stopped. It was in memory, so start this program again.", await said.Task.WaitAsync(Ct));
        Assert.True(azurite.HasStopped);
    }

    private static string PathOf(int number)
    {
        var (quarter, file) = (number / FilesOfAQuarter, number % FilesOfAQuarter);
        var year = 2019 + (quarter / 4);
        return string.Create(CultureInfo.InvariantCulture, $"idva-service/marac/{year}-{(year + 1) % 100:00}-Q{(quarter % 4) + 1}/{file}.csv");
    }

#pragma warning disable RS0030 // The store's own clock is that of the machine.
    private Task<LaptopHost> StartAsync(TemporaryFolder folder) => LaptopHost.StartAsync(folder.At("data"), 0, TimeProvider.System, Ct, report: _log.Enqueue);
#pragma warning restore RS0030

    /// <summary>Kills the store when an ingest of a victim sends the given call.</summary>
    private ActivityListener KillDuring(Dictionary<string, int> victims, LaptopHost laptop)
    {
        var calls = new ConcurrentDictionary<string, int>(StringComparer.Ordinal);
        laptop.Events.Started = path =>
        {
            _log.Enqueue($"started {path}");
            Ingested.Value = path;
        };
        var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "System.Net.Http",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStarted = _ =>
            {
                if (Ingested.Value is { } path && victims.TryGetValue(path, out var call) && calls.AddOrUpdate(path, 1, (_, before) => before + 1) == call)
                {
                    _log.Enqueue($"killed in call {call} of the ingest of {path}");
                    Kill(laptop.StoreProcessId);
                }
            },
        };
        ActivitySource.AddActivityListener(listener);
        return listener;
    }

    private async Task UntilTheStoreRespondsAsync(LaptopHost laptop, Func<Task> run)
    {
        while (true)
        {
            try
            {
                await run();
                return;
            }
            catch (Exception fault) when (laptop.Services.GetRequiredService<IStorageFaults>().IsUnavailable(fault) && !Ct.IsCancellationRequested)
            {
                _log.Enqueue($"the store did not respond: {fault.GetType().Name}");
            }
        }
    }

    private static void Kill(int id)
    {
        using var process = Process.GetProcessById(id);
        process.Kill();
        process.WaitForExit();
    }

    private static async Task SignalAsync(string signal, int id)
    {
        using var kill = Process.Start("kill", [signal, id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync(Ct);
        Assert.Equal(0, kill.ExitCode);
    }
}
