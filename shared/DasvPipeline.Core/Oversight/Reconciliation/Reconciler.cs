using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Ports;

namespace DasvPipeline.Core.Oversight.Reconciliation;

/// <summary>Compares a year's returns with one another and with the annual report, and lists the disagreements.</summary>
public static class Reconciler
{
    /// <returns>Disagreements of stated headlines in published order; then of checks in their order; then of headline definitions.</returns>
    public static IReadOnlyList<Discrepancy> Find(PartnershipCatalogue catalogue, YearFigures year)
    {
        var parts = new ExpectedFigures(catalogue, year);
        return [.. new StatedHeadlines(parts).Find(), .. CheckDiscrepancies.Find(parts), .. HeadlineDiscrepancies.Find(parts)];
    }
}
