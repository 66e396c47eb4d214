using DasvPipeline.Core.Ingest.Reading;
using DasvPipeline.Tests.Ingest.Reading;
using static DasvPipeline.Tests.Ingest.Reading.Workbooks;

namespace DasvPipeline.UnitTests.Ingest.Reading;

/// <summary>Elements and attributes are known by their namespace and depth, because extensions repeat their names.</summary>
public sealed class XmlNameTests
{
    private const string Other = "xmlns:x=\"urn:other\"";
    private const string Alternatives = "xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\"";
    private const string Date = "<row r=\"1\"><c r=\"A1\" s=\"2\"><v>42094</v></c></row>";

    [Theory]
    [InlineData($"<x:workbookPr {Other} date1904=\"0\"/>")]
    [InlineData($"<x:a {Other}><workbookPr date1904=\"0\"/></x:a>")]
    [InlineData($"<extLst><ext><x:workbookPr {Other} date1904=\"0\"/></ext></extLst>")]
    [InlineData("<extLst><ext><workbookPr date1904=\"0\"/></ext></extLst>")]
    public void The_date_system_is_the_one_of_the_workbook_itself(string extension)
    {
        foreach (var properties in new[] { $"<workbookPr date1904=\"1\"/>{extension}", $"{extension}<workbookPr date1904=\"1\"/>" })
        {
            var file = new XlsxBytes { WorkbookProperties = properties }.Sheet("Figures", Date);
            Assert.Equal("2019-04-01", Accepted(ReadFile(file.ToArray(), "return.xlsx"))[1, 1].Text);
        }
    }

    [Theory]
    [InlineData($"<x:sheets {Other}><x:sheet name=\"A\" sheetId=\"9\" r:id=\"s0\"/></x:sheets>")]
    [InlineData("<customViews><sheet name=\"A\" sheetId=\"9\" r:id=\"s0\"/></customViews>")]
    public void Only_sheets_of_the_workbook_are_read(string extension) =>
        Assert.Equal("Figures", Accepted(ReadFile(new XlsxBytes { WorkbookProperties = extension }.Sheet("Figures", Date).ToArray(), "return.xlsx")).Name);

    [Fact]
    public void Formats_of_extensions_do_not_move_the_styles()
    {
        var looks = $"""
            <extLst><ext><numFmt numFmtId="14" formatCode="0%"/></ext></extLst><dxfs><numFmt numFmtId="14" formatCode="0%"/></dxfs>
            <cellXfs><x:xf {Other} numFmtId="0"/><xf numFmtId="0"/><xf numFmtId="9"/><xf numFmtId="14"/></cellXfs>
            """;
        var file = new XlsxBytes { WorkbookProperties = "<workbookPr date1904=\"1\"/>", Looks = looks }.Sheet("Figures", Date);
        Assert.Equal("2019-04-01", Accepted(ReadFile(file.ToArray(), "return.xlsx"))[1, 1].Text);
    }

    [Theory]
    [InlineData($"<row r=\"1\"><c r=\"A1\"><x:v {Other}>99</x:v><v>17</v><x:v {Other}>99</x:v></c></row>")]
    [InlineData($"<row r=\"1\"><x:c {Other} r=\"A1\"><v>99</v></x:c><c r=\"A1\"><v>17</v></c></row>")]
    [InlineData($"<x:row {Other} r=\"1\"><c r=\"A1\"><v>99</v></c></x:row><row r=\"1\"><c r=\"A1\"><v>17</v></c></row>")]
    [InlineData($"<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>17</t><x:t {Other}>99</x:t><x:r {Other}><t>99</t></x:r></is></c></row>")]
    [InlineData($"<row r=\"1\" {Other} x:r=\"5\" x:hidden=\"1\"><c r=\"A1\" x:r=\"B1\" x:t=\"e\" x:s=\"2\"><v>17</v></c></row>")]
    public void Cells_of_extensions_are_not_cells(string rows)
    {
        var cell = Xlsx(rows)[1, 1];
        Assert.Equal(("17", false), (cell.DisplayText, cell.IsHidden));
    }

    [Theory]
    [InlineData("<si><t>Fen</t></si>")]
    [InlineData($"<si><mc:AlternateContent {Alternatives}><mc:Choice Requires=\"x14\"><t>Fen 99</t></mc:Choice><mc:Fallback><t>Fen</t></mc:Fallback></mc:AlternateContent></si>")]
    [InlineData($"<si><r><t>F</t></r><mc:AlternateContent {Alternatives}><mc:Choice Requires=\"x14\"><r><t>en</t></r></mc:Choice><mc:Fallback><r><t>en</t></r></mc:Fallback></mc:AlternateContent></si>")]
    [InlineData($"<mc:AlternateContent {Alternatives}><mc:Choice Requires=\"x14\"><si><t>Fen</t></si></mc:Choice><mc:Fallback><si><t>Fen</t></si></mc:Fallback></mc:AlternateContent>")]
    [InlineData($"<si><mc:AlternateContent {Alternatives}/><t>Fen</t></si>")]
    public void Of_two_alternatives_of_a_text_one_is_read(string text)
    {
        var file = new XlsxBytes().Texts(text, "<si><t>City</t></si>").Sheet("Figures", "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\" t=\"s\"><v>1</v></c></row>");
        Assert.Equal([["Fen", "City"]], Shown(Accepted(ReadFile(file.ToArray(), "return.xlsx"))));
    }

    [Theory]
    [InlineData($"<mc:AlternateContent {Alternatives}><mc:Choice Requires=\"x14\"><row r=\"1\"><c r=\"A1\"><v>99</v></c></row></mc:Choice><mc:Fallback><row r=\"1\"><c r=\"A1\"><v>17</v></c></row></mc:Fallback></mc:AlternateContent>")]
    [InlineData($"<row r=\"1\"><mc:AlternateContent {Alternatives}><mc:Choice Requires=\"x14\"><c r=\"A1\"><v>99</v></c></mc:Choice><mc:Fallback><c r=\"A1\"><v>17</v></c></mc:Fallback></mc:AlternateContent></row>")]
    public void Alternatives_are_read_as_if_they_were_part_of_the_sheet(string rows) =>
        Assert.Equal([["17"], ["18"]], Shown(Xlsx(rows + "<row r=\"2\"><c r=\"A2\"><v>18</v></c></row>")));

    [Fact]
    public void Elements_of_extensions_are_not_rows_or_cells_of_an_ods()
    {
        var rows = $"<x:table-row {Other}><table:table-cell office:value-type=\"float\" office:value=\"99\"/></x:table-row>"
            + OdsBytes.Row($"<x:table-cell {Other} office:value-type=\"float\" office:value=\"99\"/>" + OdsBytes.Number("17") + OdsBytes.Text($"<x:p {Other}>99</x:p><text:p>Fen</text:p>"));
        Assert.Equal([["17", "Fen"]], Shown(Accepted(ReadFile(OdsBytes.Of(rows), "return.ods"))));
    }

    [Fact]
    public void Attributes_of_extensions_are_not_values_of_an_ods()
    {
        const string Attributes =
            $"{Other} x:value=\"99\" x:value-type=\"error\" x:formula=\"a\" x:style-name=\"share\" x:number-columns-repeated=\"3\" x:string-value=\"99\" x:number-columns-spanned=\"2\"";
        var sheet = Accepted(ReadFile(OdsBytes.Of(OdsBytes.Row(OdsBytes.Number("17", Attributes), $"{Other} x:visibility=\"collapse\" x:number-rows-repeated=\"2\"")), "return.ods"));
        Assert.Equal([["17"]], Shown(sheet));
        Assert.Equal(new Cell(CellKind.Number, null, 17), sheet[1, 1]);
        Assert.Empty(sheet.Merges);
    }

    [Fact]
    public void Styles_of_extensions_are_not_styles_of_an_ods()
    {
        var styles = $"<s {OdsBytes.Namespaces} {Other}><x:style style:name=\"share\" style:family=\"table-cell\"/>"
            + "<style:style style:name=\"own\" style:family=\"table-row\"><x:table-row-properties style:row-height=\"0cm\"/></style:style></s>";
        var sheet = Accepted(ReadFile(OdsBytes.OfSheets(OdsBytes.Sheet(OdsBytes.Row(OdsBytes.Number("0.5", "table:style-name=\"share\""), "table:style-name=\"own\"")), ("styles.xml", styles)), "return.ods"));
        Assert.Equal(("50%", false), (sheet[1, 1].DisplayText, sheet[1, 1].IsHidden));
    }
}
