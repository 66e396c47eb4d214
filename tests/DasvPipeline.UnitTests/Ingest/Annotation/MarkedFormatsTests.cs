using System.Globalization;
using System.Text;
using DasvPipeline.Core.Domain.Findings;
using DasvPipeline.Core.Ingest.Annotation;
using DasvPipeline.Tests;
using DasvPipeline.Tests.Ingest.Annotation;
using DasvPipeline.Tests.Ingest.Reading;
using static DasvPipeline.Tests.Ingest.Reading.XlsBytes;

namespace DasvPipeline.UnitTests.Ingest.Annotation;

/// <summary>Marked copies of .xls and .ods files, which are new workbooks of the cells, and of CSV files, which are lists.</summary>
public sealed class MarkedFormatsTests
{
    [Theory]
    [InlineData("figures.xls")]
    [InlineData("figures.xlsx")]
    [InlineData("figures.ods")]
    [InlineData("days1904.xls")]
    [InlineData("days1904.xlsx")]
    public void The_copy_has_the_same_cells_and_every_one_of_them_can_be_marked(string name)
    {
        var file = Workbooks.Fixture(name);
        var read = Workbooks.ReadFile(file, name);
        var findings = read.Sheets.SelectMany(sheet => Enumerable.Range(1, sheet.RowCount).SelectMany(row => Enumerable.Range(1, sheet.ColumnCount)
            .Select(column => new Finding((Severity)((row + column) % 3), "code", new CellRef(sheet.Name, row, column), $"About {row}, {column}.")))).ToList();
        using var book = MarkedBook.Of(file, name, findings);
        var copied = book.Read().Sheets.Skip(1).ToList();
        Assert.Equal(read.Sheets.Select(sheet => sheet.Name), copied.Select(sheet => sheet.Name));
        foreach (var (before, after) in read.Sheets.Zip(copied))
        {
            Assert.Equal(Cells(before), Cells(after));
        }

        Assert.All(findings.Take(500), finding => Assert.Equal(
            (MarkedBook.Look(finding.Severity).Colour, MarkedBook.Look(finding.Severity).Frame, $"{finding.Severity}: {finding.Message}"), book.Mark(finding.Cell!.Value.Sheet!, finding.Cell.Value.Address)));
    }

    [Fact]
    public void Hostile_text_of_an_xls_stays_text()
    {
        var file = Of(Label(1, 1, "=cmd|' /C calc'!A0"), Label(1, 2, "a\u0001b\uD800c"), Label(1, 3, "_x000D_"));
        using var book = MarkedBook.Of(file, "a.xls", MarkedXlsxTests.At(Severity.Error, "Figures", 1, 1, "This is wrong."));
        Assert.Equal(["=cmd|' /C calc'!A0", "a\u0001b\uFFFDc", "_x000D_"], Workbooks.Shown(book.Read().Sheets[1])[0]);
        Assert.True(book.Format("Figures", "A1")!.QuotePrefix!.Value);
        Assert.StartsWith("This is a new workbook with the figures that we read in your file, which is an older Excel workbook (.xls).", book.Read().Sheets[0][2, 1].Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Hostile_text_of_an_ods_stays_text()
    {
        var file = OdsBytes.Of(OdsBytes.Row(OdsBytes.Text("<text:p>=cmd|' /C calc'!A0</text:p>") + OdsBytes.Text("<text:p>_x000D_</text:p>")));
        using var book = MarkedBook.Of(file, "a.ods", MarkedXlsxTests.At(Severity.Error, "Figures", 1, 1, "This is wrong."));
        Assert.Equal(["=cmd|' /C calc'!A0", "_x000D_"], Workbooks.Shown(book.Read().Sheets[1])[0]);
        Assert.True(book.Format("Figures", "A1")!.QuotePrefix!.Value);
        Assert.StartsWith("This is a new workbook with the figures that we read in your file, which is an OpenDocument spreadsheet (.ods).", book.Read().Sheets[0][2, 1].Text, StringComparison.Ordinal);
    }

    [Fact]
    public void An_ods_with_repeated_cells_has_every_finding_at_its_own_cell()
    {
        var file = OdsBytes.Of(OdsBytes.Row(OdsBytes.Number("7", "table:number-columns-repeated=\"3\"")) + OdsBytes.Row(OdsBytes.Number("8")));
        using var book = MarkedBook.Of(file, "a.ods", MarkedXlsxTests.At(Severity.Error, "Figures", 1, 2, "This is wrong."));
        Assert.Equal(["7", "7", "7"], Workbooks.Shown(book.Read().Sheets[1])[0]);
        Assert.Equal("Error: This is wrong.", book.Mark("Figures", "B1").Comment);
        Assert.Null(book.Mark("Figures", "A1").Comment);
    }

    [Fact]
    public void The_findings_of_a_CSV_file_are_a_CSV_file_in_which_no_field_starts_a_formula()
    {
        var file = Encoding.UTF8.GetBytes("a,b\r\nsecret,=1\r\n");
        Finding[] findings =
        [
            new(Severity.Note, "code", null, "About the \"file\", all of it."),
            new(Severity.Error, "code", new CellRef(null, 2, 28), "=cmd|' /C calc'!A0") { OtherCells = [new CellRef(null, 3, 1)] },
            new(Severity.Query, "code", new CellRef(null, 1, 2), "\u202Eüber\r\nzwei"),
        ];
        var copy = MarkedCopy.Create(file, Workbooks.ReadFile(file, "a.csv"), findings)!;
        Assert.Equal(("findings.csv", "text/csv; charset=utf-8"), (copy.FileName, copy.ContentType));
        Assert.Equal(
            "\uFEFFSeverity,Sheet,Cell,Row,Column,Figure,What is wrong,Code\r\n"
            + "Error,,AB2 and A3,2,AB,,\"'=cmd|' /C calc'!A0\",code\r\n"
            + "Query,,B1,1,B,,über  zwei,code\r\n"
            + "Note,,,,,,\"About the \"\"file\"\", all of it.\",code\r\n",
            Encoding.UTF8.GetString(copy.Content.Span));
    }

    [LongFact]
    public void A_long_file_with_a_finding_in_every_row_stays_within_bounds()
    {
        var rows = new StringBuilder();
        for (var row = 1; row <= 50_000; row++)
        {
            rows.Append(CultureInfo.InvariantCulture, $"""<row r="{row}"><c r="A{row}" t="inlineStr"><is><t>Area {row}</t></is></c><c r="B{row}"><v>{row}</v></c><c r="C{row}" t="inlineStr"><is><t>twelve</t></is></c></row>""");
        }

        var file = XlsxBytes.Of(rows.ToString());
        var workbook = Workbooks.ReadFile(file, "a.xlsx");
        var findings = Enumerable.Range(1, 50_000).Select(row => MarkedXlsxTests.At(Severity.Error, "Figures", row, 3, "\"twelve\" is not a number.")).ToList();
        var before = GC.GetAllocatedBytesForCurrentThread();
        var copy = MarkedCopy.Create(file, workbook, findings)!;
        var allocated = (GC.GetAllocatedBytesForCurrentThread() - before) / (1024 * 1024);
        Assert.InRange(allocated, 1, 300);
        Assert.InRange(copy.Content.Length, 1, 10 * 1024 * 1024);
        Assert.Equal(50_000, Workbooks.ReadFile(copy.Content.ToArray(), "marked.xlsx").Sheets[1].RowCount);
    }

    private static List<(string, string)> Cells(DasvPipeline.Core.Ingest.Reading.Sheet sheet) =>
        [.. Enumerable.Range(1, sheet.RowCount).SelectMany(row => sheet.Row(row).ToArray().Select((cell, i) => (new CellRef(null, row, i + 1).Address, $"{cell.Kind} {cell.DisplayText}")).Where(item => item.Item2 != "Blank "))];
}
