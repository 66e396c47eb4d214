using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Reflection;

namespace DasvPipeline.Local.Azurite;

/// <summary>
/// A running instance of Azurite, Microsoft's storage emulator, on this machine only. It stops when it is disposed or when
/// this process ends. Its data is on disk in both cases.
/// </summary>
public sealed class AzuriteProcess : IAsyncDisposable
{
    // Azurite's account and key are the same everywhere and published by Microsoft, so they protect nothing.
    private const string AccountName = "devstoreaccount1";
    private const string AccountKey = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    private const int ErrorLinesKept = 10;

    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan ErrorOutputLimit = TimeSpan.FromSeconds(2);

    private readonly DataDirectoryLock? _directoryLock;
    private readonly Process _process;
    private readonly TaskCompletionSource<string?> _firstLine = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Queue<string> _errorLines = new();
    private int _disposed;

    private AzuriteProcess(Process process, DataDirectoryLock? directoryLock)
    {
        _process = process;
        _directoryLock = directoryLock;
    }

    /// <summary>The connection string for the blob, queue and table services.</summary>
    public string ConnectionString { get; private set; } = string.Empty;

    /// <summary>Starts Azurite and returns when all three services respond.</summary>
    /// <exception cref="AzuriteException">It could not be started. The message says why and what to do.</exception>
    public static async Task<AzuriteProcess> StartAsync(AzuriteOptions options, CancellationToken ct)
    {
        var scripts = ScriptDirectory();
        var dataDirectory = options.DataDirectory is { } directory ? Path.GetFullPath(directory) : null;
        var directoryLock = dataDirectory is null ? null : await DataDirectoryLock.AcquireAsync(dataDirectory, ct);

        Process process;
        try
        {
            process = StartNode(scripts, dataDirectory, options);
        }
        catch
        {
            directoryLock?.Dispose();
            throw;
        }

        var azurite = new AzuriteProcess(process, directoryLock);
        try
        {
            directoryLock?.SetOwner(process, blobPort: 0);
            await azurite.WaitUntilReadyAsync(scripts, ct);
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

        try
        {
            _process.StandardInput.Close();
        }
        catch (IOException)
        {
            // The process has already ended.
        }

        if (!await HasExitedWithinAsync(StopLimit))
        {
            _process.Kill(entireProcessTree: true);
            await HasExitedWithinAsync(StopLimit);
        }

        _process.Dispose();
        _directoryLock?.Dispose();
    }

    // azurite.targets writes the path into the assembly, so that it is correct in any output folder.
    private static string ScriptDirectory()
        => typeof(AzuriteProcess).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .FirstOrDefault(a => a.Key == "AzuriteDirectory")?.Value is { } directory && File.Exists(Path.Combine(directory, "run.cjs"))
            ? Path.TrimEndingDirectorySeparator(directory)
            : throw new AzuriteException("The folder that this program was built in has been moved or deleted. Build it again in its new place.");

    private static Process StartNode(string scripts, string? dataDirectory, AzuriteOptions options)
    {
        var start = new ProcessStartInfo("node")
        {
            WorkingDirectory = scripts,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.ArgumentList.Add(Path.Combine(scripts, "run.cjs"));
        Add("--location", dataDirectory);
        Add("--blob", options.BlobPort?.ToString(CultureInfo.InvariantCulture));
        Add("--queue", options.QueuePort?.ToString(CultureInfo.InvariantCulture));
        Add("--table", options.TablePort?.ToString(CultureInfo.InvariantCulture));

        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception e)
        {
            throw new AzuriteException("The storage emulator needs Node.js 20 or later. Install it from https://nodejs.org and run this again.", e);
        }

        void Add(string name, string? value)
        {
            if (value is not null)
            {
                start.ArgumentList.Add(name);
                start.ArgumentList.Add(value);
            }
        }
    }

    private async Task WaitUntilReadyAsync(string scripts, CancellationToken ct)
    {
        _process.OutputDataReceived += (_, e) => _firstLine.TrySetResult(e.Data);
        _process.ErrorDataReceived += (_, e) => KeepErrorLine(e.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();

        string? line;
        try
        {
            line = await _firstLine.Task.WaitAsync(StartLimit, ct);
        }
        catch (TimeoutException e)
        {
            throw new AzuriteException(WithErrorLines($"The storage emulator did not become ready within {StartLimit.TotalSeconds:0} seconds."), e);
        }

        switch (line?.Split(' '))
        {
            case ["ready", var blob, var queue, var table]:
                ConnectionString = ConnectionStringFor(blob, queue, table);
                _directoryLock?.SetOwner(_process, int.Parse(blob, CultureInfo.InvariantCulture));
                return;
            case ["port-taken", var port]:
                throw new AzuriteException($"Another program is using port {port}. Stop that program or choose another port, and run this again.");
            case ["port-refused", var port]:
                throw new AzuriteException($"This computer does not allow you to use port {port}. Choose a port above 1023 and run this again.");
            case ["node-too-old", var version]:
                throw new AzuriteException($"The storage emulator needs Node.js 20 or later, and this computer has {version}. Install a newer one from https://nodejs.org and run this again.");
            case ["packages-missing"]:
                throw new AzuriteException($"The storage emulator is not installed. Run this command, then try again: npm ci --prefix \"{scripts}\"");
            default:
                await HasExitedWithinAsync(ErrorOutputLimit);
                throw new AzuriteException(WithErrorLines("The storage emulator ended before it was ready."));
        }
    }

    private static string ConnectionStringFor(string blobPort, string queuePort, string tablePort)
        => $"DefaultEndpointsProtocol=http;AccountName={AccountName};AccountKey={AccountKey};"
            + $"BlobEndpoint=http://127.0.0.1:{blobPort}/{AccountName};"
            + $"QueueEndpoint=http://127.0.0.1:{queuePort}/{AccountName};"
            + $"TableEndpoint=http://127.0.0.1:{tablePort}/{AccountName};";

    private async Task<bool> HasExitedWithinAsync(TimeSpan limit)
    {
        using var timeout = new CancellationTokenSource(limit);
        try
        {
            await _process.WaitForExitAsync(timeout.Token);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private void KeepErrorLine(string? line)
    {
        if (string.IsNullOrWhiteSpace(line))
        {
            return;
        }

        lock (_errorLines)
        {
            if (_errorLines.Count == ErrorLinesKept)
            {
                _errorLines.Dequeue();
            }

            _errorLines.Enqueue(line);
        }
    }

    private string WithErrorLines(string sentence)
    {
        lock (_errorLines)
        {
            return _errorLines.Count == 0 ? sentence : sentence + " Its output was:" + Environment.NewLine + string.Join(Environment.NewLine, _errorLines);
        }
    }
}
