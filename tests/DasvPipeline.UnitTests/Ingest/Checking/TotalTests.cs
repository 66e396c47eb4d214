using DasvPipeline.Core.Domain.Findings;
using DasvPipeline.Core.Ingest.Reporting;
using DasvPipeline.Tests.Catalogue;
using DasvPipeline.Tests.Ingest.Reading;

namespace DasvPipeline.UnitTests.Ingest.Checking;

/// <summary>Totals are checked against their parts and never stored.</summary>
public sealed class TotalTests
{
    private const string Sarc = "elms-sarc/referrals";
    private const string Panel = "constabulary/perpetrator-panel";

    [Theory]
    [InlineData("51|24|76")]
    [InlineData("51|24|'76")]
    public async Task A_total_that_differs_is_an_error_with_both_figures(string figures)
    {
        var finding = Examine.Only(await SarcAsync(figures), Severity.Error, Codes.TotalDiffers);
        Assert.Equal(("Sheet1!B3", "The total of \"Referrals to SARC\" is 76, but its parts add up to 75. Correct the one that is wrong."), (finding.Cell.ToString(), finding.Message));
    }

    [Theory]
    [InlineData("1,051|'24|'1,075")]
    [InlineData("51|24|")]
    [InlineData("51|24|75")]
    public async Task A_total_that_agrees_or_is_missing_gives_no_finding(string figures) =>
        Assert.Equal(string.Empty, Examine.Findings(await SarcAsync(figures)));

    [Theory]
    [InlineData("51|[x]|75")]
    [InlineData("51|<5|75")]
    [InlineData("51|24|[x]")]
    public async Task A_total_is_not_checked_if_a_part_is_unavailable(string figures)
    {
        var examined = await SarcAsync(figures);
        Assert.DoesNotContain(examined.Findings, finding => finding.Code == Codes.TotalDiffers);
        Assert.True(examined.IsAccepted);
    }

    [Theory]
    [InlineData("50 approx|24|75")]
    [InlineData("51|24|over 70")]
    public async Task A_total_with_an_estimate_that_differs_is_a_query(string figures)
    {
        var examined = await SarcAsync(figures);
        Assert.True(examined.IsAccepted);
        Assert.Equal(Severity.Query, examined.Findings.Single(finding => finding.Code == Codes.TotalDiffers).Severity);
    }

    [Fact]
    public async Task A_wrong_part_is_one_error_and_its_total_is_not_checked() =>
        Assert.Equal("Sheet1!B2", Examine.Only(await SarcAsync("51|abc|75"), Severity.Error, Codes.NotANumber).Cell.ToString());

    [Fact]
    public async Task A_total_that_is_not_a_number_is_an_error() =>
        Assert.Equal("Sheet1!B3", Examine.Only(await SarcAsync("51|24|lots"), Severity.Error, Codes.NotANumber).Cell.ToString());

    [Fact]
    public async Task A_blank_part_is_queried_and_adds_nothing()
    {
        var examined = await SarcAsync("51||75");
        Assert.Equal([Codes.TotalDiffers, Codes.Blank], examined.Findings.Select(finding => finding.Code));
    }

    [Fact]
    public async Task Rates_are_never_added()
    {
        var examined = await Examine.GridAsync("constabulary/domestic-abuse", "2019-20-Q1", "|Incidents|Crime rate\nCambs|2091|71%\nPboro|1366|63%\nTotal|3457|95%");
        Assert.Equal(string.Empty, Examine.Findings(examined));
    }

    [Fact]
    public async Task A_whole_years_total_is_checked_against_its_quarters()
    {
        var examined = await Examine.GridAsync(Panel, "2019-20-Q2", "|Q1|Q2|Q3|Q4|Total\nPanel referrals|95|90|||186\nPanel repeat rate|74%|73%|||1%");
        var finding = Examine.Only(examined, Severity.Error, Codes.TotalDiffers);
        Assert.Equal("Sheet1!F2", finding.Cell.ToString());
    }

    [Fact]
    public async Task The_quarters_of_two_years_are_not_added_together()
    {
        var examined = await Examine.GridAsync(Sarc, "2019-20-Q1", "|2018-19|2018-19|2019-20|\n|Q1|Q2|Q1|Total\nOver 18s|51|55|54|54\nUnder 18s|24|15|30|30");
        Assert.Equal(string.Empty, Examine.Findings(examined));
        Assert.Equal("54 30", Examine.Values(examined, Examine.Form(Sarc)));
    }

    [Fact]
    public async Task A_sum_by_a_spreadsheet_leaves_out_numbers_written_as_text()
    {
        var file = XlsxBytes.Of(
            "<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>Over 18s</t></is></c><c r=\"B1\"><v>51</v></c></row>"
            + "<row r=\"2\"><c r=\"A2\" t=\"inlineStr\"><is><t>Under 18s</t></is></c><c r=\"B2\" t=\"inlineStr\"><is><t>3 (4 children)</t></is></c></row>"
            + "<row r=\"3\"><c r=\"A3\" t=\"inlineStr\"><is><t>Total</t></is></c><c r=\"B3\"><f>SUM(B1:B2)</f><v>51</v></c></row>");
        var examined = await Examine.FileAsync(Sarc, "2019-20-Q1", file, "return.xlsx");
        Examine.Only(examined, Severity.Note, Codes.ReadAs);
        Assert.Equal("51 3", Examine.Values(examined, Examine.Form(Sarc)));
    }

    [Fact]
    public async Task A_total_that_was_typed_includes_numbers_written_as_text()
    {
        var finding = Examine.Only(await SarcAsync("51|'24|51"), Severity.Error, Codes.TotalDiffers);
        Assert.Equal("The total of \"Referrals to SARC\" is 51, but its parts add up to 75. \"18 and over\" has the same figure as the total. Was one of them entered in the wrong place? Correct the one that is wrong.", finding.Message);
    }

    [Theory]
    [InlineData("15|24|75", "They would agree if \"18 and over\" were 51. Was it mistyped?")]
    [InlineData("51|24|57", "57 is 75 with 2 digits swapped. Was it mistyped?")]
    [InlineData("51|24|7", "7 is 75 with a digit left out. Was it mistyped?")]
    [InlineData("75|24|75", "\"18 and over\" has the same figure as the total. Was one of them entered in the wrong place?")]
    public async Task A_total_that_differs_for_one_clear_reason_says_so(string figures, string reason) =>
        Assert.Contains($". {reason} Correct", Examine.Only(await SarcAsync(figures), Severity.Error, Codes.TotalDiffers).Message, StringComparison.Ordinal);

    [Fact]
    public async Task A_total_of_people_who_are_counted_once_a_year_is_checked()
    {
        var catalogue = TestCatalogue.Small.Change("returns/north.people.yaml", "{ age: child }]", "{ age: child }, { total: Total }]").Load();
        var examined = await Examine.GridAsync("north/people", "2019-20", "Adults|51\nChildren|24\nTotal|76", catalogue);
        Assert.Equal("Sheet1!B3", Examine.Only(examined, Severity.Error, Codes.TotalDiffers).Cell.ToString());
    }

    [Fact]
    public async Task A_formula_without_a_saved_result_is_an_error_and_not_a_blank()
    {
        var file = XlsxBytes.Of(
            "<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>Over 18s</t></is></c><c r=\"B1\"><v>51</v></c></row>"
            + "<row r=\"2\"><c r=\"A2\" t=\"inlineStr\"><is><t>Under 18s</t></is></c><c r=\"B2\"><f>SUM(D1:D9)</f></c></row>");
        Assert.Equal("Figures!B2", Examine.Only(await Examine.FileAsync(Sarc, "2019-20-Q1", file, "return.xlsx"), Severity.Error, Codes.FormulaWithoutValue).Cell.ToString());
    }

    private static Task<ExaminationResult> SarcAsync(string figures) =>
        figures.Split('|') is [var over, var under, var total]
            ? Examine.GridAsync(Sarc, "2018-19-Q1", $"Over 18s|{over}\nUnder 18s|{under}\nTotal|{total}", Examine.Unchecked)
            : throw new ArgumentException("Three figures.", nameof(figures));
}
