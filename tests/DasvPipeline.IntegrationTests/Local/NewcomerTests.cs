using System.CommandLine.Parsing;
using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using DasvPipeline.Local.Commands;
using DasvPipeline.Tests;

namespace DasvPipeline.IntegrationTests.Local;

/// <summary>
/// Runs each command of docs/first-ten-minutes.md in its order, and compares what it says with the page. Only the program that keeps
/// running has its own process.
/// </summary>
public sealed partial class NewcomerTests
{
    private const string Start = "dotnet run --project local";

    /// <summary>The files and folders that the commands name. Here they are in a temporary folder.</summary>
    private static readonly string[] Files = ["form.xlsx", "figures.csv", "public"];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [LongFact]
    public async Task The_first_ten_minutes_go_as_the_page_says()
    {
        var page = await File.ReadAllTextAsync(Path.Combine(LocalFolders.Repository, "docs", "first-ten-minutes.md"), Ct);
        using var folder = new TemporaryFolder();
        await folder.WriteAsync("figures.csv", CsvBlock().Match(page).Groups[1].Value);
        var port = ServedLaptop.FreePort().ToString(CultureInfo.InvariantCulture);
        var steps = Step().Matches(page).Select(step => (Command: step.Groups[1].Value, Says: step.Groups[2].Value)).ToList();
        Assert.Equal(8, steps.Count);

        Process? running = null;
        try
        {
            foreach (var (command, says) in steps)
            {
                string[] arguments = [.. CommandLineParser.SplitCommandLine(command[Start.Length..]).Skip(1).Select(argument => Files.Contains(argument) ? folder.At(argument) : argument)];
                if (arguments is [] or ["doctor" or "explain" or "sign-off", ..])
                {
                    arguments = [.. arguments, "--port", port, "--data", folder.At("data")];
                }

                if (command == Start)
                {
                    running = CommandLine.StartProcess(arguments);
                    await ReadUntilAsync(running, says);
                    continue;
                }

                var (code, output, errors) = await CommandLine.RunAsync(arguments);
                Assert.True(code == (says == "Rejected" ? ExitCode.Refused : ExitCode.Done), $"{command}: {code}\n{output}{errors}");
                Assert.Contains(says, output, StringComparison.Ordinal);
            }
        }
        finally
        {
            running?.Kill(entireProcessTree: true);
            running?.Dispose();
        }

        Assert.True(File.Exists(folder.At("public", "headlines.json")));
    }

    private static async Task ReadUntilAsync(Process process, string says)
    {
        var errors = process.StandardError.ReadToEndAsync(Ct);
        while (await process.StandardOutput.ReadLineAsync(Ct) is { } line)
        {
            if (line.Contains(says, StringComparison.Ordinal))
            {
                _ = process.StandardOutput.ReadToEndAsync(Ct); // so that it is never full
                return;
            }
        }

        Assert.Fail(await errors);
    }

    [GeneratedRegex(@"^```csv\n(.*?)```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex CsvBlock();

    [GeneratedRegex(@"^```\n(dotnet run --project local[^\n]*)\n```\n(?:> ([^\n]*)\n)?", RegexOptions.Multiline)]
    private static partial Regex Step();
}
