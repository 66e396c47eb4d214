using DasvPipeline.Core.Domain.Findings;
using DasvPipeline.Core.Ingest.Forms;
using DasvPipeline.IntegrationTests.Read;
using DasvPipeline.Tests.Read;
using DasvPipeline.Tests.Receive;

namespace DasvPipeline.IntegrationTests.Receive;

/// <summary>The forms opened, worked out and saved by a real LibreOffice, where there is one.</summary>
public sealed class LibreOfficeTests
{
    [Theory]
    [InlineData("xlsx")]
    [InlineData("ods")]
    [InlineData("xls")]
    public async Task A_form_saved_by_LibreOffice_is_accepted_with_the_same_figures(string format)
    {
        Assert.SkipUnless(LibreOffice.IsHere, LibreOffice.IsMissing);
        var ct = TestContext.Current.CancellationToken;
        var folder = Directory.CreateTempSubdirectory("dasv-forms");
        try
        {
            var saved = Path.Combine(folder.FullName, "saved");
            var files = Examine.Catalogue.Forms.ToDictionary(form => Path.Combine(folder.FullName, form.Return.ToString().Replace('/', '.') + ".xlsx"));
            foreach (var (file, form) in files)
            {
                await File.WriteAllBytesAsync(file, FilledForms.Fill(form), ct);
            }

            await LibreOffice.SaveAsync(folder.FullName, saved, format, files.Keys, ct);
            foreach (var (file, form) in files)
            {
                var content = await File.ReadAllBytesAsync(Path.Combine(saved, Path.GetFileNameWithoutExtension(file) + "." + format), ct);
                var examined = await Examine.FileAsync(form.Return.ToString(), FilledForms.PeriodOf(form).ToString(), content, "form." + format, Examine.Unchecked);
                Assert.Equal(string.Empty, Examine.Findings(examined));
                Assert.Equal(FilledForms.Expected(form), Examine.Values(examined, form));
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task A_sheet_saved_as_csv_by_LibreOffice_is_accepted_where_it_holds_all_figures_and_else_says_what_to_send()
    {
        Assert.SkipUnless(LibreOffice.IsHere, LibreOffice.IsMissing);
        var ct = TestContext.Current.CancellationToken;
        var folder = Directory.CreateTempSubdirectory("dasv-forms");
        try
        {
            var saved = Path.Combine(folder.FullName, "saved");
            var files = Examine.Catalogue.Forms.ToDictionary(form => Path.Combine(folder.FullName, form.Return.ToString().Replace('/', '.') + ".xlsx"));
            foreach (var (file, form) in files)
            {
                await File.WriteAllBytesAsync(file, FilledForms.Fill(form), ct);
            }

            await LibreOffice.SaveAsync(folder.FullName, saved, "csv", files.Keys, ct);
            foreach (var (file, form) in files)
            {
                var sheets = Reading.ReadFile(await File.ReadAllBytesAsync(file, ct), "form.xlsx").Sheets.Select(sheet => sheet.Name!).ToList();
                foreach (var sheet in sheets.SkipLast(1))
                {
                    var content = await File.ReadAllBytesAsync(Path.Combine(saved, $"{Path.GetFileNameWithoutExtension(file)}-{sheet}.csv"), ct);
                    var examined = await Examine.FileAsync(form.Return.ToString(), FilledForms.PeriodOf(form).ToString(), content, "form.csv", Examine.Unchecked);
                    if (sheet == FormIdentity.SheetName)
                    {
                        Examine.Only(examined, Severity.Error, Codes.FirstSheetOnly);
                    }
                    else if (form.Tables.Length == 1)
                    {
                        Assert.Equal(string.Empty, Examine.Findings(examined));
                        Assert.Equal(FilledForms.Expected(form), Examine.Values(examined, form));
                    }
                    else
                    {
                        Assert.Contains(examined.Findings, finding => finding.Code == Codes.TableNotFound && finding.Message.EndsWith(
                            " A .csv file has only one sheet. If the rest is on another sheet, send the whole workbook as .xlsx, .xls or .ods.", StringComparison.Ordinal));
                    }
                }
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
