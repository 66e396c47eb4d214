using System.Text;
using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Ingest.Reporting;
using DasvPipeline.Core.Ingest.Routing;
using DasvPipeline.Tests.Hostile;
using DasvPipeline.Tests.Ingest.Forms;
using DasvPipeline.Tests.Ingest.Reading;

namespace DasvPipeline.UnitTests.Hostile;

/// <summary>Wrong files from agencies, in the order of the promises. A name is the row of that list and the case.</summary>
internal static class BadInputs
{
    private const string Idva = "idva-service/idva";
    private const string Police = "constabulary/domestic-abuse";
    private const string Offences = "constabulary/sexual-offences";
    private const string Areas = "City|55\nEast|21\nFenland|44\nHunts|68\nSouth|38\nHealth|29\nCYP|39\nA8|58\nStalking|40\nPboro|103\n\nEngaged|374\nRepeats|176";

    public static async IAsyncEnumerable<(string Name, ExaminationResult Examined)> AllAsync()
    {
        foreach (var (name, file, content) in Files().Concat(Workbooks()))
        {
            yield return (name, await Examine.FileAsync(ValidFiles.Return, ValidFiles.Period, content, file));
        }

        foreach (var (name, id, cells) in Tables())
        {
            yield return (name, await Examine.GridAsync(id, ValidFiles.Period, cells));
        }

        foreach (var (name, form, id, period, catalogue) in Forms())
        {
            yield return (name, await Examine.FileAsync(id, period, FilledForms.Fill(Examine.Form(form)), "form.xlsx", catalogue));
        }

        foreach (var (name, path) in Places())
        {
            yield return (name, new ExaminationResult([UploadPath.Resolve(Examine.Catalogue, path, new DateOnly(2020, 6, 1)).Problem!], []));
        }

        foreach (var (name, period) in new[] { ("last quarter's", "2018-19-Q4"), ("last year's", "2018-19-Q1") })
        {
            var adults = Examine.Form(ValidFiles.Return).Cells[0].Key;
            yield return ($"a value far from last quarter's or last year's: {name}", await Examine.FileAsync(ValidFiles.Return, ValidFiles.Period, Bytes(ValidFiles.Csv), "return.csv", null, (period, adults, 120)));
        }

        foreach (var (name, file, content) in Texts())
        {
            yield return (name, await Examine.FileAsync(ValidFiles.Return, ValidFiles.Period, content, file));
        }
    }

    private static IEnumerable<(string Name, string File, byte[] Content)> Files()
    {
        var good = ValidFiles.Xlsx().ToArray();
        yield return ("empty file, byte-order mark only: empty", "return.csv", []);
        yield return ("empty file, byte-order mark only: the mark", "return.csv", [0xEF, 0xBB, 0xBF]);
        yield return ("headers and no figures", "return.csv", Bytes("Referrals,Number\r\nOver 18s,\r\nUnder 18s,\r\n"));
        yield return ("a PDF, web page, picture or Word file named .xlsx: PDF", "return.xlsx", Bytes("%PDF-1.7\n"));
        yield return ("a PDF, web page, picture or Word file named .xlsx: web page", "return.xlsx", Bytes("<!DOCTYPE html><table><tr><td>1"));
        yield return ("a PDF, web page, picture or Word file named .xlsx: picture", "return.xlsx", [0x89, .. "PNG\r\n"u8]);
        yield return ("a PDF, web page, picture or Word file named .xlsx: Word", "return.xlsx", XlsxBytes.Zip(("word/document.xml", Bytes("<w/>")), ("[Content_Types].xml", Bytes("<Types/>"))));
        yield return ("an .xlsx named .csv, or the reverse: .xlsx", "return.csv", good);
        yield return ("an .xlsx named .csv, or the reverse: .csv", "return.xlsx", Bytes(ValidFiles.Csv));
        yield return ("password-protected workbook", "return.xlsx", CompoundBytes.Of(("EncryptionInfo", []), ("EncryptedPackage", [])));
        yield return ("workbook encrypted with the default password of Excel", "return.xlsx", EncryptedBytes.Standard(ValidFiles.Xlsx().ToArray(), EncryptedBytes.Default));
        yield return ("lock file of an open workbook", "~$return.xlsx", []);
        yield return ("lines that are in quotation marks as a whole", "return.csv", "\"Over 18s,51\"\r\n\"Under 18s,24\"\r\n"u8.ToArray());
        yield return ("spaces round quotation marks", "return.csv", "\"Over 18s\" , \"51\"\r\n\"Under 18s\" , \"24\"\r\n"u8.ToArray());
        yield return ("empty or damaged parts without data: empty", "return.ods", OdsBytes.OfSheets(OdsBytes.Sheet(ValidFiles.OdsRows), ("Configurations2/accelerator/current.xml", string.Empty)));
        yield return ("empty or damaged parts without data: damaged", "return.xlsx", ValidFiles.Xlsx().Part("docProps/app.xml", "<Properties>").ToArray());
        yield return ("macros: .xlsm", "return.xlsm", ValidFiles.Xlsx().Part("[Content_Types].xml", "<Types><Override PartName=\"/xl/workbook.xml\" ContentType=\"application/vnd.ms-excel.sheet.macroEnabled.main+xml\"/></Types>").ToArray());
        yield return ("macros: a vbaProject inside an .xlsx", "return.xlsx", ValidFiles.Xlsx().Part("xl/vbaProject.bin", [1]).ToArray());
        yield return ("truncated or damaged zip, duplicate entries, entries with ..: truncated", "return.xlsx", good[..(good.Length / 2)]);
        yield return ("truncated or damaged zip, duplicate entries, entries with ..: duplicate", "return.xlsx", ValidFiles.Xlsx().Part("xl/workbook.xml", "<x/>").ToArray());
        yield return ("truncated or damaged zip, duplicate entries, entries with ..: ..", "return.xlsx", ValidFiles.Xlsx().Part("../evil.xml", "<x/>").ToArray());
        foreach (var (kind, name) in new[] { ("bomb", "bomb in a picture.xlsx"), ("thousands of entries", "3,000 parts.xlsx"), ("false sizes", "declared smaller than it is.xlsx") })
        {
            yield return ($"zip bomb, thousands of entries, false declared sizes: {kind}", "return.xlsx", HostileZips.Files().First(file => file.Name == name).Content);
        }
    }

    private static IEnumerable<(string Name, string File, byte[] Content)> Workbooks()
    {
        (string Kind, string Prologue)[] types =
            [("DTD", "<!DOCTYPE a>"), ("expansion", "<!DOCTYPE a [<!ENTITY x \"ha\"><!ENTITY y \"&x;&x;&x;\">]>"), ("external", "<!DOCTYPE a [<!ENTITY x SYSTEM \"http://127.0.0.1:9/\">]>")];
        foreach (var (kind, prologue) in types)
        {
            yield return ($"DTD, entity expansion, external entities: {kind}", "return.xlsx", ValidFiles.Xlsx().Part("docProps/app.xml", prologue + "<a/>").ToArray());
        }

        yield return ("sheet declared as A1:XFD1048576", "return.xlsx", new XlsxBytes().Sheet("Figures", ValidFiles.XlsxRows, "<dimension ref=\"A1:XFD1048576\"/>").ToArray());
        yield return ("more rows or columns than the form could hold; over 10 MB: rows", "return.xlsx", XlsxBytes.Of(ValidFiles.XlsxRows + "<row r=\"100001\"><c r=\"A100001\"><v>1</v></c></row>"));
        yield return ("more rows or columns than the form could hold; over 10 MB: a cell in the last row", "return.xlsx", XlsxBytes.Of(ValidFiles.XlsxRows + "<row r=\"1048576\"><c r=\"C1048576\"><v>1</v></c></row>"));
        yield return ("more rows or columns than the form could hold; over 10 MB: columns", "return.xlsx", XlsxBytes.Of("<row r=\"1\"><c r=\"SG1\"><v>1</v></c></row>"));
        yield return ("more rows or columns than the form could hold; over 10 MB: 10 MB", "return.xlsx", new byte[(10 * 1024 * 1024) + 1]);
        yield return ("formula with a stored value, or without one: with", "return.xlsx", ValidFiles.XlsxWith("><f>SUM(D1:D9)</f><v>51</v>"));
        yield return ("formula with a stored value, or without one: without", "return.xlsx", ValidFiles.XlsxWith("><f>SUM(D1:D9)</f>"));
        foreach (var error in (string[])["#REF!", "#N/A", "#DIV/0!"])
        {
            yield return ($"#REF!, #N/A, #DIV/0!: {error}", "return.xlsx", ValidFiles.XlsxWith($"t=\"e\"><v>{error}</v>"));
        }

        yield return ("hidden sheets, rows or columns that hold figures: sheet", "return.xlsx", new XlsxBytes().Sheet("Figures", ValidFiles.XlsxRows, state: "hidden").ToArray());
        yield return ("hidden sheets, rows or columns that hold figures: row", "return.xlsx", XlsxBytes.Of(ValidFiles.XlsxRows.Replace("<row r=\"2\">", "<row r=\"2\" hidden=\"1\">", StringComparison.Ordinal)));
        yield return ("hidden sheets, rows or columns that hold figures: by default", "return.xlsx", XlsxBytes.Of(ValidFiles.XlsxRows, "<sheetFormatPr defaultRowHeight=\"15\" defaultColWidth=\"0\"/>"));
        yield return ("hidden sheets, rows or columns that hold figures: column", "return.xlsx", XlsxBytes.Of(ValidFiles.XlsxRows, "<cols><col min=\"2\" max=\"2\" hidden=\"1\"/></cols>"));
        foreach (var (kind, runs) in new[] { ("superscript", "<r><t>216</t></r><r><rPr><vertAlign val=\"superscript\"/></rPr><t>1</t></r>"), ("struck", "<r><rPr><strike/></rPr><t>4</t></r><r><t>3</t></r>") })
        {
            yield return ($"superscript characters, characters with a line through them: {kind}", "return.xlsx", ValidFiles.XlsxWith($"t=\"inlineStr\"><is>{runs}</is>"));
        }

        yield return ("a figure under merged cells, a figure merged over other cells: under", "return.xlsx", Merged(ValidFiles.XlsxRows));
        yield return ("a figure under merged cells, a figure merged over other cells: over", "return.xlsx", Merged(ValidFiles.XlsxRows.Replace("<c r=\"B2\"><v>24</v></c>", string.Empty, StringComparison.Ordinal)));
        foreach (var (kind, text) in new[] { ("without a number", "Checked with the team"), ("with another number", "Should be 45"), ("with personal data", "someone@example.org") })
        {
            yield return ($"a comment on a figure: {kind}", "return.ods", OdsBytes.Of(ValidFiles.OdsRows.Replace("<text:p>51</text:p>", $"<office:annotation><text:p>{text}</text:p></office:annotation><text:p>51</text:p>", StringComparison.Ordinal)));
        }

        yield return ("links to other workbooks, embedded objects: link", "return.xlsx", ValidFiles.Xlsx().Part("xl/externalLinks/externalLink1.xml", "<x/>").ToArray());
        yield return ("links to other workbooks, embedded objects: document", "return.xlsx", ValidFiles.Xlsx().Part("xl/embeddings/oleObject1.bin", [0, 255, 1]).ToArray());
        yield return ("links to other workbooks, embedded objects: workbook", "return.xlsx", ValidFiles.Xlsx().Part("xl/embeddings/Microsoft_Excel_Sheet1.xlsx", ValidFiles.Xlsx().ToArray()).ToArray());
        yield return ("pictures: a logo", "return.xlsx", ValidFiles.Xlsx().Part("xl/media/image1.png", [1]).ToArray());
        yield return ("pictures: a large one", "return.xlsx", ValidFiles.Xlsx().Part("xl/media/image1.png", [1]).Part("xl/drawings/drawing1.xml", XlsxBytes.Picture(columns: 8, rows: 30)).ToArray());
        yield return ("dates from 1904 workbooks", "return.xlsx", new XlsxBytes { WorkbookProperties = "<workbookPr date1904=\"1\"/>" }
            .Sheet("Figures", ValidFiles.XlsxRows.Replace("<c r=\"B1\"><v>51</v>", "<c r=\"B1\" s=\"2\"><v>42094</v>", StringComparison.Ordinal)).ToArray());
    }

    private static IEnumerable<(string Name, string Return, string Cells)> Tables()
    {
        yield return ("merged title cells, two tables side by side, notes below the table", Offences, "Sexual Offence crimes|||Serious Sexual Offence crimes|\nCambs|347||Cambs|275\nPboro|151||Pboro|126\n\nThe figures are provisional.");
        yield return ("the table cannot be found", ValidFiles.Return, "Some title\nSomething|else");
        yield return ("two tables match", ValidFiles.Return, "Over 18s|51\nUnder 18s|24\n\nOver 18s|52\nUnder 18s|25");
        yield return ("a label nobody knows", Idva, Areas.Replace("Hunts", "Huntigdonshire", StringComparison.Ordinal));
        yield return ("look-alike letters, zero-width and non-breaking spaces in labels: look-alike", Idva, Areas.Replace("Hunts", "Huntѕ", StringComparison.Ordinal));
        yield return ("look-alike letters, zero-width and non-breaking spaces in labels: zero-width", Idva, Areas.Replace("Hunts", "Hunts\u200B", StringComparison.Ordinal));
        yield return ("look-alike letters, zero-width and non-breaking spaces in labels: non-breaking", ValidFiles.Return, "Over\u00A018s|51\nUnder 18s|24");
        yield return ("the same row twice", ValidFiles.Return, "Over 18s|51\nAdults|3\nUnder 18s|24");
        yield return ("Total differs from its parts", ValidFiles.Return, "Over 18s|51\nUnder 18s|24\nTotal|76");
        yield return ("negative count, 12.5 people, a percentage over 100, over 2^31: negative", ValidFiles.Return, "Over 18s|-5\nUnder 18s|24");
        yield return ("negative count, 12.5 people, a percentage over 100, over 2^31: 12.5", ValidFiles.Return, "Over 18s|12.5\nUnder 18s|24");
        yield return ("negative count, 12.5 people, a percentage over 100, over 2^31: percentage", Police, "|Incidents|Crime rate\nCambs|2091|171%\nPboro|1366|63%");
        yield return ("negative count, 12.5 people, a percentage over 100, over 2^31: 2^31", ValidFiles.Return, "Over 18s|2147483648\nUnder 18s|24");
        yield return ("a blank cell in a table that was filled in", ValidFiles.Return, "Over 18s|51\nUnder 18s|");
        yield return ("a row that the form asks for is absent", Police, "Police DA Incidents|\nCambs|2091\n\nPolice DA Crime Rate|\nCambs|71%\nPboro|63%");
        foreach (var written in (string[])["1e3", "３７", "1.864", "NaN", "TRUE"])
        {
            yield return ($"1e3, full-width digits, 1.864, NaN, TRUE: {written}", ValidFiles.Return, $"Over 18s|'{written}\nUnder 18s|24");
        }
    }

    private static IEnumerable<(string Name, string Form, string Return, string Period, PartnershipCatalogue? Catalogue)> Forms()
    {
        const string Row = "the form of another agency, return or period; an older form version";
        yield return ($"{Row}: agency", Police, ValidFiles.Return, ValidFiles.Period, null);
        yield return ($"{Row}: return", Police, Offences, ValidFiles.Period, null);
        yield return ($"{Row}: period", Police, Police, "2019-20-Q2", null);
        yield return ($"{Row}: older", "cada/support", "cada/support", "2019-20", PartnershipCatalogue.Load(PartnershipCatalogue.EmbeddedFiles()
            .Select(file => file.Path == "returns/cada.support.yaml" ? file with { Text = file.Text + "version: 2\n" } : file)));
    }

    private static IEnumerable<(string Name, string Path)> Places()
    {
        yield return ("a period in the future, a period the agency does not report for: future", "elms-sarc/referrals/2031-32-Q1/return.csv");
        yield return ("a period in the future, a period the agency does not report for: not ended", "elms-sarc/referrals/2020-21-Q1/return.csv");
        yield return ("a period in the future, a period the agency does not report for: a year of a quarterly return", "elms-sarc/referrals/2019-20/return.csv");
        yield return ("a period in the future, a period the agency does not report for: before the first", "elms-sarc/referrals/2009-10-Q1/return.csv");
    }

    private static IEnumerable<(string Name, string File, byte[] Content)> Texts()
    {
        const string Row = "invalid UTF-8 that is not Windows-1252, NUL bytes, UTF-16 without a mark";
        yield return ($"{Row}: neither", "return.csv", [.. Bytes(ValidFiles.Csv), 0x81]);
        yield return ($"{Row}: Windows-1252", "return.csv", [.. Bytes(ValidFiles.Csv), 0xA3]);
        yield return ($"{Row}: NUL", "return.csv", Bytes(ValidFiles.Csv.Replace("51", "5\01", StringComparison.Ordinal)));
        yield return ($"{Row}: UTF-16, certain", "return.csv", Encoding.Unicode.GetBytes(ValidFiles.Csv));
        yield return ($"{Row}: UTF-16, not certain", "return.csv", Encoding.Unicode.GetBytes(ValidFiles.Csv + "“Café”"));
        yield return ("unclosed quote, ragged rows: quote", "return.csv", Bytes("Over 18s,51\r\nUnder 18s,\"24\r\n"));
        yield return ("unclosed quote, ragged rows: a list", "return.csv", Bytes("measure,age,value\r\nsarc.referrals,18-and-over,1,051\r\nsarc.referrals,under-18,1,024\r\n"));
        yield return ("unclosed quote, ragged rows: a table", "return.csv", Bytes("Over 18s,1,051\r\nUnder 18s,24\r\n"));
        foreach (var name in (string[])["..", "..\\..\\return.csv", "<script>alert(1)</script>", "\u202Evsc.return", new string('w', 980) + ".csv"])
        {
            yield return ($"a file name with .., \\, 1,024 characters, <script>: {(name.Length > 100 ? "long" : name)}", name, Bytes(ValidFiles.Csv));
        }
    }

    private static byte[] Merged(string rows) => new XlsxBytes()
        .SheetXml("Figures", $"<worksheet xmlns=\"{XlsxBytes.Main}\"><sheetData>{rows}</sheetData><mergeCells><mergeCell ref=\"B1:B2\"/></mergeCells></worksheet>").ToArray();

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);
}
