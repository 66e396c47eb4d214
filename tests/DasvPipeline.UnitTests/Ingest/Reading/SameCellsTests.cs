using System.Globalization;
using System.Text;
using DasvPipeline.Tests.Ingest.Reading;
using static DasvPipeline.Tests.Ingest.Reading.Workbooks;

namespace DasvPipeline.UnitTests.Ingest.Reading;

public sealed class SameCellsTests
{
    private static readonly string[][] Cells =
    [
        ["Domestic abuse incidents – 2019-20"],
        [],
        ["Area", "Q1", "Q2", "Note"],
        ["Hunts", "1864", "[x]", "“not yet” known; see £5, p. 3"],
        ["Café", "0", "-12", "two\nlines"],
        ["Fenland", "", "<5"],
    ];

    public static TheoryData<char, string> Variants()
    {
        var variants = new TheoryData<char, string>();
        foreach (var separator in ",;\t")
        {
            foreach (var encoding in (string[])["utf-8", "utf-8 with mark", "utf-16", "utf-16BE", "windows-1252"])
            {
                variants.Add(separator, encoding);
            }
        }

        return variants;
    }

    [Theory]
    [MemberData(nameof(Variants))]
    public void A_csv_file_of_any_separator_and_encoding_has_the_cells_of_the_workbook(char separator, string encoding)
    {
        var text = string.Join("\r\n", Cells.Select(row => string.Join(separator, row.Select(cell => Quoted(cell, separator)))));
        var csv = Accepted(ReadFile(Encoded(text, encoding), "return.csv"));
        var xlsx = Accepted(ReadFile(AsWorkbook(), "return.xlsx"));
        Assert.Equal(Cells, Shown(xlsx));
        Assert.Equal(xlsx.RowCount, csv.RowCount);
        for (var row = 1; row <= xlsx.RowCount; row++)
        {
            Assert.Equal(xlsx.Row(row).ToArray(), csv.Row(row).ToArray());
        }
    }

    private static string Quoted(string cell, char separator) =>
        cell.IndexOfAny([separator, '"', '\n']) < 0 ? cell : $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static byte[] Encoded(string text, string encoding) => encoding switch
    {
        "utf-8" => Encoding.UTF8.GetBytes(text),
        "utf-8 with mark" => [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(text)],
        "utf-16" => [0xFF, 0xFE, .. Encoding.Unicode.GetBytes(text)],
        "utf-16BE" => [0xFE, 0xFF, .. Encoding.BigEndianUnicode.GetBytes(text)],
        _ => CodePagesEncodingProvider.Instance.GetEncoding(1252)!.GetBytes(text),
    };

    private static byte[] AsWorkbook()
    {
        var rows = Cells.Select((row, r) => $"<row r=\"{r + 1}\">{string.Concat(row.Select((cell, c) => AsCell(cell, (char)('A' + c), r + 1)))}</row>");
        return XlsxBytes.Of(string.Concat(rows));
    }

    private static string AsCell(string cell, char column, int row) =>
        cell.Length == 0 ? string.Empty
        : int.TryParse(cell, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _) ? $"<c r=\"{column}{row}\"><v>{cell}</v></c>"
        : $"<c r=\"{column}{row}\" t=\"inlineStr\"><is><t xml:space=\"preserve\">{cell.Replace("<", "&lt;", StringComparison.Ordinal)}</t></is></c>";
}
