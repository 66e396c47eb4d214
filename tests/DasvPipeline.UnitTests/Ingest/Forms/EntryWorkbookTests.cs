using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Domain.Findings;
using DasvPipeline.Core.Ingest;
using DasvPipeline.Core.Ingest.Forms;
using DasvPipeline.Core.Ports;
using DasvPipeline.Tests.Ingest.Forms;
using DasvPipeline.Tests.Ingest.Reading;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Validation;

namespace DasvPipeline.UnitTests.Ingest.Forms;

/// <summary>Figures that are entered on a page, written into the form of the return and read back.</summary>
public sealed class EntryWorkbookTests
{
    public static TheoryData<string> Ids() => FilledForms.Ids();

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task Every_figure_and_note_is_read_back_as_it_was_entered(string id)
    {
        var form = Examine.Form(id);
        var texts = FormattedTexts(form);
        var workbook = EntryWorkbook.Create(Examine.Unchecked, form, FilledForms.PeriodOf(form), PreviousOf(form), texts);
        var examined = await Examine.FileAsync(id, FilledForms.PeriodOf(form).ToString(), workbook.Content, EntryWorkbook.FileName, Examine.Unchecked);
        Assert.Equal(FilledForms.Expected(form), Examine.Values(examined, form));
        Assert.True(examined.IsAccepted, Examine.Findings(examined));
        Assert.Equal(texts.Notes.Count, examined.Observations.Count(observation => observation.Figure.Note is { } note && note.StartsWith("Note on ", StringComparison.Ordinal) && IsFirst(form, observation.Key)));
        Assert.Equal(form.Cells.Select(cell => cell.Key).Order(KeyOrder), workbook.Places.Values.Distinct().Order(KeyOrder));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void The_workbook_is_valid_and_has_the_results_of_its_totals(string id)
    {
        var form = Examine.Form(id);
        var first = EntryWorkbook.Create(Examine.Catalogue, form, FilledForms.PeriodOf(form), null, FormattedTexts(form)).Content;
        Assert.Equal(first, EntryWorkbook.Create(Examine.Catalogue, form, FilledForms.PeriodOf(form), null, FormattedTexts(form)).Content);
        using var stream = new MemoryStream(first);
        using var document = SpreadsheetDocument.Open(stream, isEditable: false);
        var errors = new OpenXmlValidator(FileFormatVersions.Microsoft365).Validate(document, TestContext.Current.CancellationToken);
        Assert.Empty(errors.Select(error => $"{error.Path?.XPath}: {error.Description}"));
        var formulas = document.WorkbookPart!.WorksheetParts.SelectMany(part => part.Worksheet!.Descendants<DocumentFormat.OpenXml.Spreadsheet.Cell>()).Where(cell => cell.CellFormula is not null);
        Assert.All(formulas, cell => Assert.NotNull(cell.CellValue));
    }

    [Theory]
    [InlineData("", "?", "blank")]
    [InlineData("0", "0", "")]
    [InlineData("1,864", "1864", "")]
    [InlineData("37 approx", "37", "")]
    [InlineData("[x]", "[x]", "")]
    [InlineData("lots", "?", "not-a-number")]
    [InlineData("-4", "?", "negative")]
    [InlineData("1.864", "?", "not-a-number")]
    [InlineData("12.5", "?", "not-whole not-whole")] // and its total
    public async Task A_text_means_the_same_as_in_a_file(string text, string value, string code)
    {
        const string id = "idva-service/idva";
        var form = Examine.Form(id);
        var (first, period) = (form.Cells[0], FilledForms.PeriodOf(form));
        var texts = FormattedTexts(form);
        var figures = texts.Figures.Where(figure => figure.Key != first.Key.ToString()).ToDictionary();
        if (text.Length > 0)
        {
            figures[first.Key.ToString()] = text;
        }

        var workbook = EntryWorkbook.Create(Examine.Unchecked, form, period, null, texts with { Figures = figures });
        var examined = await Examine.FileAsync(id, period.ToString(), workbook.Content, EntryWorkbook.FileName, Examine.Unchecked);
        Assert.Equal(value, Examine.Values(examined, form).Split(' ')[0]);
        var problems = examined.Findings.Where(finding => finding.Severity > Severity.Note).ToList();
        Assert.Equal(code, string.Join(' ', problems.Select(finding => finding.Code)));
        Assert.All(problems, finding => Assert.Equal(first.Key, workbook.Places[finding.Cell!.Value]));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void A_total_shows_the_sum_of_what_is_entered(string id)
    {
        var form = Examine.Form(id);
        var texts = FormattedTexts(form);
        var sheet = new EntrySheet(form, new ReturnKey(form.Return, FilledForms.PeriodOf(form)), texts, null, null, null);
        foreach (var (table, row, column) in form.Tables.SelectMany(table => table.Rows.SelectMany((_, row) => table.Columns.Select((_, column) => (table, row, column)))).Where(at => at.table[at.row, at.column] is null))
        {
            var parts = EntrySheet.GetParts(table, row, column);
            var isPercent = parts.Any(part => part.Measure.Quantity == Quantity.Percent);
            Assert.Equal(isPercent ? (0, parts.Count) : (parts.Sum(part => decimal.Parse(sheet.GetText(part)!, System.Globalization.CultureInfo.InvariantCulture)), 0), sheet.GetTotal(table, row, column));
        }
    }

    [Fact]
    public void Accepted_figures_are_shown_as_a_person_would_enter_them()
    {
        var form = Examine.Form("refuge/outcomes");
        var (percent, unknown) = (form.Cells[0], form.Cells[1]);
        var texts = EntrySheet.FromAccepted(form, new Dictionary<FigureKey, Figure> { [percent.Key] = new(0.715m, Markers.Estimated, "about"), [unknown.Key] = Figure.NotAvailable });
        Assert.Equal(["71.5% [e]", "[x]"], texts.Figures.Values);
    }

    private static readonly Comparer<FigureKey> KeyOrder = Comparer<FigureKey>.Create((first, second) => string.CompareOrdinal(first.ToString(), second.ToString()));

    private static bool IsFirst(Form form, FigureKey key) => EntrySheet.IsFirstOfRow(form.Cells.Single(cell => cell.Key == key));

    private static PreviousFigures PreviousOf(Form form) => new(FilledForms.PeriodOf(form).Previous, form.Cells.ToDictionary(cell => cell.Key, _ => new Figure(1)));

    /// <summary>Returns a text for each figure, and a note for each row.</summary>
    private static EntryTexts FormattedTexts(Form form) => new(
        form.Cells.Zip(FilledForms.Values(form)).ToDictionary(
            pair => pair.First.Key.ToString(),
            pair => pair.First.Measure.Quantity == Quantity.Percent ? FormattableString.Invariant($"{pair.Second * 100:0.##}%") : (pair.Second / pair.First.Table.Scale).ToString(System.Globalization.CultureInfo.InvariantCulture),
            StringComparer.Ordinal),
        form.Cells.Where(EntrySheet.IsFirstOfRow).ToDictionary(cell => cell.Key.ToString(), cell => $"Note on {cell.Table.Rows[cell.Row].Label}", StringComparer.Ordinal));
}
