using DasvPipeline.Core.Domain.Findings;
using DasvPipeline.Core.Ingest.Annotation;
using DasvPipeline.Tests.Ingest.Annotation;
using DasvPipeline.Tests.Ingest.Reading;

namespace DasvPipeline.UnitTests.Ingest.Annotation;

/// <summary>The parts of an .xlsx workbook that the marked copy keeps and removes.</summary>
public sealed class MarkedXlsxTests
{
    private const string Relations = "http://schemas.openxmlformats.org/package/2006/relationships";
    private const string Office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

    private static readonly Finding ErrorInB2 = At(Severity.Error, "Figures", 2, 2, "This is wrong.");

    [Fact]
    public void A_cell_with_a_finding_is_coloured_framed_and_commented_by_its_severity()
    {
        var file = XlsxBytes.Of("""<row r="2"><c r="A2" s="1"><v>0.5</v></c><c r="B2"><v>2</v></c><c r="D2"><v>4</v></c></row>""");
        using var book = MarkedBook.Of(file, "a.xlsx", ErrorInB2, At(Severity.Query, "Figures", 2, 1, "Is this right?"), At(Severity.Note, "Figures", 2, 4, "Read as 4."));
        Assert.Equal(("FFF9C6C1", "thick", "Error: This is wrong."), book.Mark("Figures", "B2"));
        Assert.Equal(("FFFFE699", "mediumDashed", "Query: Is this right?"), book.Mark("Figures", "A2"));
        Assert.Equal(("FFD2E4F5", "dotted", "Note: Read as 4."), book.Mark("Figures", "D2"));
        Assert.Equal(9u, book.Format("Figures", "A2")!.NumberFormatId!.Value);
        Assert.Equal(["50%", "2", "", "4"], Workbooks.Shown(book.Read().Sheets[1])[1]);
    }

    [Fact]
    public void Two_findings_in_a_cell_share_a_comment_and_the_more_severe_sets_the_colour()
    {
        using var book = MarkedBook.Of(XlsxBytes.Of("""<row r="2"><c r="B2"><v>2</v></c></row>"""), "a.xlsx", At(Severity.Note, "Figures", 2, 2, "Read as 2."), ErrorInB2);
        Assert.Equal(("FFF9C6C1", "thick", "Error: This is wrong.\nNote: Read as 2."), book.Mark("Figures", "B2"));
    }

    [Fact]
    public void Every_other_cell_of_the_same_cause_is_marked_too()
    {
        var finding = ErrorInB2 with { OtherCells = [new CellRef("Figures", 2, 3), new CellRef("More", 1, 1)] };
        var file = new XlsxBytes().Sheet("Figures", """<row r="2"><c r="B2"><v>2</v></c><c r="C2"><v>3</v></c></row>""").Sheet("More", string.Empty).ToArray();
        using var book = MarkedBook.Of(file, "a.xlsx", finding);
        const string Comment = "Error: This is wrong.";
        Assert.Equal([Comment, Comment, Comment], [book.Mark("Figures", "B2").Comment, book.Mark("Figures", "C2").Comment, book.Mark("More", "A1").Comment]);
    }

    [Fact]
    public void A_cell_that_is_not_in_the_file_is_added_in_its_place()
    {
        var file = XlsxBytes.Of("""<row r="3"><c r="B3"><v>2</v></c><c r="D3"><v>4</v></c></row><row r="5"><c r="A5"><v>5</v></c></row>""");
        CellRef[] blanks = [new("Figures", 1, 1), new("Figures", 3, 1), new("Figures", 3, 3), new("Figures", 3, 9), new("Figures", 4, 2), new("Figures", 9, 2)];
        using var book = MarkedBook.Of(file, "a.xlsx", [.. blanks.Select(cell => new Finding(Severity.Query, Codes.Blank, cell, "This is blank."))]);
        Assert.All(blanks, cell => Assert.Equal(("FFFFE699", "mediumDashed", "Query: This is blank."), book.Mark("Figures", cell.Address)));
        Assert.Equal([[], [], ["", "2", "", "4"], [], ["5"]], Workbooks.Shown(book.Read().Sheets[1]));
    }

    [Fact]
    public void A_formula_is_replaced_by_its_value()
    {
        var file = XlsxBytes.Of(
            """
            <row r="1"><c r="A1"><f>SUM(B1:C1)</f><v>7</v></c><c r="B1" t="str"><f>"a"&amp;"b"</f><v>=ab</v></c><c r="C1" t="b"><f>TRUE()</f><v>1</v></c><c r="D1" t="e"><f>1/0</f><v>#DIV/0!</v></c></row>
            <row r="2"><c r="B2"><f t="array" ref="B2:C3">cmd|'/C calc'!A0</f><v>3</v></c><c r="C2"><f>WEBSERVICE("http://evil.example")</f></c></row>
            """);
        using var book = MarkedBook.Of(file, "a.xlsx", ErrorInB2);
        Assert.Equal([["7", "=ab", "TRUE", "#DIV/0!"], ["", "3"]], Workbooks.Shown(book.Read().Sheets[1]));
        Assert.All(book.Parts, part => Assert.False(part.Value.Contains("<f>", StringComparison.Ordinal) || part.Value.Contains("<f ", StringComparison.Ordinal) || part.Value.Contains("evil", StringComparison.Ordinal), part.Key));
    }

    [Fact]
    public void Active_content_and_external_links_are_not_copied()
    {
        using var book = MarkedBook.Of(Hostile(), "a.xlsx", ErrorInB2);
        Assert.Equal(
            [
                "[Content_Types].xml", "_rels/.rels", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml",
                "xl/worksheets/_rels/sheet2.xml.rels", "xl/comments2.xml", "xl/drawings/vmlDrawing2.vml", "xl/styles.xml",
            ],
            book.Parts.Keys);
        string[] gone =
        [
            "evil", "External", "definedName", "conditionalFormatting", "dataValidation", "oleObject", "extLst", "customXml", "printerSettings", "AlternateContent", "controls", "fileVersion",
            "dxf", "tableStyle", "xr:uid", "connection",
        ];
        Assert.All(book.Parts, part => Assert.All(gone, word => Assert.False(part.Value.Contains(word, StringComparison.OrdinalIgnoreCase), $"{part.Key} holds {word}")));
        Assert.Equal([["1", "2"], ["", "3"]], Workbooks.Shown(book.Read().Sheets[1]));
    }

    [Theory]
    [InlineData("=cmd|' /C calc'!A0")]
    [InlineData("+1+1")]
    [InlineData("-1+1")]
    [InlineData("@SUM(A1)")]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("\u202Egnp.exe")]
    [InlineData("a_x000D_b")]
    public void Hostile_text_stays_text_in_cells_messages_and_comments(string hostile)
    {
        var escaped = System.Security.SecurityElement.Escape(hostile).Replace("_x", "_x005F_x", StringComparison.Ordinal);
        var file = new XlsxBytes()
            .Sheet("Figures", $"""<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="inlineStr"><is><t>{escaped}</t></is></c><c r="C1" t="str"><v>{escaped}</v></c></row>""")
            .Texts($"<si><t>{escaped}</t></si>").ToArray();
        using var book = MarkedBook.Of(file, "a.xlsx", At(Severity.Error, "Figures", 1, 2, hostile));
        Assert.Equal([hostile, hostile, hostile], Workbooks.Shown(book.Read().Sheets[1])[0]);
        var seen = hostile.Replace("\u202E", string.Empty, StringComparison.Ordinal);
        Assert.Equal("Error: " + seen, book.Mark("Figures", "B1").Comment!.Replace("_x005F_", "_", StringComparison.Ordinal));
        Assert.Equal(["Error", "Figures", "B1", "", seen, "code"], Assert.Single(book.Listed()));
        var isQuoted = hostile[0] is '=' or '+' or '-' or '@';
        Assert.All(["A1", "B1", "C1"], address => Assert.Equal(isQuoted, book.Format("Figures", address)!.QuotePrefix?.Value == true));
    }

    [Fact]
    public void Text_longer_than_a_cell_is_cut_between_characters()
    {
        var text = new string('a', 32_766) + "\U0001F600" + new string('b', 20_000);
        var file = new XlsxBytes().Sheet("Figures", $"""<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="inlineStr"><is><t>{text}</t></is></c></row>""").Texts($"<si><t>{text}</t></si>").ToArray();
        using var book = MarkedBook.Of(file, "a.xlsx", At(Severity.Error, "Figures", 1, 1, text));
        Assert.All(book.Read().Sheets[1].Row(1).ToArray(), cell => Assert.Equal(new string('a', 32_766), cell.Text));
        Assert.Equal(32_766, book.Listed()[0][4].Length);
        Assert.Equal(2000, book.Mark("Figures", "A1").Comment!.Length);
    }

    [Theory]
    [InlineData("Bob's \"own\" sheet", "'Bob''s \"own\" sheet'!B2")]
    [InlineData("O'Brien & Co", "'O''Brien & Co'!B2")]
    [InlineData("2019-20 Q1!", "'2019-20 Q1!'!B2")]
    public void A_link_leads_to_its_cell_for_any_sheet_name(string name, string location)
    {
        var file = new XlsxBytes().Sheet(System.Security.SecurityElement.Escape(name), """<row r="2"><c r="B2"><v>2</v></c></row>""").ToArray();
        using var book = MarkedBook.Of(file, "a.xlsx", At(Severity.Error, name, 2, 2, "This is wrong."));
        Assert.Equal([location], book.Links());
        Assert.Equal(["Findings", name], book.SheetNames);
    }

    [Fact]
    public void A_workbook_that_has_a_sheet_of_findings_keeps_it()
    {
        var file = new XlsxBytes().Sheet("findings", """<row r="2"><c r="B2"><v>2</v></c></row>""").Sheet("Findings 2", string.Empty).ToArray();
        using var book = MarkedBook.Of(file, "a.xlsx", At(Severity.Error, "findings", 2, 2, "This is wrong."));
        Assert.Equal(["Findings 3", "findings", "Findings 2"], book.SheetNames);
    }

    [Fact]
    public void Only_hidden_parts_with_a_finding_are_shown_again()
    {
        const string Columns = """<cols><col min="1" max="1" width="12" hidden="1"/><col min="2" max="3" width="0" hidden="1" customWidth="1"/></cols>""";
        const string Rows = """<row r="1" hidden="1"><c r="A1"><v>1</v></c></row><row r="2" hidden="1" ht="0" customHeight="1"><c r="B2"><v>2</v></c></row>""";
        var file = new XlsxBytes().Sheet("Figures", Rows, Columns, "veryHidden").Sheet("Other", Rows, Columns, "hidden").ToArray();
        using var book = MarkedBook.Of(file, "a.xlsx", ErrorInB2);
        Assert.Equal(["Findings", "Figures"], book.VisibleSheets);
        var sheets = book.Read().Sheets;
        Assert.Equal([true, false], [sheets[1][1, 1].IsHidden, sheets[1][2, 2].IsHidden]);
        Assert.Equal([true, true], [sheets[2][1, 1].IsHidden, sheets[2][2, 2].IsHidden]);
    }

    [Fact]
    public void Findings_are_listed_errors_first_and_those_without_a_cell_have_no_link()
    {
        using var book = MarkedBook.Of(
            XlsxBytes.Of("""<row r="2"><c r="B2"><v>2</v></c></row>"""),
            "a.xlsx",
            At(Severity.Note, "Figures", 1, 1, "A note."),
            new Finding(Severity.Query, "doubt", null, "Are you sure?") { Explanation = "Counted twice a year." },
            ErrorInB2,
            At(Severity.Error, "No such sheet", 1, 1, "Elsewhere."));
        Assert.Equal(
            [
                ["Error", "Figures", "B2", "", "This is wrong.", "code"],
                ["Error", "No such sheet", "A1", "", "Elsewhere.", "code"],
                ["Query", "", "", "", "Are you sure? Explained: Counted twice a year.", "doubt"],
                ["Note", "Figures", "A1", "", "A note.", "code"],
            ],
            book.Listed());
        Assert.Equal(["'Figures'!B2", "'Figures'!A1"], book.Links());
        Assert.Equal("2 errors, 1 query, 1 note", book.Read().Sheets[0][1, 1].Text);
    }

    [Fact]
    public void A_file_that_could_not_be_read_has_nothing_to_mark() =>
        Assert.Null(MarkedCopy.Create(ReadOnlyMemory<byte>.Empty, Workbooks.ReadFile([], "a.xlsx"), []));

    [Theory]
    [InlineData(Codes.PersonalData)]
    [InlineData(Codes.RowPerPerson)]
    public void A_file_with_personal_data_is_not_copied(string code)
    {
        var file = XlsxBytes.Of("""<row r="2"><c r="B2" t="inlineStr"><is><t>canary-4711</t></is></c></row>""");
        var copy = MarkedCopy.Create(file, Workbooks.ReadFile(file, "a.xlsx"), [ErrorInB2, new Finding(Severity.Error, code, new CellRef("Figures", 2, 2), "Remove it.")])!;
        Assert.Equal(MarkedCopy.ListName, copy.FileName);
        Assert.DoesNotContain("canary", System.Text.Encoding.UTF8.GetString(copy.Content.Span), StringComparison.Ordinal);
    }

    [Fact]
    public void Text_that_is_unreadable_on_the_colour_of_a_mark_becomes_black()
    {
        const string Looks = """<fonts><font><color rgb="FFFFFFFF"/><b/></font></fonts><fills><fill/><fill/><fill><patternFill patternType="solid"><fgColor rgb="FF000080"/></patternFill></fill></fills><cellXfs><xf/><xf fontId="0" fillId="2"/></cellXfs>""";
        var file = new XlsxBytes { Looks = Looks }.Sheet("Figures", """<row r="2"><c r="A2" s="1"><v>1</v></c><c r="B2" s="1"><v>2</v></c></row>""").ToArray();
        using var book = MarkedBook.Of(file, "a.xlsx", ErrorInB2);
        Assert.Equal("FF000080", book.Mark("Figures", "A2").Colour);
        Assert.Equal((true, "FFFFFFFF"), book.Letters("Figures", "A2"));
        Assert.Equal((true, "FF0B0C0C"), book.Letters("Figures", "B2"));
    }

    [Fact]
    public void Invalid_styles_are_left_out()
    {
        var looks = $"""<numFmts><numFmt numFmtId="164" formatCode="{new string('0', 100_000)}"/></numFmts><cellXfs><xf numFmtId="9" fontId="7" fillId="-1" borderId="x" xfId="4"/></cellXfs>""";
        var file = new XlsxBytes { Looks = looks }.Sheet("Figures", """<row r="2"><c r="A2" s="70000"><v>0.5</v></c><c r="B2"><v>2</v></c></row>""").ToArray();
        using var book = MarkedBook.Of(file, "a.xlsx", ErrorInB2);
        Assert.DoesNotContain("numFmtId=\"164\"", book.Parts["xl/styles.xml"], StringComparison.Ordinal);
        Assert.Equal((0u, 0u, 0u), (book.Format("Figures", "A2")!.FontId!.Value, book.Format("Figures", "A2")!.FillId!.Value, book.Format("Figures", "A2")!.BorderId!.Value));

        var endless = new XlsxBytes { Looks = $"<cellXfs><xf numFmtId=\"9\"/></cellXfs><fonts>{string.Concat(Enumerable.Repeat("<font/>", 600_000))}</fonts>" }
            .Sheet("Figures", """<row r="2"><c r="B2"><v>2</v></c></row>""").ToArray();
        using var plain = MarkedBook.Of(endless, "a.xlsx", ErrorInB2);
        Assert.Equal(("FFF9C6C1", "thick", "Error: This is wrong."), plain.Mark("Figures", "B2"));
        Assert.InRange(plain.Parts["xl/styles.xml"].Length, 1, 10_000);
    }

    [Fact]
    public void A_file_whose_styles_cannot_be_read_gets_the_list()
    {
        var file = XlsxBytes.Of($"""<row r="2" s="{new string('0', 100_000)}"><c r="B2"><v>2</v></c></row>""");
        var workbook = Workbooks.ReadFile(file, "a.xlsx");
        Assert.Equal("2", workbook.Sheets[0][2, 2].DisplayText);
        Assert.Equal(MarkedCopy.ListName, MarkedCopy.Create(file, workbook, [ErrorInB2])!.FileName);
    }

    internal static Finding At(Severity severity, string sheet, int row, int column, string message) => new(severity, "code", new CellRef(sheet, row, column), message);

    private static byte[] Hostile()
    {
        const string Sheet =
            $"""
            <worksheet xmlns="{XlsxBytes.Main}" xmlns:r="{Office}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:xr="http://schemas.microsoft.com/office/spreadsheetml/2014/revision" xr:uid="evil">
            <sheetPr codeName="evil"/><sheetViews><sheetView showFormulas="1" workbookViewId="0"><selection activeCell="A1"/></sheetView></sheetViews>
            <sheetData><row r="1"><c r="A1" cm="1" vm="1"><v>1</v><extLst><ext uri="evil"/></extLst></c><c r="B1"><f>[1]evil!A1</f><v>2</v></c></row><row r="2"><c r="B2"><f>DDE("cmd","/C evil","x")</f><v>3</v></c></row></sheetData>
            <autoFilter ref="A1:B2"/><mergeCells><mergeCell ref="evil"/></mergeCells>
            <conditionalFormatting sqref="A1"><cfRule type="expression" dxfId="0" priority="1"><formula>evil()</formula></cfRule></conditionalFormatting>
            <dataValidations><dataValidation type="list" sqref="A1"><formula1>evil</formula1></dataValidation></dataValidations>
            <hyperlinks><hyperlink ref="A1" r:id="h" tooltip="evil"/></hyperlinks>
            <pageSetup orientation="landscape" r:id="p"/><headerFooter><oddHeader>evil</oddHeader></headerFooter><drawing r:id="d"/><legacyDrawing r:id="v"/>
            <mc:AlternateContent><mc:Choice Requires="x"><controls/></mc:Choice></mc:AlternateContent>
            <oleObjects><oleObject progId="evil" r:id="o"/></oleObjects><extLst><ext uri="evil"/></extLst>
            </worksheet>
            """;
        return new XlsxBytes { WorkbookProperties = "<fileVersion appName=\"evil\"/><workbookPr codeName=\"evil\"/>" }
            .SheetXml("Figures", Sheet)
            .Part("xl/worksheets/_rels/sheet0.xml.rels", $"""<Relationships xmlns="{Relations}"><Relationship Id="h" Type="{Office}/hyperlink" Target="http://evil.example" TargetMode="External"/><Relationship Id="o" Type="{Office}/oleObject" Target="../embeddings/evil.bin"/></Relationships>""")
            .Part("xl/externalLinks/externalLink1.xml", $"""<externalLink xmlns="{XlsxBytes.Main}"><ddeLink ddeService="cmd" ddeTopic="evil"/></externalLink>""")
            .Part("xl/embeddings/evil.bin", "evil").Part("xl/connections.xml", "<connections/>").Part("customXml/item1.xml", "<evil/>")
            .Part("xl/printerSettings/printerSettings1.bin", "evil").Part("docProps/core.xml", "<evil/>")
            .ToArray();
    }
}
