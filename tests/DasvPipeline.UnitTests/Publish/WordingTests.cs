using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Publish.Releases;

namespace DasvPipeline.UnitTests.Publish;

public sealed class WordingTests
{
    private static readonly Period Year = Period.FromYear(2019);

    [Theory]
    [InlineData(1979, 1831, "an increase of nearly 150 from 2018-19")]
    [InlineData(1831, 1979, "a decrease of nearly 150 from 2018-19")]
    [InlineData(1150, 1000, "an increase of 150 from 2018-19")]
    [InlineData(1152, 1000, "an increase of just over 150 from 2018-19")]
    [InlineData(128, 111, "an increase of 17 from 2018-19")]
    [InlineData(129, 111, "an increase of nearly 20 from 2018-19")]
    [InlineData(132, 111, "an increase of 21 from 2018-19")]
    [InlineData(126, 111, "an increase of 15 from 2018-19")]
    [InlineData(120, 111, "an increase of 9 from 2018-19")]
    [InlineData(14116, 12345, "an increase of nearly 1,800 from 2018-19")]
    [InlineData(11000, 10000, "an increase of 1,000 from 2018-19")]
    public void A_change_has_two_significant_figures(int now, int before, string expected) => Assert.Equal(expected, Change(now, before));

    [Theory]
    [InlineData(1000, 1000, "the same as in 2018-19")]
    [InlineData(0, 0, "the same as in 2018-19")]
    [InlineData(1019, 1000, "slightly more than the 1,000 in 2018-19")]
    [InlineData(981, 1000, "slightly fewer than the 1,000 in 2018-19")]
    [InlineData(1020, 1000, "an increase of 20 from 2018-19")]
    [InlineData(980, 1000, "a decrease of 20 from 2018-19")]
    public void A_slight_change_is_described_as_slight(int now, int before, string expected) => Assert.Equal(expected, Change(now, before));

    [Theory]
    [InlineData(1190, 1000, "an increase of 190 from 2018-19")]
    [InlineData(1200, 1000, "an increase of 20% from 2018-19")]
    [InlineData(1240, 1000, "an increase of around 25% from 2018-19")]
    [InlineData(1260, 1000, "an increase of around 25% from 2018-19")]
    [InlineData(1275, 1000, "an increase of around 30% from 2018-19")]
    [InlineData(1940, 1000, "an increase of around 95% from 2018-19")]
    [InlineData(1950, 1000, "nearly double the figure for 2018-19")]
    [InlineData(2000, 1000, "double the figure for 2018-19")]
    [InlineData(2001, 1000, "more than double the figure for 2018-19")]
    [InlineData(3000, 1000, "three times the figure for 2018-19")]
    [InlineData(3001, 1000, "more than three times the figure for 2018-19")]
    [InlineData(800, 1000, "a decrease of 20% from 2018-19")]
    [InlineData(740, 1000, "a decrease of around 25% from 2018-19")]
    [InlineData(530, 1000, "a decrease of around 45% from 2018-19")]
    [InlineData(520, 1000, "just over half the figure for 2018-19")]
    [InlineData(500, 1000, "half the figure for 2018-19")]
    [InlineData(501, 1000, "just over half the figure for 2018-19")]
    [InlineData(499, 1000, "just under half the figure for 2018-19")]
    [InlineData(480, 1000, "just under half the figure for 2018-19")]
    [InlineData(479, 1000, "less than half the figure for 2018-19")]
    public void A_large_change_is_written_as_a_share(int now, int before, string expected) => Assert.Equal(expected, Change(now, before));

    [Theory]
    [InlineData(0, 60, "down to none from 60 in 2018-19")]
    [InlineData(60, 30, "an increase of 30 from 2018-19")]
    [InlineData(24, 49, "a decrease of 25 from 2018-19")]
    [InlineData(49, 48, "an increase of 1 from 2018-19")]
    [InlineData(12, 0, "an increase of 12 from 2018-19")]
    [InlineData(100, 50, "double the figure for 2018-19")]
    public void A_change_from_a_small_base_has_no_share(int now, int before, string expected) => Assert.Equal(expected, Change(now, before));

    [Theory]
    [InlineData("0.76", "0.74", "an increase of 2 percentage points from 2018-19")]
    [InlineData("0.75", "0.76", "a decrease of 1 percentage point from 2018-19")]
    [InlineData("0.755", "0.75", "an increase of 0.5 percentage points from 2018-19")]
    [InlineData("0.9", "0.3", "an increase of 60 percentage points from 2018-19")]
    [InlineData("0.9", "0.9", "the same as in 2018-19")]
    public void Percentages_change_by_points(string now, string before, string expected) =>
        Assert.Equal(expected, Wording.Change(Number(now), Number(before), Quantity.Percent, "2018-19"));

    [Theory]
    [InlineData("66935", "60000", "an increase of just over £6,900 from 2018-19")]
    [InlineData("66935", "67000", "slightly less than the £67,000 in 2018-19")]
    [InlineData("67000.50", "66935.25", "slightly more than the £66,935.25 in 2018-19")]
    [InlineData("120.50", "110", "an increase of £10.50 from 2018-19")]
    public void Amounts_are_written_in_pounds(string now, string before, string expected) =>
        Assert.Equal(expected, Wording.Change(Number(now), Number(before), Quantity.Pounds, "2018-19"));

    [Theory]
    [InlineData("1979", Quantity.Count, "1,979")]
    [InlineData("0", Quantity.Count, "0")]
    [InlineData("1979.00", Quantity.Count, "1,979")]
    [InlineData("1234.5", Quantity.Hours, "1,234.5")]
    [InlineData("0.76", Quantity.Percent, "76%")]
    [InlineData("0.7625", Quantity.Percent, "76.3%")]
    [InlineData("0", Quantity.Percent, "0%")]
    [InlineData("1", Quantity.Percent, "100%")]
    [InlineData("66935", Quantity.Pounds, "£66,935")]
    [InlineData("66935.00", Quantity.Pounds, "£66,935")]
    [InlineData("66935.5", Quantity.Pounds, "£66,935.50")]
    public void A_figure_is_formatted_for_people(string value, Quantity quantity, string expected) => Assert.Equal(expected, Wording.Format(Number(value), quantity));

    [Theory]
    [InlineData(15, "15")]
    [InlineData(18, "nearly 20")]
    [InlineData(22, "22")]
    [InlineData(98, "nearly 100")]
    [InlineData(100, "100")]
    [InlineData(104, "just over 100")]
    [InlineData(148, "nearly 150")]
    [InlineData(995, "nearly 1,000")]
    [InlineData(1204, "just over 1,200")]
    [InlineData(123456, "just over 120,000")]
    public void An_amount_is_rounded_for_readers(int amount, string expected) => Assert.Equal(expected, Wording.Approximately(amount));

    [Fact]
    public void The_sentence_has_its_figure_and_its_comparison() => Assert.Equal(
        "There were 1,979 referrals, an increase of nearly 150 from 2018-19.", Sentence("There were {value} referrals{change}.", 1979, previous: 1831));

    [Fact]
    public void The_sentence_has_no_comparison_without_a_previous_year() =>
        Assert.Equal("There were 1,979 referrals.", Sentence("There were {value} referrals{change}.", 1979));

    [Fact]
    public void An_estimate_is_written_with_around_and_a_sentence_begins_with_a_capital()
    {
        Assert.Equal("Around 250 women were housed.", Sentence("{value} women were housed{change}.", 250, Markers.Estimated));
        Assert.Equal("We housed around 250 women.", Sentence("We housed {value} women{change}.", 250, Markers.Estimated | Markers.Provisional));
    }

    [Theory]
    [InlineData(1, "There were 12 referrals. 1 of the 4 returns behind this figure is still to come.")]
    [InlineData(3, "There were 12 referrals. 3 of the 4 returns behind this figure are still to come.")]
    public void An_incomplete_year_says_what_is_still_to_come(int missing, string expected) =>
        Assert.Equal(expected, Sentence("There were {value} referrals{change}.", 12, Markers.Provisional, missing: missing));

    [Fact]
    public void A_hidden_value_says_why_and_no_number()
    {
        Assert.Equal(
            "Referrals: the figure for 2019-20 is not published, so that nobody can be recognised.",
            Sentence("There were {value} referrals{change}.", null, Markers.Confidential | Markers.Provisional, previous: 99, missing: 2));
        Assert.Equal(
            "Referrals: no figure for 2019-20 is available yet.", Sentence("There were {value} referrals{change}.", null, Markers.NotAvailable, previous: 99, missing: 4));
    }

    private static string Change(decimal now, decimal before) => Wording.Change(now, before, Quantity.Count, "2018-19");

    private static string Sentence(string sentence, decimal? value, Markers markers = Markers.None, decimal? previous = null, int missing = 0) => Wording.Sentence(
        new Headline(new HeadlineId("referrals"), "Referrals", Operation.Sum, [], [], "referrals", Quantity.Count, sentence, null, [], []),
        value,
        markers,
        Year,
        previous,
        missing,
        4);

    private static decimal Number(string text) => decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
