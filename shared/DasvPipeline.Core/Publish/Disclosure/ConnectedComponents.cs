namespace DasvPipeline.Core.Publish.Disclosure;

/// <summary>Splits a year into sets of numbers that share no count, so that each group can be protected separately.</summary>
internal static class ConnectedComponents
{
    public static IEnumerable<(IReadOnlyList<PublicCell> Cells, DisclosureHistory Known, IReadOnlyList<ProtectedSum> Guards)> Find(
        IReadOnlyList<PublicCell> cells, DisclosureHistory known, IReadOnlyList<ProtectedSum> guards)
    {
        var sets = new DisjointSets();
        foreach (var cell in cells)
        {
            sets.Join(cell.Sums.SelectMany(sum => sum.Counts));
        }

        foreach (var sum in known.PublishedSums.Select(told => told.Statement.Sum).Concat(known.ProtectedSums.Select(guard => guard.Sum)).Concat(guards.Select(guard => guard.Sum)))
        {
            sets.Join(sum.Counts);
        }

        var (told, hidden, guarded) = (
            known.PublishedSums.ToLookup(told => sets.Of(told.Statement.Sum)), known.ProtectedSums.ToLookup(guard => sets.Of(guard.Sum)), guards.ToLookup(guard => sets.Of(guard.Sum)));
        return cells.Where(cell => cell.Sums.Any(sum => !sum.IsEmpty)).GroupBy(cell => sets.Of(cell.Sums.First(sum => !sum.IsEmpty)))
            .Select(part => ((IReadOnlyList<PublicCell>)[.. part], new DisclosureHistory([.. told[part.Key]], [.. hidden[part.Key]], null), (IReadOnlyList<ProtectedSum>)[.. guarded[part.Key]]));
    }

    /// <summary>Disjoint sets of counts (union-find).</summary>
    private sealed class DisjointSets
    {
        private readonly Dictionary<ReportedCount, ReportedCount> _parents = [];

        public ReportedCount? Of(Sum sum) => sum.IsEmpty ? null : Root(sum.Counts.First());

        public void Join(IEnumerable<ReportedCount> counts)
        {
            ReportedCount? first = null;
            foreach (var count in counts)
            {
                _parents.TryAdd(count, count);
                first ??= count;
                _parents[Root(count)] = Root(first.Value);
            }
        }

        private ReportedCount Root(ReportedCount count)
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
