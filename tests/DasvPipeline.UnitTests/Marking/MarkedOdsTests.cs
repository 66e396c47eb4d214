using DasvPipeline.Core.Model;
using DasvPipeline.Core.Oversee.Marking;
using DasvPipeline.Tests.Marking;
using DasvPipeline.Tests.Read;
using static DasvPipeline.Tests.Read.OdsBytes;
using static DasvPipeline.UnitTests.Marking.MarkedXlsxTests;

namespace DasvPipeline.UnitTests.Marking;

/// <summary>What is taken over of an .ods spreadsheet, and where its marks are.</summary>
public sealed class MarkedOdsTests
{
    private static readonly Finding ErrorInB2 = At(Severity.Error, "Figures", 2, 2, "This is wrong.");

    [Theory]
    [InlineData("figures.ods")]
    [InlineData("days1904.ods")]
    [InlineData("linked.ods")]
    public void The_copy_has_the_same_cells_and_every_one_of_them_can_be_marked(string name)
    {
        var file = Reading.Fixture(name);
        var read = Reading.ReadFile(file, name);
        var findings = read.Sheets.SelectMany(sheet => Enumerable.Range(1, sheet.RowCount + 2).SelectMany(row => Enumerable.Range(1, sheet.ColumnCount + 2)
            .Select(column => new Finding((Severity)((row + column) % 3), "code", new CellRef(sheet.Name, row, column), $"About {row}, {column}.")))).ToList();
        var book = MarkedOds.Of(file, findings);
        var copied = book.Read().Sheets.Skip(1).ToList();
        Assert.Equal(read.Sheets.Select(sheet => sheet.Name), copied.Select(sheet => sheet.Name));
        Assert.All(read.Sheets.Zip(copied), pair => Assert.Equal(MarkedOds.Cells(pair.First), MarkedOds.Cells(pair.Second)));
        Assert.All(findings.Take(300), finding => Assert.Equal(
            (MarkedOds.Look(finding.Severity).Colour, MarkedOds.Look(finding.Severity).Frame, $"{finding.Severity}: {finding.Message}"), book.Mark(finding.Cell!.Value)));
    }

    [Fact]
    public void A_mark_keeps_the_style_of_the_cell_or_of_its_row_or_of_its_column()
    {
        var file = OfSheets(Sheet(
            """<table:table-column/><table:table-column table:default-cell-style-name="share"/>"""
            + Row(Number("1", "table:style-name=\"day\"") + Number("0.5"))
            + Row(Number("1") + Number("0.5"), "table:default-cell-style-name=\"hour\"")
            + Row(Number("1") + Number("0.5", "table:style-name=\"Heading\""))));
        CellRef[] cells = [new("Figures", 1, 1), new("Figures", 1, 2), new("Figures", 2, 2), new("Figures", 3, 1), new("Figures", 3, 2)];
        var book = MarkedOds.Of(file, [.. cells.Select(cell => new Finding(Severity.Error, "code", cell, "Wrong."))]);
        var looks = cells.Select(cell => book.StyleOf(book.At("Figures", cell.Row, cell.Column).Cell)!).ToList();
        Assert.Equal(["D", "P", "T", null, null], looks.Select(look => look.Attribute(MarkedOds.Style + "data-style-name")?.Value));
        Assert.Equal("Heading", looks[4].Attribute(MarkedOds.Style + "parent-style-name")!.Value);
        Assert.All(looks, look => Assert.Equal("#0b0c0c", look.Element(MarkedOds.Style + "text-properties")!.Attribute(MarkedOds.Fo + "color")!.Value));
        Assert.Equal(["1"], Reading.Shown(book.Read().Sheets[1])[1][..1]);
        Assert.Equal("50%", book.Read().Sheets[1][1, 2].Shown);
    }

    [Fact]
    public void A_cell_that_is_not_in_the_file_is_made_in_its_place()
    {
        var file = Of("<table:table-row table:number-rows-repeated=\"2\"/>" + Row("<table:table-cell/>" + Number("2") + "<table:table-cell/>" + Number("4")) + Row(string.Empty) + Row(Number("5")));
        CellRef[] blanks = [new("Figures", 1, 1), new("Figures", 3, 1), new("Figures", 3, 3), new("Figures", 3, 9), new("Figures", 4, 2), new("Figures", 9, 2), new("Figures", 1_048_576, 16_384)];
        var book = MarkedOds.Of(file, [.. blanks.Select(cell => new Finding(Severity.Query, Codes.Blank, cell, "This is blank."))]);
        Assert.All(blanks, cell => Assert.Equal(("#ffe699", "1.75pt dashed #7f6000", "Query: This is blank."), book.Mark(cell)));
        Assert.Equal(blanks.Length, book.Root.Descendants(MarkedOds.Office + "annotation").Count());
        Assert.Equal([[], [], ["", "2", "", "4"], [], ["5"]], Reading.Shown(book.Read().Sheets[1]));
    }

    [Fact]
    public void A_formula_is_gone_and_its_value_stays()
    {
        var file = Of(Row(
            Number("7", "table:formula=\"of:=SUM([.B1:.C1])\"")
            + Text("<text:p>=ab</text:p>", "table:formula=\"of:=&quot;=ab&quot;\" office:string-value=\"=ab\"")
            + """<table:table-cell table:formula="of:=1/0" office:value-type="string" office:string-value="" calcext:value-type="error"><text:p>#DIV/0!</text:p></table:table-cell>"""
            + """<table:table-cell table:formula="of:=1/0" office:value-type="float" office:value="0"><text:p>#DIV/0!</text:p></table:table-cell>"""
            + """<table:table-cell table:formula="of:=TRUE()" office:value-type="boolean" office:boolean-value="true"><text:p>TRUE</text:p></table:table-cell>"""
            + """<table:table-cell table:formula="of:=WEBSERVICE(&quot;http://evil.example&quot;)"/>"""
            + """<table:table-cell office:value-type="date" office:date-value="2019-06-30" table:style-name="day"><text:p>2019-0630</text:p></table:table-cell>"""
            + """<table:table-cell office:value-type="float" office:value="evil"><text:p>9</text:p></table:table-cell>"""));
        var book = MarkedOds.Of(file, ErrorInB2);
        Assert.Equal(MarkedOds.Cells(Reading.ReadFile(file, "a.ods").Sheets[0]), MarkedOds.Cells(book.Read().Sheets[1]));
        Assert.Equal(["7", "=ab", "#DIV/0!", "#DIV/0!", "TRUE", "", "2019-06-30", "9"], Reading.Shown(book.Read().Sheets[1])[0]);
        Assert.All(book.Parts, part => Assert.DoesNotContain("formula=", part.Value, StringComparison.Ordinal));
        Assert.DoesNotContain("evil", book.Parts["content.xml"], StringComparison.Ordinal);
    }

    [Fact]
    public void Letters_keep_their_looks_and_their_spaces_and_links_become_what_they_show()
    {
        const string Paragraphs = """<text:p> a<text:s text:c="3"/><text:span text:style-name="T1">b <text:a xmlns:xlink="http://www.w3.org/1999/xlink" xlink:href="http://evil.example">c</text:a></text:span><text:tab/>d<text:line-break/>é 😀</text:p><text:p/><text:p>e</text:p>""";
        var file = Of(Row(Text(Paragraphs)));
        var book = MarkedOds.Of(file, ErrorInB2);
        Assert.Equal("a   b c\td\né 😀\n\ne", book.Read().Sheets[1][1, 1].Text);
        Assert.Equal(Reading.ReadFile(file, "a.ods").Sheets[0][1, 1].Text, book.Read().Sheets[1][1, 1].Text);
        Assert.Equal("b c", book.At("Figures", 1, 1).Cell.Descendants(MarkedOds.Text + "span").Single().Value);
        Assert.Equal(["#Figures.B2"], book.Links());
    }

    [Fact]
    public void Letters_of_two_halves_are_not_cut_wherever_they_stand()
    {
        // Wherever the pieces end that are copied at once, one of them ends within a letter.
        var faces = string.Concat(Enumerable.Repeat("😀", 10_000));
        var file = Of(Row(Text($"<text:p>{faces}a{faces}</text:p>")));
        Assert.Equal($"{faces}a{faces}", MarkedOds.Of(file, ErrorInB2).Read().Sheets[1][1, 1].Text);
    }

    [Theory]
    [InlineData("=cmd|' /C calc'!A0")]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("two  spaces,\nand a line")]
    [InlineData(" \u202Egnp.exe ")]
    public void Hostile_text_stays_text_in_cells_messages_and_comments(string hostile)
    {
        var lines = string.Concat(hostile.Split('\n').Select(line => $"<text:p>{System.Security.SecurityElement.Escape(line).Replace(" ", "<text:s/>", StringComparison.Ordinal)}</text:p>"));
        var book = MarkedOds.Of(Of(Row(Text(lines))), At(Severity.Error, "Figures", 1, 1, hostile));
        var seen = hostile.Replace("\u202E", string.Empty, StringComparison.Ordinal).Replace('\n', ' ');
        Assert.Equal(hostile, book.Read().Sheets[1][1, 1].Text);
        Assert.Equal("Error: " + seen, book.Mark(new CellRef("Figures", 1, 1)).Comment);
        Assert.Equal(["Error", "Figures", "A1", seen, "code"], Assert.Single(book.Listed()));
    }

    [Fact]
    public void What_is_hidden_is_shown_again_only_where_something_was_found()
    {
        const string Columns = """<table:table-column-group table:display="false"><table:table-column table:visibility="collapse"/></table:table-column-group><table:table-column table:style-name="narrow" table:number-columns-repeated="2"/>""";
        var rows = Row(Number("1"), "table:visibility=\"collapse\"") + "<table:table-row-group table:display=\"false\">" + Row("<table:table-cell/>" + Number("2"), "table:style-name=\"flat\" table:visibility=\"filter\" table:number-rows-repeated=\"2\"") + "</table:table-row-group>";
        const string Unseen = "table:style-name=\"unseen\"";
        var book = MarkedOds.Of(OfSheets(Sheet(Columns + rows, more: Unseen) + Sheet(Columns + rows, "Other", Unseen)), ErrorInB2);
        var sheets = book.Read().Sheets;
        Assert.Equal([true, false, true], [sheets[1][1, 1].IsHidden, sheets[1][2, 2].IsHidden, sheets[1][3, 2].IsHidden]);
        Assert.Equal([true, true], [sheets[2][1, 1].IsHidden, sheets[2][2, 2].IsHidden]);
        Assert.Equal("unseen", book.Sheet("Other").Attribute(MarkedOds.Table + "style-name")!.Value);
    }

    [Fact]
    public void Merged_and_covered_cells_stay_so_and_what_is_covered_is_marked_too()
    {
        const string Covered = """<table:covered-table-cell table:number-columns-repeated="3" office:value-type="float" office:value="8"><text:p>8</text:p></table:covered-table-cell>""";
        var file = Of(Row(Number("1") + Number("2", "table:number-columns-spanned=\"4\" table:number-rows-spanned=\"2\"") + Covered + Number("9")));
        var book = MarkedOds.Of(file, At(Severity.Error, "Figures", 1, 4, "Under another."));
        var cells = book.At("Figures", 1, 1).Row.Elements().Select(cell => (cell.Name.LocalName, (int?)cell.Attribute(MarkedOds.Table + "number-columns-spanned"))).ToList();
        Assert.Equal([("table-cell", null), ("table-cell", 4), ("covered-table-cell", null), ("covered-table-cell", null), ("covered-table-cell", null), ("table-cell", null)], cells);
        Assert.Equal("Error: Under another.", book.Mark(new CellRef("Figures", 1, 4)).Comment);
        Assert.Equal(["1", "2", "8", "8", "8", "9"], Reading.Shown(book.Read().Sheets[1])[0]);
    }

    [Theory]
    [InlineData("Q", "#Q.B2")]
    [InlineData("A1", "#'A1'.B2")]
    [InlineData("It's 1.5 of all", "#'It''s 1.5 of all'.B2")]
    [InlineData("Prévention", "#'Prévention'.B2")]
    public void A_finding_leads_to_its_cell_whatever_the_sheet_is_called(string name, string link)
    {
        var book = MarkedOds.Of(OfSheets(Sheet(Row(Number("1")), name)), At(Severity.Error, name, 2, 2, "This is wrong."));
        Assert.Equal([link], book.Links());
        Assert.Equal(["Findings", name], book.SheetNames);
    }

    [Fact]
    public void Findings_are_listed_as_in_a_workbook_of_Excel()
    {
        Finding[] findings = [At(Severity.Note, "findings", 1, 1, "A note."), new(Severity.Query, "doubt", null, "Are you sure?"), At(Severity.Error, "No such sheet", 1, 1, "Elsewhere.")];
        var book = MarkedOds.Of(OfSheets(Sheet(Row(Number("1")), "findings")), findings);
        using var excel = MarkedBook.Of(new XlsxBytes().Sheet("findings", "<row r=\"1\"><c r=\"A1\"><v>1</v></c></row>").ToArray(), "a.xlsx", findings);
        Assert.Equal(excel.SheetNames, book.SheetNames);
        Assert.Equal(Reading.Shown(excel.Read().Sheets[0]), Reading.Shown(book.Read().Sheets[0]));
        Assert.Equal(["#findings.A1"], book.Links());
    }

    [Fact]
    public void What_stays_in_sight_and_how_large_it_is_shown_is_kept()
    {
        const string Settings =
            $"""
            <office:document-settings {Namespaces} xmlns:config="urn:oasis:names:tc:opendocument:xmlns:config:1.0"><office:settings><config:config-item-set config:name="ooo:view-settings"><config:config-item-map-indexed config:name="Views"><config:config-item-map-entry>
            <config:config-item config:name="ViewId" config:type="string">evil</config:config-item>
            <config:config-item-map-named config:name="Tables"><config:config-item-map-entry config:name="Figures"><config:config-item config:name="VerticalSplitMode" config:type="short">2</config:config-item><config:config-item config:name="VerticalSplitPosition" config:type="int">4</config:config-item><config:config-item config:name="ZoomValue" config:type="int">evil</config:config-item><config:config-item config:name="Evil" config:type="int">1</config:config-item></config:config-item-map-entry></config:config-item-map-named>
            </config:config-item-map-entry></config:config-item-map-indexed></config:config-item-set><config:config-item-set config:name="ooo:configuration-settings"><config:config-item config:name="PrinterName" config:type="string">evil</config:config-item></config:config-item-set></office:settings></office:document-settings>
            """;
        var settings = MarkedOds.Of(OfSheets(Sheet(Row(Number("1"))), ("settings.xml", Settings)), ErrorInB2).Parts["settings.xml"];
        Assert.Contains("<config:config-item-map-entry config:name=\"Figures\"><config:config-item config:name=\"VerticalSplitMode\" config:type=\"short\">2</config:config-item><config:config-item config:name=\"VerticalSplitPosition\" config:type=\"int\">4</config:config-item></config:config-item-map-entry>", settings, StringComparison.Ordinal);
        Assert.Contains("\"ActiveTable\" config:type=\"string\">Findings<", settings, StringComparison.Ordinal);
        Assert.DoesNotContain("evil", settings, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData(Codes.PersonalData)]
    [InlineData(Codes.RowPerPerson)]
    public void A_file_that_says_something_of_a_person_is_not_copied(string code)
    {
        var file = Of(Row(Text("<text:p>canary-4711</text:p>")));
        var copy = MarkedCopy.Of(file, Reading.ReadFile(file, "a.ods"), [ErrorInB2, new Finding(Severity.Error, code, new CellRef("Figures", 1, 1), "Remove it.")])!;
        Assert.Equal(MarkedCopy.ListName, copy.FileName);
        Assert.DoesNotContain("canary", System.Text.Encoding.UTF8.GetString(copy.Content.Span), StringComparison.Ordinal);
    }
}
