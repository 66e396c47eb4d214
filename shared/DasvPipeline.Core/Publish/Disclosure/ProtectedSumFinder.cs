using DasvPipeline.Core.Catalogue;

namespace DasvPipeline.Core.Publish.Disclosure;

/// <summary>Finds sums that are not published but must stay uncertain.</summary>
internal static class ProtectedSumFinder
{
    public static IEnumerable<ProtectedSum> Find(DisclosurePolicy policy, IReadOnlyList<PublicCell> cells, DisclosureHistory known)
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

        // The difference between a number and its earlier publications.
        var before = known.PublishedSums.Where(published => published.Statement.IsExact).ToLookup(published => published.Cell, published => published.Statement.Sum, StringComparer.Ordinal);
        foreach (var (cell, then) in cells.SelectMany(cell => before[cell.Id], (cell, then) => (cell, then)))
        {
            foreach (var now in cell.ShownSums)
            {
                var difference = now.Minus(then);
                foreach (var changed in new[] { Sum.Create(difference.Added), Sum.Create(difference.Subtracted) }.Where(changed => changed.IsSmall(policy)))
                {
                    yield return new ProtectedSum(changed, $"{cell.Id}: change since an earlier release");
                }
            }
        }
    }
}
