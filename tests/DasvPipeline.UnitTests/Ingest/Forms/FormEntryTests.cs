using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Ingest.Forms;
using DasvPipeline.Tests.Catalogue;
using DasvPipeline.Tests.Ingest.Forms;
using DasvPipeline.Tests.Ingest.Reading;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Spreadsheet;

namespace DasvPipeline.UnitTests.Ingest.Forms;

/// <summary>The messages that a spreadsheet program shows while a user fills in a form.</summary>
public sealed class FormEntryTests
{
    public static TheoryData<string> Ids() => FilledForms.Ids();

    [Theory]
    [MemberData(nameof(Ids))]
    public void Every_cell_to_fill_in_says_what_it_expects_and_what_is_wrong(string id)
    {
        var form = Examine.Form(id);
        using var book = new OpenForm(FilledForms.Blank(form));
        var figures = new List<(OpenSheet Sheet, DocumentFormat.OpenXml.Spreadsheet.Cell Cell)>();
        var notes = new List<(OpenSheet Sheet, DocumentFormat.OpenXml.Spreadsheet.Cell Cell)>();
        foreach (var sheet in book.Sheets.Skip(1).SkipLast(1))
        {
            var inputs = sheet.Rows.SelectMany(row => row).Where(book.IsUnlocked).ToLookup(cell => book.FormatOf(cell).NumberFormatId!.Value != 0);
            figures.AddRange(inputs[true].Select(cell => (sheet, cell)));
            notes.AddRange(inputs[false].Select(cell => (sheet, cell)));
        }

        Assert.Equal(form.Cells.Length, figures.Count);
        foreach (var ((sheet, cell), asked) in figures.Zip(form.Cells))
        {
            var entry = sheet.EntryOf(cell.CellReference!)!;
            Assert.Equal(DataValidationValues.Custom, entry.Type!.Value);
            Assert.Equal((true, true, true), (entry.AllowBlank!.Value, entry.ShowInputMessage!.Value, entry.ShowErrorMessage!.Value));
            Assert.Equal(asked.Measure.Guidance, entry.Prompt!.Value);
            Assert.StartsWith(entry.PromptTitle!.Value!.TrimEnd('…'), asked.Measure.Label, StringComparison.Ordinal);
            Assert.InRange(entry.PromptTitle!.Value!.Length, 1, 32);
            Assert.InRange(entry.Error!.Value!.Length, 1, 225);
        }

        Assert.Equal(form.Tables.Sum(table => table.Rows.Length), notes.Count);
        Assert.All(notes, note =>
        {
            var entry = note.Sheet.EntryOf(note.Cell.CellReference!)!;
            Assert.Equal((DataValidationValues.List, false), (entry.Type!.Value, entry.ShowErrorMessage!.Value));
            Assert.Equal("'Explanations'!$A$4:$A$9", entry.Formula1!.Text);
        });
        var sheets = book.Sheets.Count - 2;
        Assert.Equal(form.Tables.Sum(table => table.Cells.Select(cell => cell.Measure).Distinct().Count()) + sheets, book.Sheets.Sum(sheet => sheet.Entries.Count));

        Assert.Equal(
            Examine.Catalogue.Help.Explanations,
            book.Sheets[^1].Rows.Skip(3).Select(row => OpenForm.Shown(row[0])));
    }

    [Theory]
    [InlineData("whole-housing/outputs", "B6", "Enter a whole number, 0 or more. Write [x] if the figure is not available, or an estimate as 37 approx.")]
    [InlineData("whole-housing/outputs", "B9", "Enter an amount in pounds, 0 or more. Write [x] if the figure is not available, or an estimate as 37 approx.")]
    [InlineData("rape-crisis/helpline", "B8", "Enter a number of hours, 0 or more. Write [x] if the figure is not available, or an estimate as 37 approx.")]
    [InlineData("refuge/outcomes", "B7", "Enter a percentage from 0% to 100%. Write [x] if the figure is not available, or an estimate as 37 approx.")]
    public void The_error_message_of_a_cell_is_in_plain_words(string id, string cell, string message)
    {
        using var book = new OpenForm(FilledForms.Blank(Examine.Form(id)));
        Assert.Equal(("Check this figure", message), (book.Sheets[1].EntryOf(cell)!.ErrorTitle!.Value, book.Sheets[1].EntryOf(cell)!.Error!.Value));
    }

    [Fact]
    public void A_rule_is_written_for_the_first_cell_of_its_range()
    {
        using var book = new OpenForm(FilledForms.Blank(Examine.Form("rape-crisis/clients")));
        var ages = book.Sheets[3].Entries[0];
        Assert.Equal(("B7:B15 C7:C15 D7:D15", "IF(ISNUMBER(B7),AND(B7>=0,B7=INT(B7)),ISTEXT(B7))"), (ages.SequenceOfReferences!.InnerText, ages.Formula1!.Text));
        Assert.Equal("B8:B9", book.Sheets[1].Entries[0].SequenceOfReferences!.InnerText); // below its total
    }

    [Fact]
    public void Without_suggestions_there_is_neither_a_list_nor_a_sheet_of_them()
    {
        var catalogue = TestCatalogue.Small.Load();
        using var book = new OpenForm(FormWorkbook.Write(catalogue, Examine.Form("north/calls", catalogue), Period.Parse("2019-20-Q1")));
        Assert.Equal(["About", "Figures"], book.Sheets.Select(sheet => sheet.Name));
        var notes = book.Sheets[1].Entries[^1];
        Assert.Equal((null, null, "Explain the figures in this row, if needed."), (notes.Type, notes.Formula1, notes.Prompt!.Value));
        Assert.Equal("Enter a whole number, 0 or more.", book.Sheets[1].Entries[0].Prompt!.Value);
    }

    [Theory]
    [InlineData("", "A partnership")]
    [InlineData("contact: The office\n", "The office")]
    [InlineData("contact: The office\ncontactAt: Room 1\n", "The office: Room 1")]
    public void A_form_says_who_to_contact(string help, string expected)
    {
        var files = TestCatalogue.Small;
        var catalogue = files.With("partnership.yaml", files.Single(file => file.Path == "partnership.yaml").Text + help).Load();
        var about = Workbooks.ReadFile(FormWorkbook.Write(catalogue, Examine.Form("north/calls", catalogue), Period.Parse("2019-20-Q1")), "form.xlsx").Sheets[0];
        Assert.Equal([expected], Workbooks.Shown(about).Where(row => row[0] == "Who to ask").Select(row => row[1]));
    }
}
