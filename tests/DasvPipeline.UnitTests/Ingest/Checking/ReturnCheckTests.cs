using System.Globalization;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Domain.Findings;
using DasvPipeline.Core.Ingest.Reporting;
using DasvPipeline.Tests.Catalogue;
using DasvPipeline.Tests.Ingest.Reading;

namespace DasvPipeline.UnitTests.Ingest.Checking;

/// <summary>A figure that breaks an expectation of the catalogue gives a query with both numbers, and is never rejected.</summary>
public sealed class ReturnCheckTests
{
    private const string Incidents = "constabulary/domestic-abuse";
    private const string Idva = "idva-service/idva";
    private const string Mash = "adult-safeguarding-peterborough/mash";

    private static readonly FigureKey Cambridgeshire = new(new MeasureId("police.da-incidents"), new AreaId("cambridgeshire"), Breakdown.None);

    [Fact]
    public async Task A_figure_far_from_the_previous_quarter_is_queried_with_both_numbers()
    {
        var finding = Examine.Only(await IncidentsAsync(2091, ("2018-19-Q4", 1200)), Severity.Query, Codes.FarFromLastPeriod);
        Assert.Equal(
            "2,091 for \"Domestic abuse incidents, Cambridgeshire\" is far from 1,200 in January to March 2019. If it is right, say why in the notes. If not, correct it.",
            finding.Message);
        Assert.Equal(("Sheet1!B2", new FindingSubject(Cambridgeshire, 2091)), (finding.Cell.ToString(), finding.Subject));
    }

    [Fact]
    public async Task A_figure_far_from_the_previous_year_is_queried()
    {
        var finding = Examine.Only(await IncidentsAsync(2091, ("2018-19-Q1", 1200), ("2018-19-Q4", 2000)), Severity.Query, Codes.FarFromLastYear);
        Assert.Contains("is far from 1,200 in April to June 2018.", finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_figure_far_from_both_is_queried_once()
    {
        var finding = Examine.Only(await IncidentsAsync(2091, ("2018-19-Q1", 1100), ("2018-19-Q4", 1200)), Severity.Query, Codes.FarFromLastPeriod);
        Assert.Contains("is far from 1,200 in January to March 2019 and 1,100 in April to June 2018.", finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_previous_period_of_a_yearly_return_is_the_previous_year()
    {
        var key = new FigureKey(new MeasureId("training.attendance"), AreaId.All, Breakdown.Parse("course=da-awareness"));
        var examined = await Examine.FileAsync(
            "training-lgss/attendance",
            "2020-21",
            Grid.Of("Domestic Abuse Awareness|173\nDA Risk Assessment|29\nDA Safety Planning|14\nSafeguarding Adults DA|30").Xlsx(),
            "return.xlsx",
            null,
            ("2019-20", key, 73));
        Assert.Contains("is far from 73 in April 2019 to March 2020.", Examine.Only(examined, Severity.Query, Codes.FarFromLastYear).Message, StringComparison.Ordinal);
    }

    /// <summary>A change is large if it is more than 300 and more than a quarter. For other flows it is more than 25 and more than half.</summary>
    [Theory]
    [InlineData(2091, 1791, false)] // 300
    [InlineData(2091, 1673, false)] // 418, a quarter less a bit
    [InlineData(2091, 1672, true)]
    [InlineData(900, 601, false)]
    [InlineData(900, 599, true)]
    [InlineData(900, 1200, false)]
    [InlineData(900, 1201, true)] // down as well as up
    public async Task A_change_is_queried_if_it_is_beyond_both_bounds(int now, int before, bool isFar) =>
        Assert.Equal(isFar ? 1 : 0, (await IncidentsAsync(now, ("2018-19-Q4", before))).Findings.Count);

    [Theory]
    [InlineData(36, 10, true)]
    [InlineData(35, 10, false)]
    [InlineData(26, 0, true)]
    [InlineData(150, 101, false)]
    public async Task Every_flow_has_default_bounds(int now, int before, bool isFar)
    {
        var key = new FigureKey(new MeasureId("isva.referrals"), AreaId.All, Breakdown.None);
        var examined = await Examine.FileAsync(
            "rape-crisis/referrals", "2019-20-Q2", Grid.Of($"ISVA referrals|{now}\nChISVA referrals|20").Xlsx(), "return.xlsx", null, ("2019-20-Q1", key, before));
        Assert.Equal(isFar ? [Codes.FarFromLastPeriod] : [], examined.Findings.Select(finding => finding.Code));
    }

    [Theory]
    [InlineData(8000, true)]
    [InlineData(8001, false)]
    [InlineData(200, true)]
    [InlineData(199, false)]
    public async Task A_figure_beyond_its_likely_bounds_is_queried(int value, bool isLikely)
    {
        var examined = await IncidentsAsync(value);
        if (isLikely)
        {
            Assert.Empty(examined.Findings);
            return;
        }

        var finding = Examine.Only(examined, Severity.Query, Codes.Implausible);
        Assert.Equal(
            string.Create(CultureInfo.InvariantCulture, $"{value:#,0} for \"Domestic abuse incidents, Cambridgeshire\" is unlikely. It is usually between 200 and 8,000. If it is right, say why in the notes. If not, correct it."),
            finding.Message);
        Assert.Equal(new FindingSubject(Cambridgeshire, value), finding.Subject);
    }

    [Fact]
    public async Task A_figure_beyond_its_likely_bounds_is_not_queried_again_for_its_change() =>
        Examine.Only(await IncidentsAsync(20910, ("2018-19-Q4", 2091)), Severity.Query, Codes.Implausible);

    [Fact]
    public async Task A_percentage_is_written_as_a_percentage()
    {
        var examined = await Examine.GridAsync("constabulary/perpetrator-panel", "2019-20-Q1", "Panel referrals|95\nPanel repeat rate|7%");
        Assert.StartsWith(
            "7% for \"Perpetrator Panel repeat rate\" is unlikely. It is usually between 20% and 95%. ",
            Examine.Only(examined, Severity.Query, Codes.Implausible).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_part_above_its_whole_is_queried_at_its_cells()
    {
        var examined = await IdvaAsync(496, 176);
        var finding = Examine.Only(examined, Severity.Query, Codes.PartAboveWhole);
        Assert.Equal(
            "\"Referrals that engaged with the service\" is 496, but \"Referrals to the IDVA Service\" adds up to 495. "
            + "The first figure is part of the second, so it cannot be more. Correct the one that is wrong, or explain it in the notes.",
            finding.Message);
        Assert.Equal(("Sheet1!B11", 10), (finding.Cell.ToString(), finding.OtherCells.Count));
        Assert.Empty((await IdvaAsync(494, 176)).Findings);
    }

    [Fact]
    public async Task A_part_that_is_its_whole_is_queried_if_it_is_usually_less()
    {
        var finding = Examine.Only(await IdvaAsync(495, 176), Severity.Query, Codes.SameAsWhole);
        Assert.Equal(
            "\"Referrals that engaged with the service\" is 495, and so is \"Referrals to the IDVA Service\". The first is usually less. Was the same figure entered twice? "
            + "If it is right, say why in the notes.",
            finding.Message);
    }

    [Fact]
    public async Task Tables_that_differ_are_queried_in_their_area()
    {
        var finding = Examine.Only(await MashAsync("40", "27", "17"), Severity.Query, Codes.TablesDiffer);
        Assert.Equal(
            "In Peterborough, \"DA cases: Care Act criteria met\" adds up to 44, but \"DA cases referred to AS MASH\" is 40. "
            + "They should be equal. Correct the one that is wrong, or say in the notes why they differ.",
            finding.Message);
        Assert.Equal("B4", finding.Cell!.Value.Address);
        Assert.Equal(["B5", "B2"], finding.OtherCells.Select(cell => cell.Address));
        Assert.Null(finding.Subject);
        Assert.True((await MashAsync("40", "27", "17")).IsAccepted);
    }

    [Theory]
    [InlineData("40", "27", "13")]
    [InlineData("40", "27", "[x]")]
    [InlineData("40", "27", "<5")]
    [InlineData("[x]", "27", "17")]
    [InlineData("40 approx", "27", "17")]
    [InlineData("40", "27", "17 approx")]
    public async Task Figures_that_agree_or_are_unavailable_are_not_queried(string cases, string yes, string no) =>
        Assert.DoesNotContain((await MashAsync(cases, yes, no)).Findings, finding => finding.Severity == Severity.Query);

    [Theory]
    [InlineData("40", "41", "[x]")]
    [InlineData("40", "27", "")]
    public async Task A_partial_sum_that_is_too_large_is_reported(string cases, string yes, string no)
    {
        var found = (await MashAsync(cases, yes, no)).Findings.Where(finding => finding.Code == Codes.TablesDiffer).ToList();
        Assert.Equal(yes == "41" ? 1 : 0, found.Count);
        Assert.All(found, finding => Assert.Contains("adds up to at least 41, but ", finding.Message, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_note_next_to_one_of_the_figures_explains_why_they_differ()
    {
        var examined = await Examine.CsvAsync(
            Mash,
            "2019-20-Q1",
            "measure,value,care-act,note\nDA cases,40,,\nSV cases,11,,\nmash.da-care-act,27,yes,Four were decided on twice\nmash.da-care-act,17,no,\nmash.sv-care-act,7,yes,\nmash.sv-care-act,4,no,\n");
        Assert.Equal("Four were decided on twice", Examine.Only(examined, Severity.Query, Codes.TablesDiffer).Explanation);
    }

    [Fact]
    public async Task Queries_about_one_figure_say_which_and_what_was_sent()
    {
        var examined = await MashAsync("40", "27", "");
        var blank = Assert.Single(examined.Findings, finding => finding.Code == Codes.Blank);
        Assert.Equal("mash.da-care-act|peterborough|care-act=no: ", $"{blank.Subject!.Figure}: {blank.Subject.Value}");

        var key = new FigureKey(new MeasureId("police.panel-referrals"), AreaId.All, Breakdown.None);
        var shown = await Examine.FileAsync(
            "constabulary/perpetrator-panel", "2019-20-Q2", Grid.Of("|Q1|Q2\nPanel referrals|96|90\nPanel repeat rate|74%|73%").Xlsx(), "return.xlsx", null, ("2019-20-Q1", key, 95));
        Assert.Equal(new FindingSubject(key, 96), Examine.Only(shown, Severity.Query, Codes.OtherPeriodDiffers).Subject);
    }

    private static Task<ExaminationResult> IncidentsAsync(int cambridgeshire, params (string Period, decimal Value)[] before) => Examine.FileAsync(
        Incidents,
        "2019-20-Q1",
        Grid.Of($"|Incidents|Crime rate\nCambs|{cambridgeshire}|71%\nPboro|1366|63%").Xlsx(),
        "return.xlsx",
        FromEarlier.Value,
        [.. before.Select(item => (item.Period, Cambridgeshire, item.Value))]);

    /// <summary>The shipped catalogue with an earlier first period for the police, so that there are earlier periods.</summary>
    private static readonly Lazy<Core.Catalogue.PartnershipCatalogue> FromEarlier = new(() => TestCatalogue.Load(TestCatalogue.Change(
        TestCatalogue.Shipped, "returns/constabulary.domestic-abuse.yaml", "from: 2019-20", "from: 2017-18")));

    private static Task<ExaminationResult> IdvaAsync(int engaged, int repeats) => Examine.GridAsync(
        Idva,
        "2019-20-Q1",
        $"City|55\nEast|21\nFenland|44\nHunts|68\nSouth|38\nHealth all|29\nCYP all|39\nA8 all|58\nStalking|40\nPeterborough|103\nEngaged|{engaged}\nRepeats|{repeats}");

    private static Task<ExaminationResult> MashAsync(string cases, string yes, string no) => Examine.CsvAsync(
        Mash, "2019-20-Q1", $"measure,value,care-act\nDA cases,{cases},\nSV cases,11,\nmash.da-care-act,{yes},yes\nmash.da-care-act,{no},no\nmash.sv-care-act,7,yes\nmash.sv-care-act,4,no\n");
}
