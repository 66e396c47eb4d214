using DasvPipeline.Core.Catalogue;

namespace DasvPipeline.Core.Disclose;

/// <summary>What must stay uncertain although it is published nowhere.</summary>
internal static class Guards
{
    public static IEnumerable<Guard> Of(DisclosurePolicy policy, IReadOnlyList<PublicCell> cells, Knowledge known)
    {
        var sums = cells.SelectMany(cell => cell.Tells).Concat(known.Told.Where(told => told.Statement.IsExact).Select(told => told.Statement.Sum)).Distinct().ToList();

        // Every single figure that a return gave.
        foreach (var count in sums.SelectMany(sum => sum.Counts).Distinct().Where(count => policy.IsSmall(count.Value)))
        {
            yield return new Guard(Sum.OfAll([count]), count.Figure);
        }

        // What one return adds to a number: it shows when the return comes late.
        foreach (var part in sums.SelectMany(sum => sum.Of.GroupBy(count => count.Return)).Select(part => Sum.OfAll(part)).Distinct().Where(part => policy.IsSmall(part.Value)))
        {
            yield return new Guard(part, part.Of[0].Return);
        }

        // What has come, or gone, since a number was published before.
        var before = known.Told.Where(told => told.Statement.IsExact).ToLookup(told => told.Cell, told => told.Statement.Sum, StringComparer.Ordinal);
        foreach (var (cell, then) in cells.SelectMany(cell => before[cell.Id], (cell, then) => (cell, then)))
        {
            foreach (var now in cell.Tells)
            {
                var difference = now.Minus(then);
                foreach (var side in new[] { Sum.OfAll(difference.Of), Sum.OfAll(difference.Less) }.Where(side => policy.IsSmall(side.Value)))
                {
                    yield return new Guard(side, $"{cell.Id}: since the release before");
                }
            }
        }
    }
}
