using System.Text;
using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Domain.Findings;
using DasvPipeline.Core.Ingest;
using DasvPipeline.Core.Ingest.Routing;
using DasvPipeline.Core.Ports;
using DasvPipeline.Tests.Catalogue;
using static DasvPipeline.Tests.Catalogue.TestCatalogue;

namespace DasvPipeline.UnitTests.Catalogue;

/// <summary>Entries of the catalogue apply from one period until another, and a return has the form of its period.</summary>
public sealed class ValidityTests
{
    private const string North = "returns/north.calls.yaml";
    private const string Agencies = "agencies.yaml";
    private const string Headlines = "headlines.yaml";

    private static readonly ReturnId NorthCalls = ReturnId.TryParse("north/calls")!.Value;
    private static readonly ReturnId SouthCalls = ReturnId.TryParse("south/calls")!.Value;

    /// <summary>From 2020-21, the city and the fen are replaced by the west.</summary>
    private static IReadOnlyList<CatalogueFile> NewBoundaries => Small
        .Change("dimensions/area.yaml", "  - { code: fen, label: The Fen }", "  - { code: fen, label: The Fen }\n  - { code: west, label: The West }")
        .Change(North, "      - { area: city }\n      - { area: fen }\n", "      - { area: city, until: 2019-20 }\n      - { area: fen }\n      - { area: west, from: 2020-21 }\n");

    [Fact]
    public void A_return_has_the_form_of_its_period()
    {
        var catalogue = NewBoundaries.Load();
        Assert.Equal(["The City", "The Fen"], RowsOf(catalogue, "2019-20-Q4"));
        Assert.Equal(["The Fen", "The West"], RowsOf(catalogue, "2020-21-Q1"));
        Assert.Equal(2, catalogue.GetForms(NorthCalls).Count);
        Assert.Equal(8, catalogue.GetReturnsDueIn(Period.Parse("2019-20")).Count(due => due.Key.Return == NorthCalls) + catalogue.GetReturnsDueIn(Period.Parse("2020-21")).Count(due => due.Key.Return == NorthCalls));
    }

    [Fact]
    public async Task A_file_is_read_with_the_form_of_its_period_whatever_the_form_is_now()
    {
        var catalogue = NewBoundaries.Load();
        const string Old = "Calls by area,Calls\nThe City,10\nThe Fen,20\nTotal,30\n\nOthers,\nAnswered,25\nVolunteers,3\nShare,83%\nGrants,100\n";
        var then = await ReadAsync(catalogue, "2019-20-Q4", Old);
        Assert.True(then.IsAccepted, string.Join('\n', then.Findings));
        Assert.Equal([10m, 20], then.Observations.Where(observation => observation.Key.Measure.Value == "calls").Select(observation => observation.Figure.Value));

        var now = await ReadAsync(catalogue, "2020-21-Q1", Old.Replace("The City", "The West", StringComparison.Ordinal));
        Assert.True(now.IsAccepted, string.Join('\n', now.Findings));
        Assert.Equal(["fen", "west"], now.Observations.Where(observation => observation.Key.Measure.Value == "calls").Select(observation => observation.Key.Area.Value).Order());

        var late = await ReadAsync(catalogue, "2020-21-Q1", Old);
        Assert.DoesNotContain(late.Observations, observation => observation.Key.Area.Value == "city");
        Assert.Contains(late.Findings, finding => finding.Severity != Severity.Note && finding.Message.Contains("The West", StringComparison.Ordinal));
    }

    [Fact]
    public void A_gap_is_a_figure_of_the_form_of_the_period()
    {
        var catalogue = NewBoundaries.Load();
        var year = new YearFigures(catalogue, Period.Parse("2020-21"), [new LiveReturn(new ReturnKey(NorthCalls, Period.Parse("2020-21-Q1")), 1, [])]);
        Assert.Equal(["fen", "west"], year.Gaps.Where(gap => gap.Cell.Measure.Id.Value == "calls").Select(gap => gap.Cell.Key.Area.Value));
    }

    [Fact]
    public void Nothing_is_due_from_a_closed_service_after_its_end_and_its_past_stays()
    {
        var catalogue = Small.Change(Agencies, "name: North }", "name: North, until: 2019-20-Q2 }").Load();
        Assert.Equal(["2019-20-Q1", "2019-20-Q2"], DuePeriods(catalogue, "2019-20", NorthCalls));
        Assert.Empty(DuePeriods(catalogue, "2020-21", NorthCalls));
        Assert.Equal(["2019-20"], DuePeriods(catalogue, "2019-20", ReturnId.TryParse("north/people")!.Value));
        Assert.Equal(["2019-20-Q3", "2019-20-Q4"], DuePeriods(catalogue, "2019-20", SouthCalls));
        Assert.NotNull(catalogue.FindForm(new ReturnKey(NorthCalls, Period.Parse("2019-20-Q1"))));
    }

    [Fact]
    public void Nothing_is_due_from_a_new_agency_before_it_goes_live()
    {
        var catalogue = Small.Change(Agencies, "name: South }", "name: South, from: 2020-21-Q4 }").Load();
        Assert.Empty(DuePeriods(catalogue, "2019-20", SouthCalls));
        Assert.Equal(["2020-21-Q4"], DuePeriods(catalogue, "2020-21", SouthCalls));
    }

    [Fact]
    public void An_agency_that_sends_to_a_period_after_its_end_gets_the_name_of_its_successor()
    {
        var catalogue = Small.Change(Agencies, "name: South }", "name: South, until: 2020-21, succeededBy: north }").Load();
        var problem = UploadPath.Resolve(catalogue, "south/calls/2021-22-Q1/calls.csv").Problem!;
        Assert.Equal(Codes.PeriodNotDue, problem.Code);
        Assert.Equal(
            "Calls is not reported for 2021-22-Q1. Choose a quarter, such as 2019-20-Q1. The first is 2019-20-Q3. The last is 2020-21-Q4. North took over from South. Send it as a return of North.",
            problem.Message);
    }

    [Fact]
    public void A_past_period_shows_the_name_that_the_agency_had()
    {
        var catalogue = Small.Change(Agencies, "name: North }", "name: The Northern Line, formerNames: [{ name: North, until: 2019-20 }] }").Load();
        var north = new AgencyId("north");
        Assert.Equal(
            ["North", "North", "The Northern Line", "The Northern Line"],
            [catalogue.GetAgencyName(north, Period.Parse("2018-19")), catalogue.GetAgencyName(north, Period.Parse("2019-20-Q4")), catalogue.GetAgencyName(north, Period.Parse("2020-21")), catalogue.GetAgencyName(north)]);
    }

    [Fact]
    public void A_headline_and_a_check_apply_to_their_periods_only()
    {
        var catalogue = Small
            .Change(Headlines, "of: grants", "of: grants\n    from: 2020-21")
            .With("checks.yaml", "checks:\n  - { id: few, operation: range, of: calls, max: 5, until: 2019-20-Q2 }\n")
            .Load();
        Assert.DoesNotContain(catalogue.GetHeadlines(Period.Parse("2019-20")), headline => headline.Id.Value == "grants");
        Assert.Contains(catalogue.GetHeadlines(Period.Parse("2020-21")), headline => headline.Id.Value == "grants");
        var form = catalogue.FindForm(new ReturnKey(NorthCalls, Period.Parse("2019-20-Q2")))!;
        Assert.Single(catalogue.GetChecks(form, Period.Parse("2019-20-Q2")).ChecksByMeasure);
        Assert.Empty(catalogue.GetChecks(form, Period.Parse("2019-20-Q3")).ChecksByMeasure);
    }

    [Fact]
    public void A_headline_can_be_defined_in_another_way_from_a_year()
    {
        var catalogue = Small.Change(Headlines, "    of: grants\n", "    of: grants\n    until: 2019-20\n")
            .Change(Headlines, "headlines:\n", "headlines:\n  - { id: grants, title: Money given, of: grants, from: 2020-21, sentence: \"{value} were given{change}.\" }\n")
            .Load();
        Assert.Equal("Grants given", catalogue.GetHeadlines(Period.Parse("2019-20")).Single(headline => headline.Id.Value == "grants").Title);
        Assert.Equal("Money given", catalogue.GetHeadlines(Period.Parse("2020-21")).Single(headline => headline.Id.Value == "grants").Title);
        Assert.Equal("Money given", catalogue.GetNewestHeadlines()["grants"].Title);
    }

    [Fact]
    public void A_return_can_have_a_file_for_each_part_of_its_time()
    {
        var catalogue = Small
            .Change(North, "from: 2019-20", "from: 2019-20\nuntil: 2020-21")
            .With("returns/north.calls.new.yaml", "agency: north\nreturn: calls\ntitle: Calls\nevery: year\nfrom: 2021-22\ntables:\n  - { id: calls, title: Calls, rows: [{ measure: calls }] }\n")
            .Load();
        Assert.Equal(["2020-21-Q1", "2020-21-Q2", "2020-21-Q3", "2020-21-Q4"], DuePeriods(catalogue, "2020-21", NorthCalls));
        Assert.Equal(["2021-22"], DuePeriods(catalogue, "2021-22", NorthCalls));
    }

    [Fact]
    public void A_subtotal_loses_the_parts_that_the_form_of_the_period_does_not_have()
    {
        var catalogue = Small.Change(
            North,
            "      - { area: city }\n      - { area: fen }\n      - { total: Total }\n",
            "      - { area: city, until: 2019-20 }\n      - { area: fen, until: 2020-21 }\n      - { area: all }\n      - { total: Both, of: [The City, The Fen] }\n").Load();
        Assert.Equal(["the city", "the fen"], Subtotal("2019-20-Q1")!.Parts);
        Assert.Equal(["the fen"], Subtotal("2020-21-Q1")!.Parts);
        Assert.Null(Subtotal("2021-22-Q1"));

        Member? Subtotal(string period) => catalogue.FindForm(new ReturnKey(NorthCalls, Period.Parse(period)))!.Tables[0].Rows.SingleOrDefault(row => row.IsTotal);
    }

    [Theory]
    [InlineData(Agencies, "name: South }", "name: South, from: 2020-21, until: 2019-20 }", 3, "'until' is '2019-20', which is before 'from', '2020-21'.")]
    [InlineData(Agencies, "name: South }", "name: South, succeededBy: north }", 3, "the agency 'south' can only be succeeded by another one after its last period, 'until'.")]
    [InlineData(Agencies, "name: South }", "name: South, until: 2020-21, succeededBy: nort }", 3, "there is no agency 'nort'. Did you mean 'north'?")]
    [InlineData(Agencies, "name: South }", "name: South, until: 2019-20-Q2 }", 5, "the return is never due: its agency sends returns only until 2019-20-Q2.")]
    [InlineData(North, "from: 2019-20", "from: 2019-20\nuntil: 2018-19", 6, "'until' is '2018-19', which is before 'from', '2019-20'.")]
    [InlineData(North, "{ area: fen }", "{ area: fen, until: 2019-21 }", 12, "'until' is '2019-21'. It must be a period, such as 2019-20 or 2019-20-Q1.")]
    [InlineData("measures/all.yaml", "{ id: calls, label: Calls, ", "{ id: calls, label: Calls, breakIn: 2020-21, ", 2, "each period in 'breakIn' needs a 'breakNote' that says what changed.")]
    [InlineData("measures/all.yaml", "{ id: calls, label: Calls, ", "{ id: calls, label: Calls, breakIn: 2020-22, breakNote: New, ", 2, "'breakIn' is '2020-22'. It must be a period, such as 2019-20 or 2019-20-Q1.")]
    public void A_mistake_about_time_is_reported_with_its_file_and_line(string path, string from, string to, int line, string message) =>
        Assert.Contains($":{line}: {message}", string.Join('\n', MistakesOf(Small.Change(path, from, to))), StringComparison.Ordinal);

    [Fact]
    public void Two_forms_of_a_return_cannot_be_for_the_same_period() => Assert.Contains(
        "catalogue/returns/north.other.yaml:1: the return 'north/calls' appears twice.",
        MistakesOf(Small.With("returns/north.other.yaml", "agency: north\nreturn: calls\ntitle: Calls\nfrom: 2030-31\ntables:\n  - { id: calls, title: Calls, rows: [{ measure: calls }] }\n")));

    private static IEnumerable<string> RowsOf(PartnershipCatalogue catalogue, string period) =>
        catalogue.FindForm(new ReturnKey(NorthCalls, Period.Parse(period)))!.Tables[0].Rows.Where(row => !row.IsTotal).Select(row => row.Label);

    private static IEnumerable<string> DuePeriods(PartnershipCatalogue catalogue, string year, ReturnId id) =>
        catalogue.GetReturnsDueIn(Period.Parse(year)).Where(due => due.Key.Return == id).Select(due => due.Key.Period.ToString());

    private static Task<Core.Ingest.Reporting.ExaminationResult> ReadAsync(PartnershipCatalogue catalogue, string period, string csv)
    {
        var key = new ReturnKey(NorthCalls, Period.Parse(period));
        return new CheckReturn(catalogue).RunAsync(
            catalogue.FindForm(key)!, key.Period, Encoding.UTF8.GetBytes(csv), "calls.csv", CheckReturn.NothingAccepted, TestContext.Current.CancellationToken);
    }
}
