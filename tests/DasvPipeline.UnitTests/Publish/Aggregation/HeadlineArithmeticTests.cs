using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Ports;
using DasvPipeline.Core.Publish.Aggregation;
using DasvPipeline.Tests.Catalogue;

namespace DasvPipeline.UnitTests.Publish.Aggregation;

public sealed class HeadlineArithmeticTests
{
    private static Figures Year() => new Figures().Calls(1, 100, 10).Calls(2, 200, 20).Calls(3, 300, 30).Calls(4, 400, 40).South(3, 1000).South(4, 2000);

    [Fact]
    public void A_sum_adds_agencies_areas_and_quarters()
    {
        var calls = Year().WorkOut("calls");
        Assert.Equal(new Amount(4100, Markers.None), calls.Total);
        Assert.Equal(
            [("2019-20-Q1", 110m), ("2019-20-Q2", 220), ("2019-20-Q3", 1330), ("2019-20-Q4", 2440)],
            calls.Series.Select(point => (point.Period.ToString(), point.Amount.Value!.Value)));
        Assert.Equal([("city", 4000m), ("fen", 100)], calls.Breakdowns.Single().Items.Select(item => (item.Code.Id, item.Amount.Value!.Value)));
        Assert.True(calls.IsComplete);
        Assert.Equal(
            ["north/calls/2019-20-Q1", "north/calls/2019-20-Q2", "north/calls/2019-20-Q3", "north/calls/2019-20-Q4", "south/calls/2019-20-Q3", "south/calls/2019-20-Q4"],
            calls.DueReturns.Select(key => key.ToString()));
    }

    [Fact]
    public void The_order_in_which_returns_come_changes_nothing()
    {
        var year = Year().ToYear();
        var turned = new YearFigures(Figures.Catalogue, year.Year, [.. year.LiveReturns.Reverse()]);
        Assert.Equal(year.LiveReturns.Select(live => live.Key), turned.LiveReturns.Select(live => live.Key));
    }

    [Fact]
    public void The_latest_figure_is_the_sum_of_each_returns_last_quarter()
    {
        var volunteers = Year()
            .Add("north/calls", "2019-20-Q1", "volunteers", null, 30)
            .Add("north/calls", "2019-20-Q4", "volunteers", null, 20)
            .Add("south/calls", "2019-20-Q3", "volunteers", "city", 7)
            .Add("south/calls", "2019-20-Q4", "volunteers", "city", 8)
            .WorkOut("volunteers");
        Assert.Equal(new Amount(28, Markers.None), volunteers.Total);
        Assert.Equal([30m, null, 7, 28], volunteers.Series.Select(point => point.Amount.Value));
    }

    [Fact]
    public void The_latest_figure_adds_two_agencies_that_report_the_same_measure()
    {
        var both = TestCatalogue.Small.Change("returns/south.calls.yaml", "    area: city\n", string.Empty).Load();
        var volunteers = new Figures(both, "2019-20")
            .Add("north/calls", "2019-20-Q4", "volunteers", null, 20)
            .Add("south/calls", "2019-20-Q3", "volunteers", null, 7)
            .WorkOut("volunteers");
        Assert.Equal(27, volunteers.Total.Value);
    }

    [Fact]
    public void A_ratio_divides_counts_by_counts()
    {
        var answered = new Figures()
            .Calls(1, 100, 100).Add("north/calls", "2019-20-Q1", "answered", null, 50)
            .Calls(2, 500, 100).Add("north/calls", "2019-20-Q2", "answered", null, 550)
            .WorkOut("answered");
        Assert.Equal(new Amount(0.75m, Markers.Provisional), answered.Total);
        Assert.Equal((600m, 800m), (HeadlineCalculator.Sum(answered.Total.Numerator), HeadlineCalculator.Sum(answered.Total.Denominator!)));
        Assert.Equal([0.25m, 0.917m, null, null], answered.Series.Select(point => point.Amount.Value));
    }

    [Fact]
    public void Ratio_with_zero_denominator_is_not_published()
    {
        var answered = new Figures().Calls(1, 0, 0).Add("north/calls", "2019-20-Q1", "answered", null, 0).WorkOut("answered");
        Assert.Equal(new Amount(null, Markers.NotApplicable), answered.Total);
    }

    [Fact]
    public void A_period_without_its_numerator_is_left_out_of_a_ratio()
    {
        var answered = new Figures()
            .Calls(1, 100, 0).Add("north/calls", "2019-20-Q1", "answered", null, 50)
            .Calls(2, 1000, 0)
            .Calls(3, 1000, 0).Add("north/calls", "2019-20-Q3", "answered", null, null, Markers.NotAvailable)
            .WorkOut("answered");
        Assert.Equal(0.5m, answered.Total.Value);
        Assert.Equal(Markers.NotAvailable, answered.Series[1].Amount.Markers);
        Assert.True(answered.HasGaps);
    }

    [Fact]
    public void A_period_without_its_denominator_is_left_out_of_a_ratio()
    {
        var answered = new Figures()
            .Calls(1, 100, 0).Add("north/calls", "2019-20-Q1", "answered", null, 50)
            .Add("north/calls", "2019-20-Q2", "answered", null, 40)
            .WorkOut("answered");
        Assert.Equal(0.5m, answered.Total.Value);
        Assert.Equal(Markers.NotAvailable, answered.Series[1].Amount.Markers);
    }

    [Theory]
    [InlineData(5, 80, 0.063)]
    [InlineData(15, 80, 0.188)]
    [InlineData(1, 3, 0.333)]
    public void A_ratio_is_rounded_to_3_decimals_and_a_half_is_rounded_up(int of, int over, double ratio) =>
        Assert.Equal((decimal)ratio, new Figures().Calls(1, over, 0).Add("north/calls", "2019-20-Q1", "answered", null, of).WorkOut("answered").Total.Value);

    [Theory]
    [InlineData(Markers.Estimated, Markers.None)]
    [InlineData(Markers.None, Markers.Estimated)]
    public void A_ratio_with_an_estimate_in_either_part_is_an_estimate(Markers numerator, Markers denominator)
    {
        var answered = new Figures()
            .Add("north/calls", "2019-20-Q1", "calls", "city", 100, denominator).Add("north/calls", "2019-20-Q1", "calls", "fen", 0).Add("north/calls", "2019-20-Q1", "answered", null, 50, numerator)
            .Calls(2, 100, 0).Add("north/calls", "2019-20-Q2", "answered", null, 50)
            .WorkOut("answered");
        Assert.Equal(Markers.Provisional | Markers.Estimated, answered.Total.Markers);
        Assert.Equal([Markers.Estimated, Markers.None], answered.Series.Take(2).Select(point => point.Amount.Markers));
    }

    [Fact]
    public void A_measure_in_the_numerator_and_denominator_counts_once_in_each()
    {
        var catalogue = TestCatalogue.Small.Change("headlines.yaml", "    of: answered\n    over: calls\n", "    of: answered\n    over: [answered, calls]\n").Load();
        var answered = new Figures(catalogue, "2019-20").Calls(1, 60, 0).Add("north/calls", "2019-20-Q1", "answered", null, 20).WorkOut("answered");
        Assert.Equal((0.25m, 20m, 80m), (answered.Total.Value, HeadlineCalculator.Sum(answered.Total.Numerator), HeadlineCalculator.Sum(answered.Total.Denominator!)));
    }

    [Fact]
    public void An_unavailable_figure_is_a_gap_and_not_0()
    {
        var calls = Year().Add("south/calls", "2019-20-Q4", "calls", "fen", null, Markers.NotAvailable).WorkOut("calls");
        Assert.Equal(new Amount(4100, Markers.None), calls.Total);
        Assert.True(calls.HasGaps);
        Assert.False(calls.IsComplete);
    }

    [Fact]
    public void A_headline_without_figures_is_not_available()
    {
        var calls = new Figures().Calls(1, null, null).WorkOut("calls");
        Assert.Equal(new Amount(null, Markers.NotAvailable), calls.Total);
        Assert.All(calls.Series, point => Assert.Equal(new Amount(null, Markers.NotAvailable), point.Amount));
    }

    [Fact]
    public void An_estimate_marks_only_the_figures_that_contain_it()
    {
        var calls = Year().Add("north/calls", "2019-20-Q1", "calls", "fen", 5, Markers.Estimated).WorkOut("calls");
        Assert.Equal(Markers.Estimated, calls.Total.Markers);
        Assert.Equal([Markers.Estimated, Markers.None, Markers.None, Markers.None], calls.Series.Select(point => point.Amount.Markers));
        Assert.Equal([Markers.None, Markers.Estimated], calls.Breakdowns.Single().Items.Select(item => item.Amount.Markers));
    }

    [Fact]
    public void A_figure_with_returns_missing_is_provisional_and_so_are_their_quarters()
    {
        var calls = new Figures().Calls(1, 100, 10).Calls(2, 200, 20).Calls(3, 300, 30).South(3, 1000).WorkOut("calls");
        Assert.Equal(new Amount(1660, Markers.Provisional), calls.Total);
        Assert.Equal(["north/calls/2019-20-Q4", "south/calls/2019-20-Q4"], calls.MissingReturns.Select(key => key.ToString()));
        Assert.Equal([Markers.None, Markers.None, Markers.None, Markers.NotAvailable], calls.Series.Select(point => point.Amount.Markers));
        Assert.All(calls.Breakdowns.Single().Items, item => Assert.Equal(Markers.Provisional, item.Amount.Markers));
        Assert.False(calls.IsComplete);
    }

    [Fact]
    public void A_received_return_without_a_headlines_figures_does_not_count_as_missing()
    {
        var grants = new Figures().Received("north/calls", "2019-20-Q1").WorkOut("grants");
        Assert.Equal(3, grants.MissingReturns.Count);
    }

    [Fact]
    public void A_year_without_due_returns_is_not_applicable()
    {
        var calls = new Figures("2018-19").WorkOut("calls");
        Assert.Equal(new Amount(null, Markers.NotApplicable), calls.Total);
        Assert.Empty(calls.DueReturns);
        Assert.False(calls.IsComplete);
    }

    [Fact]
    public void People_counted_once_a_year_have_no_quarters()
    {
        var people = new Figures().People(80, 20).WorkOut("people");
        Assert.Equal(100, people.Total.Value);
        Assert.Equal([("2019-20", 100m)], people.Series.Select(point => (point.Period.ToString(), point.Amount.Value!.Value)));
        Assert.Equal([80m, 20], people.Breakdowns.Single().Items.Select(item => item.Amount.Value!.Value));
    }

    [Fact]
    public void A_figure_with_quarterly_and_yearly_parts_has_the_whole_year_as_its_series()
    {
        var catalogue = TestCatalogue.Small.Change("headlines.yaml", "of: people", "of: [people, calls]").Load();
        var both = new Figures(catalogue, "2019-20").People(80, 20).Calls(1, 1000, 0).WorkOut("people");
        Assert.Equal(1100, both.Total.Value);
        Assert.Equal([new Amount(1100, Markers.Provisional)], both.Series.Select(point => point.Amount));
    }
}
