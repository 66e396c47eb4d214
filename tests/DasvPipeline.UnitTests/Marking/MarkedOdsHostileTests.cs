using DasvPipeline.Core.Model;
using DasvPipeline.Core.Oversee.Marking;
using DasvPipeline.Tests.Marking;
using DasvPipeline.Tests.Read;
using static DasvPipeline.Tests.Read.OdsBytes;
using static DasvPipeline.UnitTests.Marking.MarkedXlsxTests;

namespace DasvPipeline.UnitTests.Marking;

/// <summary>What must not be in a copy that is opened with more trust than the file of a stranger.</summary>
public sealed class MarkedOdsHostileTests
{
    private const string XLink = "xmlns:xlink=\"http://www.w3.org/1999/xlink\" xlink:href=\"http://evil.example/\" xlink:type=\"simple\"";
    private const string More = "xmlns:script=\"urn:oasis:names:tc:opendocument:xmlns:script:1.0\" xmlns:form=\"urn:oasis:names:tc:opendocument:xmlns:form:1.0\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:fo=\"urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0\" xmlns:svg=\"urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0\" xmlns:evil=\"urn:evil\"";
    private const string Listener = $"<office:event-listeners><script:event-listener script:language=\"ooo:script\" script:event-name=\"dom:load\" {XLink}/></office:event-listeners>";

    private static readonly Finding ErrorInB2 = At(Severity.Error, "Figures", 2, 2, "This is wrong.");

    [Fact]
    public void Nothing_that_acts_or_leads_elsewhere_is_carried_over()
    {
        var file = Hostile();
        var book = MarkedOds.Of(file, ErrorInB2, At(Severity.Query, "Figures", 1, 1, "Are you sure?"));
        Assert.Equal(["mimetype", "content.xml", "styles.xml", "settings.xml", "META-INF/manifest.xml"], book.Parts.Keys);
        string[] gone =
        [
            "evil", "script", "event", ":formula", "of:=", "draw:", "form:", "validation", "named-", "database", "dde", "scenario", "protect", "source", "conditional", "apply-style-name=\"E", "image", "header", "footer",
            "print-ranges", "tracked", "pilot", "shapes", "detective", "matrix", "rdf", "thumbnail", "title", "desc",
        ];
        Assert.All(book.Parts, part => Assert.All(gone, word => Assert.False(part.Value.Contains(word, StringComparison.OrdinalIgnoreCase), $"{part.Key} holds {word}")));
        Assert.Equal(["#Figures.B2", "#Figures.A1"], book.Links());
        Assert.Equal(2, book.Root.Descendants(MarkedOds.Office + "annotation").Count());
        Assert.Equal([["1", "2"], ["link", "3"], ["4"]], Reading.Shown(book.Read().Sheets[1]));
    }

    [Fact]
    public void The_looks_beside_them_are_kept()
    {
        var book = MarkedOds.Of(Hostile(), ErrorInB2);
        Assert.Contains("style:master-page-name=\"Page\"", book.Parts["content.xml"], StringComparison.Ordinal);
        Assert.Contains("<style:page-layout-properties fo:page-width=\"29.7cm\"", book.Parts["styles.xml"], StringComparison.Ordinal);
        Assert.Contains("<style:map style:condition=\"value()&gt;=0\" style:apply-style-name=\"N1P0\"", book.Parts["styles.xml"], StringComparison.Ordinal);
        Assert.Contains("<number:text>- </number:text>", book.Parts["styles.xml"], StringComparison.Ordinal);
        Assert.Contains("<table:null-date table:date-value=\"1904-01-01\"", book.Parts["content.xml"], StringComparison.Ordinal);
    }

    [Fact]
    public void The_package_says_what_it_is_before_anything_is_unpacked()
    {
        var content = MarkedOds.Of(Hostile(), ErrorInB2).Content;
        Assert.Equal("mimetypeapplication/vnd.oasis.opendocument.spreadsheet", System.Text.Encoding.ASCII.GetString(content, 30, 8 + MediaType.Length));
        Assert.Equal([0, 0], content[8..10]);
    }

    [Fact]
    public void A_file_with_more_looks_than_any_has_gets_the_list()
    {
        var styles = $"<office:document-styles {Namespaces}><office:styles>{string.Concat(Enumerable.Repeat("<style:style style:family=\"table-cell\"/>", 300_000))}</office:styles></office:document-styles>";
        var file = OfSheets(Sheet(Row(Number("1"))), ("styles.xml", styles));
        Assert.Equal(MarkedCopy.ListName, MarkedCopy.Of(file, Reading.ReadFile(file, "a.ods"), [ErrorInB2])!.FileName);
    }

    [Fact]
    public void A_style_that_has_the_name_of_a_mark_is_not_taken_for_one()
    {
        var styles = string.Concat(Enumerable.Range(1, 40).Select(i => $"<style:style style:name=\"marked{i}\" style:family=\"table-cell\" style:data-style-name=\"P\"/>"));
        var file = OfContent(Content(Sheet(Row(Number("0.5", "table:style-name=\"marked7\"") + Number("2")) + Row("<table:table-cell/>" + Number("3")))).Replace("</office:automatic-styles>", styles + "</office:automatic-styles>", StringComparison.Ordinal));
        var book = MarkedOds.Of(file, ErrorInB2);
        Assert.Equal("50%", book.Read().Sheets[1][1, 1].Shown);
        Assert.Equal("#f9c6c1", book.Mark(new CellRef("Figures", 2, 2)).Colour);
    }

    private static byte[] Hostile()
    {
        const string Cells =
            $"""
            <table:table-row evil:a="evil"><table:table-cell office:value-type="float" office:value="1" table:content-validation-name="evil" xml:id="evil" table:protect="true" table:number-matrix-columns-spanned="1" evil:a="evil">
            <office:annotation office:display="true"><dc:creator>evil</dc:creator><text:p>evil</text:p>{Listener}</office:annotation><table:detective/><table:cell-range-source table:name="evil" {XLink}/>
            <draw:frame><draw:object {XLink}/><draw:image {XLink}/></draw:frame><draw:control draw:control="evil"/><text:p>1</text:p></table:table-cell>
            <table:table-cell table:formula="of:=DDE(&quot;evil&quot;)" office:value-type="float" office:value="2"><text:p>2</text:p></table:table-cell></table:table-row>
            <table:table-row><table:table-cell office:value-type="string"><text:p evil:a="evil"><text:a {XLink}>li{Listener}</text:a><text:span evil:a="evil">n</text:span>k<office:annotation><text:p>evil</text:p></office:annotation></text:p></table:table-cell>
            <table:table-cell table:formula="of:=['file:///evil'#$Sheet1.A1]" office:value-type="float" office:value="3"><text:p>3</text:p></table:table-cell></table:table-row>
            <table:table-row><table:table-cell office:value-type="float" office:value="4"/></table:table-row>
            """;
        const string Before =
            $"""<table:title>evil</table:title><table:desc>evil</table:desc><table:table-source {XLink}/><office:dde-source office:dde-application="evil"/><table:scenario table:scenario-ranges="evil"/><office:forms><form:form {XLink}>{Listener}</form:form></office:forms><table:shapes><draw:frame draw:name="evil"/></table:shapes><table:table-column evil:a="evil"/><table:table-column/>""";
        const string After = "<calcext:conditional-formats><calcext:conditional-format calcext:target-range-address=\"Figures.A1\"><calcext:condition calcext:value=\"formula-is(evil())\"/></calcext:conditional-format></calcext:conditional-formats><table:named-expressions><table:named-range table:name=\"evil\"/></table:named-expressions>";
        var content =
            $"""
            <office:document-content {Namespaces} {More}><office:scripts>{Listener}</office:scripts><office:font-face-decls><style:font-face style:name="F" svg:font-family="Arial"><svg:font-face-src><svg:font-face-uri {XLink}/></svg:font-face-src></style:font-face></office:font-face-decls>
            <office:automatic-styles><style:style style:name="ta" style:family="table" style:master-page-name="Page"><style:table-properties table:display="true" evil:a="evil"><style:background-image {XLink}/></style:table-properties></style:style>
            <style:style style:name="ce" style:family="table-cell"><style:table-cell-properties fo:background-color="#ffffff"><style:background-image {XLink}/></style:table-cell-properties><style:map style:condition="is-true-formula(evil())" style:apply-style-name="Evil"/></style:style>
            <style:style style:name="gr" style:family="graphic" style:parent-style-name="evil"/></office:automatic-styles>
            <office:body><office:spreadsheet><table:tracked-changes/><table:calculation-settings table:search-criteria-must-apply-to-whole-cell="false"><table:null-date table:date-value="1904-01-01"/><table:iteration table:status="enable"/></table:calculation-settings>
            <table:content-validations><table:content-validation table:name="evil" table:condition="evil()">{Listener}</table:content-validation></table:content-validations>
            <table:table table:name="Figures" table:style-name="ta" table:protected="true" table:print-ranges="evil">{Before}{Cells}{After}</table:table>
            <table:named-expressions><table:named-expression table:name="evil" table:expression="evil()"/></table:named-expressions><table:database-ranges><table:database-range table:name="evil"><table:database-source-sql table:sql-statement="evil"/></table:database-range></table:database-ranges>
            <table:data-pilot-tables/><table:dde-links><table:dde-link><office:dde-source office:dde-application="evil"/></table:dde-link></table:dde-links></office:spreadsheet></office:body></office:document-content>
            """;
        const string Styles =
            $"""
            <office:document-styles {Namespaces} {More}><office:scripts>{Listener}</office:scripts><office:styles><draw:gradient draw:name="evil"/><style:default-style style:family="table-cell"><style:text-properties fo:font-size="10pt"/></style:default-style>
            <number:number-style style:name="N1P0" style:volatile="true"><number:number number:min-integer-digits="1"/></number:number-style>
            <number:number-style style:name="N1"><number:text>- </number:text><number:number number:min-integer-digits="1"/><style:map style:condition="value()&gt;=0" style:apply-style-name="N1P0"/><style:map style:condition="is-true-formula(evil())" style:apply-style-name="Evil"/></number:number-style>
            <style:style style:name="Default" style:family="table-cell">{Listener}</style:style></office:styles>
            <office:automatic-styles><style:page-layout style:name="Layout"><style:page-layout-properties fo:page-width="29.7cm" style:print-orientation="landscape"><style:background-image {XLink}/></style:page-layout-properties><style:header-style/></style:page-layout></office:automatic-styles>
            <office:master-styles><style:master-page style:name="Page" style:page-layout-name="Layout"><style:header><text:p>evil<draw:frame><draw:image {XLink}/></draw:frame></text:p></style:header><style:footer><text:p>evil</text:p></style:footer></style:master-page></office:master-styles></office:document-styles>
            """;
        return OfContent(
            content,
            ("styles.xml", Styles), ("meta.xml", "<evil/>"), ("manifest.rdf", "<evil/>"), ("Thumbnails/thumbnail.png", "evil"), ("Pictures/evil.png", "evil"), ("Object 1/content.xml", "<evil/>"),
            ("ObjectReplacements/Object 1", "evil"), ("Basic/script-lc.xml", "<evil/>"), ("Configurations2/accelerator/current.xml", "<evil/>"), ("settings.xml", "<evil/>"));
    }
}
