using DasvPipeline.Core.Model;
using DasvPipeline.IntegrationTests.Read;
using DasvPipeline.Local.Commands;
using DasvPipeline.Tests.Marking;
using DasvPipeline.Tests.Read;
using DasvPipeline.Tests.Receive;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;

namespace DasvPipeline.IntegrationTests.Marking;

/// <summary>Spreadsheets that LibreOffice saved, with figures made wrong in them, examined, marked, and opened by it again.</summary>
public sealed class MarkedOdsSampleTests
{
    private const string Period = "2019-20-Q1";

    [Theory]
    [InlineData("idva.ods")]
    [InlineData("helpline.ods")]
    [InlineData("clients.ods")]
    public void Every_cell_of_a_form_is_where_it_was_when_it_is_marked(string name)
    {
        var file = File.ReadAllBytes(Path.Combine(Folders.Repository, "tests", "DasvPipeline.UnitTests", "Receive", "files", name));
        var read = Reading.ReadFile(file, name).Sheets;
        var findings = read.Select(sheet => new Finding(Severity.Error, "code", new CellRef(sheet.Name, 3, 2), "Wrong.")).ToList();
        var book = MarkedOds.Of(file, findings);
        var copied = book.Read().Sheets.Skip(1).ToList();
        Assert.Equal(read.Select(sheet => sheet.Name), copied.Select(sheet => sheet.Name));
        Assert.All(read.Zip(copied), pair => Assert.Equal(MarkedOds.Cells(pair.First), MarkedOds.Cells(pair.Second)));
        Assert.All(findings, finding => Assert.Equal(("#f9c6c1", "2.5pt solid #b10e1e", "Error: Wrong."), book.Mark(finding.Cell!.Value)));
    }

    [Fact]
    public async Task LibreOffice_opens_the_copy_and_saves_the_same_figures_comments_looks_and_links()
    {
        Assert.SkipUnless(LibreOffice.IsHere, LibreOffice.IsMissing);
        var ct = TestContext.Current.CancellationToken;
        var folder = Directory.CreateTempSubdirectory("dasv-marked");
        try
        {
            var form = Examine.Form("constabulary/domestic-abuse");
            var cells = (await Examine.FileAsync(form.Return.ToString(), Period, FilledForms.Fill(form), "form.xlsx")).Observations.Select(observation => observation.Cell).ToList();
            await File.WriteAllBytesAsync(At("form.xlsx"), FilledForms.Type(FilledForms.Fill(form), "twelve", [cells[0], cells[^1]]), ct);
            await LibreOffice.SaveAsync(folder.FullName, At("sent"), "ods", [At("form.xlsx")], ct);
            var sent = await File.ReadAllBytesAsync(At("sent", "form.ods"), ct);
            var examined = await Examine.FileAsync(form.Return.ToString(), Period, sent, "form.ods");
            Assert.Contains(examined.Findings, finding => finding.Severity == Severity.Error);
            var book = MarkedOds.Of(sent, examined.Findings);
            AssertMarked(book, examined.Findings);
            Assert.All(Reading.ReadFile(sent, "form.ods").Sheets.Zip(book.Read().Sheets.Skip(1)), pair => Assert.Equal(MarkedOds.Cells(pair.First), MarkedOds.Cells(pair.Second)));

            await File.WriteAllBytesAsync(At("marked.ods"), book.Content, ct);
            await LibreOffice.SaveAsync(folder.FullName, At("opened"), "xlsx", [At("marked.ods"), At("sent", "form.ods")], ct);
            var saved = await File.ReadAllBytesAsync(At("opened", "marked.xlsx"), ct);
            Assert.All(book.Read().Sheets.Zip(Reading.ReadFile(saved, "marked.xlsx").Sheets), pair => Assert.Equal(Reading.Shown(pair.First), Reading.Shown(pair.Second)));
            var expected = Marks(examined.Findings).Select(cell => $"{cell.Address} {book.Mark(cell).Comment}").Order(StringComparer.Ordinal);
            Assert.Equal(expected, MarkedBook.Comments(saved).Select(comment => comment.Replace("Findings:\n", string.Empty, StringComparison.Ordinal)));

            using var opened = SpreadsheetDocument.Open(new MemoryStream(saved), isEditable: false);
            using var asSent = SpreadsheetDocument.Open(new MemoryStream(await File.ReadAllBytesAsync(At("opened", "form.xlsx"), ct)), isEditable: false);
            Assert.Equal(Widths(asSent), Widths(opened).Skip(1));
            Assert.Equal(
                examined.Findings.Where(finding => finding.Cell is not null).Select(finding => finding.Cell.ToString()!.Replace("'", string.Empty, StringComparison.Ordinal)).Order(StringComparer.Ordinal),
                Sheets(opened).First().Worksheet!.Descendants<Hyperlink>().Select(link => link.Location!.Value!.Replace("'", string.Empty, StringComparison.Ordinal)).Order(StringComparer.Ordinal));

            // Sent back by mistake, it says the same again.
            var again = await Examine.FileAsync(form.Return.ToString(), Period, book.Content, "marked.ods");
            Assert.Equal(Examine.Findings(examined), Examine.Findings(again));
        }
        finally
        {
            folder.Delete(recursive: true);
        }

        string At(params string[] steps) => Path.Combine([folder.FullName, .. steps]);
    }

    private static IEnumerable<CellRef> Marks(IEnumerable<Finding> findings) =>
        findings.SelectMany(finding => finding.OtherCells.Prepend(finding.Cell ?? default)).Where(cell => cell.Sheet is not null).Distinct();

    private static void AssertMarked(MarkedOds book, IReadOnlyList<Finding> findings)
    {
        foreach (var cell in Marks(findings))
        {
            var here = findings.Where(finding => finding.Cell == cell || finding.OtherCells.Contains(cell)).ToList();
            var (colour, frame, comment) = book.Mark(cell);
            Assert.Equal(MarkedOds.Look(here.Max(finding => finding.Severity)), (colour, frame));
            Assert.All(here, finding => Assert.Contains($"{finding.Severity}: {finding.Message}", comment, StringComparison.Ordinal));
        }

        Assert.Equal(findings.Count, book.Listed().Length);
        Assert.Equal(findings.Count(finding => finding.Cell is not null), book.Links().Count);
    }

    private static IEnumerable<WorksheetPart> Sheets(SpreadsheetDocument document) =>
        document.WorkbookPart!.Workbook!.Descendants<Sheet>().Select(sheet => (WorksheetPart)document.WorkbookPart.GetPartById(sheet.Id!));

    private static List<string> Widths(SpreadsheetDocument document) =>
        [.. Sheets(document).Select(sheet => string.Join(' ', sheet.Worksheet!.Descendants<Column>().Select(column => $"{column.Min}-{column.Max}:{column.Width}")))];
}
