using DasvPipeline.Tests.Read;
using DasvPipeline.Tests.Receive;
using DocumentFormat.OpenXml.Spreadsheet;

namespace DasvPipeline.UnitTests.Receive;

/// <summary>Checks each point of docs/accessible-forms.md on every form.</summary>
public sealed class AccessibleFormTests
{
    private const uint Heading1 = 16;

    public static TheoryData<string> Ids() => FilledForms.Ids();

    [Theory]
    [MemberData(nameof(Ids))]
    public void Every_sheet_but_the_first_holds_one_table_marked_up_as_one(string id) => On(id, book =>
    {
        Assert.Empty(book.Sheets[0].Part.TableDefinitionParts);
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var sheet in book.Sheets.Skip(1))
        {
            var table = Assert.Single(sheet.Part.TableDefinitionParts).Table!;
            var headings = table.TableColumns!.Elements<TableColumn>().Select(column => column.Name!.Value!).ToList();
            var (first, last) = (sheet.Rows[sheet.HeadingRow - 1], sheet.Rows[^1]);
            Assert.Equal($"A{sheet.HeadingRow}:{last[^1].CellReference}", table.Reference!.Value);
            Assert.Equal(first.Select(Shown), headings);
            Assert.Equal(headings.Count, headings.Distinct(StringComparer.OrdinalIgnoreCase).Count());
            Assert.All(headings, heading => Assert.NotEqual(string.Empty, heading));
            Assert.Matches("^[a-z][a-z0-9._]{3,}$", table.Name!.Value);
            Assert.True(names.Add(table.Name!.Value!));
        }
    });

    [Theory]
    [MemberData(nameof(Ids))]
    public void No_cell_is_merged_hidden_or_left_blank_for_appearance(string id) => On(id, book =>
    {
        foreach (var sheet in book.Sheets)
        {
            Assert.Null(sheet.Node.State);
            Assert.Empty(sheet.Part.Worksheet!.Descendants<MergeCell>());
            Assert.DoesNotContain(sheet.Part.Worksheet.Descendants<Column>(), column => column.Hidden?.Value == true);
            Assert.DoesNotContain(sheet.Part.Worksheet.Descendants<Row>(), row => row.Hidden?.Value == true);
            Assert.All(sheet.Part.Worksheet.Descendants<SheetView>(), view => Assert.Null(view.ShowGridLines));
            Assert.Equal(Enumerable.Range(1, sheet.Rows.Count), sheet.Part.Worksheet.Descendants<Row>().Select(row => (int)row.RowIndex!.Value));
            Assert.All(sheet.Rows, row => Assert.NotEqual(string.Empty, Shown(row[0])));

            // Every empty cell is a cell to fill in.
            Assert.All(sheet.Rows.SelectMany(row => row).Where(cell => Shown(cell).Length == 0 && cell.CellFormula is null), cell => Assert.True(book.IsUnlocked(cell)));
        }
    });

    [Theory]
    [MemberData(nameof(Ids))]
    public void A_sheet_begins_with_its_title_as_a_heading_and_says_how_many_tables_it_has(string id) => On(id, book =>
    {
        var styles = book.Stylesheet.CellStyles!.Elements<CellStyle>().ToDictionary(style => style.FormatId!.Value, style => style.BuiltinId!.Value);
        Assert.All(book.Sheets, sheet => Assert.Equal(Heading1, styles[book.FormatOf(sheet.Rows[0][0]).FormatId!.Value]));
        Assert.Contains($"This form has {book.Sheets.Count - 2} table", Shown(book.Sheets[0].Rows[1][0]), StringComparison.Ordinal);
        Assert.All(book.Sheets.Skip(1), sheet => Assert.Contains("This sheet contains one table", Shown(sheet.Rows[1][0]), StringComparison.Ordinal));
        Assert.All(book.Sheets.Skip(1).SkipLast(1), sheet => Assert.Equal(
            "[x] means not available, and [z] means does not apply. 37 approx is an estimate. Write explanations in the Notes column.", Shown(sheet.Rows[2][0])));
        Assert.Equal(book.Sheets.Count, book.Sheets.Select(sheet => Shown(sheet.Rows[0][0])).Distinct().Count());
    });

    [Theory]
    [MemberData(nameof(Ids))]
    public void The_first_sheet_links_to_all_others(string id) => On(id, book =>
    {
        var first = book.Sheets[0];
        var links = first.Part.Worksheet!.Descendants<Hyperlink>().Select(link => (
            link.Location!.Value!, Shown: Shown(first.Part.Worksheet.Descendants<Cell>().Single(cell => cell.CellReference == link.Reference)))).ToList();
        Assert.Equal(book.Sheets.Skip(1).Select(sheet => ($"'{sheet.Node.Name!.Value!.Replace("'", "''", StringComparison.Ordinal)}'!A1", sheet.Node.Name!.Value!)), links);
    });

    [Theory]
    [MemberData(nameof(Ids))]
    public void The_form_opens_at_the_first_cell_of_the_first_sheet_and_keeps_headings_visible(string id) => On(id, book =>
    {
        Assert.Equal(0u, book.Workbook.BookViews!.GetFirstChild<WorkbookView>()!.ActiveTab!.Value);
        Assert.Equal([true, .. book.Sheets.Skip(1).Select(_ => false)], book.Sheets.Select(sheet => sheet.View.TabSelected?.Value ?? false));
        Assert.All(book.Sheets, sheet => Assert.Equal("A1", sheet.View.GetFirstChild<Selection>()!.ActiveCell!.Value));
        Assert.All(book.Sheets.Skip(1), sheet =>
        {
            var pane = sheet.View.GetFirstChild<Pane>()!;
            Assert.Equal((PaneStateValues.Frozen, (double)sheet.HeadingRow, (double?)null), (pane.State!.Value, pane.VerticalSplit!.Value, pane.HorizontalSplit?.Value));
        });
    });

    [Theory]
    [MemberData(nameof(Ids))]
    public void Letters_are_large_and_plain_and_no_cell_relies_on_colour_alone(string id) => On(id, book =>
    {
        var fonts = book.Stylesheet.Fonts!.Elements<Font>().ToList();
        Assert.All(fonts, font => Assert.True(font.FontSize!.Val!.Value >= 12 && font.FontName!.Val == "Arial"));
        var cells = book.Sheets.SelectMany(sheet => sheet.Rows.SelectMany(row => row)).ToLookup(book.IsUnlocked, cell => book.FormatOf(cell).BorderId!.Value);
        Assert.Empty(cells[true].Intersect(cells[false]));
    });

    [Theory]
    [MemberData(nameof(Ids))]
    public void The_workbook_has_a_title_a_language_and_a_publisher(string id) => On(id, book =>
    {
        var form = Examine.Form(id);
        Assert.Equal(
            ($"{form.Title}, {FilledForms.PeriodOf(form).Label}", "en-GB", Examine.Catalogue.Publisher.Name),
            (book.Document.PackageProperties.Title, book.Document.PackageProperties.Language, book.Document.PackageProperties.Creator));
    });

    private static void On(string id, Action<OpenForm> check)
    {
        using var form = new OpenForm(FilledForms.Blank(Examine.Form(id)));
        check(form);
    }

    private static string Shown(Cell cell) => OpenForm.Shown(cell);
}
