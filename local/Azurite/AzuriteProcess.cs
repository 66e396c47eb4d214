using System.Globalization;

namespace DasvPipeline.Local.Azurite;

/// <summary>
/// A running instance of Azurite, Microsoft's storage emulator, on this machine only. It stops when it is disposed or when
/// this process ends. Its data is on disk in both cases. If its own process ends or hangs, it is started again with the same ports
/// and data. What it keeps in memory only cannot be started again.
/// </summary>
public sealed class AzuriteProcess : IAsyncDisposable
{
    // Azurite's account and key are the same everywhere and published by Microsoft, so they protect nothing.
    private const string AccountName = "devstoreaccount1";
    private const string AccountKey = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    private static readonly TimeSpan PauseBetweenStarts = TimeSpan.FromSeconds(1);

    private readonly AzuriteOptions _options;
    private readonly DataDirectoryLock? _directoryLock;
    private readonly CancellationTokenSource _stop = new();
    private AzuriteRun _run;
    private Task _supervision = Task.CompletedTask;
    private int _disposed;

    private AzuriteProcess(AzuriteOptions options, AzuriteRun run, DataDirectoryLock? directoryLock) => (_options, _run, _directoryLock) = (options, run, directoryLock);

    /// <summary>The connection string for the blob, queue and table services.</summary>
    public string ConnectionString { get; private set; } = string.Empty;

    /// <summary>The id of the process that runs now.</summary>
    public int ProcessId => _run.Process.Id;

    /// <summary>True if it has stopped and cannot be started again, because it was in memory.</summary>
    public bool HasStopped { get; private set; }

    /// <summary>Starts Azurite and returns when all three services respond.</summary>
    /// <exception cref="AzuriteException">It could not be started. The message says why and what to do.</exception>
    public static async Task<AzuriteProcess> StartAsync(AzuriteOptions options, CancellationToken ct)
    {
        options = options with { DataDirectory = options.DataDirectory is { } directory ? Path.GetFullPath(directory) : null };
        var directoryLock = options.DataDirectory is null ? null : await DataDirectoryLock.AcquireAsync(options.DataDirectory, ct);

        AzuriteRun run;
        try
        {
            run = AzuriteRun.Start(options);
        }
        catch
        {
            directoryLock?.Dispose();
            throw;
        }

        var azurite = new AzuriteProcess(options, run, directoryLock);
        try
        {
            await azurite.WaitUntilReadyAsync(ct);
            azurite.ConnectionString = ConnectionStringFor(run.Ports);
            azurite._supervision = azurite.SuperviseAsync(options with { BlobPort = run.Ports.Blob, QueuePort = run.Ports.Queue, TablePort = run.Ports.Table }, azurite._stop.Token);
            return azurite;
        }
        catch
        {
            await azurite.DisposeAsync();
            throw;
        }
    }

    /// <summary>Returns true if the folder contains Azurite data.</summary>
    public static bool ContainsData(string directory) => File.Exists(Path.Combine(directory, "__azurite_db_table__.json"));

    /// <summary>Stops Azurite after it has written everything to disk, or after 10 seconds.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
        {
            return;
        }

        await _stop.CancelAsync();
        await _supervision.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _run.DisposeAsync();
        _directoryLock?.Dispose();
        _stop.Dispose();
    }

    private async Task WaitUntilReadyAsync(CancellationToken ct)
    {
        _directoryLock?.SetOwner(_run.Process, blobPort: 0);
        await _run.WaitUntilReadyAsync(ct);
        _directoryLock?.SetOwner(_run.Process, _run.Ports.Blob);
    }

    /// <summary>Starts the process again whenever it ends or hangs, until this is disposed.</summary>
    private async Task SuperviseAsync(AzuriteOptions samePorts, CancellationToken stop)
    {
        while (true)
        {
            var hangs = await AzuriteProbe.WaitForFailureAsync(_run, _options.DataDirectory is null ? null : _options.ResponseLimit, stop);
            if (_options.DataDirectory is null)
            {
                HasStopped = true;
                Report("The store has stopped. It was in memory, so start this program again.");
                return;
            }

            Report(hangs ? "The store does not respond. We are starting it again." : "The store has stopped. We are starting it again.");
            if (hangs)
            {
                await _run.KillAsync();
            }

            await RestartAsync(samePorts, stop);
            Report("The store responds again. Nothing was lost.");
        }
    }

    private async Task RestartAsync(AzuriteOptions samePorts, CancellationToken stop)
    {
        string? reported = null;
        while (true)
        {
            try
            {
                await _run.DisposeAsync();
                _run = AzuriteRun.Start(samePorts);
                await WaitUntilReadyAsync(stop);
                return;
            }
            catch (AzuriteException fault)
            {
                if (reported != fault.Message)
                {
                    Report(reported = fault.Message);
                }

                await Task.Delay(PauseBetweenStarts, stop);
            }
        }
    }

    private void Report(string sentence) => _options.Report?.Invoke(sentence);

    private static string ConnectionStringFor((int Blob, int Queue, int Table) ports) => string.Create(
        CultureInfo.InvariantCulture,
        $"DefaultEndpointsProtocol=http;AccountName={AccountName};AccountKey={AccountKey};BlobEndpoint=http://127.0.0.1:{ports.Blob}/{AccountName};QueueEndpoint=http://127.0.0.1:{ports.Queue}/{AccountName};TableEndpoint=http://127.0.0.1:{ports.Table}/{AccountName};");
}
