using System.Text;
using DasvPipeline.Core.Ingest.Reading;
using DasvPipeline.Tests.Ingest.Reading;
using ExcelDataReader;
using static DasvPipeline.Tests.Ingest.Reading.Workbooks;
using static DasvPipeline.Tests.Ingest.Reading.XlsBytes;

namespace DasvPipeline.UnitTests.Ingest.Reading;

public sealed class XlsCellTests
{
    private const int Percent = 9, Date = 14, DateAndTime = 22;

    private static Sheet Xls(params byte[][] records) => Accepted(ReadFile(Of(records), "return.xls"));

    [Fact]
    public void Text_numbers_and_booleans_are_read_as_they_are_stored()
    {
        var file = new XlsBytes().Global(Texts(2, "Hunts", ""))
            .Sheet("Figures", Shared(1, 1, 0), Shared(1, 2, 1), Label(1, 3, "St Neots – “Café”"), Number(2, 1, 1864), CellRecord(0x0205, 2, 2, 0, 1, 0), CellRecord(0x0205, 2, 3, 0, 0, 0)).ToArray();
        var sheet = Accepted(ReadFile(file, "return.xls"));
        Assert.Equal("Figures", sheet.Name);
        Assert.Equal([["Hunts", "", "St Neots – “Café”"], ["1864", "TRUE", "FALSE"]], Shown(sheet));
        Assert.Equal(new Cell(CellKind.Text, "Hunts"), sheet[1, 1]);
        Assert.Equal(Cell.Blank, sheet[1, 2]);
        Assert.Equal(new Cell(CellKind.Number, null, 1864), sheet[2, 1]);
        Assert.Equal(new Cell(CellKind.Boolean, null, 1), sheet[2, 2]);
    }

    [Theory]
    [InlineData(0x00000006u, 1)] // a whole number
    [InlineData(0xFFFFFFFEu, -1)]
    [InlineData(0x00001DE7u, 19.13)] // a whole number of hundredths
    [InlineData(0x3FF80000u, 1.5)] // the upper half of a double
    [InlineData(0x40590001u, 1)] // and that in hundredths
    public void A_number_in_four_bytes_is_the_number(uint rk, double number) =>
        Assert.Equal(number, Xls(CellRecord(0x027E, 1, 1, 0, U32(rk)))[1, 1].Number);

    [Fact]
    public void Numbers_side_by_side_each_have_a_style()
    {
        var sheet = Xls(CellRecord(0x00BD, 2, 3, 0, [.. U32(6), .. U16(Percent), .. U32(0x0000012F), .. U16(Date), .. U32((43556 << 2) | 2), .. U16(4)]));
        Assert.Equal([[], ["", "", "1", "75%", "2019-04-01"]], Shown(sheet));
    }

    [Fact]
    public void Dates_and_percentages_are_recognised_by_their_formats()
    {
        const string Code = "[h]:mm";
        var format = Record(0x041E, [.. U16(200), .. U16(Code.Length), 0, .. Encoding.Latin1.GetBytes(Code)]);
        var style = Record(0x00E0, [.. U16(0), .. U16(200), .. new byte[16]]);
        var sheet = Accepted(ReadFile(new XlsBytes().Global(format, style).Sheet("S", Number(1, 1, 0.765, Percent), Number(1, 2, 43556.5625, DateAndTime), Number(1, 3, 1.5625, 50), Number(1, 4, 5, 999)).ToArray(), "return.xls"));
        Assert.Equal([["76.5%", "2019-04-01 13:30", "37:30", "5"]], Shown(sheet));
        Assert.True(sheet[1, 1].IsPercent);
    }

    [Fact]
    public void A_date_of_a_1904_workbook_is_the_same_day() =>
        Assert.Equal(
            new Cell(CellKind.Date, "2019-04-01", 43556),
            Accepted(ReadFile(new XlsBytes().Global(Record(0x0022, U16(1))).Sheet("S", Number(1, 1, 42094, Date)).ToArray(), "return.xls"))[1, 1]);

    [Theory]
    [InlineData(0x00, "#NULL!")]
    [InlineData(0x07, "#DIV/0!")]
    [InlineData(0x0F, "#VALUE!")]
    [InlineData(0x17, "#REF!")]
    [InlineData(0x1D, "#NAME?")]
    [InlineData(0x24, "#NUM!")]
    [InlineData(0x2A, "#N/A")]
    public void An_error_value_is_kept_as_shown(byte code, string shown)
    {
        var sheet = Xls(CellRecord(0x0205, 1, 1, 0, code, 1), Formula(1, 2, [2, 0, code, 0, 0, 0, 0xFF, 0xFF]));
        Assert.Equal(new Cell(CellKind.Error, shown), sheet[1, 1]);
        Assert.Equal(new Cell(CellKind.Error, shown, 0, CellTraits.Formula), sheet[1, 2]);
    }

    [Fact]
    public void A_formula_keeps_its_stored_value_and_is_marked()
    {
        var shared = Record(0x04BC, new byte[10]);
        var sheet = Xls(
            Formula(1, 1, BitConverter.GetBytes(3.0)),
            Formula(1, 2, [0, 0, 0, 0, 0, 0, 0xFF, 0xFF]), shared, Record(0x0207, [1, 0, 0, (byte)'a']),
            Formula(1, 3, [1, 0, 1, 0, 0, 0, 0xFF, 0xFF]),
            Formula(1, 4, [3, 0, 0, 0, 0, 0, 0xFF, 0xFF]),
            Formula(1, 5, BitConverter.GetBytes(0.0)));
        Assert.Equal(new Cell(CellKind.Number, null, 3, CellTraits.Formula), sheet[1, 1]);
        Assert.Equal(new Cell(CellKind.Text, "a", 0, CellTraits.Formula), sheet[1, 2]);
        Assert.Equal(new Cell(CellKind.Boolean, null, 1, CellTraits.Formula), sheet[1, 3]);
        Assert.Equal(Cell.Blank, sheet[1, 4]);
        Assert.Equal(new Cell(CellKind.Number, null, 0, CellTraits.Formula), sheet[1, 5]);
    }

    [Fact]
    public void A_formula_that_was_never_calculated_is_blank_and_marked()
    {
        var never = new Cell(CellKind.Blank, null, 0, CellTraits.Formula);
        var sheet = Xls(Number(1, 1, 1), Formula(3, 2, BitConverter.GetBytes(0.0), flags: 3), Formula(3, 3, [0, 0, 0, 0, 0, 0, 0xFF, 0xFF]), Formula(3, 4, BitConverter.GetBytes(5.0), flags: 3));
        Assert.Equal((3, 4), (sheet.RowCount, sheet.ColumnCount));
        Assert.Equal((never, never, 5), (sheet[3, 2], sheet[3, 3], sheet[3, 4].Number));
    }

    [Fact]
    public void Cells_in_hidden_rows_and_columns_are_read_and_marked()
    {
        static byte[] Row(int row, int height, int flags) => Record(0x0208, [.. U16(row - 1), .. U16(0), .. U16(0), .. U16(height), .. U16(0), .. U16(0), .. U16(flags), .. U16(0)]);
        static byte[] Columns(int from, int to, int width, int flags) => Record(0x007D, [.. U16(from - 1), .. U16(to - 1), .. U16(width), .. U16(0), .. U16(flags), .. U16(0)]);
        var sheet = Xls(Columns(2, 2, 9, 1), Columns(3, 257, 0, 0), Number(1, 1, 1), Number(1, 2, 1), Number(1, 3, 1), Number(2, 1, 4), Number(3, 1, 5), Row(1, 255, 0), Row(2, 255, 0x20), Row(3, 0, 0));
        Assert.Equal([false, true, true], sheet.Row(1).ToArray().Select(cell => cell.IsHidden));
        Assert.True(sheet[2, 1] is { IsHidden: true, Number: 4 });
        Assert.True(sheet[3, 1].IsHidden);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Cells_of_a_hidden_sheet_are_read_and_marked(byte state)
    {
        var workbook = ReadFile(new XlsBytes().Sheet("Seen", Number(1, 1, 1)).Sheet("Unseen", state, 0, Number(1, 1, 1)).Sheet("Chart", 0, 2).ToArray(), "return.xls");
        Assert.Equal([("Seen", false), ("Unseen", true)], workbook.Sheets.Select(sheet => (sheet.Name!, sheet[1, 1].IsHidden)));
    }

    [Fact]
    public void A_chart_within_a_sheet_has_no_cells_of_the_sheet()
    {
        var chart = Record(0x0809, [.. U16(0x0600), .. U16(0x20), .. new byte[12]]);
        Assert.Equal([["1"], ["3"]], Shown(Xls(Number(1, 1, 1), chart, Number(1, 2, 2), Record(0x000A, []), Number(2, 1, 3))));
    }

    [Fact]
    public void A_text_continues_in_the_next_record_with_another_character_width()
    {
        byte[] texts = [.. U32(2), .. U32(2), .. U16(5), 0, .. "Hun"u8];
        byte[] rich = [1, .. Encoding.Unicode.GetBytes("t–"), .. U16(3), 0x0D, .. U16(1), .. U32(2), .. Encoding.Unicode.GetBytes("Pb")];
        byte[] rest = [0, (byte)'o', .. new byte[4], 9, 9];
        var file = new XlsBytes().Global([.. Record(0x00FC, texts), .. Record(0x003C, rich), .. Record(0x003C, rest)]).Sheet("S", Shared(1, 1, 0), Shared(1, 2, 1)).ToArray();
        Assert.Equal([["Hunt–", "Pbo"]], Shown(Accepted(ReadFile(file, "return.xls"))));
    }

    [Fact]
    public void A_workbook_of_libreoffice_gives_the_same_cells_as_another_reader()
    {
        var bytes = Fixture("figures.xls");
        var workbook = ReadFile(bytes, "figures.xls");
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        using var other = ExcelReaderFactory.CreateBinaryReader(new MemoryStream(bytes));
        foreach (var sheet in workbook.Sheets)
        {
            Assert.Equal(other.Name, sheet.Name);
            for (var row = 1; other.Read(); row++)
            {
                for (var column = 1; column <= other.FieldCount; column++)
                {
                    // The other reader supports neither error values nor durations.
                    var cell = sheet[row, column];
                    if (cell.Kind is CellKind.Error or CellKind.Date)
                    {
                        continue;
                    }

                    var expected = other.GetValue(column - 1) is "" ? null : other.GetValue(column - 1);
                    Assert.Equal(expected, cell.Kind switch { CellKind.Number => cell.Number, CellKind.Boolean => cell.Number == 1, CellKind.Blank => null, _ => cell.Text });
                }
            }

            other.NextResult();
        }
    }
}
