using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Ports;

namespace DasvPipeline.Core.Publish.Disclosure;

/// <summary>
/// The growth of cumulative figures. A figure that covers a whole project so far is the earlier one and the people who were added
/// since. They are a count like any other: 621 and then 624 disclose 3 people.
/// </summary>
internal static class CumulativeGrowth
{
    /// <summary>Returns the published measures that cover a whole project so far.</summary>
    public static IReadOnlySet<MeasureId> GetMeasures(PartnershipCatalogue catalogue) => catalogue.Headlines.SelectMany(headline => headline.Measures)
        .Concat(catalogue.Tables.Select(table => table.Measure.Id)).Concat(catalogue.Report?.Measures ?? [])
        .Where(measure => catalogue.Measures.TryGetValue(measure, out var known) && known is { Coverage: Coverage.Project, Quantity: Quantity.Count }).ToHashSet();

    /// <summary>Returns the cumulative figures among some figures.</summary>
    public static IEnumerable<ReportedCount> GetLiveCounts(PartnershipCatalogue catalogue, IEnumerable<SourcedObservation> figures)
    {
        var measures = GetMeasures(catalogue);
        return figures.Where(item => item.Observation.Figure.Value is not null && measures.Contains(item.Observation.Key.Measure)).Select(ReportedCount.Create);
    }

    /// <returns>How each figure follows from earlier ones, the growth of totals, and what other years have published.</returns>
    public static (IReadOnlyList<PublishedSum> Statements, IReadOnlyList<ProtectedSum> Totals, IReadOnlyList<PublishedSum> OtherYears) Find(
        PartnershipCatalogue catalogue, YearFigures year, DisclosureHistory history, IReadOnlyList<OtherYear> otherYears)
    {
        var measures = GetMeasures(catalogue);
        if (measures.Count == 0)
        {
            return ([], [], []);
        }

        var known = otherYears.SelectMany(other => other.PublishedSums, (other, published) => published with { Cell = Qualify(other.Year, published.Cell) })
            .Where(published => !published.Cell.StartsWith($"{year.Year}:", StringComparison.Ordinal)).Distinct().ToList();
        var own = GetLiveCounts(catalogue, year.GetObservations(measures)).ToList();
        var live = own.Concat(otherYears.SelectMany(other => other.Live)).ToHashSet();
        var figures = live.Concat(known.Concat(history.PublishedSums).SelectMany(published => published.Statement.Sum.Counts)).Distinct()
            .Select(CumulativeFigure.Parse).OfType<CumulativeFigure>().Where(figure => measures.Contains(figure.Key.Measure))
            .OrderBy(figure => figure.Count.Figure, StringComparer.Ordinal).ThenBy(figure => figure.Count.Value).ToList();
        return (
            [.. figures.GroupBy(figure => (figure.Return, figure.Key)).SelectMany(series => LinksOf(catalogue.Disclosure, [.. series]))],
            [.. TotalsOf(catalogue, [.. figures.Where(figure => live.Contains(figure.Count))])],
            known);
    }

    private static string Qualify(Period year, string cell) => cell.Contains(':', StringComparison.Ordinal) ? cell : $"{year}:{cell}";

    /// <summary>Links each figure with the one before it, and with every earlier one that it hardly exceeds.</summary>
    private static IEnumerable<PublishedSum> LinksOf(DisclosurePolicy policy, IReadOnlyList<CumulativeFigure> series)
    {
        foreach (var later in series)
        {
            var previous = series.Where(figure => figure.Period < later.Period).Select(figure => figure.Period).DefaultIfEmpty().Max();
            foreach (var earlier in series.Where(figure => figure.Period < later.Period && figure.Count.Value <= later.Count.Value))
            {
                var growth = later.GetGrowthSince(earlier);
                if (earlier.Period == previous || policy.IsSmall(growth.Value))
                {
                    yield return new PublishedSum("growth", SumConstraint.CreateExact(Sum.CreateDifference([earlier.Count, growth], [later.Count])));
                }
            }
        }
    }

    /// <summary>Returns the growth of each headline that adds up several figures.</summary>
    private static IEnumerable<ProtectedSum> TotalsOf(PartnershipCatalogue catalogue, IReadOnlyList<CumulativeFigure> live)
    {
        foreach (var headline in catalogue.Headlines)
        {
            var periods = live.Where(figure => headline.Measures.Contains(figure.Key.Measure)).GroupBy(figure => figure.Period).OrderBy(group => group.Key).ToList();
            foreach (var (before, now) in periods.Zip(periods.Skip(1)))
            {
                var earlier = before.ToDictionary(figure => (figure.Return, figure.Key));
                var counts = now.Select(later => earlier.TryGetValue((later.Return, later.Key), out var then) ? later.GetGrowthSince(then) : later.Count).ToList();
                if (counts.TrueForAll(count => count.Value >= 0))
                {
                    yield return new ProtectedSum(Sum.Create(counts), $"{headline.Id}: growth from {before.Key} to {now.Key}");
                }
            }
        }
    }
}
