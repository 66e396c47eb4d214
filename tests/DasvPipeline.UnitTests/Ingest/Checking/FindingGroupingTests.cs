using DasvPipeline.Core.Domain.Findings;
using DasvPipeline.Tests.Ingest.Reading;

namespace DasvPipeline.UnitTests.Ingest.Checking;

/// <summary>The same fault in a whole column is one finding with all its cells.</summary>
public sealed class FindingGroupingTests
{
    [Fact]
    public async Task A_column_of_text_is_one_finding()
    {
        var examined = await Examine.CsvAsync("early-help/courses", "2019-20", """
            Course,Number of courses held,Number of referrals,Numbers starting course(s),Number completing course(s)
            Recovering Together,one,30,6,3
            Caring Dads,one,25,8,3
            Rise,eight,40,37,37
            """);

        var finding = Examine.Only(examined, Severity.Error, Codes.NotANumber);
        Assert.Equal(
            "\"one\" is not a number. Enter a whole number, or [x] if it is not available. The other 2 figures in this column, B3 and B4, have the same problem.",
            finding.Message);
        Assert.Equal(("B2", "B3 B4"), (finding.Cell.ToString(), string.Join(' ', finding.OtherCells)));
    }

    [Fact]
    public async Task A_row_of_blanks_is_one_query()
    {
        var examined = await Examine.CsvAsync("early-help/courses", "2019-20", """
            Course,Number of courses held,Number of referrals,Numbers starting course(s),Number completing course(s)
            Recovering Together,1,30,6,3
            Caring Dads,,,,
            Rise,8,40,37,37
            """);

        var finding = Examine.Only(examined, Severity.Query, Codes.Blank);
        Assert.EndsWith("The other 3 figures in this row, C3 to E3, have the same problem.", finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_slips_in_a_column_are_two_findings()
    {
        var examined = await Examine.CsvAsync("early-help/courses", "2019-20", """
            Course,Number of courses held,Number of referrals,Numbers starting course(s),Number completing course(s)
            Recovering Together,one,30,6,3
            Caring Dads,one,25,8,3
            Rise,8,40,37,37
            """);

        Assert.Equal(["B2", "B3"], examined.Findings.Select(finding => finding.Cell.ToString()));
    }

    [Fact]
    public async Task Different_faults_in_a_column_are_separate_findings()
    {
        var examined = await Examine.CsvAsync("early-help/courses", "2019-20", """
            Course,Number of courses held,Number of referrals,Numbers starting course(s),Number completing course(s)
            Recovering Together,one,30,6,3
            Caring Dads,-1,25,8,3
            Rise,1.5,40,37,37
            """);

        Assert.Equal([Codes.NotANumber, Codes.Negative, Codes.NotWhole], examined.Findings.Select(finding => finding.Code));
    }
}
