using System.Text;
using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Domain.Findings;
using DasvPipeline.Core.Ingest.Forms;
using DasvPipeline.Core.Publish.Aggregation;
using DasvPipeline.Core.Publish.Disclosure;
using DasvPipeline.Core.Publish.Formats;
using DasvPipeline.Core.Publish.Releases;
using DasvPipeline.Tests.Catalogue;
using DasvPipeline.Tests.Ingest.Reading;
using DasvPipeline.UnitTests.Publish.Aggregation;

namespace DasvPipeline.UnitTests.Publish;

/// <summary>A measure whose definition changed is not compared with its figures from before, and says so.</summary>
public sealed class SeriesBreakTests
{
    private const string Note = "From April 2020, this includes text messages.";

    private static PartnershipCatalogue Redefined(string breakIn = "2020-21") => TestCatalogue.Small
        .Change("measures/all.yaml", "{ id: calls, label: Calls, ", $"{{ id: calls, label: Calls, breakIn: {breakIn}, breakNote: '{Note}', ")
        .With("checks.yaml", "checks:\n  - { id: change, operation: change, comparedWith: last-year, absolute: 5, relative: 0.1 }\n  - { id: quarterly, operation: change, comparedWith: last-period, absolute: 5, relative: 0.1 }\n")
        .Load();

    [Fact]
    public void The_year_of_a_break_is_not_compared_and_later_years_are()
    {
        var catalogue = Redefined();
        var before = Publish(catalogue, "2019-20", new Dictionary<string, decimal> { ["calls"] = 900 });
        var during = Publish(catalogue, "2020-21", new Dictionary<string, decimal> { ["calls"] = 1000 });
        var after = Publish(catalogue, "2021-22", new Dictionary<string, decimal> { ["calls"] = 1000 });

        Assert.Equal((900, null, 1000), (before.Previous?.Value, during.Previous?.Value, after.Previous?.Value));
        Assert.Equal((true, false, true), (before.Change is not null, during.Change is not null, after.Change is not null));
        Assert.Equal(new BreakElement("2020-21", Note), during.Break);
        Assert.Null(before.Break);
        Assert.Null(after.Break);
        Assert.Contains(Note, during.Notes);
        Assert.DoesNotContain(Note, before.Notes.Concat(after.Notes));
        Assert.DoesNotContain("2019-20", during.Sentence, StringComparison.Ordinal);
        Assert.Contains("2018-19", before.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void A_break_within_a_year_also_separates_it_from_the_next()
    {
        var catalogue = Redefined("2020-21-Q3");
        var headline = catalogue.Headlines.Single(item => item.Id.Value == "calls");
        Assert.NotNull(headline.FindBreak(Period.Parse("2019-20"), Period.Parse("2020-21")));
        Assert.NotNull(headline.FindBreak(Period.Parse("2020-21"), Period.Parse("2021-22")));
        Assert.Null(headline.FindBreak(Period.Parse("2021-22"), Period.Parse("2022-23")));
        Assert.NotNull(headline.FindBreak(Period.Parse("2020-21-Q2"), Period.Parse("2020-21-Q3")));
        Assert.Null(headline.FindBreak(Period.Parse("2020-21-Q3"), Period.Parse("2020-21-Q4")));
        Assert.Null(headline.FindBreak(Period.Parse("2020-21-Q1"), Period.Parse("2020-21-Q2")));
    }

    [Fact]
    public void The_csv_marks_the_figures_of_the_break_with_b()
    {
        var document = Document(Redefined(), "2020-21", []);
        var rows = Encoding.UTF8.GetString(HeadlinesCsv.Create(document).Content).Split("\r\n").Where(row => row.StartsWith("calls,", StringComparison.Ordinal)).Select(row => row.Split(',')).ToList();
        Assert.All(rows, row => Assert.Equal(row[5] is "2020-21" or "2020-21-Q1" && row[8].Length > 0, row[10].Split(' ').Contains("b")));
        Assert.Contains(rows, row => row[2] == "area" && row[10].StartsWith('b'));
    }

    [Fact]
    public async Task Figures_on_both_sides_of_a_break_are_not_queried_as_far_apart()
    {
        var city = new FigureKey(new MeasureId("calls"), new AreaId("city"), Breakdown.None);
        var unchanged = await ReadAsync(TestCatalogue.Small.With("checks.yaml", "checks:\n  - { id: change, operation: change, comparedWith: last-year, absolute: 5, relative: 0.1 }\n").Load());
        var redefined = await ReadAsync(Redefined());
        Assert.Contains(unchanged.Findings, finding => finding.Code == Codes.FarFromLastYear);
        Assert.DoesNotContain(redefined.Findings, finding => finding.Code is Codes.FarFromLastYear or Codes.FarFromLastPeriod);

        Task<Core.Ingest.Reporting.ExaminationResult> ReadAsync(PartnershipCatalogue catalogue) => Examine.FileAsync(
            "north/calls", "2020-21-Q1", Encoding.UTF8.GetBytes("measure,area,value\ncalls,city,1000\n"), "calls.csv", catalogue, ("2019-20-Q1", city, 100), ("2019-20-Q4", city, 100));
    }

    [Fact]
    public void A_form_does_not_show_figures_from_before_a_break()
    {
        var catalogue = Redefined();
        var form = Examine.Form("north/calls", catalogue);
        var figures = form.Cells.ToDictionary(cell => cell.Key, _ => new Figure(7));
        var across = PreviousFigures.Create(form, Period.Parse("2020-21-Q1"), Period.Parse("2019-20-Q4"), figures);
        Assert.DoesNotContain(across.Figures.Keys, key => key.Measure.Value == "calls");
        Assert.Contains(across.Figures.Keys, key => key.Measure.Value == "answered");
        Assert.Equal(figures.Count, PreviousFigures.Create(form, Period.Parse("2020-21-Q2"), Period.Parse("2020-21-Q1"), figures).Figures.Count);
    }

    private static HeadlineElement Publish(PartnershipCatalogue catalogue, string year, Dictionary<string, decimal> before) =>
        Document(catalogue, year, before).Headlines.Single(headline => headline.Id == "calls");

    private static HeadlinesDocument Document(PartnershipCatalogue catalogue, string year, Dictionary<string, decimal> before)
    {
        var figures = new Figures(catalogue, year);
        foreach (var quarter in new[] { 1, 2, 3, 4 })
        {
            figures.Calls(quarter, 150, 100).South(quarter, 50);
        }

        var reported = figures.ToYear();
        var disclosed = DisclosureControl.Apply(catalogue.Disclosure, HeadlineCalculator.Calculate(catalogue, reported), [], DisclosureHistory.Empty);
        return YearDocument.Create(catalogue, reported, disclosed, new ComparableFigures(new SortedDictionary<string, decimal>(before, StringComparer.Ordinal), ComparableFigures.None.Quarters), decision: null, published: null).Content;
    }
}
