namespace DasvPipeline.Core.Disclose;

/// <summary>
/// Somebody who does sums on what is published: looks for worlds, that is, values of all counts, that fit every statement.
/// The real one always does; how far others are from it is how uncertain a count is. A world counts only after it has been
/// checked in whole numbers, so that a fault of the arithmetic can never make a count look safer than it is.
/// </summary>
internal sealed class Reader
{
    /// <summary>
    /// A search looks this many times as far as is needed: what is twice another count moves in steps of two, and would
    /// not reach a nearer limit exactly.
    /// </summary>
    private const int Farther = 4;

    /// <summary>How often a search may split where the best world is not in whole numbers.</summary>
    private const int MostSplits = 60;

    private readonly Dictionary<Count, int> _columns = [];
    private readonly List<(Part[] Parts, long AtLeast, bool IsExact)> _rows;
    private readonly List<long[]> _worlds = [];

    public Reader(IEnumerable<Count> counts, IEnumerable<Statement> statements)
    {
        foreach (var count in counts)
        {
            _columns.TryAdd(count, _columns.Count);
        }

        _rows = [.. statements.Where(statement => !statement.Sum.IsEmpty).Select(statement => (statement.Sum.Over(_columns), statement.AtLeast, statement.IsExact))];
        _worlds.Add([.. _columns.Keys.Select(count => count.Value)]);
    }

    /// <summary>The least and the greatest that a sum is seen to be able to be; no more worlds are looked for once they are so far apart.</summary>
    public (long Low, long High) RangeOf(Sum sum, long width)
    {
        var parts = sum.Over(_columns);
        var (low, high) = Seen(parts);
        foreach (var up in new[] { true, false })
        {
            if (high - low < width && Search(parts, up, up ? low + Farther * width : high - Farther * width) is { } world)
            {
                _worlds.Add(world);
                (low, high) = Seen(parts);
            }
        }

        return (low, high);
    }

    /// <summary>Takes over the worlds of another reader, as far as they fit what this one knows as well.</summary>
    public void LearnFrom(Reader other)
    {
        foreach (var world in other._worlds)
        {
            var own = new long[_columns.Count];
            foreach (var (count, column) in _columns)
            {
                own[column] = other._columns.TryGetValue(count, out var there) ? world[there] : count.Value;
            }

            if (Fits(own))
            {
                _worlds.Add(own);
            }
        }
    }

    private (long Low, long High) Seen(Part[] parts)
    {
        var (low, high) = (long.MaxValue, long.MinValue);
        foreach (var world in _worlds)
        {
            var value = Value(parts, world);
            (low, high) = (Math.Min(low, value), Math.Max(high, value));
        }

        return (low, high);
    }

    /// <summary>The world in which a form is greatest, or least; no farther than a limit.</summary>
    private long[]? Search(Part[] form, bool up, long limit)
    {
        var objective = up ? form : [.. form.Select(part => part with { Factor = -part.Factor })];
        long[]? best = null;
        var open = new Stack<List<(int Column, Relation Relation, double Bound)>>([[]]);
        for (var splits = 0; open.Count > 0 && splits < MostSplits; splits++)
        {
            var bounds = open.Pop();
            if (Solve(form, objective, up, limit, bounds) is not { } solution)
            {
                continue;
            }

            var world = Array.ConvertAll(solution, value => (long)Math.Round(value));
            if (Fits(world) && (best is null || Beyond(Value(form, world), Value(form, best))))
            {
                best = world;
            }

            var split = Array.FindIndex(solution, value => Math.Abs(value - Math.Round(value)) > 1e-6);
            if (split >= 0 && (best is null || Beyond(objective.Sum(part => part.Factor * solution[part.Column]) * (up ? 1 : -1), Value(form, best) + (up ? 1 : -1))))
            {
                open.Push([.. bounds, (split, Relation.AtMost, Math.Floor(solution[split]))]);
                open.Push([.. bounds, (split, Relation.AtLeast, Math.Ceiling(solution[split]))]);
            }
        }

        return best;

        bool Beyond(double one, double other) => up ? one > other - 1e-6 : one < other + 1e-6;
    }

    private double[]? Solve(Part[] form, Part[] objective, bool up, long limit, List<(int Column, Relation Relation, double Bound)> bounds)
    {
        var program = new LinearProgram(_columns.Count);
        foreach (var (parts, atLeast, isExact) in _rows)
        {
            program.Add(parts, isExact ? Relation.Equal : Relation.AtLeast, atLeast);
        }

        foreach (var (column, relation, bound) in bounds)
        {
            program.Add([new Part(column, 1)], relation, bound);
        }

        program.Add(form, up ? Relation.AtMost : Relation.AtLeast, limit);
        return program.Maximise(objective);
    }

    private bool Fits(long[] world)
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

    private static long Value(Part[] parts, long[] world)
    {
        long value = 0;
        foreach (var part in parts)
        {
            value += (long)part.Factor * world[part.Column];
        }

        return value;
    }
}
