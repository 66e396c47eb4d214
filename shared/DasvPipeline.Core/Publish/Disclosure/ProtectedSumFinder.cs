using DasvPipeline.Core.Catalogue;

namespace DasvPipeline.Core.Publish.Disclosure;

/// <summary>Finds sums that are not published but must stay uncertain.</summary>
internal static class ProtectedSumFinder
{
    /// <param name="remainders">Sums that follow from published ones, small or not.</param>
    public static IReadOnlyList<ProtectedSum> Find(DisclosurePolicy policy, IReadOnlyList<PublicCell> cells, DisclosureHistory known, IEnumerable<ProtectedSum> remainders)
    {
        var derived = remainders.Concat(FindChanges(cells, known)).ToList();
        var viewpoints = Viewpoint.FindAll(policy, derived.SelectMany(item => item.Sum.Counts));
        return [.. viewpoints.SelectMany(by => by.GetRemainders(policy, derived)).Concat(FindContributions(policy, cells, known)).Distinct()];
    }

    private static IEnumerable<ProtectedSum> FindContributions(DisclosurePolicy policy, IReadOnlyList<PublicCell> cells, DisclosureHistory known)
    {
        var sums = cells.SelectMany(cell => cell.ShownSums).Concat(known.PublishedSums.Where(published => published.Statement.IsExact).Select(published => published.Statement.Sum)).Distinct().ToList();

        // Every single figure of a return.
        foreach (var count in sums.SelectMany(sum => sum.Counts).Distinct().Where(count => policy.IsSmall(count.Value)))
        {
            yield return new ProtectedSum(Sum.Create([count]), count.Figure);
        }

        // The part of a number that comes from one return: a late return would reveal it.
        foreach (var part in sums.SelectMany(sum => sum.Added.GroupBy(count => count.Return)).Select(part => Sum.Create(part)).Distinct().Where(part => part.IsSmall(policy)))
        {
            yield return new ProtectedSum(part, part.Added[0].Return);
        }
    }

    /// <summary>Returns the differences between numbers and their earlier publications.</summary>
    private static IEnumerable<ProtectedSum> FindChanges(IReadOnlyList<PublicCell> cells, DisclosureHistory known)
    {
        var before = known.PublishedSums.Where(published => published.Statement.IsExact).ToLookup(published => published.Cell, published => published.Statement.Sum, StringComparer.Ordinal);
        foreach (var (cell, then) in cells.SelectMany(cell => before[cell.Id], (cell, then) => (cell, then)))
        {
            foreach (var now in cell.ShownSums)
            {
                var difference = now.Minus(then);
                yield return new ProtectedSum(Sum.Create(difference.Added), $"{cell.Id}: change since an earlier release");
                yield return new ProtectedSum(Sum.Create(difference.Subtracted), $"{cell.Id}: change since an earlier release");
            }
        }
    }
}
