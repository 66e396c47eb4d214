using System.Text;
using DasvPipeline.Tests.Hostile;
using DasvPipeline.Tests.Ingest.Reading;

namespace DasvPipeline.IntegrationTests.Hostile;

/// <summary>Text in every encoding, other kinds of file, empty files, and names with a special meaning.</summary>
internal static class HostileTexts
{
    private const string Pounds = "Over 18s,51\r\nUnder 18s,24\r\nNote – “£”,\r\n";

    private static readonly Encoding Windows1252 = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;

    public static IEnumerable<HostileFile> Files() => Encodings().Concat(Shapes()).Concat(OtherKinds()).Concat(Blank()).Concat(Names());

    private static IEnumerable<HostileFile> Encodings()
    {
        yield return new("UTF-8 with a mark.csv", [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(Pounds)]);
        yield return new("UTF-16 with a mark.csv", [0xFF, 0xFE, .. Encoding.Unicode.GetBytes(Pounds)]);
        yield return new("UTF-16 big end first.csv", [0xFE, 0xFF, .. Encoding.BigEndianUnicode.GetBytes(Pounds)]);
        yield return new("UTF-16 without a mark.csv", Encoding.Unicode.GetBytes(ValidFiles.Csv));
        yield return new("UTF-16 without a mark, not plain.csv", Encoding.Unicode.GetBytes(Pounds));
        yield return new("UTF-32.csv", [0xFF, 0xFE, 0, 0, .. Encoding.UTF32.GetBytes(ValidFiles.Csv)]);
        yield return new("UTF-32 big end first.csv", [0, 0, 0xFE, 0xFF, .. new UTF32Encoding(bigEndian: true, byteOrderMark: false).GetBytes(ValidFiles.Csv)]);
        yield return new("Windows-1252.csv", Windows1252.GetBytes(Pounds));
        yield return new("neither UTF-8 nor Windows-1252.csv", [.. Encoding.ASCII.GetBytes(ValidFiles.Csv), 0x81, 0x8D]);
        yield return new("UTF-8 cut in the middle of a letter.csv", [.. Encoding.UTF8.GetBytes(Pounds), 0xE2, 0x80]);
        yield return new("UTF-8 with a mark and a wrong byte.csv", [0xEF, 0xBB, 0xBF, .. Encoding.ASCII.GetBytes(ValidFiles.Csv), 0xFF]);
        yield return new("an overlong letter.csv", [.. Encoding.UTF8.GetBytes(Pounds), 0xC0, 0xAF]);
        yield return new("NUL bytes.csv", ValidFiles.Csv.Replace("51", "5\01", StringComparison.Ordinal));
        yield return new("nothing but NUL.csv", new byte[10_000]);
        yield return new("half a pair of surrogates.csv", [0xFF, 0xFE, .. Encoding.Unicode.GetBytes(ValidFiles.Csv), 0x00, 0xD8, 0x61, 0x00]);
        yield return new("half a letter.csv", [0xFF, 0xFE, .. Encoding.Unicode.GetBytes(ValidFiles.Csv), 0x61]);
        yield return new("half a pair in a cell.xlsx", ValidFiles.XlsxWith("t=\"inlineStr\"><is><t>_xD800_</t></is>"));
        yield return new("a part that names another encoding.xlsx", ValidFiles.Xlsx().Part("docProps/app.xml", "<?xml version=\"1.0\" encoding=\"utf-7\"?><a/>").ToArray());
        yield return new("a part that is no text.xlsx", ValidFiles.Xlsx().Part("docProps/app.xml", [(byte)'<', 0xFF, 0x81]).ToArray());
    }

    private static IEnumerable<HostileFile> Shapes()
    {
        yield return new("a quote that never closes.csv", "Over 18s,51\r\nUnder 18s,\"24\r\n");
        yield return new("a quote that never closes, far down.csv", ValidFiles.Csv + ValidFiles.Repeated("\"a\",1\r\n", 700_000) + "\"b,1\r\n" + ValidFiles.Repeated("a,1\r\n", 100_000));
        yield return new("rows longer than their headings.csv", "measure,age,value\r\nsarc.referrals,18-and-over,1,051\r\nsarc.referrals,under-18,24\r\n");
        yield return new("rows of a table longer than their headings.csv", "Area,Referrals\r\nOver 18s,2,091\r\nUnder 18s,24\r\n");
        yield return new("rows shorter than their headings.csv", "measure,age,value\r\nsarc.referrals,18-and-over\r\nsarc.referrals,under-18,24\r\n");
        yield return new("a comma in a number.csv", "Over 18s,1,051\r\nUnder 18s,24\r\n");
        yield return new("line breaks of an old Mac.csv", ValidFiles.Csv.Replace("\r\n", "\r", StringComparison.Ordinal));
    }

    private static IEnumerable<HostileFile> OtherKinds()
    {
        yield return new("a PDF.xlsx", "%PDF-1.7\n%âãÏÓ");
        yield return new("a web page.xls", "<html xmlns:x=\"urn:schemas-microsoft-com:office:excel\"><table><tr><td>Over 18s<td>51</table></html>");
        yield return new("a spreadsheet of 2003.xls", "<?xml version=\"1.0\"?><?mso-application progid=\"Excel.Sheet\"?><Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\"/>");
        yield return new("a picture (PNG).xlsx", [0x89, .. "PNG\r\n"u8, 0x1A, 0x0A, 0, 0]);
        yield return new("a picture (JPEG).xlsx", [0xFF, 0xD8, 0xFF, 0xE0, 0, 16]);
        yield return new("a Word document.xlsx", XlsxBytes.Zip(("word/document.xml", "<w/>"u8.ToArray()), ("[Content_Types].xml", "<Types/>"u8.ToArray())));
        yield return new("a presentation.xlsx", XlsxBytes.Zip(("ppt/presentation.xml", "<p/>"u8.ToArray())));
        yield return new("an RTF document.xlsx", "{\\rtf1\\ansi Figures}");
        yield return new("a mailbox.csv", "From agency@example.org Mon Apr  1 09:00:00 2019\r\nFrom: agency@example.org\r\nMessage-ID: <1@example.org>\r\n\r\nOver 18s, 51\r\n");
        yield return new("an e-mail.csv", "Received: from mail.example.org\r\nMIME-Version: 1.0\r\nSubject: figures\r\n\r\nOver 18s, 51\r\n");
        yield return new("a zip of CSV files.xlsx", XlsxBytes.Zip(("one.csv", Encoding.ASCII.GetBytes(ValidFiles.Csv)), ("two.csv", Encoding.ASCII.GetBytes(ValidFiles.Csv))));
        yield return new("a gzip.xlsx", [0x1F, 0x8B, 0x08, 0, 0, 0, 0, 0, 0, 3]);
        yield return new("an old Word document.xls", CompoundBytes.Of(("WordDocument", [])));
        yield return new("an Outlook message.xls", CompoundBytes.Of(("__properties_version1.0", [])));
        yield return new("an Excel 95 workbook.xls", new XlsBytes { Version = 0x0500 }.Sheet("Figures").ToArray());
        yield return new("an Excel binary workbook.xlsx", XlsxBytes.Zip(("_rels/.rels", "<Relationships><Relationship Id='a' Type='x/officeDocument' Target='xl/workbook.bin'/></Relationships>"u8.ToArray()), ("xl/workbook.bin", [1, 2])));
        yield return new("an xlsx.csv", ValidFiles.Xlsx().ToArray());
        yield return new("a csv.xlsx", ValidFiles.Csv);
    }

    private static IEnumerable<HostileFile> Blank()
    {
        yield return new("empty.csv", string.Empty);
        yield return new("empty.xlsx", string.Empty);
        yield return new("a mark only.csv", "\uFEFF");
        yield return new("a UTF-16 mark only.csv", [0xFF, 0xFE]);
        yield return new("blanks only.csv", " , \t\r\n\r\n,,\r\n");
        yield return new("headings only.csv", "Referrals,Number\r\nOver 18s,\r\nUnder 18s,\r\n");
        yield return new("headings of a list only.csv", "measure,age,value,note\r\n");
        yield return new("an empty sheet.xlsx", XlsxBytes.Of(string.Empty));
        yield return new("an empty sheet.ods", OdsBytes.Of(string.Empty));
        yield return new("an empty sheet.xls", XlsBytes.Of());
    }

    /// <summary>A file name on disk has at most 255 bytes and no slash. <c>BadInputs</c> tests the other names of uploads.</summary>
    private static IEnumerable<HostileFile> Names() =>
    [
        new("..csv", ValidFiles.Csv),
        new("<script>alert(1)<script>.csv", ValidFiles.Csv),
        new("figures\u202Exslx.csv", ValidFiles.Csv),
        new("figures.\u202Exslx", ValidFiles.Csv),
        new("figures.csv'; DROP TABLE returns; --", ValidFiles.Csv),
        new("new\nline.csv", ValidFiles.Csv),
        new(new string('w', 251) + ".csv", ValidFiles.Csv),
    ];
}
