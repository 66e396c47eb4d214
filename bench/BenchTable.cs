using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using Spectre.Console;

namespace DasvPipeline.Bench;

/// <summary>One measurement and its target.</summary>
/// <param name="Ours">The measurement as text.</param>
/// <param name="Baseline">What it is compared with, as text; empty for none.</param>
/// <param name="Measured">The ratio or number that the target limits.</param>
/// <param name="Target">Null if there is no target.</param>
/// <param name="AtLeast">True if the target is a minimum.</param>
internal sealed record BenchRow(string What, string Ours, string Baseline, double Measured, double? Target, bool AtLeast)
{
    public bool IsMet => Target is not { } target || (AtLeast ? Measured >= target : Measured <= target);
}

/// <summary>The results of one run, as a table and as a JSON file with a description of the machine.</summary>
internal sealed class BenchTable
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    private readonly List<BenchRow> _rows = [];

    public void Add(string what, string ours, string baseline, double measured, double? target, bool atLeast = false)
    {
        _rows.Add(new BenchRow(what, ours, baseline, Math.Round(measured, 3), target, atLeast));
        AnsiConsole.MarkupLineInterpolated($"[grey]{what}: {ours} ({Format(measured)})[/]");
    }

    public void AddCalls(string what, double calls, double? target) => Add(what, Format(calls), string.Empty, calls, target);

    /// <summary>Adds the calls for 1, 4 and 16 times as much. The measured number is the largest of them.</summary>
    public void AddGrowth(string what, IReadOnlyList<double> calls, double target) =>
        Add(what, string.Join(", ", calls.Select(Format)), string.Join(", ", calls.Select((_, i) => Format(Math.Pow(4, i)) + "x")), calls.Max(), target);

    public void Print()
    {
        var table = new Table().Border(TableBorder.Rounded).AddColumn("What").AddColumn("Ours").AddColumn("Baseline").AddColumn("Measured").AddColumn("Target").AddColumn(string.Empty);
        foreach (var row in _rows)
        {
            var target = row.Target is { } limit ? $"{(row.AtLeast ? "at least" : "at most")} {Format(limit)}" : string.Empty;
            table.AddRow(row.What, row.Ours, row.Baseline, Format(row.Measured), target, row.Target is null ? string.Empty : row.IsMet ? "met" : "MISSED");
        }

        AnsiConsole.Write(table);
    }

    /// <summary>Writes the results, and returns the path of the file.</summary>
    public string Write(string folder, DateTimeOffset now, bool isQuick)
    {
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, $"{now.UtcDateTime:yyyy-MM-dd'T'HHmm}{(isQuick ? "-quick" : string.Empty)}.json");
        File.WriteAllText(path, JsonSerializer.Serialize(new
        {
            Measured = now.UtcDateTime,
            Quick = isQuick,
            Machine = new
            {
                Processors = Environment.ProcessorCount,
                MemoryMegabytes = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (1024 * 1024),
                System = RuntimeInformation.OSDescription,
                Runtime = RuntimeInformation.FrameworkDescription,
            },
            Rows = _rows,
        }, Indented) + "\n");
        return path;
    }

    public static string Format(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);

    public static string Milliseconds(double value) => string.Create(CultureInfo.InvariantCulture, $"{value:0} ms");
}
