using System.Globalization;
using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Ingest.Forms;
using DasvPipeline.IntegrationTests.Read;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;

namespace DasvPipeline.IntegrationTests.Receive;

/// <summary>The rules that a form sets for its cells, in a real LibreOffice.</summary>
public sealed class EntryRuleTests
{
    /// <summary>The formula of the rule, worked out by the program itself for what may be typed.</summary>
    [Theory]
    [InlineData(Quantity.Count, "0|7|1864|[x]|[z]|[c]|37 approx|<5|3 (4 children)|over 250|Unknown|n/a", "-1|12.5|-0.5")]
    [InlineData(Quantity.Hours, "0|7|12.5|[x]|37 approx|Unknown", "-1|-0.5")]
    [InlineData(Quantity.Pounds, "0|66935|0.99|[x]|over 250|n/a", "-1|-0.01")]
    [InlineData(Quantity.Percent, "0|1|0.76|0.005|[x]|76% approx|-", "-0.01|1.01|76")]
    public async Task LibreOffice_lets_through_what_the_reader_understands_and_stops_slips(Quantity quantity, string good, string bad)
    {
        Assert.SkipUnless(LibreOffice.IsHere, LibreOffice.IsMissing);
        var ct = TestContext.Current.CancellationToken;
        var folder = Directory.CreateTempSubdirectory("dasv-rules");
        try
        {
            string[] typed = [.. good.Split('|'), .. bad.Split('|')];
            var file = Path.Combine(folder.FullName, "rule.xlsx");
            using (var document = SpreadsheetDocument.Create(file, SpreadsheetDocumentType.Workbook))
            {
                var book = document.AddWorkbookPart();
                book.Workbook = new Workbook(new Sheets());
                book.AddNewPart<WorkbookStylesPart>().Stylesheet = FormStyles.CreateStylesheet();
                var rows = typed.Select((item, i) => FormSheet.CreateRow(i + 1, Typed(item), new Cell { CellFormula = new CellFormula(FormValidations.CreateRule(quantity, $"A{i + 1}")) }));
                new FormSheet("Rule", [.. rows], [20, 20]).AddTo(book);
            }

            await LibreOffice.SaveAsync(folder.FullName, folder.FullName, "csv", [file], ct);
            var worked = (await File.ReadAllLinesAsync(Path.Combine(folder.FullName, "rule-Rule.csv"), ct)).Select(line => line.EndsWith(",TRUE", StringComparison.Ordinal));
            Assert.Equal(typed.Select((item, i) => (item, i < good.Split('|').Length)), typed.Zip(worked));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static Cell Typed(string item) =>
        decimal.TryParse(item, CultureInfo.InvariantCulture, out var number) ? FormSheet.CreateNumberCell(number, FormStyles.FormStyle.Plain) : FormSheet.CreateTextCell(item, FormStyles.FormStyle.Plain);
}
