using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Domain.Findings;
using DasvPipeline.IntegrationTests.UseCases;
using DasvPipeline.Tests.Ingest.Reading;
using DasvPipeline.Tests.Samples;

namespace DasvPipeline.IntegrationTests.Samples;

/// <summary>
/// Every figure that the annual report for 2019-20 prints (figures.csv) is read back from Table Storage, into which all
/// samples were ingested, at the place that figure-places.csv gives for it: return, measure, area, breakdown, and how the
/// quarters combine.
/// </summary>
public sealed class ReportFiguresTests(PublishedSamples samples) : IClassFixture<PublishedSamples>
{
    private const string Stated = "partnership/stated-figures";
    private const string Ratio = "ratio";

    private static IReadOnlyDictionary<string, PrintedFigure> Printed => ReportFigures.Printed;

    private static IReadOnlyDictionary<string, FigurePlace> Places => ReportFigures.Places;

    public static TheoryData<string> Refs() => [.. Printed.Keys];

    [Theory]
    [MemberData(nameof(Refs))]
    public async Task A_figure_of_the_report_is_read_back_from_the_store(string id)
    {
        var place = Places[id];
        if (place.Combine == Ratio)
        {
            var sums = await Task.WhenAll(place.Measure.Split(" / ").Select(measure => SumAsync(measure, Printed[id].Period)));
            Assert.Equal(Printed[id].Value, Math.Round(sums[0] / sums[1], 2));
            return;
        }

        var figures = await FiguresAsync(place, Printed[id].Period);
        Assert.Equal(Printed[id].Value, Combine(place, figures));
        Assert.All(figures, figure => Assert.Equal(place.Markers, string.Concat(figure.Markers.ToLetters())));
    }

    [Fact]
    public void Every_figure_of_the_report_has_its_own_place()
    {
        Assert.Equal(266, Printed.Keys.Count(id => id.StartsWith('F')));
        Assert.Equal(Printed.Keys, Places.Keys);
        var shared = Places.GroupBy(pair => (pair.Value with { Markers = string.Empty }, Printed[pair.Key].Period)).Where(group => group.Count() > 1);
        Assert.Empty(shared.Select(group => string.Join(' ', group.Select(pair => pair.Key))));
    }

    [Fact]
    public async Task Only_blank_cells_and_differing_tables_of_the_report_are_queried()
    {
        var stored = await samples.LiveAsync();
        Assert.Empty(stored.SelectMany(sample => sample.Value.Findings.Where(finding => finding.Severity == Severity.Error).Select(_ => sample.Key)));
        var queried = stored.SelectMany(sample => sample.Value.Findings.Where(finding => finding.Severity == Severity.Query)
            .Select(finding => $"{sample.Key.Return} {finding.Code}"));
        var blank = Printed.Where(pair => pair.Value.Value is null && Places[pair.Key].Markers.Length == 0)
            .Select(pair => $"{Places[pair.Key].Return} {Codes.Blank}");

        // Every quarter of both Care Act tables in both areas, and of the genders. Clients under 18 differ once.
        var differing = Enumerable.Repeat($"adult-safeguarding-cambridgeshire/mash {Codes.TablesDiffer}", 8)
            .Concat(Enumerable.Repeat($"adult-safeguarding-peterborough/mash {Codes.TablesDiffer}", 8))
            .Concat(Enumerable.Repeat($"peterborough-womens-aid/services {Codes.TablesDiffer}", 4))
            .Append($"rape-crisis/clients {Codes.TablesDiffer}");
        Assert.Equal(blank.Concat(differing).Order(StringComparer.Ordinal), queried.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Only_text_that_the_report_prints_next_to_its_numbers_gives_a_note()
    {
        string[] expected =
        [
            "\"3 (4 children)\" was read as 3; the rest is kept as a note.",
            "\"37 approx\" was read as 37, an estimate ([e]).",
            "\"Unknown\" was read as not available ([x]).",
            "\"[x]\" was read as not available ([x]).",
            "\"over 250\" was read as 250, an estimate ([e]).",
            "\"£66,935\" was read as 66,935.",
        ];
        var notes = (await samples.LiveAsync()).Values.SelectMany(sample => sample.Findings).Where(finding => finding.Severity == Severity.Note);
        Assert.Equal(expected, notes.Select(note => note.Message).Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_note_next_to_a_number_is_stored_with_it()
    {
        Assert.Equal("3 (4 children)", Assert.Single(await FiguresAsync(Places["F121"], Period.FromYear(2019))).Note);
        Assert.Equal("over 250", Assert.Single(await FiguresAsync(Places["F264"], Period.FromYear(2019))).Note);
    }

    /// <summary>The report contradicts itself: the figures of its sections are stored as well as those of its first page.</summary>
    [Theory]
    [InlineData("adult-safeguarding-da", "cambridgeshire", 575)]
    [InlineData("adult-safeguarding-da", "peterborough", 197)]
    [InlineData("adult-safeguarding-sv", "cambridgeshire", 199)]
    [InlineData("adult-safeguarding-sv", "peterborough", 83)]
    [InlineData("refuge-children", "all", 125)]
    [InlineData("idva-feedback-clients", "all", 142)]
    [InlineData("perpetrator-panel-referrals", "all", 296)]
    [InlineData("perpetrator-panel-repeat-rate", "all", 0.70)]
    [InlineData("early-intervention", "all", 802)]
    [InlineData("cada-children", "all", 1079)]
    [InlineData("isva-service-clients", "all", 730)]
    public async Task A_figure_stated_in_a_section_of_the_report_is_stored_unchanged(string measure, string area, decimal expected)
    {
        var place = new FigurePlace(Stated, $"stated.{measure}", area, "statement=section", "year", string.Empty);
        Assert.Equal(expected, Assert.Single(await FiguresAsync(place, Period.FromYear(2019))).Value);
    }

    private static decimal? Combine(FigurePlace place, IReadOnlyList<Figure> figures)
    {
        var values = figures.Select(figure => figure.Value).ToList();
        return place.Combine switch
        {
            "year" or "quarter" => values is [] ? null : Assert.Single(values),
            "sum" => values.Exists(value => value is null) ? null : values.Sum(),
            "latest" => values[^1],
            "same" => Assert.Single(values.Distinct()),
            var other => throw new InvalidOperationException($"figure-places.csv: there is no '{other}'."),
        };
    }

    /// <summary>Returns the figures at a place in order of quarter. A blank cell gives none.</summary>
    private async Task<IReadOnlyList<Figure>> FiguresAsync(FigurePlace place, Period period)
    {
        var stored = await samples.LiveAsync();
        var form = Examine.Form(place.Return);
        var key = place.Key;
        Assert.Single(form.Cells, cell => cell.Key == key);
        var due = period.IsYear ? form.GetPeriodsDueIn(period) : [period];
        return [.. due.SelectMany(each => stored[new ReturnKey(form.Return, each)].Observations).Where(observation => observation.Key == key)
            .Select(observation => observation.Figure)];
    }

    /// <summary>Returns all figures of a measure in a year, with any breakdown.</summary>
    private async Task<decimal> SumAsync(string measure, Period year) => (await samples.LiveAsync())
        .Where(sample => sample.Key.Period.Year == year).SelectMany(sample => sample.Value.Observations)
        .Where(observation => observation.Key.Measure.Value == measure).Sum(observation => observation.Figure.Value!.Value);
}
