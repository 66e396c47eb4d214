using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Domain.PeriodExpressions;
using DasvPipeline.Local.Commands;

namespace DasvPipeline.UnitTests.Domain;

public sealed class PeriodExpressionTests
{
    private static readonly Period Quarter2 = Period.Parse("2019-20-Q2");

    public static TheoryData<string> Phrases =>
        [.. File.ReadLines(Path.Combine(LocalFolders.Repository, "tests", "DasvPipeline.UnitTests", "Domain", "period-phrases.txt")).Where(line => !line.StartsWith('#'))];

    [Theory]
    [MemberData(nameof(Phrases))]
    public void A_phrase_has_its_outcome_months_and_rest(string line)
    {
        var cells = line.Split('|');
        var expression = PeriodExpressionParser.Parse(cells[0]);
        Assert.Equal(cells[2], expression.CompareWith(Period.Parse(cells[1])).Outcome.ToString());
        Assert.Equal(cells[2] == nameof(PeriodOutcome.Silent), expression.IsSilent);
        if (cells is [_, _, _, { Length: > 0 } periods, ..])
        {
            Assert.Equal(periods, string.Join("; ", expression.Periods.Select(period => period.Describe())));
        }

        if (cells is [_, _, _, _, var rest])
        {
            Assert.Equal(rest, expression.Rest);
        }
    }

    [Fact]
    public void The_table_of_phrases_is_long() => Assert.True(Phrases.Count >= 350);

    [Theory]
    [InlineData("MARAC cases Q2 (target)", FigureKinds.Target, "target")]
    [InlineData("Y.T.D. 2019-20", FigureKinds.Cumulative, "Y.T.D.")]
    [InlineData("Rolling 12 month average", FigureKinds.Rolling | FigureKinds.Average, "Rolling 12 month average")]
    [InlineData("Same quarter last year", FigureKinds.Previous, "Same quarter last year")]
    [InlineData("Q2 provisional", FigureKinds.Provisional, "provisional")]
    [InlineData("Q2 (revised)", FigureKinds.Revised, "revised")]
    [InlineData("Final Q2", FigureKinds.Final, "Final")]
    [InlineData("This\u00A0quarter", FigureKinds.Current, "This\u00A0quarter")]
    [InlineData("Change since Q1", FigureKinds.Change, "Change since")]
    public void A_kind_is_reported_with_its_words(string text, FigureKinds kinds, string words)
    {
        var expression = PeriodExpressionParser.Parse(text);
        Assert.Equal((kinds, words), (expression.Kinds, Assert.Single(expression.KindWords).Text));
    }

    [Theory]
    [InlineData("Q2 2019-20 (compared with Q1)", "July to September 2019", "April to June")]
    [InlineData("Q2 vs Q2 last year", "July to September", "July to September")]
    [InlineData("Q3 (Q3 last year)", "October to December", "October to December")]
    [InlineData("Q2 (previous quarter: Q1 2019-20)", "July to September", "April to June 2019")]
    [InlineData("2019-20 compared to 2018-19", "April 2019 to March 2020", "April 2018 to March 2019")]
    public void A_comparison_is_kept_apart_from_the_period(string text, string main, string compared)
    {
        var expression = PeriodExpressionParser.Parse(text);
        Assert.Equal(main, Assert.Single(expression.Periods).Describe());
        Assert.Equal(compared, Assert.Single(expression.Comparisons).Describe());
        Assert.NotNull(expression.ComparisonWord);
        Assert.Empty(expression.KindWords);
    }

    [Theory]
    [InlineData("Q2 (Apr-Jun 2019)", PeriodNotes.Contradiction | PeriodNotes.CalendarQuarter)]
    [InlineData("Q2 (Oct-Dec)", PeriodNotes.Contradiction)]
    [InlineData("Q1 2019-20 (Apr-Jun 2018)", PeriodNotes.Contradiction)]
    [InlineData("Q2 2019 (Apr-Jun)", PeriodNotes.CalendarQuarter)]
    [InlineData("Q2 2019", PeriodNotes.CalendarQuarter | PeriodNotes.UnclearYear)]
    [InlineData("FY20 Q2", PeriodNotes.UnclearYear)]
    [InlineData("18-19", PeriodNotes.MayBeNumbers)]
    [InlineData("15 July to 30 September 2019", PeriodNotes.PartMonths)]
    [InlineData("half year", PeriodNotes.UnclearHalf)]
    [InlineData("period ending 30 September 2019", PeriodNotes.UnclearLength)]
    [InlineData("Q2 (Jul-Sep 2019)", PeriodNotes.None)]
    public void What_is_unclear_about_a_period_is_noted(string text, PeriodNotes notes) =>
        Assert.Equal(notes, Assert.Single(PeriodExpressionParser.Parse(text).Periods).Notes);

    [Theory]
    [InlineData("Jul-Sep 18", "July to September 2018")]
    [InlineData("YTD", "the year to date")]
    [InlineData("YTD Q2 2019-20", "the year to date (April to September 2019)")]
    [InlineData("Cases up to June 2019", "the time up to June 2019")]
    [InlineData("Target", "a target")]
    [InlineData("Target 2019-20", "a target for April 2019 to March 2020")]
    [InlineData("Last year", "the previous year")]
    [InlineData("This quarter", "this quarter")]
    [InlineData("30/09/2019", "30 September 2019")]
    [InlineData("Q2 2019", "April to June 2019 or July to September 2019")]
    [InlineData("Q2 2019-20 (compared with Q1)", "July to September 2019, compared with April to June")]
    [InlineData("Referrals", "no period")]
    public void An_expression_is_described_in_plain_words(string text, string expected) => Assert.Equal(expected, PeriodExpressionParser.Parse(text).Describe());

    [Fact]
    public void Spans_are_positions_in_the_original_text()
    {
        const string text = "IDVA\u00A0 referrals –  Q2\n2019/20 (women)";
        var expression = PeriodExpressionParser.Parse(text);
        Assert.Equal(["–  Q2\n2019/20"], expression.Spans.Select(span => text.Substring(span.Start, span.Length)));
        Assert.Equal("IDVA\u00A0 referrals (women)", expression.Rest);
    }

    [Fact]
    public void Ambiguous_readings_are_listed_in_words()
    {
        var comparison = PeriodExpressionParser.Parse("Q2 2019").CompareWith(Quarter2);
        Assert.Equal(["April to June 2019", "July to September 2019"], comparison.Readings);
        Assert.Null(comparison.Months);
        Assert.Equal(["April 2016 to March 2017", "a range of numbers"], PeriodExpressionParser.Parse("16-17").CompareWith(Quarter2).Readings);
    }

    [Fact]
    public void A_part_of_the_period_has_its_months()
    {
        Assert.Equal(new MonthRange(8, 1, 2019), PeriodExpressionParser.Parse("August").CompareWith(Quarter2).Months);
        Assert.Equal(new MonthRange(7, 3, 2019), PeriodExpressionParser.Parse("Q2").CompareWith(Quarter2.Year).Months);
        Assert.Equal(Quarter2, PeriodExpressionParser.Parse("Q2").CompareWith(Quarter2.Year).Months!.Value.Period);
        Assert.Equal(new DateOnly(2019, 7, 1), PeriodExpressionParser.Parse("2019-07-01T00:00:00").CompareWith(Quarter2).Date);
    }

    [Fact]
    public void Another_kind_of_figure_has_its_word_and_months()
    {
        var comparison = PeriodExpressionParser.Parse("2019-20 cumulative").CompareWith(Quarter2.Year);
        Assert.Equal(new KindWord(FigureKinds.Cumulative, "cumulative"), comparison.Kind);
        Assert.Equal(MonthRange.From(Quarter2.Year), comparison.Months);
    }

    [Fact]
    public void A_label_that_contains_a_kind_word_can_be_compared_without_it()
    {
        var expression = PeriodExpressionParser.Parse("Average length of stay Q2");
        Assert.Equal(("length of stay", "Average length of stay"), (expression.Rest, expression.TextWithoutPeriods));
        Assert.Equal(PeriodOutcome.NotThisKind, expression.CompareWith(Quarter2).Outcome);
        Assert.Equal(PeriodOutcome.Matches, expression.WithoutKinds().CompareWith(Quarter2).Outcome);
        Assert.Equal("Average length of stay", expression.WithoutKinds().Rest);
    }

    [Fact]
    public void A_word_for_a_kind_alone_states_no_period()
    {
        Assert.False(PeriodExpressionParser.Parse("Actual").CompareWith(Quarter2).StatesPeriod);
        Assert.True(PeriodExpressionParser.Parse("Actual Q2").CompareWith(Quarter2).StatesPeriod);
    }

    [Fact]
    public void A_text_that_is_too_long_is_silent() =>
        Assert.True(PeriodExpressionParser.Parse("Q2 2019-20" + new string(' ', PeriodExpressionParser.MaxLength)).IsSilent);
}
