using System.Globalization;
using System.Text;
using CsvHelper;
using DasvPipeline.Core.Ingest.Reporting;
using DasvPipeline.Local.Commands;

namespace DasvPipeline.Tests.Hostile;

/// <summary>The answer to a file: a finding or, if it is accepted, its figures.</summary>
internal sealed record Answer(string File, string Severity, string Code, string Cell, string Sentence)
{
    public static IEnumerable<Answer> Of(string file, ExaminationResult examined)
    {
        foreach (var finding in examined.Findings)
        {
            yield return new Answer(file, finding.Severity.ToString().ToLowerInvariant(), finding.Code, finding.Cell?.Address ?? string.Empty, finding.Message);
        }

        if (examined.IsAccepted)
        {
            yield return Accepted(file, examined.Observations.Select(observation => observation.Figure.Value?.ToString(CultureInfo.InvariantCulture)));
        }
    }

    public static Answer Accepted(string file, IEnumerable<string?> figures) => new(file, "accepted", string.Empty, string.Empty, string.Join(' ', figures));
}

/// <summary>The file of expected answers, one line each.</summary>
internal sealed class AnswerFile(string name)
{
    private readonly string _path = Path.Combine(LocalFolders.Repository, "tests", "Shared", "Hostile", name);

    public static bool IsRegenerated { get; } = Environment.GetEnvironmentVariable("DASV_REGENERATE") == "1";

    public ILookup<string, Answer> Read()
    {
        using var csv = CsvReader.Create(File.ReadAllBytes(_path), new CsvReaderOptions { HasHeader = true });
        var answers = new List<Answer>();
        while (csv.Read())
        {
            answers.Add(new Answer(csv.GetString(0), csv.GetString(1), csv.GetString(2), csv.GetString(3), csv.GetString(4)));
        }

        return answers.ToLookup(answer => answer.File, StringComparer.Ordinal);
    }

    /// <summary>Writes the file if DASV_REGENERATE=1. Read the difference before committing it.</summary>
    public void Regenerate(IEnumerable<Answer> answers)
    {
        if (!IsRegenerated)
        {
            return;
        }

        var lines = new StringBuilder("file,severity,code,cell,sentence\n");
        foreach (var answer in answers)
        {
            lines.AppendJoin(',', new[] { answer.File, answer.Severity, answer.Code, answer.Cell, answer.Sentence }.Select(Quoted)).Append('\n');
        }

        File.WriteAllText(_path, lines.ToString());
    }

    private static string Quoted(string text) =>
        text.AsSpan().IndexOfAny(",\"\n") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
