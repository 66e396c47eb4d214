using System.IO.Compression;
using System.Text;
using DasvPipeline.Core.Domain.Findings;
using DasvPipeline.Core.Ingest.Reading;
using DasvPipeline.Tests.Ingest.Reading;
using static DasvPipeline.Tests.Ingest.Reading.Workbooks;

namespace DasvPipeline.UnitTests.Ingest.Reading;

public sealed class XlsxHostileTests
{
    private const string One = "<row r=\"1\"><c r=\"A1\"><v>17</v></c></row>";

    [Fact]
    public void A_workbook_truncated_at_any_point_is_damaged()
    {
        var whole = XlsxBytes.Of(One);
        for (var length = 4; length < whole.Length; length += 37)
        {
            Refused(ReadFile(whole[..length], "return.xlsx"), Codes.Damaged);
        }
    }

    [Fact]
    public void A_changed_digit_in_a_stored_part_is_damage_and_not_another_figure()
    {
        var bytes = new XlsxBytes { Compression = CompressionLevel.NoCompression }.Sheet("Figures", One).ToArray();
        bytes[bytes.AsSpan().IndexOf("<v>17"u8) + 3] = (byte)'9';
        Refused(ReadFile(bytes, "return.xlsx"), Codes.Damaged);
    }

    [Theory]
    [InlineData("xl/media/picture.png")]
    [InlineData("docProps/app.xml")]
    public void A_zip_bomb_in_any_part_is_stopped_at_the_limit(string name)
    {
        var part = Encoding.ASCII.GetBytes("<a>" + string.Concat(Enumerable.Repeat("<b/>", 3_000_000)) + "</a>");
        var file = new XlsxBytes().Sheet("Figures", One).Part(name, part).ToArray();
        Assert.True(file.Length < 100_000);
        Refused(ReadFile(file, "return.xlsx", new ReadLimits { UnpackedBytes = 1024 * 1024 }), Codes.ExpandsTooMuch);
        Assert.All(ReadFile(file, "return.xlsx").Findings, finding => Assert.Equal(Codes.Pictures, finding.Code));
    }

    [Theory]
    [InlineData("xl/externalLinks/externalLink1.xml")]
    [InlineData("xl/connections.xml")]
    public void Links_are_ignored_with_a_note(string name)
    {
        var workbook = ReadFile(new XlsxBytes().Sheet("Figures", One).Part(name, "<x/>").ToArray(), "return.xlsx");
        Assert.Equal(17, workbook.Sheets[0][1, 1].Number);
        Assert.Equal((Severity.Note, Codes.LinksIgnored), (workbook.Findings[0].Severity, workbook.Findings[0].Code));
    }

    [Theory]
    [InlineData("utf-7")]
    [InlineData("utf-32")]
    [InlineData("utf-16")]
    [InlineData("IBM037")]
    [InlineData("nonsense")]
    [InlineData("")]
    public void A_part_that_names_another_encoding_than_it_has_is_damage(string encoding)
    {
        var xml = $"<?xml version=\"1.0\" encoding=\"{encoding}\"?><worksheet xmlns=\"{XlsxBytes.Main}\"><sheetData>{One}</sheetData></worksheet>";
        Refused(ReadFile(new XlsxBytes().SheetXml("S", xml).ToArray(), "return.xlsx"), Codes.Damaged);
    }

    [Theory]
    [InlineData(new byte[] { 0xFE, 0xFF })]
    [InlineData(new byte[] { 0xFF, 0xFE, 0, 0 })]
    [InlineData(new byte[] { 0, 0, 0xFE, 0xFF })]
    [InlineData(new byte[] { 0x4C, 0x6F, 0xA7, 0x94 })]
    [InlineData(new byte[] { 0xFF, 0xFE, 0x00, 0xD8, 0x41, 0x00 })]
    [InlineData(new byte[] { (byte)'<', (byte)'a', (byte)'>', 0xFF, 0x81 })]
    public void A_part_that_is_not_xml_is_damage(byte[] content) =>
        Refused(ReadFile(new XlsxBytes().Sheet("S", One).Part("xl/sharedStrings.xml", content).ToArray(), "return.xlsx"), Codes.Damaged);

    [Fact]
    public void An_empty_part_is_damage_only_if_it_is_needed()
    {
        Accepted(ReadFile(new XlsxBytes().Sheet("S", One).Part("xl/sharedStrings.xml", string.Empty).ToArray(), "return.xlsx"));
        Refused(ReadFile(new XlsxBytes().Sheet("S", One).InPlaceOf("xl/styles.xml", string.Empty).ToArray(), "return.xlsx"), Codes.Damaged);
    }

    [Fact]
    public void A_part_that_is_missing_is_damage()
    {
        Refused(ReadFile(XlsxBytes.Zip(("[Content_Types].xml", "<Types/>"u8.ToArray()), ("xl/styles.xml", "<a/>"u8.ToArray())), "return.xlsx"), Codes.Damaged);
        Refused(
            ReadFile(XlsxBytes.Zip(("xl/workbook.xml", "<w xmlns:r='http://schemas.openxmlformats.org/officeDocument/2006/relationships'><s><sheet name='S' r:id='r1'/></s></w>"u8.ToArray())), "return.xlsx"),
            Codes.Damaged);
    }

    [Theory]
    [InlineData("<row r=\"100001\"><c r=\"A100001\"><v>4</v></c></row>", "rows")]
    [InlineData("<row r=\"1048576\"><c r=\"XFD1048576\"><v>4</v></c></row>", "columns")]
    [InlineData("<row r=\"1048576\"><c r=\"C1048576\"><f>1</f></c></row>", "rows")]
    [InlineData("<row r=\"1\"><c r=\"SG1\"><v>4</v></c></row>", "columns")]
    public void A_cell_beyond_the_rows_or_columns_of_a_form_is_refused(string rows, string what)
    {
        var finding = Refused(ReadFile(XlsxBytes.Of(rows), "return.xlsx"), Codes.TooManyCells);
        Assert.Contains("\"Figures\"", finding.Message, StringComparison.Ordinal);
        Assert.Contains($" at {finding.Cell!.Value.Address},", finding.Message, StringComparison.Ordinal);
        Assert.Contains(what, finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Cells_are_counted_over_all_sheets_with_the_blanks_before_them()
    {
        var limits = new ReadLimits { Cells = 10 };
        var file = new XlsxBytes().Sheet("A", "<row r=\"1\"><c r=\"E1\"><v>1</v></c></row>").Sheet("B", "<row r=\"5\"><c r=\"B5\"><v>1</v></c></row>").ToArray();
        Refused(ReadFile(file, "return.xlsx", limits), Codes.TooManyCells);
        Assert.Empty(ReadFile(file, "return.xlsx", limits with { Cells = 11 }).Findings);
    }

    [Fact]
    public void More_sheets_or_letters_than_the_limit_are_refused()
    {
        var text = new string('a', 5_000);
        var shared = new XlsxBytes().Texts($"<si><t>{text}</t></si>").Sheet("A", One).Sheet("B", One).ToArray();
        var inline = XlsxBytes.Of($"<row r=\"1\"><c r=\"A1\" t=\"str\"><v>{text}</v></c></row>");
        ReadLimits letters = new() { Characters = 4_000 };
        Refused(ReadFile(shared, "return.xlsx", new ReadLimits { Sheets = 1 }), Codes.TooManyCells);
        Refused(ReadFile(shared, "return.xlsx", letters), Codes.TooManyCells);
        Refused(ReadFile(inline, "return.xlsx", letters), Codes.TooManyCells);
        Assert.Empty(ReadFile(XlsxBytes.Of(One), "return.xlsx", letters).Findings);
    }

    public static TheoryData<string> Giants => new()
    {
        $"<row r=\"1\"><c r=\"{new string('A', 3_000_000)}1\"/></row>",
        $"<row r=\"1\"><{new string('n', 3_000_000)}/></row>",
        $"<row r=\"1\"><c r=\"A1\" t=\"str\"><v>{new string('A', 3_000_000)}</v></c></row>",
        $"<row r=\"1\"><c r=\"A1\" t=\"str\"><v>{new string('A', 70_000)}</v></c></row>",
        $"<row r=\"1\"><c r=\"A1\" t=\"str\"><v><![CDATA[{string.Concat(Enumerable.Repeat("<a>", 1_000_000))}]]></v></c></row>",
        string.Concat(Enumerable.Repeat("<g>", 300)) + string.Concat(Enumerable.Repeat("</g>", 300)),
        string.Concat(Enumerable.Range(0, 10_000).Select(i => $"<n{i}/>")),
    };

    [Theory]
    [MemberData(nameof(Giants))]
    public void Names_texts_and_depths_beyond_any_workbook_are_damage(string rows) =>
        Refused(ReadFile(XlsxBytes.Of(rows), "return.xlsx"), Codes.Damaged);
}
