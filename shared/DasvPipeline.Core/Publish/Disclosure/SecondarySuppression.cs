using DasvPipeline.Core.Catalogue;

namespace DasvPipeline.Core.Publish.Disclosure;

/// <summary>
/// Chooses secondary suppressions, so that no hidden number can be worked out from this release and earlier ones. It
/// prefers few and small numbers. See docs/disclosure.md.
/// </summary>
internal sealed class SecondarySuppression
{
    private readonly DisclosurePolicy _policy;
    private readonly IReadOnlyList<PublicCell> _cells;
    private readonly DisclosureHistory _known;
    private readonly IReadOnlyList<ProtectedSum> _guards;
    private readonly IReadOnlyList<ReportedCount> _counts;
    private readonly HashSet<Sum> _knownSums;
    private readonly Dictionary<string, SuppressedCell> _hidden;
    private readonly HashSet<Sum> _exposed = [];

    /// <summary>Sums that are ambiguous only because a hidden value might be zero.</summary>
    private readonly HashSet<Sum> _ambiguousWithZero = [];
    private Attacker? _reader;

    private SecondarySuppression(DisclosurePolicy policy, IReadOnlyList<PublicCell> cells, DisclosureHistory known, IReadOnlyList<ProtectedSum> protectedSums)
    {
        (_policy, _cells, _known, _guards) = (policy, cells, known, protectedSums);
        _counts = [.. cells.SelectMany(cell => cell.Sums).Concat(known.PublishedSums.Select(published => published.Statement.Sum)).Concat(protectedSums.Select(protectedSum => protectedSum.Sum)).SelectMany(sum => sum.Counts).Distinct()];
        _knownSums = [.. known.PublishedSums.Where(published => published.Statement.IsExact).Select(published => published.Statement.Sum)];
        _hidden = cells.Where(cell => cell.PrimaryReason is not null).ToDictionary(cell => cell.Id, cell => new SuppressedCell(cell.Id, cell.PrimaryReason!.Value, null), StringComparer.Ordinal);
    }

    /// <param name="protectedSums">The sums that must stay uncertain, in addition to the hidden numbers.</param>
    /// <returns>The hidden numbers, and the names of sums that earlier releases disclose whatever is hidden now.</returns>
    public static (IReadOnlyList<SuppressedCell> Hidden, IReadOnlyList<string> Exposed) Choose(
        DisclosurePolicy policy, IReadOnlyList<PublicCell> cells, DisclosureHistory known, IReadOnlyList<ProtectedSum> protectedSums)
    {
        var parts = ConnectedComponents.Find(cells, known, protectedSums).Select(part => new SecondarySuppression(policy, part.Cells, part.Known, part.ProtectedSums)).ToList();
        foreach (var part in parts)
        {
            part.Protect();
        }

        var hidden = parts.SelectMany(part => part._hidden.Values).ToDictionary(suppressed => suppressed.Cell, StringComparer.Ordinal);
        return (
            [.. cells.Where(cell => hidden.ContainsKey(cell.Id)).Select(cell => hidden[cell.Id])],
            [.. parts.SelectMany(part => part.Guards().Where(protectedSum => part._exposed.Contains(protectedSum.Sum)).Select(protectedSum => protectedSum.Name)).Distinct()]);
    }

    private void Protect()
    {
        while (FindDisclosive() is { } exposed)
        {
            var additional = TargetValues(exposed.Low, exposed.High).Select(target => ChooseSecondary(exposed.Sum, target, _ambiguousWithZero.Contains(exposed.Sum))).FirstOrDefault(cells => cells is { Count: > 0 });
            if (additional is null)
            {
                (_ambiguousWithZero.Contains(exposed.Sum) ? _exposed : _ambiguousWithZero).Add(exposed.Sum);
                continue;
            }

            foreach (var cell in additional)
            {
                _hidden.Add(cell.Id, new SuppressedCell(cell.Id, Suppression.Secondary, exposed.Name));
            }
        }

        RemoveRedundant();
    }

    /// <summary>Lists values that a sum should be able to take: far enough on one side, or else further than now on either.</summary>
    private IEnumerable<long> TargetValues(long low, long high)
    {
        yield return low + _policy.Threshold;
        yield return high - _policy.Threshold;
        yield return low + _policy.Threshold + 1;
        yield return high - _policy.Threshold - 1;
        for (var step = _policy.Threshold - 1; step > 0; step--)
        {
            yield return high + step;
            yield return low - step;
        }
    }

    /// <summary>Shows secondary suppressions again if later ones made them unnecessary.</summary>
    private void RemoveRedundant()
    {
        foreach (var cell in _cells.Where(cell => cell.PrimaryReason is null && _hidden.ContainsKey(cell.Id)).OrderByDescending(cell => cell.Cost).ThenBy(cell => cell.Id, StringComparer.Ordinal))
        {
            _hidden.Remove(cell.Id, out var suppressed);
            var reader = _reader;
            if (FindDisclosive() is not null)
            {
                _hidden.Add(cell.Id, suppressed!);
                _reader = reader;
            }
        }
    }

    /// <summary>Returns the first protected sum whose range is too narrow, or null if every sum is protected.</summary>
    private (Sum Sum, string Name, long Low, long High)? FindDisclosive()
    {
        var reader = new Attacker(_counts, Statements(allowsZero: false));
        if (_reader is not null)
        {
            reader.CopySolutionsFrom(_reader);
        }

        _reader = reader;
        var zeroReader = _ambiguousWithZero.Count == 0 ? null : new Attacker(_counts, Statements(allowsZero: true));
        foreach (var protectedSum in Guards().Where(protectedSum => !_exposed.Contains(protectedSum.Sum)))
        {
            var (low, high) = (_ambiguousWithZero.Contains(protectedSum.Sum) ? zeroReader! : reader).GetRange(protectedSum.Sum, _policy.Threshold);
            if (high - low < _policy.Threshold)
            {
                return (protectedSum.Sum, protectedSum.Name, low, high);
            }
        }

        return null;
    }

    private IEnumerable<ProtectedSum> Guards() => _cells.Where(cell => _hidden.ContainsKey(cell.Id)).SelectMany(cell => cell.HiddenConstraints, (cell, statement) => new ProtectedSum(statement.Sum, cell.Id))
        .Concat(_guards).Concat(_known.ProtectedSums).Where(protectedSum => !protectedSum.Sum.IsEmpty);

    /// <summary>Lists everything that an attacker knows after this release.</summary>
    /// <param name="allowsZero">Whether hidden values might be zero.</param>
    private IEnumerable<SumConstraint> Statements(bool allowsZero) => _known.PublishedSums.Select(published => published.Statement)
        .Concat(_cells.SelectMany(cell => cell.GetConstraints(_hidden.ContainsKey(cell.Id))))
        .Where(statement => !allowsZero || statement.IsExact || statement.LowerBound == 0)
        .Distinct();

    /// <summary>
    /// Finds the cheapest shown numbers to hide so that a sum could have a given value: those that change in a solution in
    /// which it has that value.
    /// </summary>
    /// <returns>Null if earlier releases rule out every such solution.</returns>
    private List<PublicCell>? ChooseSecondary(Sum sum, long value, bool allowsZero)
    {
        if (value < 0)
        {
            return null;
        }

        var columns = _counts.Select((count, i) => (count, i)).ToDictionary(pair => pair.count, pair => pair.i);
        var shown = _cells.Where(cell => !_hidden.ContainsKey(cell.Id)).ToList();
        var costs = new Dictionary<Sum, double>();
        foreach (var cell in shown)
        {
            foreach (var published in cell.ShownSums)
            {
                costs[published] = costs.GetValueOrDefault(published) + cell.Cost;
            }
        }

        var movable = costs.Where(cost => !_knownSums.Contains(cost.Key) && !cost.Key.IsEmpty).ToList();
        var program = new LinearProgram(columns.Count + 2 * movable.Count);
        var objective = new List<LinearTerm>();
        for (var i = 0; i < movable.Count; i++)
        {
            var (above, below) = (columns.Count + 2 * i, columns.Count + 2 * i + 1);
            program.Add([.. movable[i].Key.ToTerms(columns), new LinearTerm(above, -1), new LinearTerm(below, 1)], Relation.Equal, movable[i].Key.Value);
            objective.Add(new LinearTerm(above, -movable[i].Value));
            objective.Add(new LinearTerm(below, -movable[i].Value));
        }

        foreach (var statement in Statements(allowsZero).Where(statement => !statement.Sum.IsEmpty && (!statement.IsExact || _knownSums.Contains(statement.Sum))))
        {
            program.Add(statement.Sum.ToTerms(columns), statement.IsExact ? Relation.Equal : Relation.AtLeast, statement.LowerBound);
        }

        program.Add(sum.ToTerms(columns), Relation.Equal, value);
        if (program.Maximise(objective) is not { } solution)
        {
            return null;
        }

        var moved = movable.Where((_, i) => solution[columns.Count + 2 * i] + solution[columns.Count + 2 * i + 1] > 1e-6).Select(cost => cost.Key).ToHashSet();
        return [.. shown.Where(cell => cell.ShownSums.Any(moved.Contains))];
    }
}
