namespace DasvPipeline.Core.Publish.Disclosure;

internal enum Relation
{
    Equal,
    AtMost,
    AtLeast,
}

/// <summary>One term of a linear expression.</summary>
internal readonly record struct LinearTerm(int Column, double Factor);

/// <summary>
/// Solves linear programs with non-negative columns: the two-phase simplex method on a dense tableau, for the few dozen
/// rows of a headline that remain after <see cref="ReducedProgram"/>. Solutions are doubles, so callers must verify them in whole numbers.
/// </summary>
internal sealed class LinearProgram(int columns)
{
    private const double PivotTolerance = 1e-9;
    private const double FeasibilityTolerance = 1e-6;

    /// <summary>After this many steps Bland's rule takes over, which cannot cycle.</summary>
    private const int StepsBeforeBlandsRule = 500;
    private const int MaxSteps = 20_000;

    private readonly List<LinearRow> _rows = [];

    public void Add(IReadOnlyList<LinearTerm> parts, Relation relation, double bound) => _rows.Add(new LinearRow(parts, relation, bound));

    /// <returns>The column values that maximise the objective; null if it is infeasible or unbounded.</returns>
    public double[]? Maximise(IReadOnlyList<LinearTerm> objective)
    {
        if (ReducedProgram.Create(columns, _rows) is not { } reduced)
        {
            return null;
        }

        var free = objective.Where(part => !reduced.IsFixed(part.Column)).ToList();
        int[] used = [.. reduced.Rows.SelectMany(row => row.Parts).Concat(free).Select(part => part.Column).Distinct().Order()];
        var index = used.Select((column, i) => (column, i)).ToDictionary(pair => pair.column, pair => pair.i);
        var tableau = new Tableau(used.Length, [.. reduced.Rows.Select(row => row with { Parts = Renumber(row.Parts) })]);
        if (!tableau.FindFeasibleStart() || !tableau.Maximise(Renumber(free)))
        {
            return null;
        }

        var values = new double[columns];
        foreach (var (column, value) in used.Zip(tableau.Solution()))
        {
            values[column] = value;
        }

        return reduced.Restore(values);

        LinearTerm[] Renumber(IReadOnlyList<LinearTerm> parts) => [.. parts.Select(part => part with { Column = index[part.Column] })];
    }

    private sealed class Tableau
    {
        private readonly int _columns;

        /// <summary>Artificial columns represent unsatisfied rows. They only leave the basis, so their coefficients are not kept.</summary>
        private readonly int _firstArtificial;
        private readonly int _width;
        private readonly double[][] _rows;
        private readonly double[] _cost;
        private readonly int[] _basis;

        public Tableau(int columns, List<LinearRow> rows)
        {
            _columns = columns;
            var slacks = rows.Count(row => row.Relation != Relation.Equal);
            _firstArtificial = columns + slacks;
            _width = _firstArtificial + 1;
            _rows = new double[rows.Count][];
            _cost = new double[_width];
            _basis = new int[rows.Count];
            var slack = columns;
            for (var i = 0; i < rows.Count; i++)
            {
                var row = _rows[i] = new double[_width];
                foreach (var part in rows[i].Parts)
                {
                    row[part.Column] += part.Factor;
                }

                row[^1] = rows[i].Bound;
                _basis[i] = _firstArtificial + i;
                if (rows[i].Relation != Relation.Equal)
                {
                    row[slack] = rows[i].Relation == Relation.AtMost ? 1 : -1;
                }

                if (row[^1] < 0)
                {
                    for (var j = 0; j < _width; j++)
                    {
                        row[j] = -row[j];
                    }
                }

                if (rows[i].Relation != Relation.Equal)
                {
                    _basis[i] = row[slack] > 0 ? slack : _basis[i];
                    slack++;
                }
            }
        }

        /// <summary>Runs the first phase: drives the artificial columns to zero.</summary>
        public bool FindFeasibleStart()
        {
            Array.Clear(_cost);
            for (var i = 0; i < _rows.Length; i++)
            {
                if (_basis[i] >= _firstArtificial)
                {
                    Subtract(_cost, _rows[i], -1);
                }
            }

            if (!Improve() || _cost[^1] >= FeasibilityTolerance)
            {
                return false;
            }

            DropArtificials();
            return true;
        }

        public bool Maximise(IReadOnlyList<LinearTerm> objective)
        {
            Array.Clear(_cost);
            foreach (var part in objective)
            {
                _cost[part.Column] += part.Factor;
            }

            for (var i = 0; i < _rows.Length; i++)
            {
                if (_basis[i] < _firstArtificial)
                {
                    Subtract(_cost, _rows[i], _cost[_basis[i]]);
                }
            }

            return Improve();
        }

        public double[] Solution()
        {
            var solution = new double[_columns];
            for (var i = 0; i < _rows.Length; i++)
            {
                if (_basis[i] < _columns)
                {
                    solution[_basis[i]] = _rows[i][^1];
                }
            }

            return solution;
        }

        /// <summary>Replaces artificial columns that are left in the basis at zero. A row without a replacement is redundant.</summary>
        private void DropArtificials()
        {
            for (var i = 0; i < _rows.Length; i++)
            {
                if (_basis[i] >= _firstArtificial)
                {
                    var column = Array.FindIndex(_rows[i], 0, _firstArtificial, value => Math.Abs(value) > FeasibilityTolerance);
                    if (column >= 0)
                    {
                        Pivot(i, column);
                    }
                }
            }
        }

        /// <summary>Returns false if the objective is unbounded or does not converge.</summary>
        private bool Improve()
        {
            for (var step = 0; step < MaxSteps; step++)
            {
                var column = step < StepsBeforeBlandsRule ? SteepestColumn() : First();
                if (column < 0)
                {
                    return true;
                }

                var leaving = -1;
                for (var i = 0; i < _rows.Length; i++)
                {
                    if (_rows[i][column] > PivotTolerance && (leaving < 0 || LeavesBefore(i, leaving, column)))
                    {
                        leaving = i;
                    }
                }

                if (leaving < 0)
                {
                    return false;
                }

                Pivot(leaving, column);
            }

            return false;
        }

        private bool LeavesBefore(int row, int before, int column)
        {
            var difference = _rows[row][^1] / _rows[row][column] - _rows[before][^1] / _rows[before][column];
            return difference < -PivotTolerance || (difference < PivotTolerance && _basis[row] < _basis[before]);
        }

        private int SteepestColumn()
        {
            var best = -1;
            for (var j = 0; j < _firstArtificial; j++)
            {
                if (_cost[j] > FeasibilityTolerance && (best < 0 || _cost[j] > _cost[best]))
                {
                    best = j;
                }
            }

            return best;
        }

        private int First() => Array.FindIndex(_cost, 0, _firstArtificial, cost => cost > FeasibilityTolerance);

        private void Pivot(int row, int column)
        {
            var pivot = _rows[row];
            var factor = pivot[column];
            for (var j = 0; j < _width; j++)
            {
                pivot[j] /= factor;
            }

            for (var i = 0; i < _rows.Length; i++)
            {
                if (i != row)
                {
                    Subtract(_rows[i], pivot, _rows[i][column]);
                }
            }

            Subtract(_cost, pivot, _cost[column]);
            _basis[row] = column;
        }

        private static void Subtract(double[] from, double[] row, double times)
        {
            if (times == 0)
            {
                return;
            }

            for (var j = 0; j < from.Length; j++)
            {
                from[j] -= times * row[j];
            }
        }
    }
}
