using DasvPipeline.Core.Catalogue;

namespace DasvPipeline.Core.Disclose;

/// <summary>
/// Chooses what else must be hidden, so that nothing hidden can be worked out of what is shown now and has been shown
/// before: few numbers and small ones. See docs/disclosure.md.
/// </summary>
internal sealed class Suppression
{
    private readonly DisclosurePolicy _policy;
    private readonly IReadOnlyList<PublicCell> _cells;
    private readonly Knowledge _known;
    private readonly IReadOnlyList<Guard> _guards;
    private readonly IReadOnlyList<Count> _counts;
    private readonly HashSet<Sum> _knownSums;
    private readonly Dictionary<string, Hiding> _hidden;
    private readonly HashSet<Sum> _exposed = [];

    /// <summary>Sums that are uncertain only to somebody who is not sure that what is hidden is not nought; which nobody can be.</summary>
    private readonly HashSet<Sum> _uncertainWithNought = [];
    private Reader? _reader;

    private Suppression(DisclosurePolicy policy, IReadOnlyList<PublicCell> cells, Knowledge known, IReadOnlyList<Guard> guards)
    {
        (_policy, _cells, _known, _guards) = (policy, cells, known, guards);
        _counts = [.. cells.SelectMany(cell => cell.Sums).Concat(known.Told.Select(told => told.Statement.Sum)).Concat(guards.Select(guard => guard.Sum)).SelectMany(sum => sum.Counts).Distinct()];
        _knownSums = [.. known.Told.Where(told => told.Statement.IsExact).Select(told => told.Statement.Sum)];
        _hidden = cells.Where(cell => cell.Own is not null).ToDictionary(cell => cell.Id, cell => new Hiding(cell.Id, cell.Own!.Value, null), StringComparer.Ordinal);
    }

    /// <param name="guards">What must stay uncertain beside the hidden numbers themselves.</param>
    /// <returns>What is hidden, and the names of what could not be kept uncertain whatever is hidden now.</returns>
    public static (IReadOnlyList<Hiding> Hidden, IReadOnlyList<string> Exposed) Choose(
        DisclosurePolicy policy, IReadOnlyList<PublicCell> cells, Knowledge known, IReadOnlyList<Guard> guards)
    {
        var parts = Separate.Parts(cells, known, guards).Select(part => new Suppression(policy, part.Cells, part.Known, part.Guards)).ToList();
        foreach (var part in parts)
        {
            part.Protect();
        }

        var hidden = parts.SelectMany(part => part._hidden.Values).ToDictionary(hiding => hiding.Cell, StringComparer.Ordinal);
        return (
            [.. cells.Where(cell => hidden.ContainsKey(cell.Id)).Select(cell => hidden[cell.Id])],
            [.. parts.SelectMany(part => part.Guards().Where(guard => part._exposed.Contains(guard.Sum)).Select(guard => guard.Name)).Distinct()]);
    }

    private void Protect()
    {
        while (FindExposed() is { } exposed)
        {
            var more = Goals(exposed.Low, exposed.High).Select(goal => MakeRoom(exposed.Sum, goal, _uncertainWithNought.Contains(exposed.Sum))).FirstOrDefault(cells => cells is { Count: > 0 });
            if (more is null)
            {
                (_uncertainWithNought.Contains(exposed.Sum) ? _exposed : _uncertainWithNought).Add(exposed.Sum);
                continue;
            }

            foreach (var cell in more)
            {
                _hidden.Add(cell.Id, new Hiding(cell.Id, HiddenBecause.Protects, exposed.Name));
            }
        }

        ShowWhatNeedNotBeHidden();
    }

    /// <summary>What a sum should be able to be: as far off as is needed on one side, or else farther than now on either.</summary>
    private IEnumerable<long> Goals(long low, long high)
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

    /// <summary>A number hidden for another's sake is shown again where the others that were hidden since have made it needless.</summary>
    private void ShowWhatNeedNotBeHidden()
    {
        foreach (var cell in _cells.Where(cell => cell.Own is null && _hidden.ContainsKey(cell.Id)).OrderByDescending(cell => cell.Cost).ThenBy(cell => cell.Id, StringComparer.Ordinal))
        {
            _hidden.Remove(cell.Id, out var hiding);
            var reader = _reader;
            if (FindExposed() is not null)
            {
                _hidden.Add(cell.Id, hiding!);
                _reader = reader;
            }
        }
    }

    /// <summary>The first guarded sum that can be worked out too narrowly; null when there is none.</summary>
    private (Sum Sum, string Name, long Low, long High)? FindExposed()
    {
        var reader = new Reader(_counts, Statements(withNought: false));
        if (_reader is not null)
        {
            reader.LearnFrom(_reader);
        }

        _reader = reader;
        var doubtful = _uncertainWithNought.Count == 0 ? null : new Reader(_counts, Statements(withNought: true));
        foreach (var guard in Guards().Where(guard => !_exposed.Contains(guard.Sum)))
        {
            var (low, high) = (_uncertainWithNought.Contains(guard.Sum) ? doubtful! : reader).RangeOf(guard.Sum, _policy.Threshold);
            if (high - low < _policy.Threshold)
            {
                return (guard.Sum, guard.Name, low, high);
            }
        }

        return null;
    }

    private IEnumerable<Guard> Guards() => _cells.Where(cell => _hidden.ContainsKey(cell.Id)).SelectMany(cell => cell.Hides, (cell, statement) => new Guard(statement.Sum, cell.Id))
        .Concat(_guards).Concat(_known.Hidden).Where(guard => !guard.Sum.IsEmpty);

    /// <summary>All that a reader knows when this is published.</summary>
    /// <param name="withNought">Of a reader who is not sure that what is hidden is not nought.</param>
    private IEnumerable<Statement> Statements(bool withNought) => _known.Told.Select(told => told.Statement)
        .Concat(_cells.SelectMany(cell => cell.Says(_hidden.ContainsKey(cell.Id))))
        .Where(statement => !withNought || statement.IsExact || statement.AtLeast == 0)
        .Distinct();

    /// <summary>
    /// The cheapest shown numbers that would have to be hidden for a sum to be able to reach a value: those that another
    /// world, in which it does, cannot leave as they are.
    /// </summary>
    /// <returns>Null where no such world is left, because of what is known already.</returns>
    private List<PublicCell>? MakeRoom(Sum sum, long value, bool withNought)
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
            foreach (var told in cell.Tells)
            {
                costs[told] = costs.GetValueOrDefault(told) + cell.Cost;
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

        foreach (var statement in Statements(withNought).Where(statement => !statement.Sum.IsEmpty && (!statement.IsExact || _knownSums.Contains(statement.Sum))))
        {
            program.Add(statement.Sum.Over(columns), statement.IsExact ? Relation.Equal : Relation.AtLeast, statement.AtLeast);
        }

        program.Add(sum.Over(columns), Relation.Equal, value);
        if (program.Maximise(objective) is not { } world)
        {
            return null;
        }

        var moved = movable.Where((_, i) => world[columns.Count + 2 * i] + world[columns.Count + 2 * i + 1] > 1e-6).Select(cost => cost.Key).ToHashSet();
        return [.. shown.Where(cell => cell.Tells.Any(moved.Contains))];
    }
}
