using DasvPipeline.Core.Domain.Findings;
using DasvPipeline.Core.Ingest.Reading;
using DasvPipeline.Tests.Hostile;
using DasvPipeline.Tests.Ingest.Reading;
using static DasvPipeline.Tests.Ingest.Reading.Workbooks;
using static DasvPipeline.Tests.Ingest.Reading.XlsBytes;

namespace DasvPipeline.UnitTests.Ingest.Reading;

/// <summary>Rows and columns that are hidden by a size of 0, by a default of the sheet, or by an inherited style.</summary>
public sealed class HiddenByDefaultTests
{
    private const string Rows = "<row r=\"1\"><c r=\"A1\"><v>1</v></c><c r=\"B1\"><v>2</v></c></row><row r=\"2\" ht=\"15\"><c r=\"A2\"><v>3</v></c></row>";

    [Theory]
    [InlineData("<sheetFormatPr defaultRowHeight=\"0\"/>", "", "1 2")]
    [InlineData("<sheetFormatPr defaultRowHeight=\"0.0\"/>", "", "1 2")]
    [InlineData("<sheetFormatPr defaultRowHeight=\"15\"/>", "", "")]
    [InlineData("<sheetFormatPr defaultRowHeight=\"15\" defaultColWidth=\"0\"/>", "", "1 2 3")]
    [InlineData("<sheetFormatPr defaultRowHeight=\"15\" defaultColWidth=\"0\"/>", "<col min=\"1\" max=\"1\" width=\"9\"/>", "2")]
    [InlineData("", "<col min=\"2\" max=\"2\" width=\"0.0\"/>", "2")]
    [InlineData("", "<col min=\"2\" max=\"2\" width=\"0\"/>", "2")]
    [InlineData("", "<col min=\"2\" max=\"2\" width=\"0.5\"/>", "")]
    public void Sizes_of_0_hide_cells_of_an_xlsx(string format, string columns, string hidden) =>
        Assert.Equal(hidden, Hidden(Xlsx(Rows, format + (columns.Length > 0 ? $"<cols>{columns}</cols>" : string.Empty))));

    [Theory]
    [InlineData("ht=\"0.0\"", true)]
    [InlineData("ht=\"0\"", true)]
    [InlineData("ht=\"0.25\"", false)]
    [InlineData("hidden=\"1 \"", true)]
    public void A_height_of_0_hides_a_row_of_an_xlsx(string attribute, bool isHidden) =>
        Assert.Equal(isHidden, Xlsx($"<row r=\"1\" {attribute}><c r=\"A1\"><v>1</v></c></row>")[1, 1].IsHidden);

    [Fact]
    public void Excel_shows_the_rows_that_it_saves_in_a_sheet_with_hidden_rows_by_default()
    {
        // ECMA-376 part 1, 18.3.1.81: with zeroHeight, only the rows that are not hidden are written.
        Assert.Equal(string.Empty, Hidden(Xlsx(Rows, "<sheetFormatPr defaultRowHeight=\"15\" zeroHeight=\"1\"/>")));
        Assert.Equal("1 2", Hidden(Xlsx(Rows.Replace("<row r=\"1\"", "<row r=\"1\" hidden=\"1\"", StringComparison.Ordinal), "<sheetFormatPr defaultRowHeight=\"15\" zeroHeight=\"1\"/>")));
    }

    [Theory]
    [InlineData(0, 255, 9, 0, "")]
    [InlineData(2, 255, 9, 0, "1 2")] // hidden by default; the third row has a record of its own
    [InlineData(0, 0, 9, 0, "1 2")]
    [InlineData(0, 255, 0, 0, "2")] // the first column has a record of its own
    [InlineData(0, 255, 9, 1, "2")]
    public void Defaults_hide_cells_of_an_xls(int flags, int height, int width, int isStandard, string hidden)
    {
        var row = Record(0x0208, [.. U16(1), .. U16(0), .. U16(0), .. U16(255), .. new byte[8]]);
        var column = Record(0x007D, [.. U16(0), .. U16(0), .. U16(2000), .. new byte[6]]);
        var standard = isStandard == 1 ? Record(0x0099, U16(0)) : [];
        var file = Of(Record(0x0225, [.. U16(flags), .. U16(height)]), Record(0x0055, U16(width)), column, standard, row, Number(1, 1, 1), Number(1, 2, 2), Number(2, 1, 3));
        Assert.Equal(hidden, Hidden(Accepted(ReadFile(file, "return.xls"))));
    }

    [Theory]
    [InlineData("flat", true)]
    [InlineData("child", true)]
    [InlineData("grandchild", true)]
    [InlineData("shown", false)]
    [InlineData("", true)]
    [InlineData("unknown", true)]
    public void A_row_of_an_ods_inherits_a_height_of_0(string style, bool isHidden)
    {
        var styles = $"""
            <s {OdsBytes.Namespaces}><style:default-style style:family="table-row"><style:table-row-properties style:row-height="0cm"/></style:default-style>
            <style:style style:name="child" style:family="table-row" style:parent-style-name="flat"/><style:style style:name="grandchild" style:family="table-row" style:parent-style-name="child"/>
            <style:style style:name="shown" style:family="table-row" style:parent-style-name="flat"><style:table-row-properties style:row-height="0.5cm"/></style:style>
            <style:style style:name="loop" style:family="table-row" style:parent-style-name="loop"/></s>
            """;
        var attribute = style.Length == 0 ? string.Empty : $"table:style-name=\"{style}\"";
        var file = OdsBytes.OfSheets(OdsBytes.Sheet(OdsBytes.Row(OdsBytes.Number("1"), attribute)), ("styles.xml", styles));
        Assert.Equal(isHidden, Accepted(ReadFile(file, "return.ods"))[1, 1].IsHidden);
    }

    [Fact]
    public void Columns_and_sheets_of_an_ods_inherit_from_their_styles()
    {
        var styles = $"""
            <s {OdsBytes.Namespaces}><style:style style:name="child" style:family="table-column" style:parent-style-name="narrow"/><style:style style:name="sheet" style:family="table" style:parent-style-name="unseen"/></s>
            """;
        var columns = "<table:table-column/><table:table-column table:style-name=\"child\"/>";
        var row = OdsBytes.Row(OdsBytes.Number("1") + OdsBytes.Number("2"));
        var workbook = ReadFile(OdsBytes.OfSheets(OdsBytes.Sheet(columns + row) + OdsBytes.Sheet(row, "Second", "table:style-name=\"sheet\""), ("styles.xml", styles)), "return.ods");
        Assert.Equal(["2", "1 2"], workbook.Sheets.Select(Hidden));
    }

    [Theory]
    [InlineData("xlsx")]
    [InlineData("xls")]
    [InlineData("ods")]
    public async Task Figures_hidden_by_default_are_a_query(string format)
    {
        var content = format switch
        {
            "xlsx" => XlsxBytes.Of(ValidFiles.XlsxRows, "<sheetFormatPr defaultRowHeight=\"0\"/>"),
            "xls" => new XlsBytes().Sheet("Figures", [Record(0x0225, [.. U16(2), .. U16(255)]), .. ValidFiles.XlsRecords]).ToArray(),
            _ => OdsBytes.OfSheets(
                OdsBytes.Sheet(ValidFiles.OdsRows),
                ("styles.xml", $"<s {OdsBytes.Namespaces}><style:default-style style:family=\"table-row\"><style:table-row-properties style:row-height=\"0cm\"/></style:default-style></s>")),
        };
        var examined = await Examine.FileAsync(ValidFiles.Return, ValidFiles.Period, content, "return." + format);
        Assert.Contains("We read 2 figures", Examine.Only(examined, Severity.Query, Codes.HiddenFigures).Message, StringComparison.Ordinal);
    }

    private static string Hidden(Sheet sheet) => string.Join(
        ' ', Enumerable.Range(1, sheet.RowCount).SelectMany(row => sheet.Row(row).ToArray()).Where(cell => cell.IsHidden).Select(cell => cell.DisplayText));
}
