using System.Text;
using DasvPipeline.Core.Ingest.Reporting;
using DasvPipeline.Core.Ingest.Routing;
using DasvPipeline.Local.Commands;
using DasvPipeline.Tests;
using DasvPipeline.Tests.Ingest.Reading;

namespace DasvPipeline.IntegrationTests.Ingest.Reading;

/// <summary>Samples that LibreOffice saved in another format.</summary>
public sealed class SavedFormatTests(SavedFiles saved) : IClassFixture<SavedFiles>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static readonly int Most = TestShare.Count(small: 4, ci: 8, all: 8);

    /// <summary>One file of each return, named by number because files of different returns may have the same name.</summary>
    private static IReadOnlyList<(string Path, string File, string Name)> Samples { get; } =
    [
        .. LocalFolders.FindReturns(LocalFolders.Samples).Where(sample => sample.File.EndsWith(".xlsx", StringComparison.Ordinal))
            .DistinctBy(sample => Path.GetDirectoryName(Path.GetDirectoryName(sample.Path))).Take(Most)
            .Select((sample, i) => (sample.Path, sample.File, $"sample {i}")),
    ];

    internal static IEnumerable<(string Name, byte[] Content)> Files() => Samples.Select(sample => (sample.Name + ".xlsx", File.ReadAllBytes(sample.File)));

    [LongTheory]
    [InlineData("ods")]
    [InlineData("xls")]
    public async Task Samples_saved_in_another_format_give_the_same_observations(string format)
    {
        var folder = await saved.FolderAsync(format);
        Assert.Equal(Most, Samples.Count);
        foreach (var (path, file, name) in Samples)
        {
            var expected = await ReportAsync(path, file, Ct);
            var again = await ReportAsync(path, Path.Combine(folder, $"{name}.{format}"), Ct);
            Assert.True(expected == again, $"{path} as .{format}:\n{again}\nand not\n{expected}");
        }
    }

    /// <summary>Returns the findings and observations of the file, with their cells.</summary>
    private static async Task<string> ReportAsync(string path, string file, CancellationToken ct)
    {
        var (form, key, _) = UploadPath.Resolve(Examine.Catalogue, path, new DateOnly(2026, 1, 1));
        var examined = await Examine.FileAsync(form!.Return.ToString(), key.Period.ToString(), await File.ReadAllBytesAsync(file, ct), Path.GetFileName(file));
        Assert.NotEmpty(examined.Observations);
        return Encoding.UTF8.GetString(SubmissionReport.Create(form.Return, key.Period, examined).ToJson());
    }
}
