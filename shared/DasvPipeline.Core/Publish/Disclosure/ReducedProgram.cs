namespace DasvPipeline.Core.Publish.Disclosure;

/// <summary>One row of a linear program.</summary>
internal readonly record struct LinearRow(IReadOnlyList<LinearTerm> Parts, Relation Relation, double Bound);

/// <summary>
/// A linear program with the same solutions and fewer rows and columns. Columns that the rows fix are replaced by their values, lower bounds
/// become a part of the columns, and rows that add nothing are left out. Most published numbers are single counts, in earlier releases too,
/// so little remains to be solved, however long the disclosure history is.
/// </summary>
internal sealed class ReducedProgram
{
    private const double Tolerance = 1e-6;

    /// <summary>The lower bound of each column; its value if it is fixed.</summary>
    private readonly double[] _least;
    private readonly bool[] _isFixed;
    private bool _isChanged;

    private ReducedProgram(int columns) => (_least, _isFixed) = (new double[columns], new bool[columns]);

    /// <summary>The rows that remain, over the columns that are not fixed, each counted from its lower bound.</summary>
    public IReadOnlyList<LinearRow> Rows { get; private set; } = [];

    /// <returns>Null if no solution exists.</returns>
    public static ReducedProgram? Create(int columns, IReadOnlyList<LinearRow> rows)
    {
        var reduced = new ReducedProgram(columns);
        do
        {
            reduced._isChanged = false;
            var remaining = new List<LinearRow>(rows.Count);
            foreach (var row in rows)
            {
                if (reduced.Remove(row, out var rest))
                {
                    continue;
                }

                if (rest is null)
                {
                    return null;
                }

                remaining.Add(rest.Value);
            }

            rows = remaining;
        }
        while (reduced._isChanged);

        return reduced.Shift(rows) ? reduced : null;
    }

    public bool IsFixed(int column) => _isFixed[column];

    /// <summary>Returns the values of all columns of the original program.</summary>
    /// <param name="values">The values of the columns above their lower bounds.</param>
    public double[] Restore(double[] values) => [.. values.Select((value, column) => _isFixed[column] ? _least[column] : _least[column] + value)];

    /// <summary>Returns true if the row says nothing more. Otherwise gives what remains of it; null if it cannot be satisfied.</summary>
    private bool Remove(LinearRow row, out LinearRow? rest)
    {
        var parts = row.Parts.Where(part => !_isFixed[part.Column]).ToArray();
        var bound = row.Bound - row.Parts.Where(part => _isFixed[part.Column]).Sum(part => part.Factor * _least[part.Column]);
        var relation = row.Relation;
        if (Array.TrueForAll(parts, part => part.Factor < 0))
        {
            parts = [.. parts.Select(part => part with { Factor = -part.Factor })];
            (bound, relation) = (-bound, relation switch { Relation.AtMost => Relation.AtLeast, Relation.AtLeast => Relation.AtMost, _ => relation });
        }

        rest = new LinearRow(parts, relation, bound);
        if (!Array.TrueForAll(parts, part => part.Factor > 0))
        {
            return false;
        }

        var least = parts.Sum(part => part.Factor * _least[part.Column]);
        if (relation == Relation.AtLeast)
        {
            if (parts.Length == 1 && least < bound)
            {
                (_least[parts[0].Column], _isChanged) = (bound / parts[0].Factor, true);
                return true;
            }

            if (parts.Length == 0 && bound > Tolerance)
            {
                rest = null;
                return false;
            }

            return parts.Length == 0 || least >= bound;
        }

        if (least > bound + Tolerance || (parts.Length == 0 && relation == Relation.Equal && Math.Abs(bound) > Tolerance))
        {
            rest = null;
            return false;
        }

        if (parts.Length == 0)
        {
            return true;
        }

        if (parts.Length == 1 && relation == Relation.Equal)
        {
            Fix(parts[0].Column, bound / parts[0].Factor);
            return true;
        }

        if (bound - least > Tolerance)
        {
            return false;
        }

        foreach (var part in parts)
        {
            Fix(part.Column, _least[part.Column]);
        }

        return true;
    }

    private void Fix(int column, double value) => (_least[column], _isFixed[column], _isChanged) = (value, true, true);

    /// <summary>Counts the columns from their lower bounds, and keeps the strictest of the rows with the same terms. Returns false if they contradict each other.</summary>
    private bool Shift(IReadOnlyList<LinearRow> rows)
    {
        var strictest = new Dictionary<string, (IReadOnlyList<LinearTerm> Parts, double Low, double High)>(StringComparer.Ordinal);
        foreach (var row in rows)
        {
            var bound = row.Bound - row.Parts.Sum(part => part.Factor * _least[part.Column]);
            var key = string.Join(' ', row.Parts.OrderBy(part => part.Column));
            var (parts, low, high) = strictest.GetValueOrDefault(key, (row.Parts, double.NegativeInfinity, double.PositiveInfinity));
            strictest[key] = (parts, row.Relation == Relation.AtMost ? low : Math.Max(low, bound), row.Relation == Relation.AtLeast ? high : Math.Min(high, bound));
        }

        Rows = [.. strictest.Values.SelectMany(row => RowsOf(row.Parts, row.Low, row.High))];
        return strictest.Values.All(row => row.Low <= row.High + Tolerance);

        static IEnumerable<LinearRow> RowsOf(IReadOnlyList<LinearTerm> parts, double low, double high)
        {
            if (high - low <= Tolerance)
            {
                return [new LinearRow(parts, Relation.Equal, low)];
            }

            return new[] { new LinearRow(parts, Relation.AtLeast, low), new LinearRow(parts, Relation.AtMost, high) }.Where(row => double.IsFinite(row.Bound));
        }
    }
}
