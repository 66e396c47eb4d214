using System.Text;
using DasvPipeline.Core.Domain.Findings;
using DasvPipeline.Core.Ingest.Reading;
using DasvPipeline.Tests.Ingest.Checking.People;
using DasvPipeline.Tests.Ingest.Reading;
using static DasvPipeline.Tests.Ingest.Reading.XlsBytes;

namespace DasvPipeline.UnitTests.Ingest.Checking.People;

/// <summary>Personal data outside the cells, in each place and format.</summary>
public sealed class OtherContentTests
{
    private const string Canary = "Jo, 07700 900123";
    private const string Table = $"xmlns=\"{XlsxBytes.Main}\"";
    private const string Relations = "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">";
    private const string Drawing = "xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" xmlns:d=\"http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing\"";

    /// <summary>The elements of a sheet after its cells, with the start of the finding.</summary>
    public static TheoryData<string, string> SheetElements => new()
    {
        { $"<headerFooter><oddHeader>&amp;L&amp;\"Arial,Bold\"&amp;12{Canary}</oddHeader></headerFooter>", "A page header or footer" },
        { "<headerFooter><evenFooter>&amp;C077&amp;B00 900&amp;B123</evenFooter></headerFooter>", "A page header or footer" },
        { $"<dataValidations><dataValidation type=\"list\" sqref=\"A1\"><formula1>\"Nobody,{Canary}\"</formula1></dataValidation></dataValidations>", "A drop-down list" },
        { $"<dataValidations><dataValidation promptTitle=\"Help\" prompt=\"{Canary}\" sqref=\"A1\"/></dataValidations>", "A drop-down list" },
        { $"<hyperlinks><hyperlink ref=\"A1\" location=\"A1\" tooltip=\"{Canary}\"/></hyperlinks>", "A link" },
        { $"<extLst><ext><x:dataValidation xmlns:x=\"urn:x\"><x:formula1><f>\"{Canary}\"</f></x:formula1></x:dataValidation></ext></extLst>", "A part of the file" },
    };

    /// <summary>Parts of a package, with the start of the finding.</summary>
    public static TheoryData<string, string, string> Parts => new()
    {
        { "docProps/core.xml", $"<p:coreProperties xmlns:p=\"urn:p\" xmlns:dc=\"urn:dc\"><dc:title>{Canary}</dc:title></p:coreProperties>", "A property" },
        { "docProps/custom.xml", $"<Properties><property name=\"Contact\"><v>{Canary}</v></property></Properties>", "A property" },
        { "xl/drawings/drawing1.xml", $"<d:wsDr {Drawing}><d:txBody><a:p><a:r><a:t>077</a:t></a:r><a:r><a:t>00 900123</a:t></a:r></a:p></d:txBody></d:wsDr>", "A text box" },
        { "xl/drawings/drawing1.xml", $"<d:wsDr {Drawing}><d:cNvPr id=\"1\" name=\"Picture\" descr=\"{Canary}\"/></d:wsDr>", "A text box" },
        { "xl/drawings/vmlDrawing1.vml", $"<xml><v:shape xmlns:v=\"urn:v\"><div>{Canary}</div></v:shape></xml>", "A text box" },
        { "xl/charts/chart1.xml", $"<c:chart xmlns:c=\"urn:c\"><c:strCache><c:pt><c:v>{Canary}</c:v></c:pt></c:strCache></c:chart>", "A text box" },
        { "xl/pivotCache/pivotCacheRecords1.xml", $"<pivotCacheRecords {Table}><r><s v=\"{Canary}\"/></r></pivotCacheRecords>", "The data that is stored for a pivot table" },
        { "xl/pivotCache/pivotCacheRecords1.xml", $"<pivotCacheRecords {Table}><r><n v=\"4\"/><n v=\"9990123454\"/></r></pivotCacheRecords>", "The data that is stored for a pivot table" },
        { "xl/pivotCache/pivotCacheDefinition1.xml", $"<pivotCacheDefinition {Table}><cacheFields><cacheField name=\"Client name\"><sharedItems><s v=\"Zyx Canarybird\"/></sharedItems></cacheField></cacheFields></pivotCacheDefinition>", "The data that is stored for a pivot table" },
        { "xl/externalLinks/externalLink1.xml", $"<externalLink {Table}><externalBook><sheetDataSet><sheetData><row r=\"1\"><cell r=\"A1\" t=\"str\"><v>Surname</v></cell></row><row r=\"2\"><cell r=\"A2\" t=\"str\"><v>Canarybird</v></cell></row></sheetData></sheetDataSet></externalBook></externalLink>", "The data that is stored for a link" },
        { "xl/worksheets/_rels/sheet0.xml.rels", $"{Relations}<Relationship Id=\"h\" Type=\"{XlsxBytes.Office}/hyperlink\" Target=\"mailto:jo%40example.org\" TargetMode=\"External\"/></Relationships>", "A link" },
        { "xl/connections.xml", $"<connections {Table}><connection name=\"Cases\" description=\"{Canary}\"/></connections>", "The data that is stored for a link" },
        { "customXml/item1.xml", $"<notes><note>{Canary}</note></notes>", "A part of the file" },
        { "xl/tables/table1.xml", $"<table {Table} name=\"Table1\" comment=\"{Canary}\"/>", "A part of the file" },
    };

    [Theory]
    [MemberData(nameof(SheetElements))]
    public void Personal_data_in_an_element_of_a_sheet_is_found(string element, string place) =>
        AssertFound(new XlsxBytes().SheetXml("Figures", $"<worksheet {Table}><sheetData><row r=\"1\"><c r=\"A1\"><v>4</v></c></row></sheetData>{element}</worksheet>").ToArray(), "return.xlsx", place);

    [Theory]
    [MemberData(nameof(Parts))]
    public void Personal_data_in_another_part_is_found(string name, string content, string place) =>
        AssertFound(Book().Part(name, content).ToArray(), "return.xlsx", place);

    [Fact]
    public void Personal_data_in_a_defined_name_or_a_number_format_is_found()
    {
        AssertFound(new XlsxBytes { WorkbookProperties = $"<definedNames><definedName name=\"Contact\" comment=\"none\">\"{Canary}\"</definedName></definedNames>" }.Sheet("Figures", Row).ToArray(), "return.xlsx", "A defined name");
        AssertFound(new XlsxBytes { Looks = $"<numFmts><numFmt numFmtId=\"164\" formatCode=\"0&quot; {Canary}&quot;\"/></numFmts>" }.Sheet("Figures", Row).ToArray(), "return.xlsx", "A number format");
    }

    [Fact]
    public void Authors_and_last_editors_are_no_reason_to_refuse()
    {
        var book = Book()
            .Part("docProps/custom.xml", "<Properties><property name=\"_AuthorEmail\"><lpwstr>jo@example.org</lpwstr></property></Properties>")
            .Part("docProps/core.xml", "<p:coreProperties xmlns:p=\"urn:p\" xmlns:dc=\"urn:dc\"><dc:creator>jo@example.org</dc:creator><p:lastModifiedBy>Jo 07700 900123</p:lastModifiedBy></p:coreProperties>")
            .Part("docProps/app.xml", "<Properties><Manager>jo@example.org</Manager></Properties>")
            .Part("xl/persons/person.xml", "<personList><person displayName=\"Jo\" userId=\"jo@example.org\" providerId=\"AD\"/></personList>").ToArray();
        Assert.Empty(Findings(book, "return.xlsx"));
        Assert.Empty(Findings(OdsBytes.OfSheets(OdsBytes.Sheet(OdsBytes.Row(OdsBytes.Number("4"))), ("meta.xml", "<m xmlns:dc=\"urn:dc\" xmlns:meta=\"urn:oasis:names:tc:opendocument:xmlns:meta:1.0\"><dc:creator>jo@example.org</dc:creator><initial-creator>jo@example.org</initial-creator><meta:user-defined meta:name=\"_AuthorEmail\">jo@example.org</meta:user-defined></m>")), "return.ods"));
    }

    /// <summary>Parts of an .ods file: the content before and after the rows, and another part.</summary>
    public static TheoryData<string, string, string, string> OdsPlaces => new()
    {
        { $"<table:content-validations><table:content-validation table:condition=\"of:cell-content-is-in-list(&quot;{Canary}&quot;)\"/></table:content-validations>", "", "", "A drop-down list" },
        { $"<table:content-validations><table:content-validation><table:help-message table:title=\"Help\"><text:p>{Canary}</text:p></table:help-message></table:content-validation></table:content-validations>", "", "", "A drop-down list" },
        { "", $"<table:named-expressions><table:named-expression table:name=\"Contact\" table:expression=\"&quot;{Canary}&quot;\"/></table:named-expressions>", "", "A defined name" },
        { "", $"<table:data-pilot-tables><table:data-pilot-table table:name=\"{Canary}\"/></table:data-pilot-tables>", "", "The data that is stored for a pivot table" },
        { OdsBytes.Sheet($"<table:shapes><draw:frame><draw:text-box><text:p>077<text:span>00 900</text:span>123</text:p></draw:text-box></draw:frame></table:shapes>", "Shapes"), "", "", "A text box" },
        { OdsBytes.Sheet(OdsBytes.Row($"<table:table-cell><draw:frame><draw:text-box><text:p>{Canary}</text:p></draw:text-box></draw:frame></table:table-cell>"), "Shapes"), "", "", "A text box" },
        { OdsBytes.Sheet(OdsBytes.Row(OdsBytes.Text("<text:p><text:a xmlns:xlink=\"http://www.w3.org/1999/xlink\" xlink:href=\"mailto:jo@example.org\">contact</text:a></text:p>")), "Links"), "", "", "A link" },
        { OdsBytes.Sheet(OdsBytes.Row(OdsBytes.Text($"<text:p>{Canary}</text:p>")), "'file:///cases.ods'#$Sheet1"), "", "", "The data that is stored for a link" },
        { "", "", $"meta.xml|<m xmlns:dc=\"urn:dc\"><dc:subject>{Canary}</dc:subject></m>", "A property" },
        { "", "", $"styles.xml|<office:document-styles {OdsBytes.Namespaces}><office:master-styles><style:master-page><style:footer><text:p>{Canary}</text:p></style:footer></style:master-page></office:master-styles></office:document-styles>", "A page header or footer" },
        { "", "", $"styles.xml|<office:document-styles {OdsBytes.Namespaces}><office:styles><number:number-style style:name=\"N\"><number:text>{Canary}</number:text></number:number-style></office:styles></office:document-styles>", "A number format" },
        { "", "", $"Object 1/content.xml|<c xmlns:text=\"urn:t\"><text:p>{Canary}</text:p></c>", "A text box" },
    };

    [Theory]
    [MemberData(nameof(OdsPlaces))]
    public void Personal_data_in_an_ods_file_is_found(string before, string after, string part, string place)
    {
        (string, string)[] parts = part.Length == 0 ? [] : [(part.Split('|')[0], part[(part.IndexOf('|', StringComparison.Ordinal) + 1)..])];
        AssertFound(OdsBytes.OfSheets(before + OdsBytes.Sheet(OdsBytes.Row(OdsBytes.Number("4"))) + after, parts), "return.ods", place);
    }

    /// <summary>Records of a sheet of an .xls file.</summary>
    public static TheoryData<int, byte[], string> XlsRecords => new()
    {
        { 0x0014, [.. U16(20), 0, .. Encoding.Latin1.GetBytes("&LJo, 07700 &B900123")], "A page header or footer" },
        { 0x0015, [.. U16(16), 1, .. Encoding.Unicode.GetBytes(Canary)], "A page header or footer" },
        { 0x01BE, [.. new byte[10], .. Encoding.Latin1.GetBytes(Canary), .. new byte[8]], "A drop-down list" },
        { 0x01B8, [.. new byte[32], .. Encoding.Unicode.GetBytes("mailto:jo@example.org"), .. new byte[4]], "A link" },
    };

    [Theory]
    [MemberData(nameof(XlsRecords))]
    public void Personal_data_in_a_record_of_an_xls_file_is_found(int id, byte[] data, string place) =>
        AssertFound(XlsBytes.Of(Number(1, 1, 4), Record(id, data)), "return.xls", place);

    [Fact]
    public void Texts_outside_the_cells_are_limited()
    {
        var many = string.Concat(Enumerable.Range(0, 60).Select(i => FormattableString.Invariant($"<note>text {i}</note>")));
        var book = Book().Part("customXml/item1.xml", $"<notes>{many}</notes>").ToArray();
        Workbooks.Refused(WorkbookReader.Read(book, "return.xlsx", ReadLimits.Default with { RowsPerSheet = 50 }), Codes.TooManyCells);
    }

    private const string Row = "<row r=\"1\"><c r=\"A1\"><v>4</v></c></row>";

    private static XlsxBytes Book() => new XlsxBytes().Sheet("Figures", Row);

    private static void AssertFound(byte[] file, string name, string place)
    {
        var finding = Assert.Single(Findings(file, name));
        Assert.Equal((Codes.PersonalData, Severity.Error, null), (finding.Code, finding.Severity, finding.Cell));
        Assert.StartsWith(place, finding.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("900123", finding.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("Canary", finding.Message, StringComparison.Ordinal);
    }

    private static IReadOnlyList<Finding> Findings(byte[] file, string name)
    {
        var workbook = Workbooks.ReadFile(file, name);
        Assert.DoesNotContain(workbook.Findings, finding => finding.Severity == Severity.Error);
        return PeopleFindings.In(workbook);
    }
}
