namespace DasvPipeline.Core.Publish.Disclosure;

/// <summary>Splits a year into sets of numbers that share no figure, so that each group can be protected separately.</summary>
internal static class ConnectedComponents
{
    public static IEnumerable<(IReadOnlyList<PublicCell> Cells, DisclosureHistory Known, IReadOnlyList<ProtectedSum> ProtectedSums)> Find(
        IReadOnlyList<PublicCell> cells, DisclosureHistory known, IReadOnlyList<ProtectedSum> protectedSums)
    {
        var sets = new DisjointSets();
        foreach (var cell in cells)
        {
            sets.Join(cell.Sums.SelectMany(sum => sum.Counts));
        }

        foreach (var sum in known.PublishedSums.Select(published => published.Statement.Sum).Concat(known.ProtectedSums.Select(protectedSum => protectedSum.Sum)).Concat(protectedSums.Select(protectedSum => protectedSum.Sum)))
        {
            sets.Join(sum.Counts);
        }

        sets.JoinVersions();
        var (published, hidden, guarded) = (
            known.PublishedSums.ToLookup(published => sets.Of(published.Statement.Sum)), known.ProtectedSums.ToLookup(protectedSum => sets.Of(protectedSum.Sum)), protectedSums.ToLookup(protectedSum => sets.Of(protectedSum.Sum)));
        return cells.Where(cell => cell.Sums.Any(sum => !sum.IsEmpty)).GroupBy(cell => sets.Of(cell.Sums.First(sum => !sum.IsEmpty)))
            .Select(part => ((IReadOnlyList<PublicCell>)[.. part], new DisclosureHistory([.. published[part.Key]], [.. hidden[part.Key]], null), (IReadOnlyList<ProtectedSum>)[.. guarded[part.Key]]));
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

        /// <summary>Joins a figure with its corrections.</summary>
        public void JoinVersions()
        {
            foreach (var versions in _parents.Keys.GroupBy(count => count.Figure, StringComparer.Ordinal).ToList())
            {
                Join(versions);
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
