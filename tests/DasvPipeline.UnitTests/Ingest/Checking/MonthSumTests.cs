using DasvPipeline.Core.Domain.Findings;
using DasvPipeline.Core.Ingest.Reporting;
using DasvPipeline.Tests.Ingest.Reading;

namespace DasvPipeline.UnitTests.Ingest.Checking;

/// <summary>The figures of the 3 months of a quarter are added up, or compared with the figure of the quarter.</summary>
public sealed class MonthSumTests
{
    private const string Sarc = "elms-sarc/referrals";

    private const string Months = "Referrals to SARC|Apr-19|May-19|Jun-19";
    private const string MonthsAndQuarter = Months + "|Q1 2019-20";

    [Theory]
    [InlineData("20|15|16", "51 24", "")]
    [InlineData("[x]|15|16", "[x] 24", "read-as B2")]
    [InlineData("20|15|16 approx", "51 24", "read-as D2")]
    public async Task Months_are_added_up_with_a_note(string figures, string expected, string others)
    {
        var examined = await ExamineAsync(Months, figures, "8|8|8");
        Assert.Equal(expected, Examine.Values(examined, Examine.Form(Sarc)));
        Assert.Equal($"months-added B2 {others}".TrimEnd(), Summary(examined));
        Assert.StartsWith("We added up the 3 months of the quarter for 2 figures.", Examine.Findings(examined).Split(": ")[1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Months, "20||16", "8|8|8", "? 24", "blank C2 months-added B3")]
    [InlineData(Months, "20|abc|16", "8|8|8", "? 24", "not-a-number C2 months-added B3")]
    [InlineData(Months, "|abc|lots", "8|8|8", "? 24", "not-a-number C2 not-a-number D2 blank B2 months-added B3")]
    [InlineData("Referrals to SARC|Apr-19|May-19", "20|15", "8|8", "? ?", "months-only B2 months-only B3")]
    [InlineData("Referrals to SARC|Apr-19|May-19|Apr-18", "20|15|16", "8|8|8", "? ?", "months-only B2 months-only B3 figure-not-read D2")]
    public async Task A_quarter_with_a_month_missing_has_no_figure(string headings, string adults, string children, string expected, string findings)
    {
        var examined = await ExamineAsync(headings, adults, children);
        Assert.Equal((expected, findings), (Examine.Values(examined, Examine.Form(Sarc)), Summary(examined)));
    }

    [Fact]
    public async Task A_month_that_is_there_twice_is_an_error()
    {
        var examined = await ExamineAsync("Referrals to SARC|Apr-19|May-19|May-19|Jun-19", "20|15|15|16", "8|8|8|8");
        Assert.False(examined.IsAccepted);
        Assert.Contains("same-row-twice D2 same-row-twice D3", Summary(examined), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("20|15|16|51", "51 24", "")]
    [InlineData("|||51", "51 24", "")]
    [InlineData("20|[x]|16|51", "51 24", "read-as C2")]
    [InlineData("20|15|16|50", "50 24", "total-differs E2")]
    [InlineData("20|15||50", "50 24", "blank D2")]
    [InlineData("20|abc||50", "50 24", "not-a-number C2 blank D2")]
    [InlineData("20|15|16|", "? 24", "blank E2")]
    public async Task Months_are_compared_with_the_figure_of_the_quarter(string figures, string expected, string findings)
    {
        var examined = await ExamineAsync(MonthsAndQuarter, figures, "8|8|8|24");
        Assert.Equal((expected, findings), (Examine.Values(examined, Examine.Form(Sarc)), Summary(examined)));
    }

    [Fact]
    public async Task A_quarter_that_differs_from_its_months_is_an_error_with_both_figures() =>
        Assert.Equal(
            "\"18 and over\" is 50 for the quarter, but its 3 months add up to 51. Correct the one that is wrong.",
            Examine.Only(await ExamineAsync(MonthsAndQuarter, "20|15|16|50", "8|8|8|24"), Severity.Error, Codes.TotalDiffers).Message);

    [Fact]
    public async Task A_quarter_with_a_blank_month_is_queried_because_it_cannot_be_checked() =>
        Assert.Equal(
            "There is no figure for \"18 and over\" in this month, so we could not check the figure of the quarter. A blank does not count as 0. Enter 0 if there were none, or [x] if the figure is not available.",
            Examine.Only(await ExamineAsync(MonthsAndQuarter, "20|15||50", "8|8|8|24"), Severity.Query, Codes.Blank).Message);

    [Fact]
    public async Task Rates_of_months_are_never_added_up()
    {
        var examined = await Examine.GridAsync("constabulary/domestic-abuse", "2019-20-Q1", "Police DA Crime Rate|Apr-19|May-19|Jun-19\nCambs|70%|71%|72%\nPboro|60%|61%|62%", Examine.Unchecked);
        Assert.False(examined.IsAccepted);
        Assert.Equal(2, examined.Findings.Count(finding => finding.Code == Codes.MonthsOnly));
        Assert.Empty(examined.Observations);
    }

    private static Task<ExaminationResult> ExamineAsync(string headings, string adults, string children) =>
        Examine.GridAsync(Sarc, "2019-20-Q1", $"{headings}\nOver 18s|{adults}\nUnder 18s|{children}", Examine.Unchecked);

    private static string Summary(ExaminationResult examined) => string.Join(' ', examined.Findings.Select(finding => $"{finding.Code} {finding.Cell?.Address}"));
}
