namespace DasvPipeline.UnitTests.Oversight.Reconciliation;

public sealed class SwappedFigureTests
{
    [Fact]
    public void A_total_with_a_part_of_another_table_in_it_is_recognised()
    {
        // 132 cats in the fen became the 352 dogs there.
        var found = Assert.Single(ShelterCatalogue.Agreeing().State("cats", "statement=headline", 404 + 352).Find());
        Assert.Equal(["756 is 404 + 352. 352 is stated for \"Dogs taken in\" in Fen. Were 2 figures swapped?"], found.Hints);
    }

    [Fact]
    public void Two_parts_that_changed_places_are_recognised_in_both_tables()
    {
        var found = ShelterCatalogue.Agreeing().State("cats", "area=town;statement=section", 228).State("dogs", "area=town;statement=section", 404).Find();
        Assert.Equal(
            [
                "The report states 228 for \"Cats in town\" and 404 for \"Dogs in town\". The returns give them the other way round. Were 2 figures swapped?",
                "The report states 404 for \"Dogs in town\" and 228 for \"Cats in town\". The returns give them the other way round. Were 2 figures swapped?",
            ],
            found.SelectMany(item => item.Hints));
    }

    [Fact]
    public void Figures_of_another_unit_or_area_are_not_recognised_as_swapped()
    {
        // 404 cats seen by a vet, another unit: 132 + 404 is what it should be; 40 people of staff have no areas.
        Assert.Empty(Assert.Single(ShelterCatalogue.Agreeing().State("cats", "statement=headline", 404 + 14).Find()).Hints);
        var found = ShelterCatalogue.Agreeing().Quarter(1, "cats.healthy", "area=fen", 433).State("cats", "statement=headline", 404 + 532).Find().Single(item => item.Id == "stated/cats");
        Assert.Equal(["936 is the figure for \"Cats seen by a vet\" in the returns. Was the wrong figure copied?"], found.Hints);
    }

    [Fact]
    public void Transposed_digits_are_recognised() => Assert.Equal(
        ["563 is 536 with 2 digits swapped. Was it mistyped?"],
        Assert.Single(ShelterCatalogue.Agreeing().State("cats", "statement=headline", 563).Find()).Hints);

    [Fact]
    public void Few_random_mistakes_are_recognised_as_a_swap()
    {
        var random = new Random(774);
        var hints = 0;
        const int Tries = 1000;
        for (var i = 0; i < Tries; i++)
        {
            var made = ShelterCatalogue.Agreeing(random.Next(20, 250), random.Next(20, 250), random.Next(20, 250), random.Next(20, 250));
            hints += made.State("cats", "statement=headline", random.Next(160, 2000)).Find().SelectMany(item => item.Hints).Count(hint => hint.Contains("swapped", StringComparison.Ordinal));
        }

        Assert.InRange(hints, 0, Tries / 100);
    }
}
