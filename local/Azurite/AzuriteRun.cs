using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Reflection;

namespace DasvPipeline.Local.Azurite;

/// <summary>One run of the emulator's process, from its start to its end.</summary>
internal sealed class AzuriteRun : IAsyncDisposable
{
    private const int ErrorLinesKept = 10;

    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(120);
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan ErrorOutputLimit = TimeSpan.FromSeconds(2);

    private readonly TaskCompletionSource<string?> _firstLine = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Queue<string> _errorLines = new();
    private bool _disposed;

    private AzuriteRun(Process process) => Process = process;

    public Process Process { get; }

    /// <summary>The ports of the blob, queue and table services.</summary>
    public (int Blob, int Queue, int Table) Ports { get; private set; }

    /// <summary>Starts the process. It is not ready yet.</summary>
    public static AzuriteRun Start(AzuriteOptions options)
    {
        var scripts = ScriptDirectory();
        var start = new ProcessStartInfo("node")
        {
            WorkingDirectory = scripts,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.ArgumentList.Add(Path.Combine(scripts, "run.cjs"));
        Add("--location", options.DataDirectory);
        Add("--blob", options.BlobPort?.ToString(CultureInfo.InvariantCulture));
        Add("--queue", options.QueuePort?.ToString(CultureInfo.InvariantCulture));
        Add("--table", options.TablePort?.ToString(CultureInfo.InvariantCulture));

        try
        {
            return new AzuriteRun(Process.Start(start)!);
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

    /// <summary>Waits until all three services respond.</summary>
    /// <exception cref="AzuriteException">They do not. The message says why and what to do.</exception>
    public async Task WaitUntilReadyAsync(CancellationToken ct)
    {
        Process.OutputDataReceived += (_, e) => _firstLine.TrySetResult(e.Data);
        Process.ErrorDataReceived += (_, e) => KeepErrorLine(e.Data);
        Process.BeginOutputReadLine();
        Process.BeginErrorReadLine();

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
                Ports = (Parse(blob), Parse(queue), Parse(table));
                return;
            case ["port-taken", var port]:
                throw new AzuriteException($"Another program is using port {port}. Stop that program or choose another port, and run this again.");
            case ["port-refused", var port]:
                throw new AzuriteException($"This computer does not allow you to use port {port}. Choose a port above 1023 and run this again.");
            case ["node-too-old", var version]:
                throw new AzuriteException($"The storage emulator needs Node.js 20 or later, and this computer has {version}. Install a newer one from https://nodejs.org and run this again.");
            case ["packages-missing"]:
                throw new AzuriteException($"The storage emulator is not installed. Run this command, then try again: npm ci --prefix \"{ScriptDirectory()}\"");
            default:
                await HasExitedWithinAsync(ErrorOutputLimit);
                throw new AzuriteException(WithErrorLines("The storage emulator ended before it was ready."));
        }

        static int Parse(string port) => int.Parse(port, CultureInfo.InvariantCulture);
    }

    /// <summary>Returns when the process has ended.</summary>
    public Task WaitForExitAsync(CancellationToken ct) => Process.WaitForExitAsync(ct);

    /// <summary>Stops the process after it has written everything to disk, or after 10 seconds.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        try
        {
            Process.StandardInput.Close();
        }
        catch (IOException)
        {
            // The process has already ended.
        }

        if (!await HasExitedWithinAsync(StopLimit))
        {
            await KillAsync();
        }

        Process.Dispose();
    }

    /// <summary>Ends a process that does not respond.</summary>
    public async Task KillAsync()
    {
        Process.Kill(entireProcessTree: true);
        await HasExitedWithinAsync(StopLimit);
    }

    // azurite.targets writes the path into the assembly, so that it is correct in any output folder.
    private static string ScriptDirectory()
        => typeof(AzuriteProcess).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .FirstOrDefault(a => a.Key == "AzuriteDirectory")?.Value is { } directory && File.Exists(Path.Combine(directory, "run.cjs"))
            ? Path.TrimEndingDirectorySeparator(directory)
            : throw new AzuriteException("The folder that this program was built in has been moved or deleted. Build it again in its new place.");

    private async Task<bool> HasExitedWithinAsync(TimeSpan limit)
    {
        using var timeout = new CancellationTokenSource(limit);
        try
        {
            await Process.WaitForExitAsync(timeout.Token);
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
