using System.Diagnostics;
using DasvPipeline.IntegrationTests.Local;
using DasvPipeline.Local.Commands;

namespace DasvPipeline.IntegrationTests.Infra;

/// <summary>Runs a script of <c>infra/</c> with an <c>az</c> that records its arguments and the JSON files that they name.</summary>
internal static class RecordedScript
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <param name="answers">The lines of a <c>case</c> that print what <c>az</c> answers to its first three arguments.</param>
    /// <returns>A line for each call, with a tab between the arguments; and the script's own output.</returns>
    public static async Task<(IReadOnlyList<string> Calls, string Output)> RunAsync(string script, string answers, params string[] arguments)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The script is for bash.");
        using var folder = new TemporaryFolder();
        var az = await folder.WriteAsync("bin/az", $$"""
            #!/usr/bin/env bash
            line=
            for argument in "$@"; do
              [[ $argument == @* ]] && argument=$(tr '\n' ' ' <"${argument#@}")
              line+=${line:+$'\t'}$argument
            done
            printf '%s\n' "$line" >>"$SAID"
            case "$1 $2 $3" in
            {{answers}}
            esac
            """.ReplaceLineEndings("\n"));
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(az, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }

        var start = new ProcessStartInfo("bash", [Path.Combine(LocalFolders.Repository, "infra", script), .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["PATH"] = folder.At("bin") + ":" + Environment.GetEnvironmentVariable("PATH");
        start.Environment["SAID"] = folder.At("said");
        using var process = Process.Start(start)!;
        var texts = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(Ct), process.StandardError.ReadToEndAsync(Ct));
        await process.WaitForExitAsync(Ct);
        Assert.True(process.ExitCode == 0, string.Concat(texts));
        return (File.Exists(folder.At("said")) ? await File.ReadAllLinesAsync(folder.At("said"), Ct) : [], texts[0]);
    }
}
