using System.Text;
using DasvPipeline.Core.Ingest.Reading;
using DasvPipeline.Tests.Ingest.Reading;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using ExcelDataReader;
using static DasvPipeline.Tests.Ingest.Reading.Workbooks;
using Cell = DasvPipeline.Core.Ingest.Reading.Cell;

namespace DasvPipeline.UnitTests.Ingest.Reading;

public sealed class XlsxCellTests
{
    [Fact]
    public void Text_numbers_and_booleans_are_read_as_they_are_stored()
    {
        var file = new XlsxBytes()
            .Texts("<si><t>Hunts</t></si>", "<si><r><t xml:space=\"preserve\">Bold </t></r><r><t>plain</t></r><rPh sb=\"0\" eb=\"1\"><t>spoken</t></rPh></si>", "<si><t>a_x000D_b_x005F_x</t></si>")
            .Sheet("Figures", """
                <row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="s"><v>2</v></c></row>
                <row r="2"><c r="A2"><v>1864</v></c><c r="B2"><v>1.5E-2</v></c><c r="C2" t="n"><v>-3</v></c></row>
                <row r="3"><c r="A3" t="b"><v>1</v></c><c r="B3" t="b"><v>0</v></c><c r="C3" t="inlineStr"><is><t>in &amp;_x000A_line_x005F_x000D_</t></is></c><c r="D3" t="b"><v>true</v></c></row>
                """);
        var sheet = Accepted(ReadFile(file.ToArray(), "return.xlsx"));
        Assert.Equal("Figures", sheet.Name);
        Assert.Equal([["Hunts", "Bold plain", "a\rb_x"], ["1864", "0.015", "-3"], ["TRUE", "FALSE", "in &\nline_x000D_", "TRUE"]], Shown(sheet));
        Assert.Equal(new Cell(CellKind.Text, "Hunts"), sheet[1, 1]);
        Assert.Equal(new Cell(CellKind.Number, null, 1864), sheet[2, 1]);
        Assert.Equal(new Cell(CellKind.Boolean, null, 1), sheet[3, 1]);
    }

    [Theory]
    [InlineData("#REF!")]
    [InlineData("#N/A")]
    [InlineData("#DIV/0!")]
    [InlineData("#SPILL!")]
    public void An_error_value_is_kept_as_shown(string error)
    {
        var cell = Xlsx($"<row r=\"1\"><c r=\"A1\" t=\"e\"><f>B1</f><v>{error}</v></c></row>")[1, 1];
        Assert.Equal(new Cell(CellKind.Error, error, 0, CellTraits.Formula), cell);
    }

    [Theory]
    [InlineData(1, "0.76", "76%")]
    [InlineData(3, "0.765", "76.5%")]
    public void A_percentage_is_the_stored_number_with_a_trait(int style, string value, string shown)
    {
        var cell = Xlsx($"<row r=\"1\"><c r=\"A1\" s=\"{style}\"><v>{value}</v></c></row>")[1, 1];
        Assert.True(cell.IsPercent);
        Assert.Equal(shown, cell.DisplayText);
    }

    [Fact]
    public void A_literal_percent_sign_in_a_format_is_not_a_percentage() =>
        Assert.Equal(new Cell(CellKind.Number, null, 76), Xlsx("<row r=\"1\"><c r=\"A1\" s=\"6\"><v>76</v></c></row>")[1, 1]);

    [Theory]
    [InlineData(2, "43556", "2019-04-01")]
    [InlineData(2, "1", "1900-01-01")]
    [InlineData(2, "59", "1900-02-28")]
    [InlineData(2, "61", "1900-03-01")]
    [InlineData(4, "43556.5625", "2019-04-01 13:30")]
    [InlineData(5, "1.5625", "37:30")]
    public void A_date_is_read_with_its_day_and_hour(int style, string serial, string shown)
    {
        var cell = Xlsx($"<row r=\"1\"><c r=\"A1\" s=\"{style}\"><v>{serial}</v></c></row>")[1, 1];
        Assert.Equal((CellKind.Date, shown), (cell.Kind, cell.DisplayText));
    }

    [Fact]
    public void A_date_of_a_1904_workbook_is_the_same_day()
    {
        var file = new XlsxBytes { WorkbookProperties = "<workbookPr date1904=\"1\"/>" }
            .Sheet("Figures", "<row r=\"1\"><c r=\"A1\" s=\"2\"><v>42094</v></c></row>");
        Assert.Equal(new Cell(CellKind.Date, "2019-04-01", 43556), Accepted(ReadFile(file.ToArray(), "return.xlsx"))[1, 1]);
    }

    [Fact]
    public void An_extension_of_the_workbook_does_not_change_its_date_system()
    {
        const string Extension = "<extLst><ext xmlns:x15=\"http://schemas.microsoft.com/office/spreadsheetml/2010/11/main\"><x15:workbookPr chartTrackingRefBase=\"1\"/></ext></extLst>";
        var file = new XlsxBytes { WorkbookProperties = "<workbookPr date1904=\"1\"/>" + Extension }.Sheet("Figures", "<row r=\"1\"><c r=\"A1\" s=\"2\"><v>42094</v></c></row>");
        Assert.Equal(new Cell(CellKind.Date, "2019-04-01", 43556), Accepted(ReadFile(file.ToArray(), "return.xlsx"))[1, 1]);
    }

    [Fact]
    public void A_number_that_is_not_a_valid_date_stays_a_number() =>
        Assert.Equal(new Cell(CellKind.Number, null, -5), Xlsx("<row r=\"1\"><c r=\"A1\" s=\"2\"><v>-5</v></c></row>")[1, 1]);

    [Fact]
    public void A_date_stored_as_text_is_read_as_a_date() =>
        Assert.Equal(new Cell(CellKind.Date, "2019-04-01", 43556), Xlsx("<row r=\"1\"><c r=\"A1\" t=\"d\"><v>2019-04-01T00:00:00</v></c></row>")[1, 1]);

    [Fact]
    public void A_formula_keeps_its_stored_value_and_is_marked()
    {
        var sheet = Xlsx("""<row r="1"><c r="A1"><f>B1+1</f><v>3</v></c><c r="B1"><v>2</v></c><c r="C1" t="str"><f>"a"</f><v>a</v></c></row>""");
        Assert.Equal(new Cell(CellKind.Number, null, 3, CellTraits.Formula), sheet[1, 1]);
        Assert.False(sheet[1, 2].IsFormula);
        Assert.Equal(new Cell(CellKind.Text, "a", 0, CellTraits.Formula), sheet[1, 3]);
    }

    [Fact]
    public void A_formula_without_a_stored_value_is_blank_and_marked_and_not_trimmed()
    {
        var sheet = Xlsx("""<row r="1"><c r="A1"><v>1</v></c></row><row r="3"><c r="B3"><f>A1</f></c><c r="C3"><f>A1</f><v/></c></row>""");
        Assert.Equal((3, 3), (sheet.RowCount, sheet.ColumnCount));
        Assert.Equal(new Cell(CellKind.Blank, null, 0, CellTraits.Formula), sheet[3, 2]);
        Assert.Equal(new Cell(CellKind.Blank, null, 0, CellTraits.Formula), sheet[3, 3]);
    }

    [Fact]
    public void A_formula_that_came_to_an_empty_text_is_just_blank() =>
        Assert.Equal(Cell.Blank, Xlsx("""<row r="1"><c r="A1" t="str"><f>""</f><v></v></c><c r="B1"><v>1</v></c></row>""")[1, 1]);

    [Fact]
    public void Cells_in_hidden_rows_and_columns_are_read_and_marked()
    {
        var sheet = Xlsx(
            """<row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>2</v></c><c r="C1"><v>3</v></c></row><row r="2" hidden="true"><c r="A2"><v>4</v></c></row><row r="3" ht="0" customHeight="1"><c r="A3"><v>5</v></c></row>""",
            """<cols><col min="2" max="2" width="9" hidden="1"/><col min="3" max="16384" width="0" customWidth="1"/></cols>""");
        Assert.Equal([false, true, true], sheet.Row(1).ToArray().Select(cell => cell.IsHidden));
        Assert.True(sheet[2, 1] is { IsHidden: true, Number: 4 });
        Assert.True(sheet[3, 1].IsHidden);
    }

    [Theory]
    [InlineData("hidden")]
    [InlineData("veryHidden")]
    public void Cells_of_a_hidden_sheet_are_read_and_marked(string state)
    {
        const string Row = "<row r=\"1\"><c r=\"A1\"><v>1</v></c></row>";
        var workbook = ReadFile(new XlsxBytes().Sheet("Seen", Row).Sheet("Unseen", Row, state: state).ToArray(), "return.xlsx");
        Assert.Equal([("Seen", false), ("Unseen", true)], workbook.Sheets.Select(sheet => (sheet.Name!, sheet[1, 1].IsHidden)));
    }

    [Fact]
    public void Trailing_blanks_are_trimmed_and_gaps_are_kept()
    {
        var sheet = Xlsx("""<row r="2"><c r="C2"><v>1</v></c><c r="D2" s="1"/></row><row r="9"><c r="A9" s="1"/></row><row r="1048576" hidden="1"/>""");
        Assert.Equal((2, 3), (sheet.RowCount, sheet.ColumnCount));
        Assert.Equal(1, sheet[2, 3].Number);
        Assert.True(sheet[1, 1].IsBlank);
    }

    [Fact]
    public void Cells_and_rows_without_addresses_follow_one_another() =>
        Assert.Equal([["1", "2"], ["3"]], Shown(Xlsx("<row><c><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row>")));

    [Fact]
    public void A_merged_title_is_in_its_top_left_cell()
    {
        var xml = $"<worksheet xmlns=\"{XlsxBytes.Main}\"><sheetData><row r=\"1\"><c r=\"A1\"><v>1</v></c><c r=\"B1\"/></row></sheetData><mergeCells><mergeCell ref=\"A1:B1\"/></mergeCells></worksheet>";
        Assert.Equal([["1"]], Shown(Accepted(ReadFile(new XlsxBytes().SheetXml("S", xml).ToArray(), "return.xlsx"))));
    }

    [Fact]
    public void A_declared_dimension_is_ignored()
    {
        var sheet = Xlsx("<row r=\"1\"><c r=\"A1\"><v>1</v></c></row>", "<dimension ref=\"A1:XFD1048576\"/>");
        Assert.Equal((1, 1), (sheet.RowCount, sheet.ColumnCount));
    }

    [Fact]
    public void A_repeated_text_is_stored_once()
    {
        var sheet = Xlsx("""<row r="1"><c r="A1" t="str"><v>again</v></c><c r="B1" t="str"><v>again</v></c></row>""");
        Assert.Same(sheet[1, 1].Text, sheet[1, 2].Text);
    }

    [Theory]
    [InlineData("inlineStr\"><is><t>", "</t></is>")]
    [InlineData("str\"><v>", "</v>")]
    public void An_inline_text_is_unescaped_once(string before, string after) =>
        Assert.Equal("a\rb_x000D_", Xlsx($"<row r=\"1\"><c r=\"A1\" t=\"{before}a_x000D_b_x005F_x000D_{after}</c></row>")[1, 1].Text);

    [Fact]
    public void A_workbook_of_the_open_xml_sdk_gives_the_same_cells_as_another_reader()
    {
        var bytes = SdkWorkbook();
        var sheet = Accepted(ReadFile(bytes, "return.xlsx"));
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        using var other = ExcelReaderFactory.CreateOpenXmlReader(new MemoryStream(bytes));
        for (var row = 1; other.Read(); row++)
        {
            for (var column = 1; column <= other.FieldCount; column++)
            {
                var expected = other.GetValue(column - 1);
                var cell = sheet[row, column];
                Assert.Equal(expected, cell.Kind switch { CellKind.Number => cell.Number, CellKind.Boolean => cell.Number == 1, CellKind.Blank => null, _ => cell.Text });
            }
        }
    }

    private static byte[] SdkWorkbook()
    {
        var bytes = new MemoryStream();
        using (var document = SpreadsheetDocument.Create(bytes, SpreadsheetDocumentType.Workbook))
        {
            var book = document.AddWorkbookPart();
            var part = book.AddNewPart<WorksheetPart>();
            var rows = Enumerable.Range(1, 20).Select(row => new Row(
                new DocumentFormat.OpenXml.Spreadsheet.Cell { DataType = CellValues.InlineString, InlineString = new InlineString(new Text($"Label {row}")) },
                new DocumentFormat.OpenXml.Spreadsheet.Cell { CellValue = new CellValue(row * 1.5) },
                new DocumentFormat.OpenXml.Spreadsheet.Cell(),
                new DocumentFormat.OpenXml.Spreadsheet.Cell { DataType = CellValues.Boolean, CellValue = new CellValue(row % 2) })
            { RowIndex = (uint)(row * 2) });
            part.Worksheet = new Worksheet(new SheetData(rows));
            book.Workbook = new DocumentFormat.OpenXml.Spreadsheet.Workbook(new Sheets(
                new DocumentFormat.OpenXml.Spreadsheet.Sheet { Name = "Figures", SheetId = 1, Id = book.GetIdOfPart(part) }));
        }

        return bytes.ToArray();
    }
}
