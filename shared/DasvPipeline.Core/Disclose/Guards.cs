using DasvPipeline.Core.Catalogue;

namespace DasvPipeline.Core.Disclose;

/// <summary>Finds sums that are not published but must stay uncertain.</summary>
internal static class Guards
{
    public static IEnumerable<Guard> Of(DisclosurePolicy policy, IReadOnlyList<PublicCell> cells, Knowledge known)
    {
        var sums = cells.SelectMany(cell => cell.Tells).Concat(known.Told.Where(published => published.Statement.IsExact).Select(published => published.Statement.Sum)).Distinct().ToList();

        // Every single figure of a return.
        foreach (var count in sums.SelectMany(sum => sum.Counts).Distinct().Where(count => policy.IsSmall(count.Value)))
        {
            yield return new Guard(Sum.OfAll([count]), count.Figure);
        }

        // The part of a number that comes from one return: a late return would reveal it.
        foreach (var part in sums.SelectMany(sum => sum.Of.GroupBy(count => count.Return)).Select(part => Sum.OfAll(part)).Distinct().Where(part => policy.IsSmall(part.Value)))
        {
            yield return new Guard(part, part.Of[0].Return);
        }

        // The difference between a number and its earlier publications.
        var before = known.Told.Where(published => published.Statement.IsExact).ToLookup(published => published.Cell, published => published.Statement.Sum, StringComparer.Ordinal);
        foreach (var (cell, then) in cells.SelectMany(cell => before[cell.Id], (cell, then) => (cell, then)))
        {
            foreach (var now in cell.Tells)
            {
                var difference = now.Minus(then);
                foreach (var changed in new[] { Sum.OfAll(difference.Of), Sum.OfAll(difference.Less) }.Where(changed => policy.IsSmall(changed.Value)))
                {
                    yield return new Guard(changed, $"{cell.Id}: change since an earlier release");
                }
            }
        }
    }
}
