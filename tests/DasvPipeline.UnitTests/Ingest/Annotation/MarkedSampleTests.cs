using DasvPipeline.Core.Domain.Findings;
using DasvPipeline.Local.Commands;
using DasvPipeline.Tests.Ingest.Annotation;
using DasvPipeline.Tests.Ingest.Forms;
using DasvPipeline.Tests.Ingest.Reading;
using DasvPipeline.Tests.Samples;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;

namespace DasvPipeline.UnitTests.Ingest.Annotation;

/// <summary>Samples with wrong figures, examined and marked.</summary>
public sealed class MarkedSampleTests
{
    public static TheoryData<string> Returns() => [.. LocalFolders.FindReturns(LocalFolders.Samples)
        .Where(item => item.Path.EndsWith(".xlsx", StringComparison.Ordinal)).Select(item => string.Join('/', item.Path.Split('/')[..2])).Distinct(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Returns))]
    public async Task Every_finding_of_a_spoiled_sample_is_coloured_and_commented_in_a_copy_of_the_same_cells(string id)
    {
        var sample = (await ExaminedSamples.AllAsync()).First(sample => sample.Return == id && sample.FileName.EndsWith(".xlsx", StringComparison.Ordinal));
        var cells = sample.Examined.Observations.Select(observation => observation.Cell).ToList();
        var spoiled = FilledForms.Type(sample.Content, "twelve", [cells[0], cells[^1]]);
        var examined = await Examine.FileAsync(id, sample.Key.Period.ToString(), spoiled, sample.FileName);
        Assert.Contains(examined.Findings, finding => finding.Severity == Severity.Error);

        using var book = MarkedBook.Of(spoiled, sample.FileName, examined.Findings);
        book.AssertMarked(examined.Findings);
        var (before, after) = (Workbooks.ReadFile(spoiled, sample.FileName).Sheets, book.Read().Sheets.Skip(1).ToList());
        Assert.Equal(before.Select(sheet => sheet.Name), after.Select(sheet => sheet.Name));
        Assert.All(before.Zip(after), pair => Assert.Equal(Workbooks.Shown(pair.First), Workbooks.Shown(pair.Second)));
    }

    [Fact]
    public async Task A_form_keeps_its_widths_styles_and_sheets()
    {
        var form = Examine.Form("constabulary/domestic-abuse");
        var filled = FilledForms.Fill(form);
        var cell = (await Examine.FileAsync(form.Return.ToString(), "2019-20-Q1", filled, "form.xlsx")).Observations[0].Cell;
        var spoiled = FilledForms.Type(filled, "twelve", [cell]);
        var examined = await Examine.FileAsync(form.Return.ToString(), "2019-20-Q1", spoiled, "form.xlsx");
        using var book = MarkedBook.Of(spoiled, "form.xlsx", examined.Findings);
        book.AssertMarked(examined.Findings);
        Assert.Equal(["Findings", .. Workbooks.ReadFile(filled, "form.xlsx").Sheets.Select(sheet => sheet.Name)], book.SheetNames);
        using var sent = SpreadsheetDocument.Open(new MemoryStream(filled), isEditable: false);
        Assert.Equal(Widths(SheetOf(sent, cell.Sheet!)), Widths(book.Part(cell.Sheet!)));
        Assert.Equal("FF1F3A5F", book.Mark(cell.Sheet!, $"A{cell.Row - 1}").Colour);

        // If the copy is sent back by mistake, it gets the same findings.
        var again = await Examine.FileAsync(form.Return.ToString(), "2019-20-Q1", book.Content, "marked.xlsx");
        Assert.Equal(Examine.Findings(examined), Examine.Findings(again));
    }

    private static WorksheetPart SheetOf(SpreadsheetDocument document, string name) =>
        (WorksheetPart)document.WorkbookPart!.GetPartById(document.WorkbookPart.Workbook!.Descendants<Sheet>().Single(sheet => sheet.Name == name).Id!);

    private static List<string> Widths(WorksheetPart sheet)
    {
        var widths = sheet.Worksheet!.Descendants<Column>().Select(column => $"{column.Min} {column.Max} {column.Width}").ToList();
        Assert.NotEmpty(widths);
        return widths;
    }
}
