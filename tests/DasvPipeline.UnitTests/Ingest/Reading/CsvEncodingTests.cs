using System.Text;
using DasvPipeline.Core.Domain.Findings;
using static DasvPipeline.Tests.Ingest.Reading.Workbooks;

namespace DasvPipeline.UnitTests.Ingest.Reading;

public sealed class CsvEncodingTests
{
    private const string Text = "Area,Spend\nSt Neots – “Café”,£66\n";

    public static TheoryData<string, byte[]> Encodings => new()
    {
        { "UTF-8", Encoding.UTF8.GetBytes(Text) },
        { "UTF-8 with mark", [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(Text)] },
        { "UTF-16 LE", [0xFF, 0xFE, .. Encoding.Unicode.GetBytes(Text)] },
        { "UTF-16 BE", [0xFE, 0xFF, .. Encoding.BigEndianUnicode.GetBytes(Text)] },
        { "Windows-1252", CodePagesEncodingProvider.Instance.GetEncoding(1252)!.GetBytes(Text) },
    };

    [Theory]
    [MemberData(nameof(Encodings))]
    public void Every_encoding_gives_the_same_letters(string name, byte[] content)
    {
        Assert.NotEmpty(name);
        Assert.Equal([["Area", "Spend"], ["St Neots – “Café”", "£66"]], Shown(Accepted(ReadFile(content, "return.csv"))));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Plain_utf16_without_a_byte_order_mark_is_read(bool bigEndian)
    {
        var encoding = bigEndian ? Encoding.BigEndianUnicode : Encoding.Unicode;
        Assert.Equal([["Area", "3"]], Shown(Accepted(ReadFile(encoding.GetBytes("Area,3\r\n"), "return.csv"))));
    }

    [Theory]
    [InlineData(new byte[] { (byte)'a', (byte)',', 0x81, (byte)'b' }, 2)] // undefined in Windows-1252
    [InlineData(new byte[] { (byte)'a', (byte)',', 0xE9, (byte)',', 0x9D }, 4)]
    [InlineData(new byte[] { (byte)'a', (byte)',', 0, (byte)'b', (byte)'c' }, 2)] // NUL
    [InlineData(new byte[] { (byte)'a', 0, (byte)',', 0, 0x60, 0x4F }, 1)] // UTF-16 without a mark that is not plain
    [InlineData(new byte[] { 0xEF, 0xBB, 0xBF, (byte)'a', 0xFF }, 4)] // a mark that is not kept
    [InlineData(new byte[] { 0xFF, 0xFE, (byte)'a', 0, 0x00, 0xD8, (byte)'b', 0 }, 4)] // half a pair
    [InlineData(new byte[] { 0xFF, 0xFE, (byte)'a', 0, (byte)'b' }, 4)] // half a letter
    [InlineData(new byte[] { 0xFF, 0xFE, (byte)'a', 0, 0, 0 }, 4)]
    [InlineData(new byte[] { 0xC2, 0xA3, (byte)'5', (byte)',', 0xC2 }, 4)] // UTF-8 cut in a letter: "Â£5" would be wrong
    public void An_uncertain_encoding_is_refused_with_the_byte(byte[] content, int offset)
    {
        var finding = Refused(ReadFile(content, "return.csv"), Codes.Encoding);
        Assert.Contains($"(byte offset {offset})", finding.Message, StringComparison.Ordinal);
    }
}
