using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Ingest.Reading;
using DasvPipeline.Core.Ingest.Reporting;
using DasvPipeline.Local.Commands;
using DasvPipeline.Tests.Ingest.Reading;

namespace DasvPipeline.Tests.Samples;

/// <summary>One file of <c>samples/</c>: its path there, and its result.</summary>
internal sealed record Sample(string Path, byte[] Content, ReturnKey Key, ExaminationResult Examined)
{
    public string Return => Key.Return.ToString();

    public string FileName => Path[(Path.LastIndexOf('/') + 1)..];
}

internal static class ExaminedSamples
{
    public static string TestFolder { get; } = Path.Combine(LocalFolders.Repository, "tests", "Shared", "Samples");

    private static readonly Lazy<Task<IReadOnlyList<Sample>>> Examined = new(ExamineAsync);

    /// <summary>Returns each file in the order of the paths, examined with the accepted figures of the files before it.</summary>
    public static Task<IReadOnlyList<Sample>> AllAsync() => Examined.Value;

    public static TheoryData<string> Returns() =>
        [.. LocalFolders.FindReturns(LocalFolders.Samples).Select(item => string.Join('/', item.Path.Split('/')[..2])).Distinct(StringComparer.Ordinal)];

    /// <summary>Returns the file's cells as test grids, sheet by sheet.</summary>
    public static List<(string Name, Grid Grid)> Grids(Sample sample) =>
    [
        .. WorkbookReader.Read(sample.Content, sample.FileName, ReadLimits.Default).Sheets.Select(sheet => (
            sheet.Name ?? "Sheet1",
            new Grid([.. Enumerable.Range(1, sheet.RowCount).Select(row => Enumerable.Range(1, sheet.ColumnCount).Select(column => Written(sheet[row, column])).ToArray())]))),
    ];

    private static string Written(Cell cell) => cell.Kind == CellKind.Text ? "'" + cell.Text : cell.DisplayText;

    private static async Task<IReadOnlyList<Sample>> ExamineAsync()
    {
        var samples = new List<Sample>();
        foreach (var (path, file) in LocalFolders.FindReturns(LocalFolders.Samples))
        {
            var parts = path.Split('/');
            var key = new ReturnKey(ReturnId.TryParse($"{parts[0]}/{parts[1]}")!.Value, Period.Parse(parts[2]));
            var content = await File.ReadAllBytesAsync(file);
            var accepted = samples.Where(sample => sample.Key.Return == key.Return)
                .SelectMany(sample => sample.Examined.Observations.Where(observation => observation.Figure.Value is not null)
                    .Select(observation => (sample.Key.Period.ToString(), observation.Key, observation.Figure.Value!.Value)));
            samples.Add(new Sample(path, content, key, await Examine.FileAsync(key.Return.ToString(), parts[2], content, parts[3], null, [.. accepted])));
        }

        return samples;
    }
}
