using System.Diagnostics;
using System.Text;
using DasvPipeline.Core;
using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Model;
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

    [Fact]
    public async Task Samples_saved_as_another_format_give_the_same_observations()
    {
        var ct = TestContext.Current.CancellationToken;
        Assert.SkipUnless(await CanConvertAsync(ct), "LibreOffice is not on this machine (soffice on PATH), so nothing was saved in another format.");
        var catalogue = PartnershipCatalogue.LoadEmbedded();
        var samples = Folders.ReturnsIn(Folders.Samples).Where(sample => sample.File.EndsWith(".xlsx", StringComparison.Ordinal))
            .GroupBy(sample => string.Join('/', sample.Path.Split('/')[..2])).Select(group => group.First()).Take(6).ToList();
        Assert.NotEmpty(samples);
        var folder = Directory.CreateTempSubdirectory("dasv-formats-");
        try
        {
            // By number, since files of different returns may have one name.
            var inputs = samples.Select((sample, i) => (sample.Path, Copy: Path.Combine(folder.FullName, $"{i}.xlsx"))).ToList();
            for (var i = 0; i < samples.Count; i++)
            {
                File.Copy(samples[i].File, inputs[i].Copy);
            }

            foreach (var format in (string[])["ods", "xls"])
            {
                await ConvertAsync(folder.FullName, format, ct);
                foreach (var (path, copy) in inputs)
                {
                    var expected = await ExaminedAsync(catalogue, path, copy);
                    var converted = await ExaminedAsync(catalogue, path, Path.ChangeExtension(copy, format));
                    Assert.True(expected == converted, $"{path} as .{format}:\n{converted}\nand not\n{expected}");
                }
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

    private static async Task<string> ExaminedAsync(PartnershipCatalogue catalogue, string path, string file)
    {
        var (form, key, _) = UploadPath.Resolve(catalogue, path, new DateOnly(2026, 1, 1));
        var content = await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken);
        var examined = await IngestReturn.ExamineAsync(
            catalogue, form!, key.Period, content, Path.GetFileName(file), _ => Task.FromResult<IReadOnlyDictionary<FigureKey, Figure>?>(null));
        Assert.NotEmpty(examined.Observations);
        return Encoding.UTF8.GetString(SubmissionReport.ToJson(form!.Return, key.Period, examined));
    }

    private static async Task<bool> CanConvertAsync(CancellationToken ct)
    {
        try
        {
            await RunAsync(["--version"], ct);
            return true;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }

    private static async Task ConvertAsync(string folder, string format, CancellationToken ct)
    {
        // A profile of its own: another LibreOffice of the same user would do the work, or refuse it.
        string[] files = Directory.GetFiles(folder, "*.xlsx");
        await RunAsync(["--headless", $"-env:UserInstallation={new Uri(Path.Combine(folder, "profile"))}", "--convert-to", format, "--outdir", folder, .. files], ct);
        Assert.All(files, file => Assert.True(File.Exists(Path.ChangeExtension(file, format))));
    }

    private static async Task RunAsync(IReadOnlyList<string> arguments, CancellationToken ct)
    {
        using var office = Process.Start(new ProcessStartInfo("soffice", arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        await Task.WhenAll(office.StandardOutput.ReadToEndAsync(ct), office.StandardError.ReadToEndAsync(ct));
        await office.WaitForExitAsync(ct);
    }
}
