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

    /// <summary>Returns the smallest and greatest value found for a sum. The search stops when they are this far apart.</summary>
    public (long Low, long High) GetRange(Sum sum, long width)
    {
        var parts = sum.ToTerms(_columns);
        var (low, high) = GetKnownRange(parts);
        foreach (var isMaximum in new[] { true, false })
        {
            if (high - low < width && Search(parts, isMaximum, isMaximum ? low + SearchMargin * width : high - SearchMargin * width) is { } world)
            {
                _solutions.Add(world);
                (low, high) = GetKnownRange(parts);
            }
        }

        return (low, high);
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
    private long[]? Search(LinearTerm[] expression, bool isMaximum, long limit)
    {
        var objective = isMaximum ? expression : [.. expression.Select(part => part with { Factor = -part.Factor })];
        long[]? best = null;
        var open = new Stack<List<(int Column, Relation Relation, double Bound)>>([[]]);
        for (var splits = 0; open.Count > 0 && splits < MaxSplits; splits++)
        {
            var bounds = open.Pop();
            if (Solve(expression, objective, isMaximum, limit, bounds) is not { } solution)
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

    private double[]? Solve(LinearTerm[] expression, LinearTerm[] objective, bool isMaximum, long limit, List<(int Column, Relation Relation, double Bound)> bounds)
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

        program.Add(expression, isMaximum ? Relation.AtMost : Relation.AtLeast, limit);
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
