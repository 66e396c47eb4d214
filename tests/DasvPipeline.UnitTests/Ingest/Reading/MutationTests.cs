using System.IO.Compression;
using System.Text;
using DasvPipeline.Core.Ingest.Reading;
using DasvPipeline.Tests;
using DasvPipeline.Tests.Ingest.Reading;
using static DasvPipeline.Tests.Ingest.Reading.Workbooks;

namespace DasvPipeline.UnitTests.Ingest.Reading;

/// <summary>Valid files changed at random: reading them must not throw. The message of a failure has its seed.</summary>
public sealed class MutationTests
{
    private static readonly int Mutations = TestShare.Count(small: 300, ci: 2_000, all: 20_000);

    private static readonly byte[] GoodXlsx = Workbook(CompressionLevel.Optimal);
    private static readonly byte[] GoodStored = Workbook(CompressionLevel.NoCompression);
    private static readonly byte[] GoodCsv = Encoding.UTF8.GetBytes("sep=;\r\nArea;Q1;\"Q2\"\r\nHunts;2,091;\"a \"\"b\"\"\"\r\n£;–;[x]\r\n");

    [Fact]
    public void No_change_of_a_workbook_makes_the_reader_throw() => Mutate(GoodXlsx, "return.xlsx", Mutated);

    [Fact]
    public void No_change_of_an_uncompressed_workbook_makes_the_reader_throw() => Mutate(GoodStored, "return.xlsx", Mutated);

    [Fact]
    public void No_change_of_a_csv_file_makes_the_reader_throw() => Mutate(GoodCsv, "return.csv", Mutated);

    [Fact]
    public void No_change_of_a_sheet_in_a_whole_zip_makes_the_reader_throw() => Mutate(Encoding.UTF8.GetBytes(SheetXml), "return.xlsx", (random, good) =>
        new XlsxBytes().Texts("<si><t>Hunts</t></si>").Part("xl/worksheets/other.xml", "<x/>").SheetXml("S", Encoding.Latin1.GetString(Mutated(random, good))).ToArray());

    [Fact]
    public void No_change_of_an_opendocument_spreadsheet_makes_the_reader_throw() => Mutate(Fixture("days1904.ods"), "return.ods", Mutated);

    [Fact]
    public void No_change_of_the_content_of_an_opendocument_spreadsheet_makes_the_reader_throw()
    {
        using var zip = new ZipArchive(new MemoryStream(Fixture("figures.ods")));
        using var content = zip.GetEntry("content.xml")!.Open();
        var bytes = new MemoryStream();
        content.CopyTo(bytes);

        // Without the rows of the last sheet, which are all similar, the mutations reach every part more often.
        var text = Encoding.UTF8.GetString(bytes.ToArray());
        var start = text.IndexOf("table:name=\"More\"", StringComparison.Ordinal);
        text = text[..text.IndexOf("<table:table-row", start, StringComparison.Ordinal)] + text[text.IndexOf("</table:table>", start, StringComparison.Ordinal)..];
        Mutate(Encoding.UTF8.GetBytes(text), "return.ods", (random, good) =>
            XlsxBytes.Zip(("mimetype", Encoding.ASCII.GetBytes(OdsBytes.MediaType)), ("content.xml", Mutated(random, good))));
    }

    [Fact]
    public void No_change_of_an_older_workbook_makes_the_reader_throw() => Mutate(Fixture("figures.xls"), "return.xls", Mutated);

    [Fact]
    public void No_change_of_a_small_older_workbook_makes_the_reader_throw() => Mutate(Fixture("days1904.xls"), "return.xls", Mutated);

    [Fact]
    public void No_change_of_the_records_of_an_older_workbook_makes_the_reader_throw() => Mutate(
        new XlsBytes().Global(XlsBytes.Texts(2, "Hunts", "Fenland")).Sheet(
            "Figures",
            XlsBytes.Record(0x007D, new byte[12]),
            XlsBytes.Shared(1, 1, 0),
            XlsBytes.Label(1, 2, "Q1"),
            XlsBytes.CellRecord(0x00BD, 2, 1, 0, [0, 0, 3, 0, 1, 0, 7, 0, 0, 0, 1, 0]),
            XlsBytes.Formula(3, 1, [0, 0, 0, 0, 0, 0, 0xFF, 0xFF]),
            XlsBytes.Record(0x0207, [1, 0, 0, 65]),
            XlsBytes.CellRecord(0x0205, 4, 1, 0, 0x2A, 1)).Workbook(),
        "return.xls",
        (random, good) => CompoundBytes.Of(("Workbook", Mutated(random, good))));

    [Fact]
    public void No_random_bytes_make_the_reader_throw() => Mutate([], "return.csv", (random, _) =>
    {
        var bytes = new byte[random.Next(1, 300)];
        random.NextBytes(bytes);
        return bytes;
    });

    private const string SheetXml =
        $"<worksheet xmlns=\"{XlsxBytes.Main}\"><cols><col min=\"1\" max=\"2\" hidden=\"1\"/></cols><sheetData>"
        + "<row r=\"1\" ht=\"0\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\" s=\"2\"><f>A1</f><v>43556</v></c><c r=\"C1\" t=\"e\"><v>#REF!</v></c></row>"
        + "<row r=\"3\"><c r=\"A3\" t=\"inlineStr\"><is><r><t>x_x000D_</t></r></is></c><c r=\"B3\" t=\"b\"><v>1</v></c><c r=\"D3\" t=\"d\"><v>2019-04-01</v></c></row></sheetData></worksheet>";

    private static byte[] Workbook(CompressionLevel compression) =>
        new XlsxBytes { Compression = compression }.Texts("<si><t>Hunts</t></si>").SheetXml("Figures", SheetXml).ToArray();

    private static void Mutate(byte[] good, string fileName, Func<Random, byte[], byte[]> mutate)
    {
        var limits = new ReadLimits { UnpackedBytes = 4 * 1024 * 1024 };
        var before = Environment.CpuUsage.TotalTime;
        foreach (var seed in TestShare.Seeds(Mutations))
        {
            var content = mutate(new Random(seed), good);
            var fault = Record.Exception(() =>
            {
                var workbook = ReadFile(content, fileName, limits);
                Assert.True(workbook.Sheets.Count > 0 || workbook.Findings.Count > 0);
                Assert.All(workbook.Findings, finding => Assert.DoesNotContain(finding.Message, char.IsControl));
            });
            Assert.True(fault is null, $"{fault}\n{TestShare.Repeat(seed)}");
        }

        // This does not test speed. A mutation that makes the reader loop would take far longer. Other programs do not count.
        var took = Environment.CpuUsage.TotalTime - before;
        Assert.True(took < TimeSpan.FromMinutes(2) + (Mutations * TimeSpan.FromMilliseconds(60)), $"{Mutations} files took {took}");
    }

    internal static byte[] Mutated(Random random, byte[] good)
    {
        var bytes = new List<byte>(good);
        for (var changes = random.Next(1, 6); changes > 0 && bytes.Count > 0; changes--)
        {
            var at = random.Next(bytes.Count);
            switch (random.Next(4))
            {
                case 0:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 1:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 2:
                    bytes.RemoveRange(at, Math.Min(random.Next(1, 20), bytes.Count - at));
                    break;
                default:
                    bytes.InsertRange(at, bytes.GetRange(at, Math.Min(random.Next(1, 20), bytes.Count - at)));
                    break;
            }
        }

        return [.. bytes];
    }
}
