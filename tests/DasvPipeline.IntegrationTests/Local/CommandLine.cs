using System.Diagnostics;
using DasvPipeline.Local.Host;

namespace DasvPipeline.IntegrationTests.Local;

/// <summary>Runs the command line in its own process.</summary>
internal static class CommandLine
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static Process Start(params IEnumerable<string> arguments) => Start([], arguments);

    public static Process Start(Dictionary<string, string> environment, params IEnumerable<string> arguments) => Start(environment, Environment.CurrentDirectory, arguments);

    public static Process Start(Dictionary<string, string> environment, string folder, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(LaptopHost).Assembly.Location, .. arguments])
        {
            WorkingDirectory = folder,
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

    public static Task<(int Code, string Output, string Errors)> RunAsync(params IEnumerable<string> arguments) => RunAsync([], Environment.CurrentDirectory, arguments);

    public static async Task<(int Code, string Output, string Errors)> RunAsync(Dictionary<string, string> environment, string folder, IEnumerable<string> arguments)
    {
        using var process = Start(environment, folder, arguments);
        var output = process.StandardOutput.ReadToEndAsync(Ct);
        var errors = process.StandardError.ReadToEndAsync(Ct);
        await process.WaitForExitAsync(Ct);
        return (process.ExitCode, await output, await errors);
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
