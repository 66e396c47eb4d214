namespace DasvPipeline.Core.Disclose;

/// <summary>Splits a year into sets of numbers that share no count, so that each group can be protected separately.</summary>
internal static class Separate
{
    public static IEnumerable<(IReadOnlyList<PublicCell> Cells, Knowledge Known, IReadOnlyList<Guard> Guards)> Parts(
        IReadOnlyList<PublicCell> cells, Knowledge known, IReadOnlyList<Guard> protectedSums)
    {
        var sets = new DisjointSets();
        foreach (var cell in cells)
        {
            sets.Join(cell.Sums.SelectMany(sum => sum.Counts));
        }

        foreach (var sum in known.Told.Select(published => published.Statement.Sum).Concat(known.Hidden.Select(protectedSum => protectedSum.Sum)).Concat(protectedSums.Select(protectedSum => protectedSum.Sum)))
        {
            sets.Join(sum.Counts);
        }

        var (published, hidden, protectedByGroup) = (
            known.Told.ToLookup(published => sets.Of(published.Statement.Sum)), known.Hidden.ToLookup(protectedSum => sets.Of(protectedSum.Sum)), protectedSums.ToLookup(protectedSum => sets.Of(protectedSum.Sum)));
        return cells.Where(cell => cell.Sums.Any(sum => !sum.IsEmpty)).GroupBy(cell => sets.Of(cell.Sums.First(sum => !sum.IsEmpty)))
            .Select(part => ((IReadOnlyList<PublicCell>)[.. part], new Knowledge([.. published[part.Key]], [.. hidden[part.Key]], null), (IReadOnlyList<Guard>)[.. protectedByGroup[part.Key]]));
    }

    /// <summary>Disjoint sets of counts (union-find).</summary>
    private sealed class DisjointSets
    {
        private readonly Dictionary<Count, Count> _parents = [];

        public Count? Of(Sum sum) => sum.IsEmpty ? null : Root(sum.Counts.First());

        public void Join(IEnumerable<Count> counts)
        {
            Count? first = null;
            foreach (var count in counts)
            {
                _parents.TryAdd(count, count);
                first ??= count;
                _parents[Root(count)] = Root(first.Value);
            }
        }

        private Count Root(Count count)
        {
            while (_parents[count] is var parent && parent != count)
            {
                _parents[count] = _parents[parent];
                count = parent;
            }

            return count;
        }
    }
}
