using System.IO.Compression;
using System.Text;
using DasvPipeline.Core.Domain.Findings;
using DasvPipeline.Tests.Hostile;
using DasvPipeline.Tests.Ingest.Reading;
using static DasvPipeline.Tests.Ingest.Reading.Workbooks;

namespace DasvPipeline.UnitTests.Ingest.Reading;

/// <summary>A part without data of the workbook never makes a file damaged.</summary>
public sealed class UnneededPartTests
{
    private static readonly byte[] LongText = Encoding.ASCII.GetBytes($"<a>{new string('x', 2_000_000)}</a>");
    private static readonly byte[] LongAttribute = Encoding.ASCII.GetBytes($"<a b=\"{new string('x', 2_000_000)}\"/>");
    private static readonly byte[] ManyNames = Encoding.ASCII.GetBytes($"<a>{string.Concat(Enumerable.Range(0, 10_000).Select(i => $"<n{i}/>"))}</a>");
    private static readonly byte[] Deep = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("<g>", 300)) + string.Concat(Enumerable.Repeat("</g>", 300)));

    public static TheoryData<string, byte[]> Parts()
    {
        var parts = new TheoryData<string, byte[]>();
        byte[][] contents =
        [
            [], " \r\n"u8.ToArray(), [0xEF, 0xBB, 0xBF], "<a>"u8.ToArray(), "<a/><b/>"u8.ToArray(), "not XML"u8.ToArray(), [0xFF, 0xFE, 0, 0], [0, 0, 0],
            "<?xml version=\"1.0\" encoding=\"nonsense\"?><a/>"u8.ToArray(), LongText, LongAttribute, ManyNames, Deep,
        ];
        foreach (var content in contents)
        {
            foreach (var name in (string[])["docProps/app.xml", "docProps/thumbnail.jpeg", "customXml/item1.xml", "xl/theme/theme1.xml", "[Content_Types].xml", "_rels/.rels"])
            {
                parts.Add(name, content);
            }
        }

        return parts;
    }

    [Theory]
    [MemberData(nameof(Parts))]
    public void An_xlsx_is_read_whatever_such_a_part_contains(string name, byte[] content) =>
        Assert.Equal(51, Accepted(ReadFile(ValidFiles.Xlsx().InPlaceOf(name, Encoding.Latin1.GetString(content)).ToArray(), "return.xlsx"))[1, 2].Number);

    public static TheoryData<string, string> OdsParts()
    {
        var parts = new TheoryData<string, string>();
        foreach (var content in (string[])["", "\r\n", "<a>", "<a/><b/>", "not XML", "\0\0", Encoding.ASCII.GetString(LongText), Encoding.ASCII.GetString(Deep)])
        {
            foreach (var name in (string[])["Configurations2/accelerator/current.xml", "settings.xml", "meta.xml", "Thumbnails/thumbnail.png", "META-INF/manifest.xml", "META-INF/documentsignatures.xml", "layout-cache"])
            {
                parts.Add(name, content);
            }
        }

        return parts;
    }

    [Theory]
    [MemberData(nameof(OdsParts))]
    public void An_ods_is_read_whatever_such_a_part_contains(string name, string content) =>
        Assert.Equal(51, Accepted(ReadFile(OdsBytes.OfSheets(OdsBytes.Sheet(ValidFiles.OdsRows), (name, content)), "return.ods"))[1, 2].Number);

    [Theory]
    [InlineData("docProps/app.xml", "<a>unchanged</a>")]
    [InlineData("docProps/thumbnail.jpeg", "unchanged")]
    public void A_changed_byte_in_such_a_part_does_not_matter(string name, string content)
    {
        var bytes = new XlsxBytes { Compression = CompressionLevel.NoCompression }.Sheet("Figures", ValidFiles.XlsxRows).Part(name, content).ToArray();
        bytes[bytes.AsSpan().IndexOf("unchanged"u8)] = (byte)'U';
        Assert.Equal(51, Accepted(ReadFile(bytes, "return.xlsx"))[1, 2].Number);
    }

    [Fact]
    public void Compressed_data_that_is_not_valid_does_not_matter_in_such_a_part()
    {
        var part = new byte[5_000];
        new Random(1).NextBytes(part);
        for (var i = 0; i < part.Length; i++)
        {
            part[i] = (byte)('a' + (part[i] % 8));
        }

        var bytes = ValidFiles.Xlsx().Part("docProps/app.xml", part).ToArray();
        var data = bytes.AsSpan().IndexOf("docProps/app.xml"u8) + "docProps/app.xml".Length;
        bytes.AsSpan(data + 100, 600).Fill(0xFF);
        Assert.Equal(51, Accepted(ReadFile(bytes, "return.xlsx"))[1, 2].Number);
    }

    [Theory]
    [InlineData("docProps/app.xml")]
    [InlineData("[Content_Types].xml")]
    [InlineData("_rels/.rels")]
    public void A_document_type_in_such_a_part_is_still_refused(string name) =>
        Refused(ReadFile(ValidFiles.Xlsx().InPlaceOf(name, "<!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>").ToArray(), "return.xlsx"), Codes.UnsafeXml);

    [Fact]
    public void An_empty_part_of_comments_has_no_comments()
    {
        const string Relation = "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"c\" Type=\"http://x/comments\" Target=\"../comments1.xml\"/></Relationships>";
        var file = ValidFiles.Xlsx().Part("xl/worksheets/_rels/sheet0.xml.rels", Relation).Part("xl/comments1.xml", string.Empty).ToArray();
        Assert.Empty(Accepted(ReadFile(file, "return.xlsx")).Comments);
        Accepted(ReadFile(ValidFiles.Xlsx().Part("xl/worksheets/_rels/sheet0.xml.rels", string.Empty).ToArray(), "return.xlsx"));
    }

    [Theory]
    [InlineData("xl/workbook.xml")]
    [InlineData("xl/styles.xml")]
    [InlineData("xl/worksheets/sheet0.xml")]
    [InlineData("xl/_rels/workbook.xml.rels")]
    public void A_part_with_data_is_still_needed(string name)
    {
        Refused(ReadFile(ValidFiles.Xlsx().InPlaceOf(name, string.Empty).ToArray(), "return.xlsx"), Codes.Damaged);
        Refused(ReadFile(ValidFiles.Xlsx().InPlaceOf(name, "<a>").ToArray(), "return.xlsx"), Codes.Damaged);
    }
}
