using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using DasvPipeline.IntegrationTests.Local;
using DasvPipeline.Tests.Hostile;

namespace DasvPipeline.IntegrationTests.Hostile;

/// <summary>What was made of a file.</summary>
/// <param name="Took">The time that the process it was given to had a processor: what else runs on a machine does not lengthen it.</param>
/// <param name="Peak">The most memory that process held, in bytes.</param>
internal sealed record ChildAnswer(IReadOnlyList<Answer> Answers, TimeSpan Took, long Peak);

/// <summary>
/// Every file of the corpus, checked as the command line does in processes that have 256 MB and 20 seconds, two at a time:
/// a heavy one in a process of its own, of the others a few in one, since starting it takes longer than any of them. The
/// files are left for a person to try where DASV_HOSTILE names a folder.
/// </summary>
public sealed class HostileChildren : IAsyncLifetime
{
    public const long HeapBytes = 256 * 1024 * 1024;

    private const int AtOnce = 2;
    private const int InOne = 25;

    /// <summary>A process that waits for something takes no time and never ends.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(2);

    /// <summary>So often the process is looked at: what it adds in its last few thousandths of a second is missed.</summary>
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(5);

    private readonly Dictionary<string, ChildAnswer> _answers = new(StringComparer.Ordinal);

    public static TimeSpan Limit { get; } = TimeSpan.FromSeconds(20);

    internal static AnswerFile Expected { get; } = new("expected.csv");

    internal IReadOnlyDictionary<string, ChildAnswer> Answers => _answers;

    /// <summary>Made as they are asked for: together they are larger than any of them should make a process.</summary>
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

        var light = corpus.Where(file => !file.IsHeavy).Select(file => file.Name).Chunk(InOne);
        var heavy = corpus.Where(file => file.IsHeavy).Select(file => (string[])[file.Name]);
        await Parallel.ForEachAsync(heavy.Concat(light), new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (names, ct) =>
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
        using var process = CommandLine.Start(new Dictionary<string, string>
        {
            ["DOTNET_GCHeapHardLimit"] = HeapBytes.ToString("X", CultureInfo.InvariantCulture),
            ["DOTNET_STARTUP_HOOKS"] = typeof(StartupHook).Assembly.Location,
        });
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

    /// <summary>Both only ever grow; of a process that has just ended the system says nothing, or nought.</summary>
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
