using DasvPipeline.Core.Publish.Report;
using DasvPipeline.Tests.Samples;
using DasvPipeline.UnitTests.Ingest.Forms;
using DocumentFormat.OpenXml.Spreadsheet;
using Drawing = DocumentFormat.OpenXml.Drawing.Wordprocessing;
using Word = DocumentFormat.OpenXml.Wordprocessing;

namespace DasvPipeline.UnitTests.Publish.Report;

/// <summary>Checks the files of the annual report for people who use assistive technology: the workbook by docs/accessible-forms.md, like the forms.</summary>
public sealed class AccessibleReportTests
{
    private const uint Heading1 = 16;
    private const int SheetsBeforeTables = 3;

    [Fact]
    public async Task Each_sheet_but_the_cover_has_one_table_marked_up_as_one()
    {
        using var book = await OpenWorkbookAsync();
        Assert.Empty(book.Sheets[0].Part.TableDefinitionParts);
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var sheet in book.Sheets.Skip(1))
        {
            var table = Assert.Single(sheet.Part.TableDefinitionParts).Table!;
            var headings = table.TableColumns!.Elements<TableColumn>().Select(column => column.Name!.Value!).ToList();
            Assert.Equal($"A{sheet.HeadingRow}:{sheet.Rows[^1][^1].CellReference}", table.Reference!.Value);
            Assert.Equal(sheet.Rows[sheet.HeadingRow - 1].Select(OpenForm.Shown), headings);
            Assert.Equal(headings.Count, headings.Distinct(StringComparer.OrdinalIgnoreCase).Count());
            Assert.Matches("^[a-z][a-z0-9._]{3,}$", table.Name!.Value);
            Assert.True(names.Add(table.Name!.Value!));
        }
    }

    [Fact]
    public async Task No_cell_is_empty_merged_or_hidden_and_no_sheet_is_locked()
    {
        using var book = await OpenWorkbookAsync();
        foreach (var sheet in book.Sheets)
        {
            Assert.Null(sheet.Node.State);
            Assert.Empty(sheet.Part.Worksheet!.Descendants<MergeCell>());
            Assert.Empty(sheet.Part.Worksheet.Descendants<SheetProtection>());
            Assert.DoesNotContain(sheet.Part.Worksheet.Descendants<Column>(), column => column.Hidden?.Value == true);
            Assert.DoesNotContain(sheet.Part.Worksheet.Descendants<Row>(), row => row.Hidden?.Value == true);
            Assert.Equal(Enumerable.Range(1, sheet.Rows.Count), sheet.Part.Worksheet.Descendants<Row>().Select(row => (int)row.RowIndex!.Value));
            Assert.All(sheet.Rows.SelectMany(row => row), cell => Assert.NotEqual(string.Empty, OpenForm.Shown(cell)));
        }
    }

    [Fact]
    public async Task Each_sheet_begins_with_its_title_says_how_many_tables_it_has_and_keeps_its_headings_visible()
    {
        using var book = await OpenWorkbookAsync();
        var styles = book.Stylesheet.CellStyles!.Elements<CellStyle>().ToDictionary(style => style.FormatId!.Value, style => style.BuiltinId!.Value);
        Assert.All(book.Sheets, sheet => Assert.Equal(Heading1, styles[book.FormatOf(sheet.Rows[0][0]).FormatId!.Value]));
        Assert.Equal(book.Sheets.Count, book.Sheets.Select(sheet => OpenForm.Shown(sheet.Rows[0][0])).Distinct().Count());
        Assert.Contains($"has the {book.Sheets.Count - SheetsBeforeTables} tables", OpenForm.Shown(book.Sheets[0].Rows[1][0]), StringComparison.Ordinal);
        Assert.All(book.Sheets.Skip(1), sheet => Assert.Contains("This sheet contains one table", OpenForm.Shown(sheet.Rows[1][0]), StringComparison.Ordinal));
        Assert.All(book.Sheets.Skip(SheetsBeforeTables), sheet => Assert.Contains("Provisional", OpenForm.Shown(sheet.Rows[2][0]), StringComparison.Ordinal));
        Assert.All(book.Sheets.Skip(SheetsBeforeTables), sheet => Assert.Contains("Source", OpenForm.Shown(sheet.Rows[3][0]), StringComparison.Ordinal));
        Assert.Equal([true, .. book.Sheets.Skip(1).Select(_ => false)], book.Sheets.Select(sheet => sheet.View.TabSelected?.Value ?? false));
        Assert.All(book.Sheets.Skip(1), sheet => Assert.Equal((double)sheet.HeadingRow, sheet.View.GetFirstChild<Pane>()!.VerticalSplit!.Value));
    }

    [Fact]
    public async Task The_cover_links_to_the_contents_and_notes_and_the_contents_to_each_table()
    {
        using var book = await OpenWorkbookAsync();
        Assert.Equal(["Cover", "Contents", "Notes"], book.Sheets.Take(SheetsBeforeTables).Select(sheet => sheet.Name));
        Assert.Equal(["'Contents'!A1", "'Notes'!A1"], LinksOf(book.Sheets[0]));
        Assert.Equal(book.Sheets.Skip(SheetsBeforeTables).Select(sheet => $"'{sheet.Name}'!A1"), LinksOf(book.Sheets[1]));
        Assert.Equal(
            ("Domestic Abuse and Sexual Violence Annual Report 2019-20: tables", "en-GB"),
            (book.Document.PackageProperties.Title, book.Document.PackageProperties.Language));
    }

    [Fact]
    public async Task The_workbook_has_each_published_number_as_a_number_and_each_hidden_one_as_a_symbol()
    {
        using var book = await OpenWorkbookAsync();
        var content = ReportFiles.Parse(await SampleReports.FileAsync(ReportFiles.Json));
        foreach (var (table, sheet) in content.Tables.Zip(book.Sheets.Skip(SheetsBeforeTables)))
        {
            var cells = sheet.Rows.Skip(sheet.HeadingRow).SelectMany(row => row.Skip(1).Take(table.Columns.Count)).ToList();
            Assert.Equal(table.Cells.Select(cell => cell.Value is { } value ? (cell.Unit == "percent" ? value / 100 : value).ToString(System.Globalization.CultureInfo.InvariantCulture) : cell.Text), cells.Select(OpenForm.Shown));
            Assert.All(cells.Zip(table.Cells), pair => Assert.Equal(pair.Second.Value is not null, pair.First.CellValue is not null));
        }
    }

    [Fact]
    public async Task The_document_uses_headings_in_order_captions_repeated_headings_and_alternative_texts()
    {
        using var report = new OpenReport(await SampleReports.FileAsync(ReportFiles.Document));
        var levels = report.Paragraphs.Where(item => item.Style.StartsWith("Heading", StringComparison.Ordinal)).Select(item => item.Style[^1] - '0').ToList();
        Assert.Equal(1, levels[0]);
        Assert.All(levels.Zip(levels.Skip(1)), pair => Assert.True(pair.Second <= pair.First + 1, $"Heading {pair.Second} after heading {pair.First}"));
        var styles = report.Main.StyleDefinitionsPart!.Styles!.Elements<Word.Style>().Select(style => style.StyleId!.Value).ToHashSet();
        Assert.All(report.Body.Descendants<Word.Paragraph>(), paragraph => Assert.Contains(OpenReport.StyleOf(paragraph) is { Length: > 0 } style ? style : "Normal", styles));
        Assert.All(report.Body.Elements<Word.Table>(), table =>
        {
            Assert.Equal("Caption", OpenReport.StyleOf(table.PreviousSibling<Word.Paragraph>()!));
            Assert.Single(table.Descendants<Word.TableHeader>());
            Assert.NotEmpty(table.Descendants<Word.TableDescription>().Single().Val!.Value!);
            Assert.Empty(table.Descendants<Word.GridSpan>());
            Assert.All(table.Descendants<Word.TableCell>(), cell => Assert.NotEqual(string.Empty, cell.InnerText));
        });
        Assert.All(report.Body.Descendants<Drawing.DocProperties>(), drawing => Assert.Contains("The table above has the same figures", drawing.Description!.Value, StringComparison.Ordinal));
        Assert.Equal(report.Body.Elements<Word.Table>().Count() + report.Body.Descendants<Drawing.DocProperties>().Count(), report.Paragraphs.Count(item => item.Style == "Caption"));
        Assert.Contains("w:lang w:val=\"en-GB\"", report.Main.StyleDefinitionsPart.Styles.OuterXml, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_page_says_that_the_figures_are_provisional_and_the_contents_link_to_each_heading()
    {
        using var report = new OpenReport(await SampleReports.FileAsync(ReportFiles.Document));
        Assert.Equal("Domestic Abuse and Sexual Violence Annual Report 2019-20. Provisional: these figures may change.", Assert.Single(report.Main.HeaderParts).Header!.InnerText);
        Assert.Single(report.Body.Descendants<Word.SectionProperties>());
        Assert.Empty(report.Body.Descendants<Word.TitlePage>());
        var bookmarks = report.Body.Descendants<Word.BookmarkStart>().ToDictionary(mark => mark.Name!.Value!, mark => mark.Parent!.InnerText, StringComparer.Ordinal);
        var links = report.Body.Descendants<Word.Hyperlink>().ToList();
        Assert.InRange(links.Count, 30, 80);
        Assert.All(links, link => Assert.Equal(bookmarks[link.Anchor!.Value!], link.InnerText));
        Assert.Contains("TOC \\o", Assert.Single(report.Body.Descendants<Word.FieldCode>()).Text, StringComparison.Ordinal);
        Assert.Equal(["Place for the Partnership's logo", "Domestic Abuse and Sexual Violence Annual Report 2019-20"], report.Paragraphs.Take(2).Select(item => item.Text));
        Assert.Contains(report.Paragraphs, item => item == ("Heading1", "Introduction from the Chair"));
    }

    private static async Task<OpenForm> OpenWorkbookAsync() => new(await SampleReports.FileAsync(ReportFiles.Workbook));

    private static IEnumerable<string> LinksOf(OpenSheet sheet) => sheet.Part.Worksheet!.Descendants<Hyperlink>().Select(link => link.Location!.Value!);
}
