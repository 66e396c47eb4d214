using System.Text;
using DasvPipeline.Tests.Hostile;
using DasvPipeline.Tests.Ingest.Reading;
using static DasvPipeline.Tests.Ingest.Reading.XlsBytes;

namespace DasvPipeline.IntegrationTests.Ingest.Checking.People;

/// <summary>Valid returns with a person in one place outside the figures, for each place that a format has.</summary>
internal static class CanaryFiles
{
    private const string Text = "Canarybird, 07700 900123";
    private const string Table = $"xmlns=\"{XlsxBytes.Main}\"";
    private const string Relations = "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">";
    private const string People = "<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>Surname</t></is></c></row><row r=\"2\"><c r=\"A2\" t=\"inlineStr\"><is><t>Canarybird</t></is></c></row>";

    /// <summary>Returns the name of each place, with the name and bytes of the file.</summary>
    public static IEnumerable<(string Place, string Name, byte[] Content)> All()
    {
        foreach (var (place, element) in SheetElements())
        {
            yield return (place, "return.xlsx", new XlsxBytes().SheetXml("Figures", $"<worksheet {Table}><sheetData>{ValidFiles.XlsxRows}</sheetData>{element}</worksheet>").ToArray());
        }

        foreach (var (place, name, content) in Parts())
        {
            yield return (place, "return.xlsx", ValidFiles.Xlsx().Part(name, content).ToArray());
        }

        yield return ("defined name", "return.xlsx", new XlsxBytes { WorkbookProperties = $"<definedNames><definedName name=\"Contact\">\"{Text}\"</definedName></definedNames>" }.Sheet("Figures", ValidFiles.XlsxRows).ToArray());
        yield return ("number format", "return.xlsx", new XlsxBytes { Looks = $"<numFmts><numFmt numFmtId=\"164\" formatCode=\"0&quot; {Text}&quot;\"/></numFmts>" }.Sheet("Figures", ValidFiles.XlsxRows).ToArray());
        yield return ("sheet name", "return.xlsx", new XlsxBytes().Sheet("Jo 07700 900123", ValidFiles.XlsxRows).ToArray());
        yield return ("hidden sheet", "return.xlsx", ValidFiles.Xlsx().Sheet("Data", People, state: "hidden").ToArray());
        yield return ("very hidden sheet", "return.xlsx", ValidFiles.Xlsx().Sheet("Data", People, state: "veryHidden").ToArray());
        yield return ("embedded workbook", "return.xlsx", ValidFiles.Xlsx().Part("xl/embeddings/sheet.xlsx", XlsxBytes.Of(People)).ToArray());
        yield return ("embedded document", "return.xlsx", ValidFiles.Xlsx().Part("xl/embeddings/oleObject1.bin", Encoding.UTF8.GetBytes(Text)).ToArray());
        yield return ("unused shared text", "return.xlsx", ValidFiles.XlsxWith("t=\"s\"><v>0</v>", "<si><t>51</t></si>", $"<si><t>{Text}</t></si>"));
        yield return ("comment", "return.xlsx", ValidFiles.Xlsx()
            .Part("xl/worksheets/_rels/sheet0.xml.rels", $"{Relations}<Relationship Id=\"c\" Type=\"{XlsxBytes.Office}/comments\" Target=\"../comments1.xml\"/></Relationships>")
            .Part("xl/comments1.xml", $"<comments {Table}><authors><author>A</author></authors><commentList><comment ref=\"A1\" authorId=\"0\"><text><t>{Text}</t></text></comment></commentList></comments>").ToArray());
        yield return ("header of an .xls", "return.xls", new XlsBytes().Sheet("Figures", [.. ValidFiles.XlsRecords, Record(0x0014, [.. U16(Text.Length), 0, .. Encoding.Latin1.GetBytes(Text)])]).ToArray());
        yield return ("unused shared text of an .xls", "return.xls", new XlsBytes().Global(Texts(1, Text)).Sheet("Figures", ValidFiles.XlsRecords).ToArray());
        yield return ("embedded workbook of an .xls", "return.xls", CompoundBytes.Of([("Workbook", ValidFiles.Xls().Workbook())], ("MBD0018D4CE", [("Package", XlsxBytes.Of(People))])));
        yield return ("property of an .ods", "return.ods", OdsBytes.OfSheets(OdsBytes.Sheet(ValidFiles.OdsRows), ("meta.xml", $"<m xmlns:dc=\"urn:dc\"><dc:subject>{Text}</dc:subject></m>")));
        yield return ("footer of an .ods", "return.ods", OdsBytes.OfSheets(OdsBytes.Sheet(ValidFiles.OdsRows), ("styles.xml", $"<office:document-styles {OdsBytes.Namespaces}><office:master-styles><style:master-page><style:footer><text:p>{Text}</text:p></style:footer></style:master-page></office:master-styles></office:document-styles>")));
        yield return ("embedded chart of an .ods", "return.ods", OdsBytes.OfSheets(OdsBytes.Sheet(ValidFiles.OdsRows), ("Object 1/content.xml", $"<c xmlns:text=\"urn:t\"><text:p>{Text}</text:p></c>")));
        yield return ("comment of a .csv", "return.csv", Encoding.UTF8.GetBytes($"# From {Text}\r\n{ValidFiles.Csv}"));
        yield return ("file name", "Canarybird 07700 900123.csv", Encoding.UTF8.GetBytes(ValidFiles.Csv));
    }

    /// <summary>Returns valid returns whose author or last editor is named. These names are dropped.</summary>
    public static IEnumerable<(string Place, string Name, byte[] Content)> WithAuthors()
    {
        yield return ("author", "return.xlsx", ValidFiles.Xlsx()
            .Part("docProps/core.xml", "<p:coreProperties xmlns:p=\"urn:p\" xmlns:dc=\"urn:dc\"><dc:creator>Mary Canarybird</dc:creator><p:lastModifiedBy>canarybird@example.org</p:lastModifiedBy></p:coreProperties>")
            .Part("xl/persons/person.xml", "<personList><person displayName=\"Mary Canarybird\" userId=\"canarybird@example.org\" providerId=\"AD\"/></personList>").ToArray());
        yield return ("author of an .ods", "return.ods", OdsBytes.OfSheets(OdsBytes.Sheet(ValidFiles.OdsRows), ("meta.xml", "<m xmlns:dc=\"urn:dc\"><dc:creator>Mary Canarybird</dc:creator></m>")));
    }

    private static IEnumerable<(string Place, string Element)> SheetElements() =>
    [
        ("header", $"<headerFooter><oddHeader>&amp;L{Text}</oddHeader></headerFooter>"),
        ("data validation", $"<dataValidations><dataValidation type=\"list\" sqref=\"A1\"><formula1>\"Nobody,{Text}\"</formula1></dataValidation></dataValidations>"),
        ("hyperlink", $"<hyperlinks><hyperlink ref=\"A1\" location=\"A1\" tooltip=\"{Text}\"/></hyperlinks>"),
    ];

    private static IEnumerable<(string Place, string Name, string Content)> Parts() =>
    [
        ("property", "docProps/core.xml", $"<p:coreProperties xmlns:p=\"urn:p\" xmlns:dc=\"urn:dc\"><dc:title>{Text}</dc:title></p:coreProperties>"),
        ("address of a link", "xl/worksheets/_rels/sheet0.xml.rels", $"{Relations}<Relationship Id=\"h\" Type=\"{XlsxBytes.Office}/hyperlink\" Target=\"mailto:canarybird@example.org\" TargetMode=\"External\"/></Relationships>"),
        ("pivot cache", "xl/pivotCache/pivotCacheRecords1.xml", $"<pivotCacheRecords {Table}><r><s v=\"{Text}\"/></r></pivotCacheRecords>"),
        ("text box", "xl/drawings/drawing1.xml", $"<d:wsDr xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" xmlns:d=\"urn:d\"><d:txBody><a:p><a:r><a:t>{Text}</a:t></a:r></a:p></d:txBody></d:wsDr>"),
        ("cache of a linked workbook", "xl/externalLinks/externalLink1.xml", $"<externalLink {Table}><externalBook><sheetDataSet><sheetData><row r=\"1\"><cell r=\"A1\" t=\"str\"><v>Surname</v></cell></row><row r=\"2\"><cell r=\"A2\" t=\"str\"><v>Canarybird</v></cell></row></sheetData></sheetDataSet></externalBook></externalLink>"),
        ("threaded comment", "xl/threadedComments/threadedComment1.xml", $"<ThreadedComments><threadedComment ref=\"A1\"><text>{Text}</text></threadedComment></ThreadedComments>"),
    ];
}
