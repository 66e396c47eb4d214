using DasvPipeline.Core.Catalogue;

namespace DasvPipeline.Core.Disclose;

/// <summary>
/// Chooses secondary suppressions, so that no hidden number can be worked out from this release and earlier ones. It
/// prefers few and small numbers. See docs/disclosure.md.
/// </summary>
internal sealed class Suppression
{
    private readonly DisclosurePolicy _policy;
    private readonly IReadOnlyList<PublicCell> _cells;
    private readonly Knowledge _known;
    private readonly IReadOnlyList<Guard> _protectedSums;
    private readonly IReadOnlyList<Count> _counts;
    private readonly HashSet<Sum> _knownSums;
    private readonly Dictionary<string, Hiding> _hidden;
    private readonly HashSet<Sum> _exposed = [];

    /// <summary>Sums that are ambiguous only because a hidden value might be zero.</summary>
    private readonly HashSet<Sum> _ambiguousWithZero = [];
    private Reader? _attacker;

    private Suppression(DisclosurePolicy policy, IReadOnlyList<PublicCell> cells, Knowledge known, IReadOnlyList<Guard> protectedSums)
    {
        (_policy, _cells, _known, _protectedSums) = (policy, cells, known, protectedSums);
        _counts = [.. cells.SelectMany(cell => cell.Sums).Concat(known.Told.Select(published => published.Statement.Sum)).Concat(protectedSums.Select(protectedSum => protectedSum.Sum)).SelectMany(sum => sum.Counts).Distinct()];
        _knownSums = [.. known.Told.Where(published => published.Statement.IsExact).Select(published => published.Statement.Sum)];
        _hidden = cells.Where(cell => cell.Own is not null).ToDictionary(cell => cell.Id, cell => new Hiding(cell.Id, cell.Own!.Value, null), StringComparer.Ordinal);
    }

    /// <param name="protectedSums">The sums that must stay uncertain, in addition to the hidden numbers.</param>
    /// <returns>The hidden numbers, and the names of sums that earlier releases disclose whatever is hidden now.</returns>
    public static (IReadOnlyList<Hiding> Hidden, IReadOnlyList<string> Exposed) Choose(
        DisclosurePolicy policy, IReadOnlyList<PublicCell> cells, Knowledge known, IReadOnlyList<Guard> protectedSums)
    {
        var parts = Separate.Parts(cells, known, protectedSums).Select(part => new Suppression(policy, part.Cells, part.Known, part.Guards)).ToList();
        foreach (var part in parts)
        {
            part.Protect();
        }

        var hidden = parts.SelectMany(part => part._hidden.Values).ToDictionary(hiding => hiding.Cell, StringComparer.Ordinal);
        return (
            [.. cells.Where(cell => hidden.ContainsKey(cell.Id)).Select(cell => hidden[cell.Id])],
            [.. parts.SelectMany(part => part.AllProtectedSums().Where(protectedSum => part._exposed.Contains(protectedSum.Sum)).Select(protectedSum => protectedSum.Name)).Distinct()]);
    }

    private void Protect()
    {
        while (FindExposed() is { } exposed)
        {
            var additional = TargetValues(exposed.Low, exposed.High).Select(target => MakeRoom(exposed.Sum, target, _ambiguousWithZero.Contains(exposed.Sum))).FirstOrDefault(cells => cells is { Count: > 0 });
            if (additional is null)
            {
                (_ambiguousWithZero.Contains(exposed.Sum) ? _exposed : _ambiguousWithZero).Add(exposed.Sum);
                continue;
            }

            foreach (var cell in additional)
            {
                _hidden.Add(cell.Id, new Hiding(cell.Id, HiddenBecause.Protects, exposed.Name));
            }
        }

        ShowWhatNeedNotBeHidden();
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
    private void ShowWhatNeedNotBeHidden()
    {
        foreach (var cell in _cells.Where(cell => cell.Own is null && _hidden.ContainsKey(cell.Id)).OrderByDescending(cell => cell.Cost).ThenBy(cell => cell.Id, StringComparer.Ordinal))
        {
            _hidden.Remove(cell.Id, out var hiding);
            var attacker = _attacker;
            if (FindExposed() is not null)
            {
                _hidden.Add(cell.Id, hiding!);
                _attacker = attacker;
            }
        }
    }

    /// <summary>Returns the first protected sum whose range is too narrow, or null if every sum is protected.</summary>
    private (Sum Sum, string Name, long Low, long High)? FindExposed()
    {
        var attacker = new Reader(_counts, Statements(allowsZero: false));
        if (_attacker is not null)
        {
            attacker.LearnFrom(_attacker);
        }

        _attacker = attacker;
        var zeroAttacker = _ambiguousWithZero.Count == 0 ? null : new Reader(_counts, Statements(allowsZero: true));
        foreach (var protectedSum in AllProtectedSums().Where(protectedSum => !_exposed.Contains(protectedSum.Sum)))
        {
            var (low, high) = (_ambiguousWithZero.Contains(protectedSum.Sum) ? zeroAttacker! : attacker).RangeOf(protectedSum.Sum, _policy.Threshold);
            if (high - low < _policy.Threshold)
            {
                return (protectedSum.Sum, protectedSum.Name, low, high);
            }
        }

        return null;
    }

    private IEnumerable<Guard> AllProtectedSums() => _cells.Where(cell => _hidden.ContainsKey(cell.Id)).SelectMany(cell => cell.Hides, (cell, statement) => new Guard(statement.Sum, cell.Id))
        .Concat(_protectedSums).Concat(_known.Hidden).Where(protectedSum => !protectedSum.Sum.IsEmpty);

    /// <summary>Lists everything that an attacker knows after this release.</summary>
    /// <param name="allowsZero">Whether hidden values might be zero.</param>
    private IEnumerable<Statement> Statements(bool allowsZero) => _known.Told.Select(published => published.Statement)
        .Concat(_cells.SelectMany(cell => cell.Says(_hidden.ContainsKey(cell.Id))))
        .Where(statement => !allowsZero || statement.IsExact || statement.AtLeast == 0)
        .Distinct();

    /// <summary>
    /// Finds the cheapest shown numbers to hide so that a sum could have a given value: those that change in a solution in
    /// which it has that value.
    /// </summary>
    /// <returns>Null if earlier releases rule out every such solution.</returns>
    private List<PublicCell>? MakeRoom(Sum sum, long value, bool allowsZero)
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
            foreach (var published in cell.Tells)
            {
                costs[published] = costs.GetValueOrDefault(published) + cell.Cost;
            }
        }

        var movable = costs.Where(cost => !_knownSums.Contains(cost.Key) && !cost.Key.IsEmpty).ToList();
        var program = new LinearProgram(columns.Count + 2 * movable.Count);
        var objective = new List<Part>();
        for (var i = 0; i < movable.Count; i++)
        {
            var (above, below) = (columns.Count + 2 * i, columns.Count + 2 * i + 1);
            program.Add([.. movable[i].Key.Over(columns), new Part(above, -1), new Part(below, 1)], Relation.Equal, movable[i].Key.Value);
            objective.Add(new Part(above, -movable[i].Value));
            objective.Add(new Part(below, -movable[i].Value));
        }

        foreach (var statement in Statements(allowsZero).Where(statement => !statement.Sum.IsEmpty && (!statement.IsExact || _knownSums.Contains(statement.Sum))))
        {
            program.Add(statement.Sum.Over(columns), statement.IsExact ? Relation.Equal : Relation.AtLeast, statement.AtLeast);
        }

        program.Add(sum.Over(columns), Relation.Equal, value);
        if (program.Maximise(objective) is not { } solution)
        {
            return null;
        }

        var moved = movable.Where((_, i) => solution[columns.Count + 2 * i] + solution[columns.Count + 2 * i + 1] > 1e-6).Select(cost => cost.Key).ToHashSet();
        return [.. shown.Where(cell => cell.Tells.Any(moved.Contains))];
    }
}
