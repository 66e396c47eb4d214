using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using DasvPipeline.IntegrationTests.Local;
using DasvPipeline.Tests;
using DasvPipeline.Tests.Hostile;

namespace DasvPipeline.IntegrationTests.Hostile;

/// <summary>The result of checking a file.</summary>
/// <param name="Took">The processor time of the process that checked it. Other programs on the machine do not affect it.</param>
/// <param name="Peak">The peak memory of that process, in bytes.</param>
internal sealed record ChildAnswer(IReadOnlyList<Answer> Answers, TimeSpan Took, long Peak);

/// <summary>
/// Checks every file of the corpus as the command line does, in processes limited to 256 MB and 20 seconds, two at a time.
/// In the larger shares, every heavy file has its own process; the small share checks a third of them. Other files share one, because
/// starting a process takes longer than checking a file. If DASV_HOSTILE names a folder, the files are left there to try by hand.
/// </summary>
public sealed class HostileChildren : IAsyncLifetime
{
    public const long HeapBytes = 256 * 1024 * 1024;

    private const int MaxParallelism = 2;
    private const int InOne = 25;

    /// <summary>The limit of elapsed time: a process that waits uses no processor time and never ends.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(2);

    /// <summary>The interval between measurements. Anything the process uses in its last few milliseconds is missed.</summary>
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(5);

    private readonly Dictionary<string, ChildAnswer> _answers = new(StringComparer.Ordinal);

    public static TimeSpan Limit { get; } = TimeSpan.FromSeconds(20);

    internal static AnswerFile Expected { get; } = new("expected.csv");

    internal IReadOnlyDictionary<string, ChildAnswer> Answers => _answers;

    /// <summary>The names of all files.</summary>
    internal IReadOnlyList<string> Names { get; private set; } = [];

    /// <summary>The heavy files that the small share does not check.</summary>
    internal IReadOnlySet<string> Skipped { get; private set; } = new HashSet<string>();

    /// <summary>The files are made one at a time: together they are larger than the memory limit.</summary>
    internal static IEnumerable<HostileFile> Corpus() => HostileZips.Files().Concat(HostileMarkup.Files()).Concat(HostileCells.Files()).Concat(HostileTexts.Files());

    public async ValueTask InitializeAsync()
    {
        using var temporary = new TemporaryFolder();
        var folder = Environment.GetEnvironmentVariable("DASV_HOSTILE") ?? temporary.Path;
        Directory.CreateDirectory(folder);
        var corpus = new List<(string Name, bool IsHeavy)>();
        foreach (var file in Corpus())
        {
            await File.WriteAllBytesAsync(Path.Combine(folder, file.Name), file.Content);
            corpus.Add((file.Name, file.IsHeavy));
        }

        Names = corpus.ConvertAll(file => file.Name);
        var heavy = corpus.Where(file => file.IsHeavy).Select(file => file.Name).ToList();
        var tried = TestShare.OneIn(AnswerFile.IsRegenerated ? 1 : 3, 1, heavy).ToList();
        Skipped = heavy.Except(tried).ToHashSet();
        var groups = tried.Chunk(TestShare.Count(small: 5, ci: 1, all: 1)).Concat(Names.Except(heavy).Chunk(InOne));
        await Parallel.ForEachAsync(groups, new ParallelOptions { MaxDegreeOfParallelism = MaxParallelism }, async (names, ct) =>
        {
            var answers = await CheckAsync(folder, names, ct);
            lock (_answers)
            {
                foreach (var (name, answer) in names.Zip(answers))
                {
                    _answers.Add(name, answer);
                }
            }
        });
        Expected.Regenerate(corpus.SelectMany(file => _answers[file.Name].Answers));
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static async Task<IEnumerable<ChildAnswer>> CheckAsync(string folder, string[] names, CancellationToken ct)
    {
        var watch = Stopwatch.StartNew();
        var environment = new Dictionary<string, string>
        {
            ["DOTNET_GCHeapHardLimit"] = HeapBytes.ToString("X", CultureInfo.InvariantCulture),
            ["DOTNET_STARTUP_HOOKS"] = typeof(StartupHook).Assembly.Location,
        };
        using var process = CommandLine.StartProcess(environment, []);
        var output = process.StandardOutput.ReadToEndAsync(ct);
        var errors = process.StandardError.ReadToEndAsync(ct);
        await process.StandardInput.WriteAsync(string.Join('\0', names.Select(name => Path.Combine(folder, name))).AsMemory(), ct);
        process.StandardInput.Close();
        var (took, peak) = (TimeSpan.Zero, 0L);
        while (!process.HasExited && took < Limit && watch.Elapsed < LongestWait)
        {
            (took, peak) = LookAt(process, took, peak);
            await Task.Delay(Look, ct);
        }

        var state = process.HasExited ? "ended" : "not ended";
        process.Kill();
        await process.WaitForExitAsync(ct);
        var lines = (await output).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var fault = (await errors).Split('\n')[0];
        return names.Select((name, i) => new ChildAnswer(
            i < lines.Length && state == "ended" ? Read(name, lines[i]) : [new Answer(name, state, string.Empty, string.Empty, fault)], took, peak));
    }

    /// <summary>Both values only grow. For a process that has just ended the system reports nothing or 0.</summary>
    private static (TimeSpan Took, long Peak) LookAt(Process process, TimeSpan took, long peak)
    {
        try
        {
            process.Refresh();
            var (now, most) = (process.TotalProcessorTime, process.PeakWorkingSet64);
            return (now > took ? now : took, Math.Max(most, peak));
        }
        catch (Exception fault) when (fault is InvalidOperationException or Win32Exception)
        {
            return (took, peak); // it has just ended
        }
    }

    private static List<Answer> Read(string name, string output)
    {
        using var json = JsonDocument.Parse(output);
        var root = json.RootElement;
        var answers = root.GetProperty("findings").EnumerateArray()
            .Select(finding => new Answer(name, Text(finding, "severity"), Text(finding, "code"), Text(finding, "cell"), Text(finding, "message"))).ToList();
        if (root.GetProperty("accepted").GetBoolean())
        {
            var figures = root.GetProperty("observations").EnumerateArray().Select(observation => observation.GetProperty("value").ToString());
            answers.Add(Answer.Accepted(name, figures));
        }

        return answers;

        static string Text(JsonElement finding, string property) => finding.GetProperty(property).GetString() ?? string.Empty;
    }
}
