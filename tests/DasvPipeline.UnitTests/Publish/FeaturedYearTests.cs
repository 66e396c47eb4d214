using System.Globalization;
using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Publish.Formats;
using DasvPipeline.Core.Publish.Releases;

namespace DasvPipeline.UnitTests.Publish;

/// <summary>Which year readers see first.</summary>
public sealed class FeaturedYearTests
{
    private static readonly LineageYear Complete = Year(isComplete: true, YearStage.Provisional);
    private static readonly LineageYear Partial = Year(isComplete: false, YearStage.Provisional);
    private static readonly LineageYear Final = Year(isComplete: false, YearStage.Final);

    [Fact]
    public void A_newer_year_with_missing_returns_does_not_replace_a_complete_one() =>
        Assert.Equal(new FeaturedYear("2024-25", IsQualified: true), Choose("2026-12-01", null, ("2024-25", Complete), ("2025-26", Partial)));

    [Fact]
    public void A_newer_complete_year_replaces_the_featured_one() =>
        Assert.Equal("2025-26", Choose("2026-12-01", new FeaturedYear("2024-25", IsQualified: true), ("2024-25", Complete), ("2025-26", Complete))!.Year);

    [Fact]
    public void A_signed_off_year_is_featured_with_missing_returns() => Assert.Equal("2025-26", Choose("2026-12-01", null, ("2024-25", Complete), ("2025-26", Final))!.Year);

    [Theory]
    [InlineData("2026-03-31", "2024-25")]
    [InlineData("2026-04-01", "2025-26")]
    public void A_year_in_progress_is_not_featured_although_it_is_complete(string today, string expected) =>
        Assert.Equal(expected, Choose(today, null, ("2024-25", Complete), ("2025-26", Complete))!.Year);

    [Fact]
    public void A_featured_year_stays_when_a_return_is_withdrawn_or_added() =>
        Assert.Equal(new FeaturedYear("2024-25", IsQualified: true), Choose("2026-12-01", new FeaturedYear("2024-25", IsQualified: true), ("2024-25", Partial), ("2025-26", Partial)));

    [Fact]
    public void Without_a_complete_year_the_newest_ended_year_with_figures_is_featured_and_replaced_by_a_complete_one()
    {
        var (empty, before) = (Partial with { Returns = [] }, Choose("2026-12-01", null, ("2023-24", Partial), ("2024-25", Partial), ("2026-27", Partial)));
        Assert.Equal(new FeaturedYear("2024-25", IsQualified: false), before);
        Assert.Equal("2025-26", Choose("2026-12-01", before, ("2024-25", Partial), ("2025-26", Partial))!.Year);
        Assert.Equal("2024-25", Choose("2026-12-01", before, ("2024-25", Partial), ("2025-26", empty))!.Year);
        Assert.Equal("2023-24", Choose("2026-12-01", before, ("2023-24", Complete), ("2024-25", Partial))!.Year);
    }

    /// <summary>Otherwise the files at the feed's root would still show what was withdrawn.</summary>
    [Fact]
    public void A_featured_year_without_any_figures_stays() => Assert.Equal(
        new FeaturedYear("2024-25", IsQualified: false), Choose("2026-12-01", new FeaturedYear("2024-25", IsQualified: false), ("2024-25", Partial with { Returns = [] })));

    [Fact]
    public void No_year_is_featured_until_one_has_ended() => Assert.Null(Choose("2026-12-01", null, ("2026-27", Partial)));

    [Fact]
    public void The_catalogue_can_require_a_sign_off()
    {
        Assert.Equal(new FeaturedYear("2023-24", IsQualified: true), Choose("2026-12-01", FeaturedYearRule.SignedOff, null, ("2023-24", Final), ("2024-25", Complete)));
        Assert.Equal(new FeaturedYear("2024-25", IsQualified: false), Choose("2026-12-01", FeaturedYearRule.SignedOff, null, ("2024-25", Complete)));
        Assert.Equal("2024-25", Choose("2026-12-01", FeaturedYearRule.SignedOff, new FeaturedYear("2024-25", IsQualified: true), ("2023-24", Final), ("2024-25", Complete))!.Year);
    }

    private static FeaturedYear? Choose(string today, FeaturedYear? before, params (string Year, LineageYear State)[] years) => Choose(today, FeaturedYearRule.Complete, before, years);

    private static FeaturedYear? Choose(string today, FeaturedYearRule rule, FeaturedYear? before, params (string Year, LineageYear State)[] years) => FeaturedYears.Choose(
        before, years.ToDictionary(year => Period.Parse(year.Year), year => year.State), rule, DateOnly.Parse(today, CultureInfo.InvariantCulture));

    private static LineageYear Year(bool isComplete, string status) => new(
        "hash", "catalogue", new(StringComparer.Ordinal) { ["a/b/2024-25-Q1"] = 1 }, [], [], status, Final: null, Stage: status, IsComplete: isComplete);
}
