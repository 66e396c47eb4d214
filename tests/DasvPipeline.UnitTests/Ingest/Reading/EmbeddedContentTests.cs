using System.Text;
using DasvPipeline.Core.Domain.Findings;
using DasvPipeline.Core.Ingest.Reading;
using DasvPipeline.Tests.Ingest.Checking.People;
using DasvPipeline.Tests.Ingest.Reading;
using static DasvPipeline.Tests.Ingest.Reading.XlsBytes;

namespace DasvPipeline.UnitTests.Ingest.Reading;

/// <summary>Files inside a workbook are searched or queried, pictures are mentioned, and deleted texts are searched.</summary>
public sealed class EmbeddedContentTests
{
    private const string Row = "<row r=\"1\"><c r=\"A1\"><v>4</v></c></row>";
    private const string People = "<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>Surname</t></is></c></row><row r=\"2\"><c r=\"A2\" t=\"inlineStr\"><is><t>Canarybird</t></is></c></row>";

    private static readonly byte[] List = XlsxBytes.Of(People);

    private static readonly byte[] XlsList = XlsBytes.Of(Label(1, 1, "Surname"), Label(2, 1, "Canarybird"));

    private static readonly byte[] OdsList = OdsBytes.Of(OdsBytes.Row(OdsBytes.Text("<text:p>Surname</text:p>")) + OdsBytes.Row(OdsBytes.Text("<text:p>Canarybird</text:p>")));

    public static TheoryData<string, byte[]> FilesWithAList => new()
    {
        { "return.xlsx", Xlsx("xl/embeddings/Microsoft_Excel_Sheet1.xlsx", List) },
        { "return.xlsx", Xlsx("xl/embeddings/Microsoft_Excel_97-2003_Sheet1.xls", XlsList) },
        { "return.xlsx", Xlsx("xl/embeddings/oleObject1.bin", CompoundBytes.Of(("Package", List))) },
        { "return.xlsx", Xlsx("xl/embeddings/OpenDocument_Spreadsheet1.ods", OdsList) },
        { "return.ods", Ods([("Object 1", List)]) },
        { "return.ods", Ods([("Object 1/content.xml", Encoding.UTF8.GetBytes(OdsBytes.Content(OdsBytes.Sheet(OdsBytes.Row(OdsBytes.Text("<text:p>Surname</text:p>")) + OdsBytes.Row(OdsBytes.Text("<text:p>Canarybird</text:p>"))))))], "Object 1/") },
        { "return.xlsx", Xlsx("xl/embeddings/oleObject1.bin", "Surname,Age\nCanarybird,31"u8.ToArray()) },
        { "return.xlsx", Xlsx("xl/embeddings/oleObject1.bin", [0, 1, 2, .. "Canarybird, 07700 900123"u8, 0xFF, 0xFE]) },
        { "return.xlsx", Xlsx("xl/embeddings/oleObject1.bin", [0, 1, .. Encoding.Unicode.GetBytes("Canarybird, 07700 900123"), 0xFF, 0xFE]) },
        { "return.xls", CompoundBytes.Of([("Workbook", new XlsBytes().Sheet("S", Number(1, 1, 4)).Workbook())], ("MBD0018D4CE", [("Package", List)])) },
        { "return.xls", CompoundBytes.Of([("Workbook", new XlsBytes().Sheet("S", Number(1, 1, 4)).Workbook())], ("MBD0018D4CE", [("Workbook", new XlsBytes().Sheet("S", Label(1, 1, "Surname"), Label(2, 1, "Canarybird")).Workbook())])) },
    };

    [Theory]
    [MemberData(nameof(FilesWithAList))]
    public void A_list_of_people_in_an_embedded_workbook_is_found(string name, byte[] file)
    {
        // The texts of an OpenDocument object are also searched as those of a drawing.
        var findings = PeopleFindings.In(Workbooks.ReadFile(file, name));
        Assert.Single(findings, finding => finding.Message.StartsWith("A file that was inserted into the workbook", StringComparison.Ordinal));
        Assert.All(findings, finding => Assert.Equal((Codes.PersonalData, Severity.Error), (finding.Code, finding.Severity)));
        Assert.All(findings, finding => Assert.DoesNotContain("Canarybird", finding.Message, StringComparison.Ordinal));
    }

    public static TheoryData<string, byte[]> FilesThatCannotBeSearched => new()
    {
        { "return.xlsx", Xlsx("xl/embeddings/Microsoft_Word_Document1.docx", XlsxBytes.Zip(("word/document.xml", "<w/>"u8.ToArray()), ("[Content_Types].xml", "<Types/>"u8.ToArray()))) },
        { "return.xlsx", Xlsx("xl/embeddings/oleObject1.bin", CompoundBytes.Of(("WordDocument", []))) },
        { "return.xlsx", Xlsx("xl/embeddings/nested.xlsx", Xlsx("xl/embeddings/inner.xlsx", XlsxBytes.Of(Row))) },
        { "return.xlsx", Xlsx("xl/embeddings/damaged.xlsx", List[..(List.Length / 2)]) },
        { "return.ods", Ods([("Object 1", [0, 255, 1])]) },
        { "return.xls", CompoundBytes.Of([("Workbook", new XlsBytes().Sheet("S", Number(1, 1, 4)).Workbook())], ("MBD0018D4CE", [("\u0001Ole10Native", [1])])) },
    };

    [Theory]
    [MemberData(nameof(FilesThatCannotBeSearched))]
    public void An_embedded_file_that_cannot_be_searched_is_a_query(string name, byte[] file) => AssertQueried(Workbooks.ReadFile(file, name));

    private static void AssertQueried(Workbook workbook)
    {
        Assert.NotEmpty(workbook.Sheets);
        Assert.Equal(Severity.Query, Assert.Single(workbook.Findings, finding => finding.Code == Codes.EmbeddedFile).Severity);
    }

    [Fact]
    public void An_embedded_workbook_without_people_is_mentioned_only()
    {
        var workbook = Workbooks.ReadFile(Xlsx("xl/embeddings/sheet.xlsx", XlsxBytes.Of(Row)), "return.xlsx");
        Assert.Equal(Codes.LinksIgnored, Assert.Single(workbook.Findings).Code);
        Assert.Empty(PeopleFindings.In(workbook));
    }

    [Fact]
    public void The_number_and_size_of_embedded_files_are_limited()
    {
        var book = new XlsxBytes().Sheet("Figures", Row);
        for (var i = 0; i <= ReadLimits.Default.EmbeddedFiles; i++)
        {
            book.Part($"xl/embeddings/sheet{i}.xlsx", XlsxBytes.Of(Row));
        }

        AssertQueried(Workbooks.ReadFile(book.ToArray(), "return.xlsx"));
        var wide = Xlsx("xl/embeddings/sheet.xlsx", XlsxBytes.Of(string.Concat(Enumerable.Range(1, 11).Select(i => $"<row r=\"{i}\"><c r=\"A{i}\"><v>4</v></c></row>"))));
        AssertQueried(WorkbookReader.Read(wide, "return.xlsx", ReadLimits.Default with { Cells = 100 }));
    }

    [Fact]
    public void A_shared_text_that_no_cell_uses_is_searched()
    {
        const string Used = "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c></row>";
        var xlsx = new XlsxBytes().Sheet("Figures", Used).Texts("<si><t>Referrals</t></si>", "<si><t>Jo, 07700 900123</t></si>").ToArray();
        var xls = new XlsBytes().Global(Texts(2, "Referrals", "Jo, 07700 900123")).Sheet("S", Shared(1, 1, 0)).ToArray();
        foreach (var (file, name) in new[] { (xlsx, "return.xlsx"), (xls, "return.xls") })
        {
            var finding = Assert.Single(PeopleFindings.In(Workbooks.ReadFile(file, name)));
            Assert.StartsWith("A text that was deleted from a cell", finding.Message, StringComparison.Ordinal);
        }
    }

    public static TheoryData<string, byte[], Severity> Pictures => new()
    {
        { "return.xlsx", new XlsxBytes().Sheet("Figures", Row).Part("xl/media/image1.png", [1]).ToArray(), Severity.Note },
        { "return.xlsx", Picture(XlsxBytes.Picture(columns: 2, rows: 5)), Severity.Note },
        { "return.xlsx", Picture(XlsxBytes.Picture(columns: 8, rows: 30)), Severity.Query },
        { "return.xlsx", Picture("<d:wsDr xmlns:d=\"urn:d\"><d:oneCellAnchor><d:from><d:col>1</d:col><d:row>2</d:row></d:from><d:ext cx=\"5400000\" cy=\"3600000\"/><d:pic/></d:oneCellAnchor></d:wsDr>"), Severity.Query },
        { "return.ods", OdsPicture("<draw:frame svg:width=\"3cm\" svg:height=\"2cm\"><draw:image/></draw:frame>"), Severity.Note },
        { "return.ods", OdsPicture("<draw:frame svg:width=\"15cm\" svg:height=\"100mm\"><draw:image/></draw:frame>"), Severity.Query },
        { "return.ods", OdsPicture("<draw:frame svg:width=\"15cm\" svg:height=\"10cm\"><draw:object/><draw:image/></draw:frame>"), Severity.Note },
        { "return.xls", XlsPicture(columns: 2, rows: 5), Severity.Note },
        { "return.xls", XlsPicture(columns: 8, rows: 30), Severity.Query },
    };

    [Theory]
    [MemberData(nameof(Pictures))]
    public void A_small_picture_is_a_note_and_a_large_one_a_query(string name, byte[] file, Severity severity)
    {
        var finding = Assert.Single(Workbooks.ReadFile(file, name).Findings);
        Assert.Equal((Codes.Pictures, severity), (finding.Code, finding.Severity));
    }

    private static byte[] Xlsx(string part, byte[] content) => new XlsxBytes().Sheet("Figures", Row).Part(part, content).ToArray();

    private static byte[] Picture(string drawing) => new XlsxBytes().Sheet("Figures", Row).Part("xl/media/image1.png", [1]).Part("xl/drawings/drawing1.xml", drawing).ToArray();

    private static byte[] Ods((string Name, byte[] Content)[] parts, string? listed = null) => XlsxBytes.Zip(
    [
        ("mimetype", Encoding.ASCII.GetBytes(OdsBytes.MediaType)),
        ("content.xml", Encoding.UTF8.GetBytes(OdsBytes.Content(OdsBytes.Sheet(OdsBytes.Row(OdsBytes.Number("4")))))),
        ("META-INF/manifest.xml", Encoding.UTF8.GetBytes($"<m:manifest xmlns:m=\"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0\"><m:file-entry m:full-path=\"{listed ?? "/"}\" m:media-type=\"{OdsBytes.MediaType}\"/></m:manifest>")),
        .. parts,
    ]);

    private static byte[] OdsPicture(string frame) => OdsBytes.OfSheets(
        OdsBytes.Sheet($"<table:shapes xmlns:svg=\"urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0\">{frame}</table:shapes>" + OdsBytes.Row(OdsBytes.Number("4"))), ("Pictures/1.png", "x"));

    private static byte[] XlsPicture(int columns, int rows)
    {
        byte[] shape = [0xB2, 0x04, 0x0A, 0xF0, .. U32(8), .. new byte[8]];
        byte[] anchor = [0x00, 0x00, 0x10, 0xF0, .. U32(18), .. U16(2), .. U16(1), .. U16(0), .. U16(2), .. U16(0), .. U16(1 + columns), .. U16(0), .. U16(2 + rows), .. U16(0)];
        return XlsBytes.Of(Number(1, 1, 4), Record(0x00EC, [.. shape, .. anchor]));
    }
}
