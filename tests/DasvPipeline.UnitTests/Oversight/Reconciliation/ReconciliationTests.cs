using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Oversight.Reconciliation;

namespace DasvPipeline.UnitTests.Oversight.Reconciliation;

public sealed class ReconciliationTests
{
    [Fact]
    public void Figures_that_agree_give_no_disagreement()
    {
        var random = new Random(20200331);
        for (var i = 0; i < 200; i++)
        {
            Assert.Empty(ShelterCatalogue.Agreeing(random.Next(900), random.Next(900), random.Next(900), random.Next(900)).Find().Select(item => item.Sentence));
        }
    }

    [Fact]
    public void A_stated_total_that_differs_is_reported_with_the_sum_of_the_returns() => Assert.Equal(
        "The report's first page states 540 cats taken in, its section 404 + 132 = 536. The returns add up to 536 (Town 404, Fen 132).",
        Only(ShelterCatalogue.Agreeing().State("cats", "statement=headline", 540), "stated/cats").Sentence);

    [Fact]
    public void A_stated_part_that_differs_is_found_though_the_totals_agree()
    {
        var made = ShelterCatalogue.Agreeing().State("cats", "area=town;statement=section", 405).State("cats", "area=fen;statement=section", 131);
        Assert.Equal(
            "The report's first page states 536 cats taken in, its section 405 + 131 = 536. The returns add up to 536 (Town 404, Fen 132).",
            Only(made, "stated/cats").Sentence);
    }

    [Fact]
    public void The_last_quarter_of_a_stock_is_compared_with_the_report() => Assert.Equal(
        "The report's first page states 13 staff in post. The returns come to 14.",
        Only(ShelterCatalogue.Agreeing().State("staff", "statement=headline", 13), "stated/staff").Sentence);

    /// <summary>132 of 536 are 24.63%.</summary>
    [Theory]
    [InlineData(0.25, true)]
    [InlineData(0.246, true)]
    [InlineData(0.2463, true)]
    [InlineData(0.24, false)]
    [InlineData(0.247, false)]
    [InlineData(0.2462, false)]
    public void A_stated_percentage_agrees_when_rounded_as_it_is_stated(decimal stated, bool agrees) =>
        Assert.Equal(agrees ? 0 : 1, ShelterCatalogue.Agreeing().State("homing", "statement=section", stated).Find().Count);

    [Fact]
    public void A_stated_percentage_that_differs_is_reported_at_its_own_precision() => Assert.Equal(
        "The report's section states 30% as the homing rate. The returns come to 25%.",
        Only(ShelterCatalogue.Agreeing().State("homing", "statement=section", 0.30m), "stated/homing").Sentence);

    [Fact]
    public void A_percentage_over_quarters_is_weighted_and_its_simple_mean_is_recognised()
    {
        var made = ShelterCatalogue.Agreeing().Quarter(1, "share", "", 0.9m).Quarter(4, "share", "", 0.3m).State("share", "statement=section", 0.55m);
        var found = Only(made, "rate");
        Assert.Equal(
            "The report's section states 55% as the share of donations. The returns come to 46% (April to June 2019 90%, July to September 2019 50%, October to December 2019 50%, January to March 2020 30%). "
            + "Correct the report, or ask The Shelter.",
            found.Sentence);
        Assert.Equal(["55% is the plain mean of the 4 percentages. Weighted by \"Donations\", they come to 46%."], found.Hints);
        Assert.Empty(made.State("share", "statement=section", 0.46m).Find());
        Assert.Empty(made.State("share", "statement=section", 0.51m).Quarter(2, "donations", "", null).Find());
    }

    [Fact]
    public void Tables_that_should_be_equal_are_compared_by_area_and_the_quarter_is_named()
    {
        var found = Only(ShelterCatalogue.Agreeing().Quarter(3, "cats.healthy", "area=fen", 30).Quarter(3, "cats.healthy", "area=town", 101), "healthy/fen");
        Assert.Equal(
            "In Fen, the returns of 2019-20 give 129 for \"Cats seen by a vet\", but 132 for \"Cats taken in\". Both should be the same number. Ask The Shelter.",
            found.Sentence);
        Assert.Equal(["They differ in October to December 2019 (30 and 33)."], found.Hints);
        Assert.Equal(["cats", "homing"], found.Headlines.Select(headline => headline.Value));
    }

    [Fact]
    public void A_part_above_its_whole_is_reported()
    {
        var found = ShelterCatalogue.Agreeing().Quarter(2, "cats.homed", "", 600).State("homing", "statement=section", null).Find();
        Assert.Equal(
            "The returns of 2019-20 give 699 for \"Cats homed\", but 536 for \"Cats taken in\". The first cannot be more than the second. Ask The Shelter.",
            Assert.Single(found).Sentence);
        Assert.Equal(DiscrepancyKind.PartExceedsWhole, found[0].Kind);
    }

    [Theory]
    [InlineData(Markers.NotAvailable)]
    [InlineData(Markers.Confidential)]
    public void An_unavailable_figure_skips_its_checks(Markers marker) =>
        Assert.Empty(ShelterCatalogue.Agreeing().Quarter(3, "cats.healthy", "area=fen", null, marker).Quarter(2, "dogs", "area=fen", null, marker).Quarter(4, "staff", "", null, marker).Find());

    [Fact]
    public void A_blank_skips_its_checks() =>
        Assert.Empty(ShelterCatalogue.Agreeing().Blank(3, "cats.healthy", "area=fen").Blank(2, "dogs", "area=fen").Blank(1, "cats", "area=town").Find());

    [Fact]
    public void An_estimate_skips_its_checks() =>
        Assert.Empty(ShelterCatalogue.Agreeing().Quarter(3, "cats.healthy", "area=fen", 30, Markers.Estimated).State("dogs", "statement=headline", 500, Markers.Estimated).Find());

    [Fact]
    public void A_partial_sum_that_is_too_large_is_reported()
    {
        var found = Only(ShelterCatalogue.Agreeing().Quarter(3, "cats.healthy", "area=fen", null).Quarter(1, "cats.healthy", "area=fen", 99), "healthy/fen");
        Assert.StartsWith("In Fen, the returns of 2019-20 give at least 165 for \"Cats seen by a vet\", but 132 for ", found.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void A_total_that_a_missing_return_may_complete_is_not_reported() => Assert.Empty(ShelterCatalogue.Agreeing().Without(3).Find());

    [Fact]
    public void A_sum_above_the_stated_total_is_reported_while_a_return_is_missing() => Assert.Equal(
        "The report's first page states 300 cats taken in, its section 404 + 132 = 536. The returns so far add up to 402 (Town at least 303, Fen at least 99).",
        Only(ShelterCatalogue.Agreeing().Without(3).State("cats", "statement=headline", 300), "stated/cats").Sentence);

    [Fact]
    public void The_order_of_the_returns_changes_nothing()
    {
        var made = ShelterCatalogue.Agreeing().State("cats", "statement=headline", 540).Quarter(3, "cats.healthy", "area=fen", 30);
        var again = new ShelterCatalogue().State("dogs", "statement=headline", null);
        Assert.Equal(Text(made.Find()), Text(made.Find()));
        Assert.Empty(again.Find());
    }

    private static string Text(IEnumerable<Discrepancy> found) => string.Join('\n', found.Select(item => $"{item.Id} {item.Sentence} {string.Concat(item.Hints)}"));

    private static Discrepancy Only(ShelterCatalogue made, string id)
    {
        var found = Assert.Single(made.Find());
        Assert.Equal(id, found.Id);
        return found;
    }
}
