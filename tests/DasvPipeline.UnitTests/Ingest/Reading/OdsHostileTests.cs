using System.Text;
using DasvPipeline.Core.Domain.Findings;
using DasvPipeline.Core.Ingest.Reading;
using DasvPipeline.Tests.Ingest.Reading;
using static DasvPipeline.Tests.Ingest.Reading.OdsBytes;
using static DasvPipeline.Tests.Ingest.Reading.Workbooks;

namespace DasvPipeline.UnitTests.Ingest.Reading;

public sealed class OdsHostileTests
{
    private static readonly string One = Sheet(Row(Number("17")));

    [Fact]
    public void A_spreadsheet_truncated_at_any_point_is_damaged()
    {
        var whole = OfSheets(One);
        for (var length = 4; length < whole.Length; length += 37)
        {
            Refused(ReadFile(whole[..length], "return.ods"), Codes.Damaged);
        }
    }

    public static TheoryData<string, string> Giants => new()
    {
        { Row(Number("1", "table:number-columns-repeated=\"16384\""), "table:number-rows-repeated=\"1048576\""), "columns" },
        { Row(Number("1"), "table:number-rows-repeated=\"1048576\""), "rows" },
        { Row(Number("1"), "table:number-rows-repeated=\"2147483647\""), "rows" },
        { Row(Number("1", "table:number-columns-repeated=\"2147483647\"")), "columns" },
        { Row("<table:table-cell table:formula=\"of:=1\" table:number-columns-repeated=\"16384\"/>"), "columns" },
        { Row("<table:table-cell table:number-columns-repeated=\"2147483647\"/><table:table-cell table:number-columns-repeated=\"2147483647\"/>" + Number("1")), "columns" },
        { Row("", "table:number-rows-repeated=\"2147483647\"") + Row("", "table:number-rows-repeated=\"2147483647\"") + Row(Number("1")), "rows" },
        { string.Concat(Enumerable.Repeat(Row(Number("1", "table:number-columns-repeated=\"500\""), "table:number-rows-repeated=\"1000\""), 3)), "cells" },
    };

    [Theory]
    [MemberData(nameof(Giants))]
    public void Content_repeated_by_a_short_attribute_is_capped(string rows, string what) =>
        Assert.Contains(what, Refused(ReadFile(Of(rows), "return.ods"), Codes.TooManyCells).Message, StringComparison.Ordinal);

    [Fact]
    public void Repeated_blank_rows_and_columns_are_not_expanded()
    {
        var blank = string.Concat(Enumerable.Repeat(Row("<table:table-cell table:number-columns-repeated=\"16384\"/>", "table:number-rows-repeated=\"2147483647\""), 10_000));
        var columns = string.Concat(Enumerable.Repeat("<table:table-column table:visibility=\"collapse\" table:number-columns-repeated=\"2147483647\"/>", 10_000));
        var sheet = Accepted(ReadFile(Of(columns + Row(Number("1")) + blank), "return.ods"));
        Assert.Equal((1, 1), (sheet.RowCount, sheet.ColumnCount));
    }

    [Fact]
    public void Repeated_rows_share_one_copy_and_count_as_many()
    {
        var file = Of(Row(Number("1", "table:number-columns-repeated=\"5\""), "table:number-rows-repeated=\"2\""));
        Refused(ReadFile(file, "return.ods", new ReadLimits { Cells = 9 }), Codes.TooManyCells);
        Assert.Equal(2, Accepted(ReadFile(file, "return.ods", new ReadLimits { Cells = 10 })).RowCount);
    }

    [Fact]
    public void More_sheets_or_letters_than_the_limit_are_refused()
    {
        Refused(ReadFile(OfSheets(One + One), "return.ods", new ReadLimits { Sheets = 1 }), Codes.TooManyCells);
        var limits = new ReadLimits { Characters = 2_000 };
        Assert.Empty(ReadFile(OfSheets(One), "return.ods", limits).Findings);
        var letters = new string('a', 2_000);
        Refused(ReadFile(Of(Row(Text($"<text:p>{letters}</text:p>"))), "return.ods", limits), Codes.TooManyCells);
        Refused(ReadFile(OfSheets(Sheet("", letters)), "return.ods", limits), Codes.TooManyCells);
        Refused(ReadFile(OfSheets(One, ("styles.xml", $"<s {Namespaces}><style:style style:name=\"{letters}\"/></s>")), "return.ods", limits), Codes.TooManyCells);
    }

    [Theory]
    [InlineData("<text:p><text:s text:c=\"2147483647\"/></text:p>")]
    [InlineData("<text:p>a<text:s text:c=\"65536\"/></text:p>")]
    public void A_text_longer_than_a_cell_can_hold_is_damage(string paragraphs) => Refused(ReadFile(Of(Row(Text(paragraphs))), "return.ods"), Codes.Damaged);

    [Fact]
    public void A_zip_bomb_is_stopped_at_the_limit()
    {
        var rows = string.Concat(Enumerable.Repeat("<table:table-row/>", 200_000));
        var file = Of(rows);
        Assert.True(file.Length < 20_000);
        Refused(ReadFile(file, "return.ods", new ReadLimits { UnpackedBytes = 1024 * 1024 }), Codes.ExpandsTooMuch);
        Refused(ReadFile(OfSheets(One, ("Pictures/a.png", rows)), "return.ods", new ReadLimits { UnpackedBytes = 1024 * 1024 }), Codes.ExpandsTooMuch);
        Assert.Empty(ReadFile(file, "return.ods").Findings);
    }

    [Theory]
    [InlineData("Basic/Standard/Module1.xml")]
    [InlineData("Scripts/python/a.py")]
    [InlineData("Dialogs/Standard/Dialog1.xml")]
    public void A_spreadsheet_with_macros_is_refused(string part) => Refused(ReadFile(OfSheets(One, (part, "<a/>")), "return.ods"), Codes.Macros);

    [Fact]
    public void Libraries_without_a_module_do_not_count_as_macros() =>
        Assert.Empty(ReadFile(OfSheets(One, ("Basic/script-lc.xml", "<a/>"), ("Basic/Standard/script-lb.xml", "<a/>")), "return.ods").Findings);

    [Fact]
    public void An_empty_part_that_is_not_needed_is_ignored() =>
        Accepted(ReadFile(OfSheets(One, ("Configurations2/accelerator/current.xml", string.Empty)), "return.ods"));

    [Fact]
    public void A_script_in_the_content_is_a_macro() =>
        Refused(ReadFile(OfContent($"<office:document-content {Namespaces}><office:scripts><office:script/></office:scripts></office:document-content>"), "return.ods"), Codes.Macros);

    [Theory]
    [InlineData("locked.ods")]
    [InlineData("locked.xls")]
    public void A_workbook_with_a_password_is_refused_with_how_to_remove_it(string file)
    {
        var finding = Refused(ReadFile(Fixture(file), file), Codes.PasswordProtected);
        Assert.Contains("untick Save with password", finding.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("linked.ods")]
    [InlineData("linked.xls")]
    public void A_link_is_never_followed_and_its_last_value_is_read(string file)
    {
        var workbook = ReadFile(Fixture(file), file);
        Assert.Equal(17, workbook.Sheets[0][1, 1].Number);
        Assert.Equal((Severity.Note, Codes.LinksIgnored), (Assert.Single(workbook.Findings).Severity, workbook.Findings[0].Code));
    }

    [Theory]
    [InlineData("<table:table-source/>", "", "")]
    [InlineData("", "<table:dde-links/>", "")]
    [InlineData("", "<table:table table:name=\"'file:///a.ods'#$Other\"><table:table-row/></table:table>", "")]
    [InlineData("", "", "application/vnd.sun.star.oleobject")]
    [InlineData("", "", "application/vnd.oasis.opendocument.text")]
    public void Links_and_embedded_objects_are_ignored_with_a_note(string inSheet, string beforeSheet, string embedded)
    {
        var manifest = $"<m:manifest xmlns:m=\"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0\"><m:file-entry m:full-path=\"/\" m:media-type=\"{MediaType}\"/><m:file-entry m:full-path=\"Object 1/\" m:media-type=\"{embedded}\"/></m:manifest>";
        var workbook = ReadFile(OfSheets(beforeSheet + Sheet(inSheet + Row(Number("17"))), ("META-INF/manifest.xml", manifest)), "return.ods");
        Assert.Equal(17, Assert.Single(workbook.Sheets)[1, 1].Number);
        Assert.Equal(Codes.LinksIgnored, Assert.Single(workbook.Findings).Code);
    }

    [Fact]
    public void A_chart_does_not_count_as_an_embedded_object()
    {
        const string Manifest = "<m:manifest xmlns:m=\"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0\"><m:file-entry m:full-path=\"Object 1/\" m:media-type=\"application/vnd.oasis.opendocument.chart\"/></m:manifest>";
        Assert.Empty(ReadFile(OfSheets(One, ("META-INF/manifest.xml", Manifest)), "return.ods").Findings);
    }

    [Fact]
    public void Content_that_is_missing_or_not_a_spreadsheet_is_damage()
    {
        Refused(ReadFile(XlsxBytes.Zip(("mimetype", Encoding.ASCII.GetBytes(MediaType))), "return.ods"), Codes.Damaged);
        Refused(ReadFile(OfContent($"<office:document-content {Namespaces}><office:body><office:text/></office:body></office:document-content>"), "return.ods"), Codes.Damaged);
        Refused(ReadFile(OfContent("<a>"), "return.ods"), Codes.Damaged);
    }
}
