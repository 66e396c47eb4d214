using DasvPipeline.Core.Domain.Findings;
using DasvPipeline.Core.Ingest.Reading;
using DasvPipeline.Core.Ingest.Reporting;
using DasvPipeline.Tests.Hostile;
using DasvPipeline.Tests.Ingest.Reading;
using static DasvPipeline.Tests.Ingest.Reading.OdsBytes;
using static DasvPipeline.Tests.Ingest.Reading.Workbooks;

namespace DasvPipeline.UnitTests.Ingest.Reading;

public sealed class MergedCellTests
{
    private const string Title = "Referrals to SARC";

    [Theory]
    [InlineData("xlsx")]
    [InlineData("xls")]
    [InlineData("ods")]
    public void Merged_cells_are_read_in_every_format(string format) =>
        Assert.Equal(["A1:B1", "B2:B3"], Accepted(ReadFile(Create(format, "24"), "return." + format)).Merges.Select(range => range.ToString()));

    [Fact]
    public void A_merged_cell_in_repeated_rows_of_an_ods_is_merged_in_each()
    {
        var sheet = Accepted(ReadFile(Of(Row(Number("1", "table:number-columns-spanned=\"2\""), "table:number-rows-repeated=\"2\"")), "return.ods"));
        Assert.Equal(["A1:B1", "A2:B2"], sheet.Merges.Select(range => range.ToString()));
    }

    [Theory]
    [InlineData("B1")]
    [InlineData("B1:B1")]
    [InlineData("B0:C1")]
    [InlineData("B:C")]
    [InlineData("1:2")]
    [InlineData("")]
    public void A_reference_that_is_not_a_range_merges_nothing(string reference) =>
        Assert.Empty(Accepted(ReadFile(Merged(ValidFiles.XlsxRows, reference), "return.xlsx")).Merges);

    [Fact]
    public void More_merged_cells_than_the_limit_are_refused() =>
        Refused(ReadFile(Merged(ValidFiles.XlsxRows, "A1:B1", "A2:B2", "A3:B3"), "return.xlsx", ReadLimits.Default with { RowsPerSheet = 2 }), Codes.TooManyCells);

    [Theory]
    [InlineData("xlsx")]
    [InlineData("xls")]
    [InlineData("ods")]
    public async Task A_figure_under_merged_cells_is_an_error_at_its_cell(string format)
    {
        var finding = Examine.Only(await ExamineAsync(format, "24"), Severity.Error, Codes.MergedCells);
        Assert.Equal("B3", finding.Cell!.Value.Address);
        Assert.Equal("B3 has a figure that nobody can see, because the cells B2:B3 are merged. Unmerge them, and keep only the figures that count.", finding.Message);
    }

    [Theory]
    [InlineData("xlsx")]
    [InlineData("xls")]
    [InlineData("ods")]
    public async Task A_figure_merged_over_the_cells_of_others_is_an_error_at_its_cell(string format)
    {
        var examined = await ExamineAsync(format, null);
        var finding = Assert.Single(examined.Findings, finding => finding.Severity == Severity.Error);
        Assert.Equal((Codes.MergedCells, "B2"), (finding.Code, finding.Cell!.Value.Address));
        Assert.Equal("The cells B2:B3 are merged, so we cannot tell which label this figure belongs to. Unmerge them, and enter each figure in its own cell.", finding.Message);
    }

    [Theory]
    [InlineData("A1:B1")]
    [InlineData("B1:C1")]
    public async Task Other_merged_cells_make_no_difference(string reference) =>
        Assert.Empty((await Examine.FileAsync(ValidFiles.Return, ValidFiles.Period, Merged(ValidFiles.XlsxRows.Replace("r=\"B", "r=\"D", StringComparison.Ordinal), reference), "return.xlsx")).Findings);

    private static Task<ExaminationResult> ExamineAsync(string format, string? second) =>
        Examine.FileAsync(ValidFiles.Return, ValidFiles.Period, Create(format, second), "return." + format);

    /// <summary>Creates a return whose title is merged over two columns, and whose first figure is merged over the second.</summary>
    private static byte[] Create(string format, string? second) => format switch
    {
        "xlsx" => Merged(
            $"<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>{Title}</t></is></c></row><row r=\"2\"><c r=\"A2\" t=\"inlineStr\"><is><t>Over 18s</t></is></c><c r=\"B2\"><v>51</v></c></row>"
            + $"<row r=\"3\"><c r=\"A3\" t=\"inlineStr\"><is><t>Under 18s</t></is></c>{(second is null ? string.Empty : $"<c r=\"B3\"><v>{second}</v></c>")}</row>",
            "A1:B1",
            "B2:B3"),
        "xls" => XlsBytes.Of(
            [
                XlsBytes.Label(1, 1, Title), XlsBytes.Label(2, 1, "Over 18s"), XlsBytes.Number(2, 2, 51), XlsBytes.Label(3, 1, "Under 18s"),
                .. second is null ? Array.Empty<byte[]>() : [XlsBytes.Number(3, 2, int.Parse(second, null))],
                XlsBytes.Record(0x00E5, [2, 0, 0, 0, 0, 0, 0, 0, 1, 0, 1, 0, 2, 0, 1, 0, 1, 0]),
            ]),
        _ => Of(
            Row(Text($"<text:p>{Title}</text:p>", "table:number-columns-spanned=\"2\" table:number-rows-spanned=\"1\"") + "<table:covered-table-cell/>")
            + ValidFiles.OdsRow("Over 18s", Number("51", "table:number-columns-spanned=\"1\" table:number-rows-spanned=\"2\""))
            + ValidFiles.OdsRow("Under 18s", second is null ? "<table:covered-table-cell/>" : Number(second).Replace("table-cell", "covered-table-cell", StringComparison.Ordinal))),
    };

    private static byte[] Merged(string rows, params string[] references) => new XlsxBytes().SheetXml(
        "Figures",
        $"<worksheet xmlns=\"{XlsxBytes.Main}\"><sheetData>{rows}</sheetData><mergeCells>{string.Concat(references.Select(reference => $"<mergeCell ref=\"{reference}\"/>"))}</mergeCells></worksheet>").ToArray();
}
