using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain.Findings;
using DasvPipeline.Core.Ingest.Forms;
using DasvPipeline.IntegrationTests.Ingest.Reading;
using DasvPipeline.Tests;
using DasvPipeline.Tests.Ingest.Forms;
using DasvPipeline.Tests.Ingest.Reading;

namespace DasvPipeline.IntegrationTests.Ingest.Forms;

/// <summary>LibreOffice opens, calculates and saves the forms, on machines that have it.</summary>
public sealed class LibreOfficeTests(SavedFiles saved) : IClassFixture<SavedFiles>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>Every form, filled in.</summary>
    internal static IEnumerable<(string Name, byte[] Content)> Files() => Examine.Catalogue.Forms.Select(form => (NameOf(form) + ".xlsx", FilledForms.Fill(form)));

    [LongTheory]
    [InlineData("xlsx")]
    [LongInlineData("ods")]
    [LongInlineData("xls")]
    public async Task A_form_saved_by_LibreOffice_is_accepted_with_the_same_figures(string format)
    {
        var folder = await saved.FolderAsync(format);
        foreach (var form in Examine.Catalogue.Forms)
        {
            var content = await File.ReadAllBytesAsync(Path.Combine(folder, $"{NameOf(form)}.{format}"), Ct);
            var examined = await Examine.FileAsync(form.Return.ToString(), FilledForms.PeriodOf(form).ToString(), content, "form." + format, Examine.Unchecked);
            Assert.Equal(string.Empty, Examine.Findings(examined));
            Assert.Equal(FilledForms.Expected(form), Examine.Values(examined, form));
        }
    }

    [LongFact]
    public async Task A_sheet_saved_as_csv_by_LibreOffice_is_accepted_if_it_holds_all_figures_and_otherwise_says_what_to_send()
    {
        var folder = await saved.FolderAsync("csv");
        foreach (var form in Examine.Catalogue.Forms)
        {
            var sheets = Workbooks.ReadFile(FilledForms.Fill(form), "form.xlsx").Sheets.Select(sheet => sheet.Name!).ToList();
            var hasOneSheet = sheets.Count == 3; // between the first sheet and the suggestions
            foreach (var sheet in sheets.SkipLast(1))
            {
                var content = await File.ReadAllBytesAsync(Path.Combine(folder, $"{NameOf(form)}-{sheet}.csv"), Ct);
                var examined = await Examine.FileAsync(form.Return.ToString(), FilledForms.PeriodOf(form).ToString(), content, "form.csv", Examine.Unchecked);
                if (sheet == FormIdentity.SheetName)
                {
                    Examine.Only(examined, Severity.Error, Codes.FirstSheetOnly);
                }
                else if (hasOneSheet)
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

    private static string NameOf(Form form) => $"{form.Return.ToString().Replace('/', '.')}.{FilledForms.PeriodOf(form)}";
}
