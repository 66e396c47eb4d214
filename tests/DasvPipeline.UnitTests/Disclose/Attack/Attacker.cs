using DasvPipeline.Core.Ports;
using DasvPipeline.Core.Publish.Aggregation;
using Google.OrTools.Sat;

namespace DasvPipeline.UnitTests.Disclose.Attack;

/// <summary>One number of a release as a reader sees it, and its components, which are public.</summary>
/// <param name="Truth">The value before suppression.</param>
/// <param name="Published">The published value, or no value if it is hidden.</param>
internal sealed record Seen(string Name, Amount Truth, Amount Published)
{
    public bool IsHidden => Published.Value is null && Truth.Value is not null;
}

/// <summary>
/// Simulates an attacker with every release so far and an integer program. It does not use the suppression code. It knows
/// more than a real attacker: which reported figures each number adds up, and which of them have changed since.
/// </summary>
internal sealed class Attacker
{
    private const long Most = 1_000_000;

    private readonly CpModel _model = new();
    private readonly Dictionary<(string Figure, decimal Value), IntVar> _counts = [];
    private readonly List<(string Name, LinearExpr Sum, decimal Truth)> _secrets = [];
    private readonly int _threshold;

    private readonly bool _knowsThatZeroIsShown;

    /// <param name="knowsThatZeroIsShown">Whether the attacker assumes that a hidden value is not 0.</param>
    public Attacker(int threshold, IEnumerable<Seen> numbers, bool knowsThatZeroIsShown)
    {
        (_threshold, _knowsThatZeroIsShown) = (threshold, knowsThatZeroIsShown);
        foreach (var number in numbers.Where(number => number.Truth.Value is not null))
        {
            Learn(number);
        }

        foreach (var ((figure, value), count) in _counts)
        {
            AddIfSmall(figure, count, value);
        }
    }

    /// <summary>Returns the hidden values that the attacker can narrow down too far.</summary>
    public IEnumerable<string> Findings()
    {
        foreach (var (name, sum, truth) in _secrets.DistinctBy(secret => (secret.Name, secret.Truth, secret.Sum.ToString())))
        {
            var least = Bound(sum, truth, up: false);
            if (Bound(sum, truth, up: true) is var most && most - least < _threshold)
            {
                yield return $"{name} is {truth}: it can be worked out to be from {least} to {most}";
            }
        }
    }

    private void Learn(Seen number)
    {
        var of = SumOf(number.Truth.Numerator);
        var truth = Total(number.Truth.Numerator);
        if (number.Truth.Denominator is { } below)
        {
            var over = SumOf(below);
            _model.Add(of <= over);
            if (number.Published.Value is { } share)
            {
                // Published percentages have three decimals.
                var thousandths = (long)(share * 1000);
                _model.Add(2000 * of - 2 * thousandths * over <= over);
                _model.Add(2000 * of - 2 * thousandths * over >= -over);
            }
            else
            {
                // A hidden percentage protects its small numerator or its small remainder.
                var rest = Total(below) - truth;
                AddIfSmall(number.Name, of, truth);
                AddIfSmall($"the rest of {number.Name}", over - of, rest);
                AddIfSmall($"the base of {number.Name}", over, truth + rest);
            }
        }
        else if (number.Published.Value is { } value)
        {
            _model.Add(of == (long)value);
        }
        else
        {
            if (_knowsThatZeroIsShown && truth > 0)
            {
                _model.Add(of >= 1);
            }

            _secrets.Add((number.Name, of, truth));
        }
    }

    private void AddIfSmall(string name, LinearExpr sum, decimal truth)
    {
        if (truth > 0 && truth < _threshold)
        {
            _secrets.Add((name, sum, truth));
        }
    }

    private LinearExpr SumOf(IEnumerable<SourcedObservation> figures) => LinearExpr.Sum(figures.Select(Variable));

    private static decimal Total(IEnumerable<SourcedObservation> figures) => figures.Sum(item => item.Observation.Figure.Value!.Value);

    private IntVar Variable(SourcedObservation figure)
    {
        var key = ($"{figure.Return} {figure.Observation.Period} {figure.Observation.Key}", figure.Observation.Figure.Value!.Value);
        if (!_counts.TryGetValue(key, out var variable))
        {
            _counts.Add(key, variable = _model.NewIntVar(0, Most, key.Item1));
        }

        return variable;
    }

    private long Bound(LinearExpr sum, decimal truth, bool up)
    {
        // Distances far beyond the threshold do not matter. A value that moves in steps does not reach a near limit exactly.
        var searchMargin = 4 * _threshold;
        var model = new CpModel();
        model.Model.MergeFrom(_model.Model);
        if (up)
        {
            model.Add(sum <= (long)truth + searchMargin);
            model.Maximize(sum);
        }
        else
        {
            model.Add(sum >= (long)truth - searchMargin);
            model.Minimize(sum);
        }

        var solver = new CpSolver { StringParameters = "num_search_workers:1,cp_model_presolve:false,linearization_level:2" };
        var status = solver.Solve(model);
        Assert.Equal(CpSolverStatus.Optimal, status);
        return (long)Math.Round(solver.ObjectiveValue);
    }
}
