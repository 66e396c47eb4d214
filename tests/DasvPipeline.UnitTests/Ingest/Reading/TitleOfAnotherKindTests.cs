using DasvPipeline.Core.Domain.Findings;
using DasvPipeline.Tests.Ingest.Reading;

namespace DasvPipeline.UnitTests.Ingest.Reading;

/// <summary>Titles that name another kind of figure above a table that is otherwise good.</summary>
public sealed class TitleOfAnotherKindTests
{
    private static readonly string[] Bodies =
    [
        "Over 18s|51\nUnder 18s|24",
        "Age|Number\nOver 18s|51\nUnder 18s|24\nTotal|75",
        "|Q1|Q2\nOver 18s|51|52\nUnder 18s|24|25",
        "Over 18s|Under 18s\n51|24",
        "|Over 18s|Under 18s\nQ1 2018-19|51|24\nQ2 2018-19|53|25",
        "Quarter|Age|Number\nQ1 2018-19|Over 18s|51\nQ1 2018-19|Under 18s|24\nQ2 2018-19|Over 18s|52\nQ2 2018-19|Under 18s|25",
        "measure|age|value\nReferrals to SARC|18 and over|51\nReferrals to SARC|Under 18|24",
    ];

    [Theory]
    [InlineData("Referrals to SARC - rolling 12 months")]
    [InlineData("Referrals to SARC (average per month)")]
    [InlineData("Referrals to SARC, year to date", false)]
    [InlineData("Referrals to SARC: cumulative")]
    [InlineData("Referrals to SARC (12 months to September 2018)", false)]
    [InlineData("Referrals to SARC (median)")]
    [InlineData("Referrals to SARC per month")]
    [InlineData("Referrals to SARC (target)")]
    [InlineData("Referrals to SARC - change on last year")]
    [InlineData("Average referrals to SARC per month")]
    public async Task A_title_of_another_kind_is_a_query_or_an_error(string title, bool isKindOnly = true)
    {
        foreach (var start in new[] { $"{title}\n", $"{title}\n\n", $"Sexual assault referral centre\n\n{title}\n" })
        {
            foreach (var body in isKindOnly ? Bodies : Bodies[..^1])
            {
                var period = body.Contains("Q2", StringComparison.Ordinal) ? "2018-19-Q2" : "2018-19-Q1";
                var examined = await Examine.GridAsync("elms-sarc/referrals", period, start + body);
                Assert.True(examined.Findings.Any(finding => finding.Severity != Severity.Note), start + body);
            }
        }
    }

    [Fact]
    public async Task A_unit_above_the_table_of_a_single_row_with_quarters_below_its_label_is_an_error()
    {
        const string Outreach = "outreach referrals contacted and supported\nQ1|Q2|Q3|Q4\n61%|62%|63%|64%\n|\nchildren indirectly supported\nQ1|Q2|Q3|Q4\n21|22|23|24\n|\n";
        const string Refuges = "\nwomen housed in refuge\nQ1|23\nQ2|24\nQ3|25\nQ4|26\n|\nchildren accommodated\nQ1|31\nQ2|32\nQ3|33\nQ4|34";
        var examined = await Examine.GridAsync("refuge/services", "2019-20-Q4", $"{Outreach}Refuges £ thousand{Refuges}");
        Assert.Equal("A9", Assert.Single(examined.Findings, finding => finding.Code == Codes.OtherUnit).Cell?.Address);
        Assert.DoesNotContain((await Examine.GridAsync("refuge/services", "2019-20-Q4", $"{Outreach}Refuges{Refuges}")).Findings, finding => finding.Code == Codes.OtherUnit);
    }

    [Theory]
    [InlineData("Weekly referrals to SARC")]
    [InlineData("Annual referrals to SARC 2018-19")]
    [InlineData("Monthly number of referrals")]
    [InlineData("Referrals to SARC by month")]
    public async Task A_title_that_states_how_often_is_a_query_unless_the_columns_state_the_period(string title)
    {
        foreach (var body in Bodies)
        {
            var statesPeriod = body.Contains("Q1", StringComparison.Ordinal);
            var examined = await Examine.GridAsync("elms-sarc/referrals", "2018-19-Q1", $"{title}\n\n{body}");
            Assert.True(examined.Findings.Any(finding => finding.Code == Codes.PeriodUnclear) != statesPeriod, $"{title}\n{body}\n{Examine.Findings(examined)}");
        }
    }

    [Theory]
    [InlineData("Referrals to SARC")]
    [InlineData("Quarterly referrals to SARC")]
    [InlineData("Referrals to SARC by quarter")]
    [InlineData("Referrals to SARC 2018-19")]
    [InlineData("Table 3: Referrals to SARC, 2018/19")]
    public async Task A_title_of_the_table_or_its_year_is_no_finding(string title)
    {
        foreach (var body in Bodies)
        {
            var examined = await Examine.GridAsync("elms-sarc/referrals", "2018-19-Q1", $"Sexual assault referral centre\n\n{title}\n{body}");
            Assert.True(examined.Findings.All(finding => finding.Severity == Severity.Note), body + "\n" + Examine.Findings(examined));
        }
    }

    [Theory]
    [InlineData("Referrals to SARC (per cent)")]
    [InlineData("Referrals to SARC in thousands")]
    public async Task A_title_with_another_unit_above_labels_across_is_an_error(string title) =>
        Assert.Contains((await Examine.GridAsync("elms-sarc/referrals", "2018-19-Q1", $"{title}\nOver 18s|Under 18s\n51|24")).Findings, finding => finding is { Code: Codes.OtherUnit, Cell.Address: "A1" });
}
