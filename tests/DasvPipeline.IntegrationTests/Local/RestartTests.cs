using System.Text.RegularExpressions;
using DasvPipeline.IntegrationTests.Storage;
using DasvPipeline.IntegrationTests.UseCases;
using DasvPipeline.Local.Azurite;
using DasvPipeline.Tests;

namespace DasvPipeline.IntegrationTests.Local;

/// <summary>Kills the laptop's process while it works, and starts it again on the same folder.</summary>
public sealed partial class RestartTests(AzuriteFixture azurite)
{
    /// <summary>The samples that this run takes, with their times. The small share has a quarter of them.</summary>
    private static readonly IReadOnlyList<(string Path, string File)> Files = ChooseFiles();

    private static Task<string>? _undisturbed;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>The moments that this run tries. Each takes long, so the small share has only one.</summary>
    public static TheoryData<string> Moments
    {
        get
        {
            string[] all = ["while it uploads", "while it ingests", "while it publishes"];
            new Random(TestShare.Seed).Shuffle(all);
            return [.. all.Take(TestShare.Count(small: 1, ci: 3, all: 3))];
        }
    }

    [LongTheory]
    [MemberData(nameof(Moments))]
    public async Task A_run_that_is_killed_and_started_again_ends_like_an_undisturbed_one(string when)
    {
        var count = Files.Count;
        var lines = when switch { "while it uploads" => 0, "while it publishes" => count, _ => Random.Shared.Next(1, count) };
        var pause = TimeSpan.FromMilliseconds(Random.Shared.Next(lines == 0 ? 1_500 : 150));
        TestContext.Current.TestOutputHelper!.WriteLine(FormattableString.Invariant($"killed after {lines} returns and {pause.TotalMilliseconds} ms"));
        using var folder = new TemporaryFolder();
        foreach (var (path, file) in Files)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(folder.At("inbox", path))!);
            File.Copy(file, folder.At("inbox", path));
        }

        await KillAsync(folder, lines, pause);
        var (code, output, errors) = await CommandLine.RunAsync("--once", "--inbox", folder.At("inbox"), "--data", folder.At("data"), "--out", folder.At("out"));

        Assert.True(code == 0, errors + output);
        Assert.Contains(FormattableString.Invariant($"{count} files processed: {count} accepted, 0 rejected."), output, StringComparison.Ordinal);
        await using var store = await AzuriteProcess.StartAsync(new AzuriteOptions { DataDirectory = folder.At("data") }, Ct);
        var after = Pipeline.On(TestStore.WithoutPrefix(store.ConnectionString));
        Assert.Equal(Scrub(await (_undisturbed ??= RunUndisturbedAsync())), Scrub(await after.DumpAsync()));
        Assert.Equal((await after.PublicAsync())["headlines.json"].Text, await File.ReadAllTextAsync(folder.At("out", "headlines.json"), Ct));
    }

    private static IReadOnlyList<(string Path, string File)> ChooseFiles()
    {
        var files = Pipeline.SampleFiles.ToArray();
        new Random(TestShare.Seed).Shuffle(files);
        return [.. files.Take(TestShare.Count(small: files.Length / 4, ci: files.Length, all: files.Length)).OrderBy(file => file.Path, StringComparer.Ordinal)];
    }

    private async Task<string> RunUndisturbedAsync()
    {
        var pipeline = await Pipeline.NewAsync(azurite);

        // Only some of the returns are sent, and by now the others are due.
        pipeline.Clock.SetUtcNow(new DateTimeOffset(2026, 1, 1, 12, 0, 0, TimeSpan.Zero));
        await pipeline.SendSamplesAsync(Files);
        await pipeline.PublishAsync();
        return await pipeline.DumpAsync();
    }

    /// <summary>Removes what only the files of a folder have, or only direct uploads, the catalogue, which only a host stores, and the calendar, which depends on today.</summary>
    private static string Scrub(string dump) => FolderFacts().Replace(TimestampScrubber.Of(dump), string.Empty);

    [GeneratedRegex("""dasv_inbox=\w+ |(?<=UploadId=)[^,]*|,\s*"catalogueVersion":\s*1(?=\s*\})|^reports/catalogue/[^\n]*\n|^public/calendar\.[\s\S]*?(?=^public/)""", RegexOptions.Multiline)]
    private static partial Regex FolderFacts();

    private static async Task KillAsync(TemporaryFolder folder, int lines, TimeSpan pause)
    {
        using var process = CommandLine.StartProcess("--once", "--inbox", folder.At("inbox"), "--data", folder.At("data"));
        var errors = process.StandardError.ReadToEndAsync(Ct);
        string? line;
        do
        {
            line = await process.StandardOutput.ReadLineAsync(Ct);
        }
        while (line?.Contains("Starting the store", StringComparison.Ordinal) == false);

        for (var i = 0; i < lines && line is not null;)
        {
            line = await process.StandardOutput.ReadLineAsync(Ct);
            i += line?.Contains(" version 1, ", StringComparison.Ordinal) == true ? 1 : 0;
        }

        await Task.Delay(pause, Ct);
        process.Kill();
        await process.WaitForExitAsync(Ct);
        await errors;
    }
}
