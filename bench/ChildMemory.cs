using System.Diagnostics;
using System.Globalization;
using DasvPipeline.Local.Commands;

namespace DasvPipeline.Bench;

/// <summary>Runs a command of the laptop program in a process of its own and measures its memory.</summary>
internal static class ChildMemory
{
    private const string Peak = "VmHWM:";
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    /// <returns>The largest resident memory of the process in MiB. Linux only.</returns>
    public static async Task<double> MeasureAsync(IReadOnlyList<string> arguments, CancellationToken ct)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add(typeof(LocalFolders).Assembly.Location);
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(ct), process.StandardError.ReadToEndAsync(ct));
        var kilobytes = 0L;
        while (!process.HasExited)
        {
            kilobytes = Math.Max(kilobytes, await ReadPeakAsync(process.Id, ct));
            await Task.Delay(Pause, ct);
        }

        await output;
        return process.ExitCode <= CheckCommand.Rejected && kilobytes > 0
            ? kilobytes / 1024d
            : throw new InvalidOperationException($"The command ended with {process.ExitCode}: {await errors}");
    }

    private static async Task<long> ReadPeakAsync(int process, CancellationToken ct)
    {
        try
        {
            var line = (await File.ReadAllLinesAsync($"/proc/{process}/status", ct)).FirstOrDefault(text => text.StartsWith(Peak, StringComparison.Ordinal));
            return line is null ? 0 : long.Parse(line[Peak.Length..].Replace("kB", string.Empty, StringComparison.Ordinal), NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            // The process has ended in the meantime.
            return 0;
        }
    }
}
