namespace DasvPipeline.Core.Disclose;

/// <summary>Takes a year apart into groups of numbers that have no count in common: each can be looked at by itself.</summary>
internal static class Separate
{
    public static IEnumerable<(IReadOnlyList<PublicCell> Cells, Knowledge Known, IReadOnlyList<Guard> Guards)> Parts(
        IReadOnlyList<PublicCell> cells, Knowledge known, IReadOnlyList<Guard> guards)
    {
        var groups = new Groups();
        foreach (var cell in cells)
        {
            groups.Join(cell.Sums.SelectMany(sum => sum.Counts));
        }

        foreach (var sum in known.Told.Select(told => told.Statement.Sum).Concat(known.Hidden.Select(guard => guard.Sum)).Concat(guards.Select(guard => guard.Sum)))
        {
            groups.Join(sum.Counts);
        }

        var (told, hidden, guarded) = (
            known.Told.ToLookup(told => groups.Of(told.Statement.Sum)), known.Hidden.ToLookup(guard => groups.Of(guard.Sum)), guards.ToLookup(guard => groups.Of(guard.Sum)));
        return cells.Where(cell => cell.Sums.Any(sum => !sum.IsEmpty)).GroupBy(cell => groups.Of(cell.Sums.First(sum => !sum.IsEmpty)))
            .Select(part => ((IReadOnlyList<PublicCell>)[.. part], new Knowledge([.. told[part.Key]], [.. hidden[part.Key]], null), (IReadOnlyList<Guard>)[.. guarded[part.Key]]));
    }

    /// <summary>Sets of counts, joined where something holds two of them together.</summary>
    private sealed class Groups
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
