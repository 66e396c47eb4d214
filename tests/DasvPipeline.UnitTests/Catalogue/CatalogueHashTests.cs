using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;
using DasvPipeline.Tests.Catalogue;

namespace DasvPipeline.UnitTests.Catalogue;

/// <summary>The hash of a year tells which years a changed catalogue can change.</summary>
public sealed class CatalogueHashTests
{
    private static readonly Period Before = Period.Parse("2019-20"), After = Period.Parse("2020-21");

    [Fact]
    public void A_return_that_starts_later_changes_only_the_years_in_which_it_is_due() => AssertChanges(
        TestCatalogue.Small.Change("returns/north.people.yaml", "from: 2019-20", "from: 2020-21"), [Before]);

    [Theory]
    [InlineData("returns/north.calls.yaml", "title: Calls\nevery", "title: Answered calls\nevery")]
    [InlineData("agencies.yaml", "name: North", "name: The North")]
    [InlineData("disclosure.yaml", "threshold: 5", "threshold: 6")]
    [InlineData("dimensions/area.yaml", "label: The Fen", "label: Fen")]
    [InlineData("partnership.yaml", "title: Figures", "title: All figures")]
    [InlineData("measures/all.yaml", "id: calls, label: Calls, unit: calls", "id: calls, label: Calls, unit: telephone calls")]
    public void A_change_of_what_is_published_changes_every_year(string path, string from, string to) =>
        AssertChanges(TestCatalogue.Small.Change(path, from, to), [Before, After]);

    [Theory]
    [InlineData("headlines.yaml", "title: Grants given", "title: Grants given\n    until: 2019-20")]
    [InlineData("headlines.yaml", "title: Grants given", "title: Grants given\n    breakIn: 2020-21\n    breakNote: Counted in another way.")]
    [InlineData("agencies.yaml", "name: South }", "name: South, until: 2019-20 }")]
    [InlineData("agencies.yaml", "name: North }", "name: New North, formerNames: [{ name: North, until: 2019-20 }] }")]
    [InlineData("returns/north.calls.yaml", "      - { measure: grants }", "      - { measure: grants, until: 2019-20 }")]
    public void A_change_that_starts_in_a_year_keeps_the_years_before_it(string path, string from, string to)
    {
        var (before, after) = (TestCatalogue.Small.Load(), TestCatalogue.Small.Change(path, from, to).Load());
        Assert.Equal(before.GetHash(Before), after.GetHash(Before));
        Assert.NotEqual(before.GetHash(After), after.GetHash(After));
    }

    [Theory]
    [InlineData("dimensions/area.yaml", "aliases: [City]", "aliases: [City, Town]")]
    [InlineData("measures/all.yaml", "{ id: calls, label: Calls, ", "{ id: calls, label: Calls, guidance: Count each., ")]
    [InlineData("returns/north.calls.yaml", "every: quarter", "every: quarter\ndueWorkingDays: 7")]
    public void Words_of_forms_and_due_dates_change_no_published_year(string path, string from, string to) => AssertChanges(TestCatalogue.Small.Change(path, from, to), []);

    [Fact]
    public void A_measure_that_no_return_uses_changes_no_year() => AssertChanges(
        TestCatalogue.Small.Change("measures/all.yaml", "  - { id: people,", "  - { id: others, label: Others, unit: people, adds: flow }\n  - { id: people,"), []);

    private static void AssertChanges(IReadOnlyList<CatalogueFile> files, Period[] changed)
    {
        var (before, after) = (TestCatalogue.Small.Load(), files.Load());
        Assert.NotEqual(before.Hash, after.Hash);
        Assert.Equal(changed, new[] { Before, After }.Where(year => before.GetHash(year) != after.GetHash(year)));
    }
}
