using System.ComponentModel;
using System.Diagnostics;
using System.Text.RegularExpressions;
using DasvPipeline.Core.Ingest.Routing;
using DasvPipeline.Local.Commands;
using DasvPipeline.Local.Host;
using Microsoft.Extensions.Time.Testing;

namespace DasvPipeline.IntegrationTests.Local;

/// <summary>Serves the feed of the samples.</summary>
public sealed class ServedSamples(SharedFixtures shared) : IAsyncLifetime
{
    internal string Root { get; private set; } = string.Empty;

    public async ValueTask InitializeAsync()
    {
        var laptop = await shared.GetAsync(StartAsync);
        Root = FormattableString.Invariant($"http://localhost:{laptop.Address.Port}/feed/");
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static async Task<LaptopHost> StartAsync()
    {
        var ct = TestContext.Current.CancellationToken;
        var laptop = await LaptopHost.StartAsync(null, 0, new FakeTimeProvider(new DateTimeOffset(2020, 6, 1, 12, 0, 0, TimeSpan.Zero)), ct);
        foreach (var (path, file) in LocalFolders.FindReturns(LocalFolders.Samples))
        {
            await laptop.Account.GetBlobContainerClient(UploadPath.Container).GetBlobClient(path).UploadAsync(BinaryData.FromBytes(await File.ReadAllBytesAsync(file, ct)), ct);
        }

        await laptop.Events.RaiseAsync((_, _) => Task.CompletedTask, ct);
        await laptop.PublishAsync(ct);
        return laptop;
    }
}

/// <summary>
/// Checks <c>docs/feed.md</c>: its examples print what it says, and its files are served as it says. Run once with
/// DASV_REGENERATE=1 to regenerate the output of the examples, and read the difference before committing it.
/// </summary>
public sealed partial class FeedPageTests(ServedSamples served) : IClassFixture<ServedSamples>
{
    private const string RootOnThePage = "http://localhost:7071/feed/";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static string Page => Path.Combine(LocalFolders.Repository, "docs", "feed.md");

    public static TheoryData<string> Listed() => [.. Row().Matches(File.ReadAllText(Page)).Select(row => row.Groups["path"].Value)];

    [Theory]
    [InlineData("js", "node", "feed.mjs")]
    [InlineData("python", "python3", "feed.py")]
    [InlineData("r", "Rscript", "feed.R")]
    public async Task An_example_prints_what_the_page_says(string language, string program, string name)
    {
        var page = await File.ReadAllTextAsync(Page, Ct);
        var example = Example().Matches(page).Single(match => match.Groups["language"].Value == language);
        Assert.Contains(RootOnThePage, example.Groups["code"].Value, StringComparison.Ordinal);
        using var folder = new TemporaryFolder();
        var file = await folder.WriteAsync(name, example.Groups["code"].Value.Replace(RootOnThePage, served.Root, StringComparison.Ordinal));

        var (code, output, errors) = await RunAsync(program, file);

        Assert.True(code == 0, errors);
        Assert.Equal(string.Empty, errors);
        if (Environment.GetEnvironmentVariable("DASV_REGENERATE") == "1")
        {
            var printed = example.Groups["printed"];
            await File.WriteAllTextAsync(Page, page[..printed.Index] + output + page[(printed.Index + printed.Length)..], Ct);
        }

        Assert.Equal(Example().Matches(await File.ReadAllTextAsync(Page, Ct)).Single(match => match.Groups["language"].Value == language).Groups["printed"].Value, output);
        Assert.True(output.Split('\n').Length > 3, output);
    }

    [Theory]
    [MemberData(nameof(Listed))]
    public async Task A_file_on_the_page_is_served_as_it_says(string path)
    {
        var row = Row().Matches(await File.ReadAllTextAsync(Page, Ct)).Single(match => match.Groups["path"].Value == path);
        using var client = new HttpClient();
        using var answer = await client.GetAsync(served.Root + path.Replace("{year}", "2018-19", StringComparison.Ordinal).Replace("{n}", "1", StringComparison.Ordinal), Ct);

        Assert.Equal(System.Net.HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal((row.Groups["type"].Value, "utf-8"), (answer.Content.Headers.ContentType!.MediaType, answer.Content.Headers.ContentType.CharSet));
        Assert.Equal(row.Groups["kept"].Value == "a year" ? TimeSpan.FromDays(365) : TimeSpan.FromMinutes(1), answer.Headers.CacheControl!.MaxAge);
        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
    }

    [Fact]
    public void The_page_lists_every_file_there_is()
    {
        var listed = Listed().Select(row => row.Data).ToList();
        Assert.Equal(21, listed.Count);
        Assert.All(Core.Publish.Formats.FeedSchema.Paths, schema => Assert.Contains(schema, listed));
        Assert.All(Core.Publish.Formats.YearFiles.Formats, format => Assert.Contains("{year}/" + format.Name, listed));
    }

    private static async Task<(int Code, string Output, string Errors)> RunAsync(string program, string file)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, [file]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            var output = process.StandardOutput.ReadToEndAsync(Ct);
            var errors = process.StandardError.ReadToEndAsync(Ct);
            await process.WaitForExitAsync(Ct);
            return (process.ExitCode, (await output).ReplaceLineEndings("\n"), await errors);
        }
        catch (Win32Exception)
        {
            Assert.Skip($"{program} is not installed.");
            throw;
        }
    }

    [GeneratedRegex(@"^```(?<language>js|python|r)\n(?<code>.*?)^```\n```text\n(?<printed>.*?)^```$", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Example();

    [GeneratedRegex(@"^\| `(?<path>[^`]+)` \|[^|]*\| `(?<type>[a-z/+]+)` \| (?<kept>a minute|a year) \|$", RegexOptions.Multiline)]
    private static partial Regex Row();
}
