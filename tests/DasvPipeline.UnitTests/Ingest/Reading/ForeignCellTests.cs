using DasvPipeline.Core.Domain.Findings;
using DasvPipeline.Core.Ingest.Reading;
using DasvPipeline.Tests.Ingest.Reading;
using static DasvPipeline.Tests.Ingest.Reading.Workbooks;
using static DasvPipeline.Tests.Ingest.Reading.XlsBytes;

namespace DasvPipeline.UnitTests.Ingest.Reading;

/// <summary>Cells as programs other than Excel and LibreOffice write them.</summary>
public sealed class ForeignCellTests
{
    private const string Times = """
        <cellXfs><xf numFmtId="0"/><xf numFmtId="21"/><xf numFmtId="14"/><xf numFmtId="22"/><xf numFmtId="46"/><xf numFmtId="9"/></cellXfs>
        """;

    [Theory]
    [InlineData("<c r=\"A1\"><v>0 </v></c>", "0")]
    [InlineData("<c r=\"A1\"><v>\n 17\n</v></c>", "17")]
    [InlineData("<c r=\"A1\" t=\"s\"><v>1 </v></c>", "Fen")]
    [InlineData("<c r=\"A1\" t=\"s \"><v>\t1</v></c>", "Fen")]
    [InlineData("<c r=\"A1\" t=\"b\"><v> 1 </v></c>", "TRUE")]
    [InlineData("<c r=\"A1\" t=\"e\"><v>#N/A </v></c>", "#N/A")]
    [InlineData("<c r=\"A1\" t=\"d\"><v> 2019-04-01 </v></c>", "2019-04-01")]
    [InlineData("<c r=\"A1\" s=\" 1 \"><v>0.5</v></c>", "50%")]
    [InlineData("<c r=\" A1 \"><v>17</v></c>", "17")]
    [InlineData("<c r=\"A1\" t=\"str\"><v> a </v></c>", " a ")]
    public void White_space_around_a_stored_value_does_not_count(string cell, string shown)
    {
        var file = new XlsxBytes().Texts("<si><t>City</t></si>", "<si><t>Fen</t></si>").Sheet("Figures", $"<row r=\"1 \">{cell}</row>");
        Assert.Equal([[shown]], Shown(Accepted(ReadFile(file.ToArray(), "return.xlsx"))));
    }

    [Fact]
    public void Addresses_in_small_letters_are_the_same_addresses()
    {
        const string Sheet = $"<worksheet xmlns=\"{XlsxBytes.Main}\"><sheetData><row r=\"1\"><c r=\"b1\"><v>1</v></c><c r=\"aA1\"><v>2</v></c></row></sheetData><mergeCells><mergeCell ref=\"b1:c2\"/></mergeCells></worksheet>";
        var sheet = Accepted(ReadFile(new XlsxBytes().SheetXml("S", Sheet).ToArray(), "return.xlsx"));
        Assert.Equal((1, 2), (sheet[1, 2].Number, sheet[1, 27].Number));
        Assert.Equal("B1:C2", Assert.Single(sheet.Merges).ToString());
    }

    [Theory]
    [InlineData("r:id=\"\"")]
    [InlineData("r:id=\" \"")]
    [InlineData("")]
    public void A_sheet_without_a_part_is_left_out(string id)
    {
        const string Office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
        var workbook = $"<workbook xmlns=\"{XlsxBytes.Main}\" xmlns:r=\"{Office}\"><sheets><sheet name=\"Macro1\" sheetId=\"2\" {id}/><sheet name=\"Figures\" sheetId=\"1\" r:id=\"s0\"/></sheets></workbook>";
        var file = new XlsxBytes().Sheet("Figures", "<row r=\"1\"><c r=\"A1\"><v>17</v></c></row>").InPlaceOf("xl/workbook.xml", workbook);
        Assert.Equal("Figures", Accepted(ReadFile(file.ToArray(), "return.xlsx")).Name);
        Refused(ReadFile(new XlsxBytes().Sheet("A", "").InPlaceOf("xl/workbook.xml", workbook.Replace("s0", "s7", StringComparison.Ordinal)).ToArray(), "return.xlsx"), Codes.Damaged);
    }

    [Theory]
    [InlineData(0, "2019-04-01", "2019-04-01")]
    [InlineData(2, "2019-04-01T00:00:00", "2019-04-01")]
    [InlineData(2, "2019-04-01T13:30:00.000Z", "2019-04-01")]
    [InlineData(3, "2019-04-01T13:30:00.000", "2019-04-01 13:30")]
    [InlineData(0, "2019-04-01T13:30:05.9", "2019-04-01 13:30:06")]
    [InlineData(0, "13:30:00", "13:30")]
    [InlineData(1, "T13:30:00Z", "13:30")]
    [InlineData(2, "13:30:05", "13:30:05")]
    [InlineData(1, "1899-12-30T13:30:00", "13:30")]
    [InlineData(0, "1899-12-30T13:30:00.000", "13:30")]
    [InlineData(1, "1899-12-31T13:30:00", "13:30")]
    [InlineData(4, "1899-12-31T13:30:00", "37:30")]
    [InlineData(4, "09:05", "9:05")]
    [InlineData(5, "2019-04-01", "2019-04-01")]
    public void Dates_and_times_of_strict_workbooks_are_read(int style, string stored, string shown)
    {
        var file = new XlsxBytes { Looks = Times }.Sheet("Figures", $"<row r=\"1\"><c r=\"A1\" s=\"{style}\" t=\"d\"><v>{stored}</v></c></row>");
        var cell = Accepted(ReadFile(file.ToArray(), "return.xlsx"))[1, 1];
        Assert.Equal((CellKind.Date, shown), (cell.Kind, cell.DisplayText));
    }

    [Theory]
    [InlineData("25:00:00")]
    [InlineData("0099-01-01")]
    [InlineData("2019-02-30")]
    [InlineData("T")]
    [InlineData("soon")]
    public void A_date_that_is_not_valid_is_a_text(string stored) =>
        Assert.Equal(new Cell(CellKind.Text, stored), Xlsx($"<row r=\"1\"><c r=\"A1\" t=\"d\"><v>{stored}</v></c></row>")[1, 1]);

    [Theory]
    [InlineData("1", 1)]
    [InlineData("true", 1)]
    [InlineData(" 0 ", 0)]
    public void A_boolean_of_an_ods_can_be_a_digit(string stored, int number) => Assert.Equal(
        new Cell(CellKind.Boolean, null, number),
        Accepted(ReadFile(OdsBytes.Of(OdsBytes.Row($"<table:table-cell office:value-type=\"boolean\" office:boolean-value=\"{stored}\"><text:p>x</text:p></table:table-cell>")), "return.ods"))[1, 1]);

    [Fact]
    public void Records_of_an_xls_are_read_in_any_order()
    {
        byte[][] records =
        [
            Label(1, 1, "Area"), Label(1, 3, "Q1"), Number(3, 3, 24), Label(3, 1, "Fen"), CellRecord(0x00BD, 5, 1, 0, [.. U32((7 << 2) | 2), .. U16(0), .. U32((8 << 2) | 2), .. U16(1)]),
            Number(2, 3, 51), Label(2, 1, "City"), Number(2, 2, 1),
        ];
        var expected = Shown(Accepted(ReadFile(Of([.. records.OrderBy(record => record[4]).ThenBy(record => record[6])]), "return.xls")));
        Assert.Equal(["City", "1", "51"], expected[1]);
        for (var seed = 0; seed < 20; seed++)
        {
            byte[][] shuffled = [.. records];
            new Random(seed).Shuffle(shuffled);
            Assert.Equal(expected, Shown(Accepted(ReadFile(Of(shuffled), "return.xls"))));
        }
    }

    [Fact]
    public void Cells_of_an_xls_at_the_end_of_many_rows_are_within_the_limits()
    {
        var rows = Enumerable.Range(1, 20_000).Select(row => Number(20_001 - row, 256, 1)).ToArray();
        Refused(ReadFile(Of(rows), "return.xls"), Codes.TooManyCells);
        Refused(ReadFile(Of(Number(1, 501, 1)), "return.xls"), Codes.TooManyCells);
    }
}
