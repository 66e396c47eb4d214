using DasvPipeline.Core.Domain;

namespace DasvPipeline.Core.Catalogue;

/// <summary>The comparison checks that say how published figures relate to each other.</summary>
public static class LinkedChecks
{
    /// <summary>
    /// Returns the checks that link two published measures, directly or through others. A check of a measure that is neither
    /// published nor in another of these checks discloses nothing.
    /// </summary>
    public static IReadOnlyList<ComparisonCheck> Find(PartnershipCatalogue catalogue, Period year)
    {
        var published = GetPublishedMeasures(catalogue);
        var linked = catalogue.Checks.Comparisons.Where(check => year.Quarters().Prepend(year).Any(check.Validity.Includes) && check.Terms.All(term => catalogue.Measures[term.Measure].Quantity == Quantity.Count)).ToList();
        while (linked.RemoveAll(check => check.Terms.Any(term => !published.Contains(term.Measure) && !linked.Exists(other => other != check && other.Terms.Any(used => used.Measure == term.Measure)))) > 0)
        {
            // Each removal can leave other checks without a link.
        }

        return linked;
    }

    /// <summary>Returns the measures whose figures decide what is published: those of headlines, tables, the annual report and linked checks.</summary>
    public static IReadOnlySet<MeasureId> GetUsedMeasures(PartnershipCatalogue catalogue, Period year) =>
        GetPublishedMeasures(catalogue).Concat(Find(catalogue, year).SelectMany(check => check.Terms).Select(term => term.Measure)).ToHashSet();

    private static HashSet<MeasureId> GetPublishedMeasures(PartnershipCatalogue catalogue) =>
        [.. catalogue.Headlines.SelectMany(headline => headline.Measures), .. catalogue.Tables.Select(table => table.Measure.Id), .. catalogue.Report?.Measures ?? []];
}
