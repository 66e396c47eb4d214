namespace DasvPipeline.Core.Publish.Disclosure;

/// <summary>
/// Simulates an attacker, who searches for solutions: values of all counts that satisfy every published constraint. The
/// true values are one solution. The range of a sum over all solutions is its uncertainty. Each solution is verified in
/// whole numbers, so that a rounding error cannot make a count look safer than it is.
/// </summary>
internal sealed class Attacker
{
    /// <summary>
    /// How many times the required width a search covers. A sum that contains a count twice changes in steps of two, and
    /// might not reach a nearer limit exactly.
    /// </summary>
    private const int SearchMargin = 4;

    /// <summary>The maximum number of branches of a search when the best solution is not in whole numbers.</summary>
    private const int MaxSplits = 60;

    private readonly Dictionary<ReportedCount, int> _columns = [];
    private readonly List<(LinearTerm[] Parts, long AtLeast, bool IsExact)> _rows;
    private readonly List<long[]> _solutions = [];

    public Attacker(IEnumerable<ReportedCount> counts, IEnumerable<SumConstraint> statements)
    {
        foreach (var count in counts)
        {
            _columns.TryAdd(count, _columns.Count);
        }

        _rows = [.. statements.Where(statement => !statement.Sum.IsEmpty).Select(statement => (statement.Sum.ToTerms(_columns), statement.LowerBound, statement.IsExact))];
        _solutions.Add([.. _columns.Keys.Select(count => count.Value)]);
    }

    /// <summary>
    /// Returns the values that a sum should be able to take and cannot; empty if the sum is uncertain enough. A small sum must be able to
    /// take every value from 1 to the threshold - 1. Any other sum must be able to take as many values as the threshold, 0 excluded.
    /// </summary>
    /// <param name="sum">A sum whose true value is not negative.</param>
    public IReadOnlyList<long> FindMissingValues(Sum sum, int threshold)
    {
        var parts = sum.ToTerms(_columns);
        var truth = sum.Value;
        if (truth < threshold)
        {
            return [.. MissingBetween(parts, Math.Min(truth, 1), threshold - 1)];
        }

        return FindMissingValuesAround(parts, threshold);
    }

    /// <summary>Returns the values that would give a sum a certain number of values, 0 excluded; empty if it can have so many.</summary>
    public IReadOnlyList<long> FindMissingValuesAround(Sum sum, int number) => FindMissingValuesAround(sum.ToTerms(_columns), number);

    private IReadOnlyList<long> FindMissingValuesAround(LinearTerm[] parts, int threshold)
    {
        foreach (var isMaximum in new[] { true, false })
        {
            var (low, high) = GetKnownRange(parts);
            if (high - Math.Max(low, 1) < threshold - 1)
            {
                Learn(Search(parts, isMaximum, isMaximum ? low + SearchMargin * threshold : Math.Max(1, high - SearchMargin * threshold)));
            }
        }

        var (least, most) = GetKnownRange(parts);
        least = Math.Max(least, 1);
        return CountPossible(parts, least, most, threshold) >= threshold ? [] : [.. MissingAround(least, most, threshold)];
    }

    /// <summary>Returns true if a sum can have a value.</summary>
    public bool IsPossible(Sum sum, long value) => IsPossible(sum.ToTerms(_columns), value);

    /// <summary>Lists the values from 1 up to a limit that a sum can take.</summary>
    public IReadOnlyList<long> FindPossibleValues(Sum sum, int limit)
    {
        var parts = sum.ToTerms(_columns);
        return [.. Enumerable.Range(1, limit).Select(value => (long)value).Where(value => IsPossible(parts, value))];
    }

    /// <summary>Returns the smallest value that a sum can take.</summary>
    public long GetLeast(Sum sum)
    {
        var parts = sum.ToTerms(_columns);
        Learn(Search(parts, isMaximum: false, 0));
        return GetKnownRange(parts).Low;
    }

    /// <summary>Lists the values of a range that a sum cannot take, those at its ends first.</summary>
    private IEnumerable<long> MissingBetween(LinearTerm[] parts, long from, long to)
    {
        Reach(parts, isMaximum: true, to);
        Reach(parts, isMaximum: false, from);
        for (var value = to; value >= from; value--)
        {
            if (!IsPossible(parts, value))
            {
                yield return value;
            }
        }
    }

    private void Reach(LinearTerm[] parts, bool isMaximum, long value)
    {
        if (!IsKnownToBePossible(parts, value))
        {
            Learn(Search(parts, isMaximum, value));
        }
    }

    /// <summary>Counts the values of a range that a sum can take, and stops at a limit.</summary>
    private int CountPossible(LinearTerm[] parts, long from, long to, int limit)
    {
        var count = 0;
        for (var value = from; value <= to && count < limit; value++)
        {
            count += IsPossible(parts, value) ? 1 : 0;
        }

        return count;
    }

    /// <summary>Lists values that would widen a range: far enough on one side first, and then further than now on either.</summary>
    private static IEnumerable<long> MissingAround(long low, long high, int threshold)
    {
        yield return low + threshold - 1;
        yield return high - threshold + 1;
        yield return low + threshold;
        yield return high - threshold;
        for (var step = threshold - 1; step > 0; step--)
        {
            yield return high + step;
            yield return low - step;
        }
    }

    private bool IsPossible(LinearTerm[] parts, long value)
    {
        if (!IsKnownToBePossible(parts, value) && Search(parts, isMaximum: true, value, isFixed: true) is { } world)
        {
            _solutions.Add(world);
        }

        return IsKnownToBePossible(parts, value);
    }

    /// <summary>
    /// Returns true if a solution is known with this value. On the way from one solution to another, all solutions in whole numbers are
    /// solutions too.
    /// </summary>
    private bool IsKnownToBePossible(LinearTerm[] parts, long value)
    {
        long[]? below = null, above = null;
        foreach (var world in _solutions)
        {
            var known = Value(parts, world);
            if (known == value)
            {
                return true;
            }

            (below, above) = known < value ? (world, above) : (below, world);
        }

        if (below is null || above is null)
        {
            return false;
        }

        var (least, most) = (Value(parts, below), Value(parts, above));
        var steps = most - least;
        for (var column = 0; column < below.Length; column++)
        {
            steps = GreatestCommonDivisor(steps, Math.Abs(above[column] - below[column]));
        }

        return (value - least) % ((most - least) / steps) == 0;
    }

    private static long GreatestCommonDivisor(long one, long other) => other == 0 ? one : GreatestCommonDivisor(other, one % other);

    private void Learn(long[]? world)
    {
        if (world is not null)
        {
            _solutions.Add(world);
        }
    }

    /// <summary>Copies the solutions of another attacker that satisfy this attacker's constraints too.</summary>
    public void CopySolutionsFrom(Attacker other)
    {
        foreach (var world in other._solutions)
        {
            var own = new long[_columns.Count];
            foreach (var (count, column) in _columns)
            {
                own[column] = other._columns.TryGetValue(count, out var otherColumn) ? world[otherColumn] : count.Value;
            }

            if (IsFeasible(own))
            {
                _solutions.Add(own);
            }
        }
    }

    private (long Low, long High) GetKnownRange(LinearTerm[] parts)
    {
        var (low, high) = (long.MaxValue, long.MinValue);
        foreach (var world in _solutions)
        {
            var value = Value(parts, world);
            (low, high) = (Math.Min(low, value), Math.Max(high, value));
        }

        return (low, high);
    }

    /// <summary>Returns the solution that maximises or minimises an expression, up to a limit.</summary>
    /// <param name="isFixed">True if the expression must have exactly the limit as its value.</param>
    private long[]? Search(LinearTerm[] expression, bool isMaximum, long limit, bool isFixed = false)
    {
        var objective = isMaximum ? expression : [.. expression.Select(part => part with { Factor = -part.Factor })];
        long[]? best = null;
        var open = new Stack<List<(int Column, Relation Relation, double Bound)>>([[]]);
        for (var splits = 0; open.Count > 0 && splits < MaxSplits; splits++)
        {
            var bounds = open.Pop();
            if (Solve(expression, objective, isMaximum, limit, isFixed, bounds) is not { } solution)
            {
                continue;
            }

            var world = Array.ConvertAll(solution, value => (long)Math.Round(value));
            if (IsFeasible(world) && (best is null || IsBetter(Value(expression, world), Value(expression, best))))
            {
                best = world;
            }

            var split = Array.FindIndex(solution, value => Math.Abs(value - Math.Round(value)) > 1e-6);
            if (split >= 0 && (best is null || IsBetter(objective.Sum(part => part.Factor * solution[part.Column]) * (isMaximum ? 1 : -1), Value(expression, best) + (isMaximum ? 1 : -1))))
            {
                open.Push([.. bounds, (split, Relation.AtMost, Math.Floor(solution[split]))]);
                open.Push([.. bounds, (split, Relation.AtLeast, Math.Ceiling(solution[split]))]);
            }
        }

        return best;

        bool IsBetter(double one, double other) => isMaximum ? one > other - 1e-6 : one < other + 1e-6;
    }

    private double[]? Solve(
        LinearTerm[] expression, LinearTerm[] objective, bool isMaximum, long limit, bool isFixed, List<(int Column, Relation Relation, double Bound)> bounds)
    {
        var program = new LinearProgram(_columns.Count);
        foreach (var (parts, atLeast, isExact) in _rows)
        {
            program.Add(parts, isExact ? Relation.Equal : Relation.AtLeast, atLeast);
        }

        foreach (var (column, relation, bound) in bounds)
        {
            program.Add([new LinearTerm(column, 1)], relation, bound);
        }

        program.Add(expression, isFixed ? Relation.Equal : isMaximum ? Relation.AtMost : Relation.AtLeast, limit);
        return program.Maximise(objective);
    }

    private bool IsFeasible(long[] world)
    {
        if (Array.Exists(world, value => value < 0))
        {
            return false;
        }

        foreach (var (parts, atLeast, isExact) in _rows)
        {
            var value = Value(parts, world);
            if (value < atLeast || (isExact && value != atLeast))
            {
                return false;
            }
        }

        return true;
    }

    private static long Value(LinearTerm[] parts, long[] world)
    {
        long value = 0;
        foreach (var part in parts)
        {
            value += (long)part.Factor * world[part.Column];
        }

        return value;
    }
}
