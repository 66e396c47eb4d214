using System.Text;
using DasvPipeline.Core.Oversee;
using DasvPipeline.Core.Read;
using DasvPipeline.Core.Receive;
using DasvPipeline.Local.Commands;
using static DasvPipeline.Tests.Read.Reading;

namespace DasvPipeline.Tests.Read;

public sealed class FormatTests
{
    [Theory]
    [InlineData("figures.ods")]
    [InlineData("figures.xls")]
    public void The_same_workbook_has_the_same_cells(string file) => AssertSame(ReadFile(Fixture("figures.xlsx"), "figures.xlsx"), ReadFile(Fixture(file), file));

    [Theory]
    [InlineData("days1904.ods")]
    [InlineData("days1904.xls")]
    public void Dates_counted_from_1904_are_the_same_days(string file)
    {
        var sheet = Accepted(ReadFile(Fixture("days1904.xlsx"), "days1904.xlsx"));
        Assert.Equal([["2019-04-01", "2019-04-01 13:30", "09:00"]], Shown(sheet));
        AssertSame(ReadFile(Fixture("days1904.xlsx"), "days1904.xlsx"), ReadFile(Fixture(file), file));
    }

    [Fact]
    public void The_workbook_as_text_shows_the_same()
    {
        var text = Shown(Accepted(ReadFile(Fixture("figures.csv"), "figures.csv")));
        var shown = Shown(ReadFile(Fixture("figures.xlsx"), "figures.xlsx").Sheets[0]);

        // Text has the number as its format shows it.
        shown[5][4] = "14,116";
        shown[5][5] = "£66,935";
        Assert.Equal(shown, text);
    }

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
            var samples = Folders.ReturnsIn(Folders.Samples).Where(sample => sample.File.EndsWith(".xlsx", StringComparison.Ordinal))
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

    private static void AssertSame(Workbook expected, Workbook read)
    {
        Assert.Empty(read.Findings);
        Assert.Equal(expected.Sheets.Select(sheet => sheet.Name), read.Sheets.Select(sheet => sheet.Name));
        foreach (var (sheet, other) in expected.Sheets.Zip(read.Sheets))
        {
            Assert.Equal(sheet.RowCount, other.RowCount);
            for (var row = 1; row <= sheet.RowCount; row++)
            {
                Assert.Equal(sheet.Row(row).ToArray(), other.Row(row).ToArray());
            }
        }
    }

    /// <summary>Everything the file came to: findings and observations, with their cells.</summary>
    private static async Task<string> ReportAsync(string path, string file, CancellationToken ct)
    {
        var (form, key, _) = UploadPath.Resolve(Examine.Catalogue, path, new DateOnly(2026, 1, 1));
        var examined = await Examine.FileAsync(form!.Return.ToString(), key.Period.ToString(), await File.ReadAllBytesAsync(file, ct), Path.GetFileName(file));
        Assert.NotEmpty(examined.Observations);
        return Encoding.UTF8.GetString(SubmissionReport.Of(form.Return, key.Period, examined).ToJson());
    }
}
