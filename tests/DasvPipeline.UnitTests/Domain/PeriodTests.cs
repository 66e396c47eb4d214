using DasvPipeline.Core.Domain;

namespace DasvPipeline.UnitTests.Domain;

public sealed class PeriodTests
{
    [Theory]
    [InlineData("2019-20", "April 2019 to March 2020", "2019-04-01", "2020-03-31")]
    [InlineData("2019-20-Q1", "April to June 2019", "2019-04-01", "2019-06-30")]
    [InlineData("2019-20-Q2", "July to September 2019", "2019-07-01", "2019-09-30")]
    [InlineData("2019-20-Q3", "October to December 2019", "2019-10-01", "2019-12-31")]
    [InlineData("2019-20-Q4", "January to March 2020", "2020-01-01", "2020-03-31")]
    [InlineData("1999-00", "April 1999 to March 2000", "1999-04-01", "2000-03-31")]
    [InlineData("2099-00-Q4", "January to March 2100", "2100-01-01", "2100-03-31")]
    public void A_period_is_written_as_it_was_parsed_and_has_its_days(string text, string label, string start, string end)
    {
        var period = Period.Parse(text);
        Assert.Equal((text, label), (period.ToString(), period.Label));
        Assert.Equal((Day(start), Day(end)), (period.Start, period.End));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("2019")]
    [InlineData("2019-21")]
    [InlineData("2019-2020")]
    [InlineData("2019/20")]
    [InlineData("2019-20 ")]
    [InlineData("2019-20-Q0")]
    [InlineData("2019-20-Q5")]
    [InlineData("2019-20-q1")]
    [InlineData("2019-20-QI")]
    [InlineData("2019-20_Q1")]
    [InlineData("2019-20-Q1\n")]
    [InlineData("+019-20")]
    [InlineData("1899-00")]
    [InlineData("3000-01")]
    [InlineData("\u0662\u0660\u0661\u0669-\u0662\u0660")]
    [InlineData("2019-20-Q\u0661")]
    public void Any_other_text_is_not_a_period(string? text)
    {
        Assert.False(Period.TryParse(text, out var period));
        Assert.Equal(default, period);
        Assert.Throws<FormatException>(() => Period.Parse(text!));
    }

    [Fact]
    public void Periods_sort_by_time_and_a_year_comes_before_its_quarters()
    {
        string[] ordered = ["2018-19", "2018-19-Q4", "2019-20", "2019-20-Q1", "2019-20-Q2", "2019-20-Q4", "2020-21"];
        var periods = ordered.Select(Period.Parse).ToList();
        Assert.Equal(periods, periods.AsEnumerable().Reverse().Order());
        Assert.True(periods[0] < periods[1] && periods[1] > periods[0] && periods[2] <= periods[2] && periods[2] >= periods[2]);
        Assert.False(periods[0] > periods[1] || periods[1] <= periods[0]);
    }

    [Theory]
    [InlineData("2019-20", "2018-19")]
    [InlineData("2019-20-Q1", "2018-19-Q4")]
    [InlineData("2019-20-Q2", "2019-20-Q1")]
    [InlineData("2019-20-Q4", "2019-20-Q3")]
    [InlineData("2000-01-Q1", "1999-00-Q4")]
    public void The_previous_period_has_the_same_length(string period, string before) => Assert.Equal(before, Period.Parse(period).Previous.ToString());

    [Fact]
    public void A_year_has_four_quarters_and_a_quarter_has_only_itself()
    {
        var year = Period.FromYear(2019);
        Assert.Equal(["2019-20-Q1", "2019-20-Q2", "2019-20-Q3", "2019-20-Q4"], year.Quarters().Select(quarter => quarter.ToString()));
        Assert.Equal([year.WithQuarter(3)], year.WithQuarter(3).Quarters());
        Assert.Equal(year, year.WithQuarter(3).Year);
        Assert.Equal(["2018-19-Q3", "2020-21-Q3"], new[] { year.WithQuarter(3).PreviousYear, year.WithQuarter(3).NextYear }.Select(period => period.ToString()));
        Assert.Equal(["2018-19", "2018-19-Q4", "2019-20-Q2"], new[] { year, year.WithQuarter(1), year.WithQuarter(3) }.Select(period => period.Previous.ToString()));
        Assert.Throws<ArgumentOutOfRangeException>(() => year.WithQuarter(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => year.WithQuarter(5));
    }

    [Theory]
    [InlineData("2019-03-31", "2018-19")]
    [InlineData("2019-04-01", "2019-20")]
    [InlineData("2019-12-31", "2019-20")]
    [InlineData("2020-01-01", "2019-20")]
    public void A_day_falls_in_a_financial_year(string day, string year) => Assert.Equal(year, Period.YearContaining(Day(day)).ToString());

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}
