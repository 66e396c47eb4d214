using System.CommandLine;
using DasvPipeline.Local.Commands;
using DasvPipeline.Tests;

namespace DasvPipeline.IntegrationTests.Local;

/// <summary>Help, quiet mode, exit codes, and what reaches a terminal.</summary>
public sealed class UsageTests
{
    private const string Escape = "\u001b";

    [Theory]
    [InlineData("", "dotnet run --project local -- --once --out public")]
    [InlineData("check", "dotnet run --project local -- check \"DA stats Q1.xlsx\" --return constabulary/domestic-abuse --period 2019-20-Q1")]
    [InlineData("catalogue apply", "dotnet run --project local -- catalogue apply my-catalogue")]
    public async Task Help_has_examples(string command, string example)
    {
        var (code, output, _) = await CommandLine.RunAsync([.. command.Split(' ', StringSplitOptions.RemoveEmptyEntries), "--help"]);

        Assert.Equal(0, code);
        Assert.Contains("Examples:", output, StringComparison.Ordinal);
        Assert.Contains(example, output, StringComparison.Ordinal);
    }

    [LongFact]
    public async Task Quiet_mode_prints_nothing_but_errors()
    {
        using var folder = new TemporaryFolder();
        await folder.WriteAsync($"inbox/{UseCases.SampleFiles.MaracPath(1)}", UseCases.SampleFiles.Marac(371));

        var done = await CommandLine.RunProcessAsync("--once", "--quiet", "--inbox", folder.At("inbox"), "--out", folder.At("out"));
        var refused = await CommandLine.RunAsync("--once", "--quiet", "--inbox", folder.At("nowhere"));

        Assert.Equal((ExitCode.Done, string.Empty, string.Empty), done);
        Assert.True(File.Exists(folder.At("out", "headlines.json")));
        Assert.Equal((ExitCode.Refused, string.Empty, $"The folder {folder.At("nowhere")} does not exist. --inbox needs a folder of returns: agency/return/period/file."), (refused.Code, refused.Output, refused.Errors.Trim()));
    }

    /// <summary>The other tests run commands in their own process, so this compares both for each exit code.</summary>
    [LongTheory]
    [InlineData(ExitCode.Done, "--help")]
    [InlineData(ExitCode.Done, "check", "{valid}", "--return", "idva-service/marac", "--period", "2019-20-Q1")]
    [InlineData(ExitCode.Refused, "check", "{invalid}", "--return", "idva-service/marac", "--period", "2019-20-Q1")]
    [InlineData(ExitCode.Refused, "explain", "marac-cases", "2019-20", "--catalogue", "{valid}")]
    [InlineData(ExitCode.BadUsage, "late", "idva-service/marac", "spring", "--nonsense")]
    public async Task A_command_gives_the_same_in_a_process_of_its_own(int expected, params string[] arguments)
    {
        using var folder = new TemporaryFolder();
        var valid = await folder.WriteAsync("valid.csv", UseCases.SampleFiles.Marac(371));
        var invalid = await folder.WriteAsync("invalid.csv", UseCases.SampleFiles.BadMarac);
        string[] given = [.. arguments.Select(argument => argument.Replace("{valid}", valid, StringComparison.Ordinal).Replace("{invalid}", invalid, StringComparison.Ordinal))];

        var here = await CommandLine.RunAsync(given);
        var process = await CommandLine.RunProcessAsync(given);

        // The help names the program that runs.
        here.Output = here.Output.Replace(RootCommand.ExecutableName, "DasvPipeline.Local", StringComparison.Ordinal);
        Assert.Equal(expected, process.Code);
        Assert.NotEmpty(process.Output + process.Errors);
        Assert.Equal(process, here);
    }

    [Theory]
    [InlineData("2", "--nonsense")]
    [LongInlineData("2", "--port", "99999")]
    [InlineData("1", "sign-off", "2019-20", "--port", "1", "--data", "nowhere")]
    [LongInlineData("1", "catalogue", "check", "nowhere")]
    [LongInlineData("1", "explain", "marac-cases", "2019-20", "--catalogue", "nowhere")]
    public async Task An_error_is_a_sentence_without_a_stack_trace(string expected, params string[] arguments)
    {
        var (code, output, errors) = await CommandLine.RunAsync(arguments);

        Assert.Equal((expected, string.Empty), ($"{code}", output));
        Assert.DoesNotContain("   at ", errors, StringComparison.Ordinal);
        Assert.InRange(errors.Trim().Split('\n').Length, 1, 2);
    }

    [Fact]
    public async Task A_folder_that_cannot_be_written_is_a_sentence()
    {
        using var folder = new TemporaryFolder();
        await folder.WriteAsync($"inbox/{UseCases.SampleFiles.MaracPath(1)}", UseCases.SampleFiles.Marac(371));
        var file = await folder.WriteAsync("file", string.Empty);

        var (code, _, errors) = await CommandLine.RunAsync("--once", "--quiet", "--inbox", folder.At("inbox"), "--out", Path.Combine(file, "out"));

        Assert.Equal(ExitCode.Refused, code);
        Assert.StartsWith("This computer did not allow it: ", Assert.Single(errors.Trim().Split('\n')), StringComparison.Ordinal);
    }

    [LongFact]
    public async Task Control_characters_of_names_and_cells_do_not_reach_the_terminal()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such file names.");
        using var folder = new TemporaryFolder();
        await folder.WriteAsync($"inbox/idva-service/marac/2019-20-Q1/{Escape}[2J\u009b1m\u202etxt.csv", UseCases.SampleFiles.Marac(371));
        await folder.WriteAsync($"inbox/idva-service/marac/2019-20-Q2/x.csv", $"measure,value\r\nmarac.cases,{Escape}[31mlots\u202e\r\n");
        await folder.WriteAsync($"inbox/nobody{Escape}]0;title\u0007/a\nok b/2019-20-Q1/x.csv", "x");
        var file = await folder.WriteAsync($"{Escape}[1mx.csv", $"measure,value\r\nmarac.cases,{Escape}[31mlots\r\n");

        var runs = new[]
        {
            await CommandLine.RunAsync("--once", "--inbox", folder.At("inbox"), "--data", folder.At("data")),
            await CommandLine.RunAsync("check", file, "--return", "idva-service/marac", "--period", "2019-20-Q1"),
            await CommandLine.RunAsync("check", file, "--return", "idva-service/marac", "--period", "2019-20-Q1", "--json"),
            await CommandLine.RunAsync("check", file + "x", "--return", "idva-service/marac", "--period", "2019-20-Q1"),
            await CommandLine.RunAsync("check", file, "--return", $"{Escape}[1m/marac", "--period", "2019-20-Q1"),
            await CommandLine.RunAsync($"{Escape}[1m"),
            await CommandLine.RunAsync("--once", "--inbox", $"/{Escape}[1m"),
            await CommandLine.RunProcessAsync("check", file, "--return", "idva-service/marac", "--period", "2019-20-Q1"),
            await CommandLine.RunProcessAsync("check", file + "x", "--return", "idva-service/marac", "--period", "2019-20-Q1"),
        };

        Assert.All(runs, run => Assert.DoesNotContain(run.Output + run.Errors, c => (char.IsControl(c) && c is not ('\n' or '\r' or '\t')) || c is '\u202e'));
        Assert.DoesNotContain(runs[0].Output.Split('\n'), line => line.StartsWith("ok b", StringComparison.Ordinal));
        Assert.Contains("1 rejected", runs[0].Output, StringComparison.Ordinal);
        Assert.Equal(2, string.Join(' ', runs[0].Output.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).Split("has characters that cannot be stored.").Length - 1);
    }
}
