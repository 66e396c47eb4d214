using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Domain.Findings;
using DasvPipeline.Core.Ingest.Forms;
using DasvPipeline.Tests.Catalogue;
using DasvPipeline.Tests.Ingest.Forms;
using DasvPipeline.Tests.Ingest.Reading;

namespace DasvPipeline.UnitTests.Ingest.Forms;

/// <summary>The accepted figures of the previous period are next to each cell, and are not read as figures of this period.</summary>
public sealed class PreviousFigureTests
{
    public static TheoryData<string> Ids() => FilledForms.Ids();

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task A_form_with_the_previous_periods_figures_is_accepted_without_findings(string id)
    {
        var form = Examine.Form(id);
        var before = FilledForms.PeriodOf(form) is { IsYear: false } quarter ? quarter : form.FirstPeriod;
        var period = before.IsYear ? before.NextYear : before.Year.WithQuarter(2);
        form = Examine.Catalogue.FindForm(new ReturnKey(form.Return, period))!;
        var accepted = Accepted(form);
        var lastYear = period.IsYear ? null : new PreviousFigures(period.PreviousYear, accepted);
        var filled = FilledForms.Fill(form, FormWorkbook.Write(Examine.Catalogue, form, period, new PreviousFigures(before, accepted), lastYear));
        var examined = await Examine.FileAsync(
            id, period.ToString(), filled, "form.xlsx", Examine.Unchecked,
            [.. new[] { before, period.PreviousYear }.Distinct().SelectMany(earlier => accepted.Select(item => (earlier.ToString(), item.Key, item.Value.Value!.Value)))]);
        Assert.Equal(string.Empty, Examine.Findings(examined));
        Assert.Equal(FilledForms.Expected(form), Examine.Values(examined, form));
    }

    [Fact]
    public async Task Every_figure_is_compared_with_the_accepted_figure_of_its_own_cell()
    {
        var form = Examine.Catalogue.FindForm(new ReturnKey(Examine.Form("rape-crisis/clients").Return, Period.FromYear(2020)))!;
        var accepted = Accepted(form);
        var filled = FilledForms.Fill(form, FormWorkbook.Write(Examine.Catalogue, form, Period.FromYear(2020), new PreviousFigures(Period.FromYear(2019), accepted)));
        var examined = await Examine.FileAsync(
            "rape-crisis/clients", "2020-21", filled, "form.xlsx", Examine.Unchecked, [.. accepted.Select(item => ("2019-20", item.Key, item.Value.Value!.Value + 1))]);
        Assert.Equal(form.Cells.Length, examined.Findings.Count(finding => finding.Code == Codes.OtherPeriodDiffers));
        Assert.Contains(
            "For April 2019 to March 2020, this file shows 1,004 for \"13 to 17 years, Female\", but we accepted 1,005. If the accepted figure is wrong, send a corrected file for 2019-20 too.",
            examined.Findings.Select(finding => finding.Message));
    }

    [Fact]
    public void A_previous_figure_or_marker_is_locked_next_to_its_cell_under_its_period()
    {
        var form = Examine.Form("idva-service/idva");
        var accepted = new Dictionary<FigureKey, Figure>
        {
            [form.Cells[0].Key] = new(50),
            [form.Cells[1].Key] = Figure.NotAvailable,
            [form.Cells[2].Key] = new(null, Markers.Confidential, "fewer than 5"),
            [form.Cells[3].Key] = new(60, Markers.Estimated, "60 approx"),
        };
        using var book = new OpenForm(FormWorkbook.Write(Examine.Catalogue, form, Period.Parse("2019-20-Q1"), new PreviousFigures(Period.Parse("2018-19-Q4"), accepted)));
        var rows = book.Sheets[1].Rows.Skip(book.Sheets[1].HeadingRow - 1).Take(form.Tables[0].Rows.Length + 1).ToList();
        Assert.Equal(["January to March 2019", "50", "[x]", "[c]", "60", "", "", "", "", "", "", ""], rows.Select(row => OpenForm.Shown(row[2])));
        Assert.All(rows.Skip(1).SkipLast(1), row =>
        {
            Assert.Equal((true, false), (book.IsUnlocked(row[1]), book.IsUnlocked(row[2])));
            Assert.NotEqual(book.FormatOf(row[1]).FontId, book.FormatOf(row[2]).FontId);
            Assert.Null(book.Sheets[1].EntryOf(row[2].CellReference!));
        });
        Assert.Contains(book.Sheets[0].Rows, row => OpenForm.Shown(row[0]) == "Earlier figures" && OpenForm.Shown(row[1]).StartsWith("The figures we accepted for January to March 2019 are next to each cell.", StringComparison.Ordinal));
    }

    [Fact]
    public void A_form_without_previous_figures_has_no_such_column()
    {
        using var book = new OpenForm(FilledForms.Blank(Examine.Form("idva-service/idva")));
        Assert.Equal(["What is counted", "April to June 2018", "Check", "Notes"], book.Sheets[1].Rows[book.Sheets[1].HeadingRow - 1].Select(OpenForm.Shown));
    }

    [Fact]
    public async Task A_column_of_totals_adds_up_the_requested_figures_only()
    {
        var catalogue = TestCatalogue.Small.With("returns/south.people.yaml", """
            agency: south
            return: people
            title: People
            every: year
            from: 2019-20
            tables:
              - id: people
                title: People by age
                measure: people
                rows: [{ area: city }, { area: fen }, { total: Total }]
                columns: [{ age: adult }, { age: child }, { total: All ages }]
            """).Load();
        var form = Examine.Form("south/people", catalogue);
        var written = FormWorkbook.Write(catalogue, form, Period.FromYear(2020), new PreviousFigures(Period.FromYear(2019), Accepted(form)));
        using (var book = new OpenForm(written))
        {
            Assert.Equal(["Area", "Adults", "Adults, April 2019 to March 2020", "Children", "Children, April 2019 to March 2020", "All ages", "Check", "Notes", "What to count"], book.Sheets[1].Rows[4].Select(OpenForm.Shown));
            Assert.Equal("IF(COUNT(B6,D6)=0,\"\",SUM(B6,D6))", book.Sheets[1].Rows[5][5].CellFormula!.Text);
            Assert.Equal("2002", OpenForm.Shown(book.Sheets[1].Rows[7][2]));
        }

        var filled = FilledForms.Fill(form, written, ("F6", 21), ("F7", 25), ("B8", 22), ("D8", 24), ("F8", 46));
        Assert.Equal(string.Empty, Examine.Findings(await Examine.FileAsync("south/people", "2020-21", filled, "form.xlsx", catalogue)));
    }

    private static Dictionary<FigureKey, Figure> Accepted(Form form) => form.Cells.ToDictionary(
        cell => cell.Key, cell => new Figure(cell.Measure.Quantity == Quantity.Percent ? 0.5m : 1000 + cell.Index - form.Cells.First(first => first.Table == cell.Table).Index));
}
