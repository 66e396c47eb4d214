using DasvPipeline.Tests.Ingest.Forms;
using DasvPipeline.Tests.Ingest.Reading;
using DocumentFormat.OpenXml.Spreadsheet;

namespace DasvPipeline.UnitTests.Ingest.Forms;

/// <summary>Checks each point of docs/accessible-forms.md on every form.</summary>
public sealed class AccessibleFormTests
{
    private const uint Heading1 = 16;
    private const uint Heading2 = 17;

    public static TheoryData<string> Ids() => FilledForms.Ids();

    [Theory]
    [MemberData(nameof(Ids))]
    public void Every_table_is_marked_up_as_one(string id) => On(id, book =>
    {
        Assert.Empty(book.Sheets[0].Part.TableDefinitionParts);
        Assert.Equal(Examine.Form(id).Tables.Length + 1, book.Sheets.Sum(sheet => sheet.Tables.Count));
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var sheet in book.Sheets.Skip(1))
        {
            Assert.NotEmpty(sheet.Tables);
            foreach (var (table, next) in sheet.Tables.Zip(sheet.Tables.Skip(1).Select(other => (OpenTable?)other).Append(null)))
            {
                var headings = table.Node.TableColumns!.Elements<TableColumn>().Select(column => column.Name!.Value!).ToList();
                var first = sheet.Rows[table.HeadingRow - 1];

                // The table ends above the title of the next, or with the sheet.
                var last = next is null ? sheet.Rows.Count : Enumerable.Range(1, next.HeadingRow - 1).Last(row => sheet.Rows[row - 1].Count > 1);
                Assert.Equal($"A{table.HeadingRow}:{sheet.Rows[last - 1][^1].CellReference}", table.Node.Reference!.Value);
                Assert.Equal(first.Select(Shown), headings);
                Assert.Equal(headings.Count, headings.Distinct(StringComparer.OrdinalIgnoreCase).Count());
                Assert.All(headings, heading => Assert.NotEqual(string.Empty, heading));
                Assert.Matches("^[a-z][a-z0-9._]{3,}$", table.Node.Name!.Value);
                Assert.True(names.Add(table.Node.Name!.Value!));
            }
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
        Assert.Contains($"This form has {Examine.Form(id).Tables.Length} table", Shown(book.Sheets[0].Rows[2][0]), StringComparison.Ordinal);
        Assert.Contains("This sheet contains one table", Shown(book.Sheets[^1].Rows[1][0]), StringComparison.Ordinal);
        Assert.All(book.Sheets.Skip(1).SkipLast(1), sheet =>
        {
            Assert.StartsWith($"This sheet contains {(sheet.Tables.Count == 1 ? "one table" : $"{sheet.Tables.Count} tables")}.", Shown(sheet.Rows[2][0]), StringComparison.Ordinal);
            Assert.Equal("[x] means not available, [z] does not apply, and 37 approx is an estimate. Explain figures in the Notes column.", Shown(sheet.Rows[3][0]));
        });

        // The title of one of several tables is a heading below that of the sheet.
        Assert.All(book.Sheets.Skip(1).Where(sheet => sheet.Tables.Count > 1), sheet => Assert.Equal(
            Examine.Form(id).Tables.Select(table => table.Title), sheet.Rows.Where(row => styles[book.FormatOf(row[0]).FormatId!.Value] == Heading2).Select(row => Shown(row[0]))));
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
            Assert.Equal((PaneStateValues.Frozen, sheet.Tables.Count == 1 ? sheet.HeadingRow : 2, (double?)null), (pane.State!.Value, pane.VerticalSplit!.Value, pane.HorizontalSplit?.Value));
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
    public void The_period_is_in_the_largest_letters_below_each_title(string id) => On(id, book =>
    {
        var fonts = book.Stylesheet.Fonts!.Elements<Font>().ToList();
        Assert.All(book.Sheets.SkipLast(1), sheet =>
        {
            Assert.Equal(FilledForms.PeriodOf(Examine.Form(id)).Label, Shown(sheet.Rows[1][0]));
            Assert.Equal(fonts.Max(font => font.FontSize!.Val!.Value), fonts[(int)book.FormatOf(sheet.Rows[1][0]).FontId!.Value].FontSize!.Val!.Value);
        });
    });

    [Theory]
    [MemberData(nameof(Ids))]
    public void A_sheet_is_printed_as_wide_as_its_page_with_its_headings_on_each(string id) => On(id, book =>
    {
        Assert.All(book.Sheets, sheet =>
        {
            Assert.True(sheet.Part.Worksheet!.Descendants<PageSetupProperties>().Single().FitToPage!.Value);
            Assert.Equal(1u, sheet.Part.Worksheet.Descendants<PageSetup>().Single().FitToWidth!.Value);
        });
        var titles = book.Workbook.DefinedNames!.Elements<DefinedName>().ToDictionary(name => (int)name.LocalSheetId!.Value, name => (name.Name!.Value!, name.Text));
        Assert.All(book.Sheets.Index().Skip(1), item => Assert.Equal(
            ("_xlnm.Print_Titles", $"'{item.Item.Name.Replace("'", "''", StringComparison.Ordinal)}'!$1:${(item.Item.Tables.Count == 1 ? item.Item.HeadingRow : 2)}"), titles[item.Index]));
    });

    [Theory]
    [MemberData(nameof(Ids))]
    public void Ids_come_last_on_the_first_sheet(string id) => On(id, book =>
    {
        var labels = book.Sheets[0].Rows.Select(row => Shown(row[0])).ToList();
        Assert.Equal(["Return", "Period", "Form version"], labels.TakeLast(3));
        Assert.Equal("From", labels[3]);
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
