using DasvPipeline.Core.Ingest.Reading;
using DasvPipeline.Tests.Ingest.Reading;
using static DasvPipeline.Tests.Ingest.Reading.OdsBytes;
using static DasvPipeline.Tests.Ingest.Reading.Workbooks;

namespace DasvPipeline.UnitTests.Ingest.Reading;

public sealed class OdsCellTests
{
    private static Sheet Ods(string rows) => Accepted(ReadFile(Of(rows), "return.ods"));

    private static Cell Only(string cell) => Ods(Row(cell))[1, 1];

    [Fact]
    public void Text_numbers_and_booleans_are_read_as_they_are_stored()
    {
        var sheet = Ods(Row(Text("<text:p>Hunts</text:p>") + Number("1864") + Number("-1.5E-2")
            + """<table:table-cell office:value-type="boolean" office:boolean-value="true"/><table:table-cell office:value-type="currency" office:currency="GBP" office:value="66935"><text:p>£66,935</text:p></table:table-cell>"""));
        Assert.Equal("Figures", sheet.Name);
        Assert.Equal([["Hunts", "1864", "-0.015", "TRUE", "66935"]], Shown(sheet));
        Assert.Equal(new Cell(CellKind.Text, "Hunts"), sheet[1, 1]);
        Assert.Equal(new Cell(CellKind.Number, null, 1864), sheet[1, 2]);
        Assert.Equal(new Cell(CellKind.Boolean, null, 1), sheet[1, 4]);
    }

    [Theory]
    [InlineData("<text:p>two</text:p><text:p>lines</text:p>", "two\nlines")]
    [InlineData("<text:p> a \n b<text:s text:c=\"3\"/>c<text:tab/>d<text:line-break/>e </text:p>", "a b   c\td\ne ")]
    [InlineData("<text:p><text:span>Bold</text:span> <text:a>plain</text:a></text:p>", "Bold plain")]
    [InlineData("<text:p>a<text:s/> b</text:p>", "a  b")]
    [InlineData("<office:annotation><draw:a/><text:p/><text:p>a comment</text:p></office:annotation><text:p>seen</text:p>", "seen")]
    [InlineData("<text:p>seen</text:p><draw:frame><draw:text-box><text:p>drawn</text:p></draw:text-box></draw:frame>", "seen")]
    [InlineData("<text:p/><text:p>b</text:p>", "\nb")]
    public void A_text_has_its_paragraphs_with_significant_white_space(string paragraphs, string text) =>
        Assert.Equal(new Cell(CellKind.Text, text), Only(Text(paragraphs)));

    [Fact]
    public void A_stored_text_takes_precedence_over_the_displayed_one() =>
        Assert.Equal("stored", Only(Text("<text:p>shown</text:p>", "office:string-value=\"stored\"")).Text);

    [Theory]
    [InlineData("""table:formula="of:=1/0" office:value-type="string" office:string-value="" calcext:value-type="error">""", "#DIV/0!")]
    [InlineData("""table:formula="of:=1/0" office:value-type="float" office:value="0">""", "#DIV/0!")]
    [InlineData("""table:formula="of:=a(" office:value-type="string" office:string-value="" calcext:value-type="error">""", "Err:509")]
    [InlineData("""table:formula="of:=#REF!" office:value-type="float" office:value="0">""", "#REF!")]
    public void An_error_is_never_the_number_that_is_stored_for_it(string attributes, string shown) =>
        Assert.Equal(new Cell(CellKind.Error, shown, 0, CellTraits.Formula), Only($"<table:table-cell {attributes}<text:p>{shown}</text:p></table:table-cell>"));

    [Fact]
    public void A_percentage_is_the_stored_number_with_a_trait()
    {
        var share = new Cell(CellKind.Number, null, 0.76, CellTraits.Percent);
        Assert.Equal(share, Only("""<table:table-cell office:value-type="percentage" office:value="0.76"><text:p>76%</text:p></table:table-cell>"""));
        Assert.Equal(share, Only(Number("0.76", "table:style-name=\"share\"")));
    }

    [Theory]
    [InlineData("day", "2019-04-01", "2019-04-01")]
    [InlineData("bold day", "2019-04-01T13:30:00", "2019-04-01")]
    [InlineData("day and hour", "2019-04-01", "2019-04-01 00:00")]
    [InlineData("day and hour", "2019-04-01T13:30:00.123456789", "2019-04-01 13:30")]
    [InlineData("none", "2019-04-01T13:30:05", "2019-04-01 13:30:05")]
    [InlineData("none", "1900-01-01", "1900-01-01")]
    public void A_date_is_shown_by_its_style(string style, string stored, string shown)
    {
        var cell = Only($"<table:table-cell table:style-name=\"{style}\" office:value-type=\"date\" office:date-value=\"{stored}\"><text:p>x</text:p></table:table-cell>");
        Assert.Equal((CellKind.Date, shown), (cell.Kind, cell.DisplayText));
    }

    [Theory]
    [InlineData("hour", "PT13H30M00S", "13:30")]
    [InlineData("hours", "PT37H30M00S", "37:30")]
    [InlineData("none", "P1DT13H30M", "37:30")]
    [InlineData("none", "PT09H05M00.6S", "09:05:01")]
    public void A_time_is_shown_by_its_style(string style, string stored, string shown)
    {
        var cell = Only($"<table:table-cell table:style-name=\"{style}\" office:value-type=\"time\" office:time-value=\"{stored}\"/>");
        Assert.Equal((CellKind.Date, shown), (cell.Kind, cell.DisplayText));
    }

    [Fact]
    public void Cells_without_a_style_use_that_of_their_row_or_column()
    {
        const string Stored = "office:value-type=\"date\" office:date-value=\"2019-04-01T13:30:00\"";
        var sheet = Ods("<table:table-column/><table:table-column table:default-cell-style-name=\"day\"/>"
            + Row($"<table:table-cell {Stored}/><table:table-cell {Stored}/>") + Row($"<table:table-cell {Stored}/>", "table:default-cell-style-name=\"day\""));
        Assert.Equal([["2019-04-01 13:30", "2019-04-01"], ["2019-04-01"]], Shown(sheet));
    }

    [Theory]
    [InlineData("date", "office:date-value=\"-0099-01-01\"")]
    [InlineData("date", "office:date-value=\"2019-02-30\"")]
    [InlineData("time", "office:time-value=\"PT\"")]
    [InlineData("time", "office:time-value=\"1 hour\"")]
    [InlineData("time", "office:time-value=\"PT1X\"")]
    [InlineData("boolean", "office:boolean-value=\"maybe\"")]
    [InlineData("float", "office:value=\"NaN\"")]
    [InlineData("float", "office:value=\"1e999\"")]
    [InlineData("float", "")]
    [InlineData("whatever", "")]
    [InlineData("percentage", "office:value=\"a\"")]
    public void An_invalid_value_is_read_as_the_displayed_text(string type, string value) =>
        Assert.Equal(new Cell(CellKind.Text, "as shown"), Only($"<table:table-cell office:value-type=\"{type}\" {value}><text:p>as shown</text:p></table:table-cell>"));

    [Fact]
    public void A_number_shown_as_true_is_a_boolean() =>
        Assert.Equal(new Cell(CellKind.Boolean, null, 1), Only("""<table:table-cell office:value-type="float" office:value="1"><text:p>TRUE</text:p></table:table-cell>"""));

    [Theory]
    [InlineData("")]
    [InlineData("a")]
    public void A_long_text_of_surrogate_pairs_is_read_whole(string before)
    {
        var text = before + string.Concat(Enumerable.Repeat("😀", 2_000));
        Assert.Equal(text, ReadFile(OdsBytes.Of(OdsBytes.Row(OdsBytes.Text($"<text:p>{text}</text:p>"))), "a.ods").Sheets[0][1, 1].Text);
    }

    [Fact]
    public void A_formula_keeps_its_stored_value_and_is_marked() =>
        Assert.Equal(new Cell(CellKind.Number, null, 3, CellTraits.Formula), Only(Number("3", "table:formula=\"of:=[.B1]+1\"")));

    [Theory]
    [InlineData("<table:table-cell table:formula=\"of:=[.A1]\"/>")]
    [InlineData("<table:table-cell table:formula=\"of:=[.A1]\" office:value-type=\"float\"/>")]
    public void A_formula_without_a_stored_value_is_blank_and_marked_and_not_trimmed(string cell)
    {
        var sheet = Ods(Row(Number("1")) + Row("", "table:number-rows-repeated=\"2\"") + Row("<table:table-cell/>" + cell));
        Assert.Equal((4, 2), (sheet.RowCount, sheet.ColumnCount));
        Assert.Equal(new Cell(CellKind.Blank, null, 0, CellTraits.Formula), sheet[4, 2]);
    }

    [Theory]
    [InlineData("<table:table-cell table:formula=\"of:=&quot;&quot;\"><text:p/></table:table-cell>")]
    [InlineData("<table:table-cell table:formula=\"of:=&quot;&quot;\" office:value-type=\"string\" office:string-value=\"\"/>")]
    public void A_formula_that_came_to_an_empty_text_is_just_blank(string cell) => Assert.Equal(Cell.Blank, Ods(Row(cell + Number("1")))[1, 1]);

    [Fact]
    public void Repeated_cells_and_rows_keep_their_positions()
    {
        var sheet = Ods(
            Row("<table:table-cell table:number-columns-repeated=\"2\"/>" + Number("7", "table:number-columns-repeated=\"3\"") + "<table:table-cell table:number-columns-repeated=\"16379\"/>", "table:number-rows-repeated=\"2\"")
            + Row("<table:table-cell table:number-columns-repeated=\"16384\"/>", "table:number-rows-repeated=\"2\"")
            + Row("<table:covered-table-cell/>" + Number("8").Replace("table-cell", "covered-table-cell", StringComparison.Ordinal) + Number("9"))
            + Row("<table:table-cell table:number-columns-repeated=\"16384\"/>", "table:number-rows-repeated=\"1048571\""));
        Assert.Equal([["", "", "7", "7", "7"], ["", "", "7", "7", "7"], [], [], ["", "8", "9"]], Shown(sheet));
    }

    [Fact]
    public void Cells_in_hidden_rows_and_columns_are_read_and_marked()
    {
        var sheet = Ods(
            """
            <table:table-column/><table:table-column table:visibility="collapse"/><table:table-column table:style-name="narrow"/>
            <table:table-column-group table:display="false"><table:table-column/></table:table-column-group><table:table-column-group><table:table-column table:number-columns-repeated="16380"/></table:table-column-group>
            """
            + Row(Number("1", "table:number-columns-repeated=\"5\"")) + Row(Number("2"), "table:visibility=\"collapse\"") + Row(Number("3"), "table:visibility=\"filter\"")
            + Row(Number("4"), "table:style-name=\"flat\"") + Row(Number("5"), "table:style-name=\"low\"")
            + $"<table:table-row-group table:display=\"false\"><table:table-rows>{Row(Number("6"))}</table:table-rows></table:table-row-group>" + Row(Number("7")));
        Assert.Equal([false, true, true, true, false], sheet.Row(1).ToArray().Select(cell => cell.IsHidden));
        Assert.Equal([false, true, true, true, false, true, false], Enumerable.Range(1, 7).Select(row => sheet[row, 1].IsHidden));
        Assert.Equal(6, sheet[6, 1].Number);
    }

    [Fact]
    public void Cells_of_a_hidden_sheet_are_read_and_marked()
    {
        var workbook = ReadFile(OfSheets(Sheet(Row(Number("1")), "Seen") + Sheet(Row(Number("1")), "Unseen", "table:style-name=\"unseen\"")), "return.ods");
        Assert.Equal([("Seen", false), ("Unseen", true)], workbook.Sheets.Select(sheet => (sheet.Name!, sheet[1, 1].IsHidden)));
    }

    [Fact]
    public void Only_real_sheets_are_read_as_sheets()
    {
        var other = Sheet(Row(Number("99")), "Other");
        var workbook = ReadFile(
            OfSheets(
                $"<table:tracked-changes><table:cell-content-change>{other}</table:cell-content-change></table:tracked-changes>"
                + Sheet($"<table:shapes><draw:frame>{other}</draw:frame></table:shapes>" + Row(Number("1") + $"<table:table-cell>{other}</table:table-cell>"))),
            "return.ods");
        Assert.Equal([["1"]], Shown(Accepted(workbook)));
    }

    [Fact]
    public void A_repeated_text_is_stored_once()
    {
        var sheet = Ods(Row(Text("<text:p>again</text:p>") + Text("<text:p>again</text:p>")));
        Assert.Same(sheet[1, 1].Text, sheet[1, 2].Text);
    }

    [Fact]
    public void XML_prefixes_do_not_matter()
    {
        const string Urn = "urn:oasis:names:tc:opendocument:xmlns:";
        const string Renamed =
            $"<o:document-content xmlns:o=\"{Urn}office:1.0\" xmlns:t=\"{Urn}table:1.0\" xmlns=\"{Urn}text:1.0\"><o:body><o:spreadsheet><t:table t:name=\"Figures\">"
            + "<t:table-row t:visibility=\"collapse\"><t:table-cell t:number-columns-repeated=\"2\" o:value-type=\"float\" o:value=\"7\"><p>7</p></t:table-cell></t:table-row>"
            + "</t:table></o:spreadsheet></o:body></o:document-content>";
        var sheet = Accepted(ReadFile(OfContent(Renamed), "return.ods"));
        Assert.Equal([["7", "7"]], Shown(sheet));
        Assert.True(sheet[1, 2].IsHidden);
        Assert.Equal("Figures", sheet.Name);
    }
}
