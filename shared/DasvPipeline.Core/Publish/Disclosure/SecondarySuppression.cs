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
    private readonly IReadOnlyList<Viewpoint> _viewpoints;

    /// <summary>What is known whatever is hidden: the zeros, and that every other number is at least 1.</summary>
    private readonly IReadOnlyList<SumConstraint> _certain;
    private readonly HashSet<Sum> _knownSums;
    private readonly Dictionary<string, SuppressedCell> _hidden;

    /// <summary>The sums that cannot be as uncertain as they should be, with the values that they can still have.</summary>
    private readonly Dictionary<(Viewpoint By, Sum Sum), IReadOnlyList<long>> _exposed = [];
    private readonly HashSet<string> _corrected = [];
    private readonly Dictionary<Viewpoint, Attacker> _earlier = [];
    private Dictionary<Viewpoint, Attacker> _attackers = [];

    private SecondarySuppression(DisclosurePolicy policy, IReadOnlyList<PublicCell> cells, DisclosureHistory known, IReadOnlyList<ProtectedSum> protectedSums)
    {
        (_policy, _cells, _known, _guards) = (policy, cells, known, protectedSums);
        _counts = [.. cells.SelectMany(cell => cell.Sums).Concat(known.PublishedSums.Select(published => published.Statement.Sum)).Concat(known.ProtectedSums.Concat(protectedSums).Select(protectedSum => protectedSum.Sum)).SelectMany(sum => sum.Counts).Distinct()];
        _viewpoints = Viewpoint.FindAll(policy, _counts);
        _certain = [.. cells.SelectMany(cell => cell.CertainConstraints).Concat(known.PublishedSums.Select(published => published.Statement).Where(statement => !statement.IsExact || statement.Sum.Counts.All(count => count.Value == 0))).Distinct()];
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
            [.. parts.SelectMany(part => part.GetExposed()).Distinct()]);
    }

    private void Protect()
    {
        HideCorrections();
        var isAllHidden = false;
        while (FindDisclosive() is { } found)
        {
            var additional = found.MissingValues.Select(value => ChooseSecondary(found.By, found.Sum, value)).FirstOrDefault(cells => cells is { Count: > 0 });
            if (additional is null && !isAllHidden)
            {
                // Solutions in whole numbers can need more than the linear programme shows. What is not needed is shown again below.
                (isAllHidden, additional) = (true, [.. _cells.Where(cell => !_hidden.ContainsKey(cell.Id) && IsWorthHiding(cell))]);
            }

            if (additional is null or { Count: 0 })
            {
                _exposed.Add((found.By, found.Sum), _policy.IsSmall(found.Sum.Value) ? _attackers[found.By].FindPossibleValues(found.Sum, 2 * _policy.Threshold) : []);
                continue;
            }

            foreach (var cell in additional)
            {
                _hidden.Add(cell.Id, new SuppressedCell(cell.Id, Suppression.Secondary, found.Name));
            }
        }

        RemoveRedundant();
    }

    /// <summary>
    /// Hides a corrected number if the number that was hidden before could have had the same value. Somebody who knows the code would learn
    /// from its publication that the two are different.
    /// </summary>
    private void HideCorrections()
    {
        var earlier = _known.ProtectedSums.ToLookup(hidden => NamesOf(hidden.Sum), StringComparer.Ordinal);
        var attacker = new Lazy<Attacker>(() => new Attacker(_counts, _known.PublishedSums.Select(published => published.Statement).Distinct()));
        foreach (var cell in _cells.Where(cell => !_hidden.ContainsKey(cell.Id) && IsWorthHiding(cell)))
        {
            var now = cell.ShownSums.FirstOrDefault(sum => earlier[NamesOf(sum)].Any(hidden => hidden.Sum != sum && attacker.Value.IsPossible(hidden.Sum, sum.Value)));
            if (now is not null)
            {
                _corrected.Add(cell.Id);
                _hidden.Add(cell.Id, new SuppressedCell(cell.Id, Suppression.Secondary, $"{earlier[NamesOf(now)].First().Name}, before a correction"));
            }
        }

        static string NamesOf(Sum sum) => $"{string.Join(' ', sum.Added.Select(count => count.Figure))} - {string.Join(' ', sum.Subtracted.Select(count => count.Figure))}";
    }

    /// <summary>Returns true if hiding a number could help: earlier releases do not show it, and it is not a zero that the policy publishes.</summary>
    private bool IsWorthHiding(PublicCell cell) => !cell.IsAlwaysShown && cell.ShownSums.Any(sum => !sum.IsEmpty && !_knownSums.Contains(sum));

    /// <summary>Returns the names of the small counts that earlier releases disclose. A larger number is no secret by itself.</summary>
    private IEnumerable<string> GetExposed() => _viewpoints
        .SelectMany(by => by.GetProtectedSums(_policy, Guards()).Where(known => _policy.IsSmall(known.Sum.Value) && _exposed.ContainsKey((by, known.Sum)))).Select(known => known.Name);

    /// <summary>Shows secondary suppressions again if later ones made them unnecessary.</summary>
    private void RemoveRedundant()
    {
        foreach (var cell in _cells.Where(cell => cell.PrimaryReason is null && _hidden.ContainsKey(cell.Id) && !_corrected.Contains(cell.Id)).OrderByDescending(cell => cell.Cost).ThenBy(cell => cell.Id, StringComparer.Ordinal))
        {
            _hidden.Remove(cell.Id, out var suppressed);
            var attackers = _attackers;
            if (FindDisclosive() is not null)
            {
                _hidden.Add(cell.Id, suppressed!);
                _attackers = attackers;
            }
        }
    }

    /// <summary>Returns the first protected sum that is not uncertain enough, with the values that it cannot take; null if all are.</summary>
    private (Viewpoint By, Sum Sum, string Name, IReadOnlyList<long> MissingValues)? FindDisclosive()
    {
        var (statements, before) = (Statements().ToList(), _attackers);
        _attackers = new Dictionary<Viewpoint, Attacker>(before);
        foreach (var by in _viewpoints)
        {
            var attacker = new Attacker(by.IsPublic ? _counts : _counts.Where(count => !by.Knows(count)), by.GetStatements(statements).Distinct());
            if (before.TryGetValue(by, out var earlier))
            {
                attacker.CopySolutionsFrom(earlier);
            }

            if (!by.IsPublic)
            {
                attacker.CopySolutionsFrom(_attackers[Viewpoint.Public]);
            }

            _attackers[by] = attacker;
            foreach (var protectedSum in by.GetProtectedSums(_policy, Guards()))
            {
                if (FindMissingValues(by, attacker, protectedSum.Sum) is { Count: > 0 } missing)
                {
                    return (by, protectedSum.Sum, protectedSum.Name, missing);
                }
            }
        }

        return null;
    }

    private IReadOnlyList<long> FindMissingValues(Viewpoint by, Attacker attacker, Sum sum)
    {
        if (_exposed.TryGetValue((by, sum), out var kept))
        {
            return [.. kept.Where(value => !attacker.IsPossible(sum, value))];
        }

        return attacker.FindMissingValues(sum, _policy.Threshold) is { Count: > 0 } missing && RemoveUnattainable(by, sum, missing) is { Count: > 0 } attainable
            ? RemoveExcluded(by, attacker, sum, attainable)
            : [];
    }

    /// <summary>
    /// Removes values that no suppression can make possible. Zeros are published, so a total of 2 hidden numbers is at least 2.
    /// </summary>
    private IReadOnlyList<long> RemoveUnattainable(Viewpoint by, Sum sum, IReadOnlyList<long> values)
    {
        if (!_policy.IsSmall(sum.Value) || values[^1] >= sum.Value)
        {
            return values;
        }

        var least = new Attacker(_counts.Where(count => !by.Knows(count)), by.GetStatements(_certain)).GetLeast(sum);
        return [.. values.Where(value => value >= least)];
    }

    /// <summary>
    /// Removes the values of a small sum that earlier releases exclude, such as those of what remains after a withdrawal. It must then be able
    /// to have as many values as any larger number.
    /// </summary>
    private IReadOnlyList<long> RemoveExcluded(Viewpoint by, Attacker attacker, Sum sum, IReadOnlyList<long> values)
    {
        if (!_policy.IsSmall(sum.Value))
        {
            return values;
        }

        if (!_earlier.TryGetValue(by, out var earlier))
        {
            _earlier[by] = earlier = new Attacker(_counts.Where(count => !by.Knows(count)), by.GetStatements(_known.PublishedSums.Select(published => published.Statement).Concat(_certain)).Distinct());
        }

        IReadOnlyList<long> possible = [.. values.Where(value => earlier.IsPossible(sum, value))];
        return possible.Count > 0 ? possible : attacker.FindMissingValuesAround(sum, _policy.Threshold);
    }

    private IEnumerable<ProtectedSum> Guards() => _cells.Where(cell => _hidden.ContainsKey(cell.Id)).SelectMany(cell => cell.HiddenConstraints, (cell, statement) => new ProtectedSum(statement.Sum, cell.Id))
        .Concat(FindHiddenTogether()).Concat(_guards).Concat(_known.ProtectedSums).Where(protectedSum => !protectedSum.Sum.IsEmpty);

    /// <summary>
    /// Returns what all hidden numbers of a series, a breakdown, a row or a column come to, if that is small for the public or for an agency.
    /// The total and the shown numbers could disclose it.
    /// </summary>
    private IEnumerable<ProtectedSum> FindHiddenTogether()
    {
        var together = _cells.Where(cell => _hidden.ContainsKey(cell.Id)).SelectMany(cell => cell.Lines, (cell, line) => (cell, line)).GroupBy(item => item.line, item => item.cell, StringComparer.Ordinal)
            .Where(line => line.Count() > 1).SelectMany(line => PublicCell.AddUp([.. line]), (line, sum) => new ProtectedSum(sum, $"{line.Key}: hidden numbers together")).ToList();
        return _viewpoints.SelectMany(by => by.GetRemainders(_policy, together)).Distinct();
    }

    /// <summary>Lists everything that the public knows after this release.</summary>
    private IEnumerable<SumConstraint> Statements() => _known.PublishedSums.Select(published => published.Statement)
        .Concat(_cells.SelectMany(cell => cell.GetConstraints(_hidden.ContainsKey(cell.Id)))).Distinct();

    /// <summary>
    /// Finds the cheapest shown numbers to hide so that a sum could have a given value: those that change in a solution in
    /// which it has that value.
    /// </summary>
    /// <returns>Null if earlier releases rule out every such solution.</returns>
    private List<PublicCell>? ChooseSecondary(Viewpoint by, Sum sum, long value)
    {
        if (value < 0)
        {
            return null;
        }

        var columns = _counts.Where(count => !by.Knows(count)).Select((count, i) => (count, i)).ToDictionary(pair => pair.count, pair => pair.i);
        var shown = _cells.Where(cell => !_hidden.ContainsKey(cell.Id) && IsWorthHiding(cell)).ToList();
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
            var unknown = movable[i].Key.Without(by.Knows);
            program.Add([.. unknown.ToTerms(columns), new LinearTerm(above, -1), new LinearTerm(below, 1)], Relation.Equal, unknown.Value);
            objective.Add(new LinearTerm(above, -movable[i].Value));
            objective.Add(new LinearTerm(below, -movable[i].Value));
        }

        foreach (var statement in by.GetStatements(Statements().Where(statement => !statement.Sum.IsEmpty && (!statement.IsExact || !costs.ContainsKey(statement.Sum) || _knownSums.Contains(statement.Sum)))))
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
