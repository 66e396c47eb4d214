using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Ports;

namespace DasvPipeline.Core.Oversight.Reconciliation;

/// <summary>Compares a year's returns with one another and with the annual report, and lists the disagreements.</summary>
public static class Reconciler
{
    /// <summary>Finds the disagreements of a year.</summary>
    /// <param name="lastYear">The figures of the year before, which can explain a stated figure. Null if they are not known.</param>
    /// <returns>
    /// First those that question the value of a headline, then those that question its meaning, and then the others. Within
    /// these, in the order in which the headlines are published.
    /// </returns>
    public static IReadOnlyList<Discrepancy> Find(PartnershipCatalogue catalogue, YearFigures year, YearFigures? lastYear = null)
    {
        var figures = new ExpectedFigures(catalogue, year);
        var before = lastYear is null ? null : new ExpectedFigures(catalogue, lastYear);
        var all = StatedComparison.CreateAll(figures, before);
        Discrepancy[] found = [.. new StatedHeadlines(figures, all).Find(), .. CheckDiscrepancies.Find(figures, before, all), .. HeadlineDiscrepancies.Find(figures)];
        var order = figures.Headlines.Select((headline, index) => (headline.Id, index)).ToDictionary(item => item.Id, item => item.index);
        return [.. found.OrderBy(discrepancy => discrepancy.Effect).ThenBy(discrepancy => discrepancy.Headlines.Select(headline => order[headline]).DefaultIfEmpty(int.MaxValue).Min())];
    }
}
