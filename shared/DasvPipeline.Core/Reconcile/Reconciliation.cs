using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Store;

namespace DasvPipeline.Core.Reconcile;

/// <summary>Holds a year's returns against one another and against what the report states, and tells where they disagree.</summary>
public static class Reconciliation
{
    /// <returns>Headlines as stated, in the order in which they are published; then checks in their order; then what headlines mix.</returns>
    public static IReadOnlyList<Discrepancy> Find(PartnershipCatalogue catalogue, YearFigures year)
    {
        var parts = new YearParts(catalogue, year);
        return [.. new StatedHeadlines(parts).Find(), .. CheckedFigures.In(parts), .. HeadlineTraits.In(parts)];
    }
}
