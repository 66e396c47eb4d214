using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Publish.Formats;

namespace DasvPipeline.Core.Publish.Releases;

/// <summary>Chooses the year at the feed's root, which readers see first.</summary>
internal static class FeaturedYears
{
    /// <summary>
    /// Returns the newest ended year that meets the rule of the catalogue. It stays until a newer year does. Without such a year, returns the newest
    /// ended year with figures. If all figures were taken out, returns the year that was there, so that its files no longer show them. A year in
    /// progress is never returned.
    /// </summary>
    /// <param name="before">The year of the previous release; null if there was none.</param>
    /// <param name="years">Every published year.</param>
    /// <returns>Null if no ended year has figures or had them in the previous release.</returns>
    public static FeaturedYear? Choose(FeaturedYear? before, IReadOnlyDictionary<Period, LineageYear> years, FeaturedYearRule rule, DateOnly today)
    {
        var ended = years.Where(year => year.Key.End < today).ToList();
        var qualified = ended.Where(year => year.Value.Status is not YearStage.Provisional || (rule == FeaturedYearRule.Complete && year.Value.IsComplete))
            .Select(year => year.Key)
            .Concat(before is { IsQualified: true } && years.ContainsKey(Period.Parse(before.Year)) ? [Period.Parse(before.Year)] : [])
            .ToList();
        return qualified.Count > 0 ? new FeaturedYear(qualified.Max().ToString(), IsQualified: true)
            : ended.Where(year => year.Value.Returns.Count > 0).Select(year => year.Key).ToList() is { Count: > 0 } known ? new FeaturedYear(known.Max().ToString(), IsQualified: false)
            : before is not null && years.ContainsKey(Period.Parse(before.Year)) ? before
            : null;
    }
}
