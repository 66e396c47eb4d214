using System.Text;
using DasvPipeline.Core.Domain.Findings;
using DasvPipeline.Core.Ingest.Reading;
using DasvPipeline.Tests.Ingest.Reading;
using static DasvPipeline.Tests.Ingest.Reading.Workbooks;

namespace DasvPipeline.UnitTests.Ingest.Reading;

public sealed class FileKindTests
{
    public static TheoryData<string, byte[]> OtherFiles => new()
    {
        { "PDF", "%PDF-1.7\n%âãÏÓ"u8.ToArray() },
        { "PNG", [0x89, .. "PNG\r\n"u8, 0x1A, 0x0A, 0, 0] },
        { "JPEG", [0xFF, 0xD8, 0xFF, 0xE0, 0, 16] },
        { "GIF", "GIF89a\u0001\0"u8.ToArray() },
        { "RTF", "{\\rtf1\\ansi Figures}"u8.ToArray() },
        { "gzip", [0x1F, 0x8B, 0x08, 0, 0, 0] },
        { "7-Zip", [.. "7z"u8, 0xBC, 0xAF, 0x27, 0x1C, 0, 4] },
        { "RAR", [.. "Rar!"u8, 0x1A, 0x07, 0x01, 0] },
        { "web page", "<!DOCTYPE html><html><table><tr><td>1"u8.ToArray() },
        { "web page", "\uFEFF\r\n <HTML xmlns:x=\"urn:schemas-microsoft-com:office:excel\">"u8.ToArray() },
        { "web page", [0xFF, 0xFE, .. Encoding.Unicode.GetBytes("<table><tr>")] },
        { "XML", "<?xml version=\"1.0\"?><Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\"/>"u8.ToArray() },
        { "Word", XlsxBytes.Zip(("word/document.xml", "<w/>"u8.ToArray()), ("[Content_Types].xml", "<Types/>"u8.ToArray()), ("word/embeddings/a.xlsx", [1])) },
        { "PowerPoint", XlsxBytes.Zip(("ppt/presentation.xml", "<p/>"u8.ToArray())) },
        { ".odt", XlsxBytes.Zip(("mimetype", "application/vnd.oasis.opendocument.text"u8.ToArray()), ("content.xml", "<o/>"u8.ToArray())) },
        { ".xlsb", XlsxBytes.Zip(("_rels/.rels", "<Relationships><Relationship Id='a' Type='x/officeDocument' Target='xl/workbook.bin'/></Relationships>"u8.ToArray()), ("xl/workbook.bin", [1, 2])) },
        { "zip archive", XlsxBytes.Zip(("figures.csv", "a,1"u8.ToArray())) },
        { "zip archive", [.. "PK\u0005\u0006"u8, .. new byte[18]] },
        { ".doc", CompoundBytes.Of(("WordDocument", []), ("Macros", [])) },
        { ".ppt", CompoundBytes.Of(("PowerPoint Document", [])) },
        { ".msg", CompoundBytes.Of(("__properties_version1.0", [])) },
        { "Microsoft Office", CompoundBytes.Of(("Something", [])) },
    };

    [Theory]
    [MemberData(nameof(OtherFiles))]
    public void Another_kind_of_file_named_xlsx_is_refused_with_its_probable_type(string seemsToBe, byte[] content)
    {
        var finding = Refused(ReadFile(content, "return.xlsx"), Codes.NotASpreadsheet);
        Assert.Contains(seemsToBe, finding.Message, StringComparison.Ordinal);
        Assert.Contains("Save it as .xlsx, .xls, .ods or .csv", finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_workbook_with_a_password_is_refused_with_how_to_remove_it()
    {
        var finding = Refused(ReadFile(CompoundBytes.Of(("EncryptionInfo", []), ("EncryptedPackage", [])), "return.xlsx"), Codes.PasswordProtected);
        Assert.Contains("Encrypt with Password", finding.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\uFEFF")]
    [InlineData("\r\n\r\n")]
    [InlineData(",,,\r\n,,,\r\n")]
    public void A_file_with_nothing_in_it_is_empty(string text) => Refused(ReadCsv(text), Codes.Empty);

    [Fact]
    public void A_file_with_only_a_utf16_byte_order_mark_is_empty() => Refused(ReadFile([0xFF, 0xFE], "return.csv"), Codes.Empty);

    [Fact]
    public void A_file_over_ten_megabytes_is_refused_before_it_is_read() =>
        Refused(ReadFile(new byte[(10 * 1024 * 1024) + 1], "return.xlsx"), Codes.TooLarge);

    [Theory]
    [InlineData("return.csv")]
    [InlineData("return.XLS")]
    [InlineData("return.exe\u0007<script>")]
    public void A_workbook_with_another_extension_is_read_by_its_content_with_a_note(string fileName)
    {
        var workbook = ReadFile(XlsxBytes.Of("<row r=\"1\"><c r=\"A1\"><v>1</v></c></row>"), fileName);
        Assert.Equal(FileFormat.Xlsx, workbook.Format);
        Assert.Equal(1, workbook.Sheets[0][1, 1].Number);
        var note = Assert.Single(workbook.Findings);
        Assert.Equal((Severity.Note, Codes.ReadAsOtherFormat), (note.Severity, note.Code));
        Assert.DoesNotContain(note.Message, char.IsControl);
        Assert.DoesNotContain("script", note.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Text_named_xlsx_is_read_as_csv_with_a_note()
    {
        var workbook = ReadFile("a,1"u8.ToArray(), "return.xlsx");
        Assert.Equal((FileFormat.Csv, Codes.ReadAsOtherFormat), (workbook.Format, Assert.Single(workbook.Findings).Code));
    }

    [Theory]
    [InlineData("return.xlsx", true)]
    [InlineData("RETURN.XLSX", true)]
    [InlineData("return", true)]
    [InlineData("return.csv", false)]
    [InlineData("return.txt", false)]
    [InlineData("return.tsv", false)]
    public void A_matching_file_name_gives_no_note(string fileName, bool xlsx) =>
        Assert.Empty(ReadFile(xlsx ? XlsxBytes.Of("<row r=\"1\"><c r=\"A1\"><v>1</v></c></row>") : "a,1"u8.ToArray(), fileName).Findings);

    [Theory]
    [InlineData("<5,3")]
    [InlineData("<script>alert(1)</script>,3")]
    [InlineData("[x],3")]
    public void A_first_cell_that_looks_like_markup_is_read_as_a_cell(string text) => Assert.Equal(3, Csv(text)[1, 2].Number);

    [Theory]
    [InlineData("figures.xlsx", FileFormat.Xlsx, "Excel workbook (.xlsx)")]
    [InlineData("figures.xls", FileFormat.Xls, "older Excel workbook (.xls)")]
    [InlineData("figures.ods", FileFormat.Ods, "OpenDocument spreadsheet (.ods)")]
    [InlineData("figures.csv", FileFormat.Csv, "text with separators (.csv)")]
    public void Every_format_is_known_by_its_content(string file, FileFormat format, string words)
    {
        var content = Fixture(file);
        Assert.Empty(ReadFile(content, file).Findings);
        var workbook = ReadFile(content, "return.pdf");
        Assert.Equal(format, workbook.Format);
        Assert.Contains(words, Assert.Single(workbook.Findings).Message, StringComparison.Ordinal);
    }

    public static TheoryData<byte[]> TooOld => new()
    {
        CompoundBytes.Of(("Book", [])),
        new XlsBytes { Version = 0x0500 }.Sheet("Figures").ToArray(),
        CompoundBytes.Of(("Workbook", [9, 4, 6, 0, 0, 4, 0x10, 0, 0, 0])),
        (byte[])[9, 0, 4, 0, 2, 0, 0x10, 0],
        (byte[])[9, 2, 6, 0, 0, 2, 0x10, 0, 0, 0],
        (byte[])[9, 4, 6, 0, 0, 4, 0x10, 0, 0, 0],
    };

    [Theory]
    [MemberData(nameof(TooOld))]
    public void A_workbook_from_before_1997_is_refused_with_what_to_do(byte[] content) =>
        Assert.Contains("save it as .xlsx", Refused(ReadFile(content, "return.xls"), Codes.NotASpreadsheet).Message, StringComparison.Ordinal);

    [Fact]
    public void Memory_that_is_not_a_whole_array_is_read_the_same()
    {
        byte[] padded = [9, 9, .. XlsxBytes.Of("<row r=\"1\"><c r=\"A1\"><v>7</v></c></row>")];
        var workbook = WorkbookReader.Read(padded.AsMemory(2), "return.xlsx", ReadLimits.Default);
        Assert.Equal(7, Accepted(workbook)[1, 1].Number);
        byte[] older = [9, 9, .. XlsBytes.Of(XlsBytes.Number(1, 1, 7))];
        Assert.Equal(7, Accepted(WorkbookReader.Read(older.AsMemory(2), "return.xls", ReadLimits.Default))[1, 1].Number);
    }
}
