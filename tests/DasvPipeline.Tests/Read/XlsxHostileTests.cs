using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using DasvPipeline.Core.Model;
using DasvPipeline.Core.Read;
using static DasvPipeline.Tests.Read.Reading;

namespace DasvPipeline.Tests.Read;

public sealed class XlsxHostileTests
{
    private const string One = "<row r=\"1\"><c r=\"A1\"><v>17</v></c></row>";

    [Fact]
    public void A_truncated_workbook_is_damaged_wherever_it_is_cut()
    {
        var whole = XlsxBytes.Of(One);
        for (var length = 4; length < whole.Length; length += 37)
        {
            Refused(ReadFile(whole[..length], "return.xlsx"), Codes.Damaged);
        }
    }

    [Fact]
    public void A_digit_flipped_in_a_stored_part_is_damage_and_not_another_figure()
    {
        var bytes = new XlsxBytes { Compression = CompressionLevel.NoCompression }.Sheet("Figures", One).ToArray();
        bytes[bytes.AsSpan().IndexOf("<v>17"u8) + 3] = (byte)'9';
        Refused(ReadFile(bytes, "return.xlsx"), Codes.Damaged);
    }

    [Theory]
    [InlineData("xl/workbook.xml")]
    [InlineData("XL/Workbook.xml")]
    public void A_part_that_is_there_twice_is_damage(string name) =>
        Refused(ReadFile(new XlsxBytes().Sheet("Figures", One).Part(name, "<x/>").ToArray(), "return.xlsx"), Codes.Damaged);

    [Theory]
    [InlineData("../evil.xml")]
    [InlineData("xl/../../evil.xml")]
    [InlineData("/etc/passwd")]
    [InlineData("xl\\evil.xml")]
    [InlineData("C:/evil.xml")]
    [InlineData("xl/a\u0001.xml")]
    public void A_part_whose_name_leaves_the_package_is_damage(string name) =>
        Refused(ReadFile(new XlsxBytes().Sheet("Figures", One).Part(name, "<x/>").ToArray(), "return.xlsx"), Codes.Damaged);

    [Fact]
    public void More_parts_than_the_limit_are_refused()
    {
        var file = new XlsxBytes().Sheet("Figures", One);
        for (var i = 0; i < 2_000; i++)
        {
            file.Part($"xl/media/{i}.bin", [1]);
        }

        Refused(ReadFile(file.ToArray(), "return.xlsx"), Codes.ExpandsTooMuch);
    }

    [Theory]
    [InlineData("xl/media/picture.png")]
    [InlineData("docProps/app.xml")]
    public void A_zip_bomb_is_stopped_at_the_limit_in_whatever_part_it_is(string name)
    {
        var part = Encoding.ASCII.GetBytes("<a>" + string.Concat(Enumerable.Repeat("<b/>", 3_000_000)) + "</a>");
        var file = new XlsxBytes().Sheet("Figures", One).Part(name, part).ToArray();
        Assert.True(file.Length < 100_000);
        Refused(ReadFile(file, "return.xlsx", new ReadLimits { UnpackedBytes = 1024 * 1024 }), Codes.ExpandsTooMuch);
        Assert.Empty(ReadFile(file, "return.xlsx").Findings);
    }

    [Theory]
    [InlineData(100u)]
    [InlineData(0x7FFF_FFFFu)]
    public void A_false_declared_size_is_not_believed(uint declared)
    {
        var bytes = new XlsxBytes().Sheet("Figures", string.Concat(Enumerable.Range(1, 500).Select(row => $"<row r=\"{row}\"><c r=\"A{row}\"><v>1</v></c></row>"))).ToArray();
        const int SizeInDirectory = 24;
        const int SizeInHeader = 22;
        var directory = bytes.AsSpan().LastIndexOf("xl/worksheets/sheet0.xml"u8) - 46;
        var header = bytes.AsSpan().IndexOf("xl/worksheets/sheet0.xml"u8) - 30;
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(directory + SizeInDirectory), declared);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(header + SizeInHeader), declared);
        Refused(ReadFile(bytes, "return.xlsx"), Codes.Damaged);
    }

    [Theory]
    [InlineData("xl/vbaProject.bin", "binary")]
    [InlineData("xl/macrosheets/sheet1.xml", "<xm/>")]
    [InlineData("[Content_Types].xml", "<Types><Override PartName=\"/xl/workbook.xml\" ContentType=\"application/vnd.ms-excel.sheet.macroEnabled.main+xml\"/></Types>")]
    public void A_workbook_with_macros_is_refused(string name, string content) =>
        Refused(ReadFile(new XlsxBytes().Sheet("Figures", One).Part(name, content).ToArray(), "return.xlsx"), Codes.Macros);

    [Theory]
    [InlineData("<!DOCTYPE a>")]
    [InlineData("<?xml version=\"1.0\"?><!-- first --><!DOCTYPE a SYSTEM \"http://127.0.0.1:9/a.dtd\">")]
    [InlineData("<!DOCTYPE a [<!ENTITY x \"xxxxxxxxxx\"><!ENTITY y \"&x;&x;&x;&x;&x;&x;&x;&x;\">]>")]
    [InlineData("<!DOCTYPE a [<!ENTITY % p SYSTEM \"file:///etc/passwd\">%p;]>")]
    public void A_document_type_in_any_part_is_unsafe(string prologue)
    {
        var sheet = new XlsxBytes().SheetXml("Figures", $"{prologue}<worksheet xmlns=\"{XlsxBytes.Main}\"><sheetData>{One}</sheetData></worksheet>");
        Refused(ReadFile(sheet.ToArray(), "return.xlsx"), Codes.UnsafeXml);
        var other = new XlsxBytes().Sheet("Figures", One).Part("customXml/item1.xml", prologue + "<a/>");
        Refused(ReadFile(other.ToArray(), "return.xlsx"), Codes.UnsafeXml);
        var wide = new XlsxBytes().Sheet("Figures", One).Part("docProps/app.xml", [0xFF, 0xFE, .. Encoding.Unicode.GetBytes(prologue + "<a/>")]);
        Refused(ReadFile(wide.ToArray(), "return.xlsx"), Codes.UnsafeXml);
    }

    [Theory]
    [InlineData("xl/externalLinks/externalLink1.xml")]
    [InlineData("xl/embeddings/oleObject1.bin")]
    [InlineData("xl/connections.xml")]
    public void Links_and_embedded_objects_are_ignored_with_a_note(string name)
    {
        var workbook = ReadFile(new XlsxBytes().Sheet("Figures", One).Part(name, "<x/>").ToArray(), "return.xlsx");
        Assert.Equal(17, workbook.Sheets[0][1, 1].Number);
        Assert.Equal((Severity.Note, Codes.LinksIgnored), (workbook.Findings[0].Severity, workbook.Findings[0].Code));
    }

    [Theory]
    [InlineData("<row r=\"4\"><c r=\"A4\"><v>4</v></c></row><row r=\"2\"><c r=\"A2\"><v>2</v></c></row>")]
    [InlineData("<row r=\"2\"><c r=\"A2\"><v>4</v></c></row><row r=\"2\"><c r=\"A2\"><v>2</v></c></row>")]
    [InlineData("<row r=\"1\"><c r=\"B1\"><v>4</v></c><c r=\"A1\"><v>2</v></c></row>")]
    [InlineData("<row r=\"1\"><c r=\"A1\"><v>4</v></c><c r=\"A1\"><v>2</v></c></row>")]
    [InlineData("<row r=\"1\"><c r=\"A2\"><v>4</v></c></row>")]
    [InlineData("<row r=\"1\"><c r=\"1A\"><v>4</v></c></row>")]
    [InlineData("<row r=\"0\"><c><v>4</v></c></row>")]
    [InlineData("<row r=\"1048577\"><c><v>4</v></c></row>")]
    [InlineData("<row r=\"1\"><c r=\"XFE1\"><v>4</v></c></row>")]
    [InlineData("<row r=\"1\"><c r=\"A1\" t=\"s\"><v>7</v></c></row>")]
    [InlineData("<row r=\"1\"><c r=\"A1\"><v>4</v></row>")]
    [InlineData("<row r=\"1\"><c r=\"A1\"><v>&undefined;</v></c></row>")]
    public void Cells_that_could_be_read_in_two_ways_are_damage(string rows) =>
        Refused(ReadFile(XlsxBytes.Of(rows), "return.xlsx"), Codes.Damaged);

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
    [InlineData(new byte[0])]
    public void A_part_of_bytes_that_are_no_xml_is_damage(byte[] content) =>
        Refused(ReadFile(new XlsxBytes().Sheet("S", One).Part("docProps/app.xml", content).ToArray(), "return.xlsx"), Codes.Damaged);

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
    [InlineData("<row r=\"1\"><c r=\"SG1\"><v>4</v></c></row>", "columns")]
    public void A_cell_beyond_the_rows_or_columns_of_a_form_is_refused(string rows, string what)
    {
        var finding = Refused(ReadFile(XlsxBytes.Of(rows), "return.xlsx"), Codes.TooManyCells);
        Assert.Contains("\"Figures\"", finding.Message, StringComparison.Ordinal);
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

    [Fact]
    public void An_encrypted_part_is_a_password()
    {
        var bytes = XlsxBytes.Of(One);
        for (var at = bytes.AsSpan().IndexOf("PK\u0001\u0002"u8); at >= 0;)
        {
            bytes[at + 8] |= 1;
            var next = bytes.AsSpan(at + 4).IndexOf("PK\u0001\u0002"u8);
            at = next < 0 ? -1 : at + 4 + next;
        }

        Refused(ReadFile(bytes, "return.xlsx"), Codes.PasswordProtected);
    }
}
