using System.Text;
using DasvPipeline.Core.Ingest.Reporting;
using DasvPipeline.Core.Ingest.Routing;
using DasvPipeline.Local.Commands;
using DasvPipeline.Tests.Read;

namespace DasvPipeline.IntegrationTests.Read;

/// <summary>Samples that a real LibreOffice saved in another format.</summary>
public sealed class SavedFormatTests
{
    [Theory]
    [InlineData("ods")]
    [InlineData("xls")]
    public async Task Samples_saved_in_another_format_give_the_same_observations(string format)
    {
        const int Most = 8;
        Assert.SkipUnless(LibreOffice.IsHere, LibreOffice.IsMissing);
        var ct = TestContext.Current.CancellationToken;
        var folder = Directory.CreateTempSubdirectory("dasv-formats");
        try
        {
            // One of each return, by number: files of different returns may have one name.
            var samples = LocalFolders.FindReturns(LocalFolders.Samples).Where(sample => sample.File.EndsWith(".xlsx", StringComparison.Ordinal))
                .DistinctBy(sample => Path.GetDirectoryName(Path.GetDirectoryName(sample.Path))).Take(Most)
                .Select((sample, i) => (sample.Path, sample.File, Copy: Path.Combine(folder.FullName, $"{i}.xlsx"))).ToList();
            Assert.Equal(Most, samples.Count);
            foreach (var (_, file, copy) in samples)
            {
                File.Copy(file, copy);
            }

            await LibreOffice.SaveAsync(folder.FullName, folder.FullName, format, samples.Select(sample => sample.Copy), ct);
            foreach (var (path, file, copy) in samples)
            {
                var expected = await ReportAsync(path, file, ct);
                var saved = await ReportAsync(path, Path.ChangeExtension(copy, format), ct);
                Assert.True(expected == saved, $"{path} as .{format}:\n{saved}\nand not\n{expected}");
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Everything the file came to: findings and observations, with their cells.</summary>
    private static async Task<string> ReportAsync(string path, string file, CancellationToken ct)
    {
        var (form, key, _) = UploadPath.Resolve(Examine.Catalogue, path, new DateOnly(2026, 1, 1));
        var examined = await Examine.FileAsync(form!.Return.ToString(), key.Period.ToString(), await File.ReadAllBytesAsync(file, ct), Path.GetFileName(file));
        Assert.NotEmpty(examined.Observations);
        return Encoding.UTF8.GetString(SubmissionReport.Create(form.Return, key.Period, examined).ToJson());
    }
}
