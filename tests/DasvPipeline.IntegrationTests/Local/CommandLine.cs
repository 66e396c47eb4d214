using System.Diagnostics;
using DasvPipeline.Local.Commands;
using DasvPipeline.Local.Host;
using DasvPipeline.Local.Output;

namespace DasvPipeline.IntegrationTests.Local;

/// <summary>Runs the command line in this process. A test of the process itself starts one, which takes about a second of processor time.</summary>
internal static class CommandLine
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static async Task<(int Code, string Output, string Errors)> RunAsync(params IEnumerable<string> arguments)
    {
        await using var output = new StringWriter();
        await using var errors = new StringWriter();
#pragma warning disable RS0030 // The command line uses the clock of the machine.
        var code = await CommandLineProgram.RunAsync([.. arguments], Terminal.Create(output, errors), TimeProvider.System, Ct);
#pragma warning restore RS0030
        return (code, output.ToString(), errors.ToString());
    }

    /// <summary>Runs the command line in its own process, for what only a process has, such as its exit code and its console.</summary>
    public static async Task<(int Code, string Output, string Errors)> RunProcessAsync(params IEnumerable<string> arguments)
    {
        using var process = StartProcess(arguments);
        var output = process.StandardOutput.ReadToEndAsync(Ct);
        var errors = process.StandardError.ReadToEndAsync(Ct);
        await process.WaitForExitAsync(Ct);
        return (process.ExitCode, await output, await errors);
    }

    /// <summary>Starts the command line in its own process, for a test that stops it or uses its input.</summary>
    public static Process StartProcess(params IEnumerable<string> arguments) => StartProcess([], arguments);

    public static Process StartProcess(Dictionary<string, string> environment, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(LaptopHost).Assembly.Location, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }
}

/// <summary>A temporary folder, deleted after the test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("dasv-local-");

    public string Path => _folder.FullName;

    public string At(params string[] parts) => System.IO.Path.Combine([Path, .. parts]);

    public async Task<string> WriteAsync(string path, string content)
    {
        var file = At(path.Split('/'));
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(file)!);
        await File.WriteAllTextAsync(file, content, TestContext.Current.CancellationToken);
        return file;
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
