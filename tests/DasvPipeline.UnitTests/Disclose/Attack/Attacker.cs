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

    /// <summary>Only what suppression cannot hide: zeros are published, and hidden numbers are not 0.</summary>
    private readonly CpModel _zeros = new();
    private readonly Dictionary<(string Figure, decimal Value), IntVar> _counts = [];
    private readonly Dictionary<(string Name, string Sum), Secret> _secrets = [];
    private readonly int _threshold;
    private readonly string? _agency;

    /// <param name="agency">The agency that attacks and knows its own returns; null for the public.</param>
    public Attacker(int threshold, IEnumerable<Seen> numbers, string? agency = null)
    {
        (_threshold, _agency) = (threshold, agency);
        foreach (var number in numbers.Where(number => number.Truth.Value is not null))
        {
            Learn(number);
        }
    }

    /// <summary>Tells the attacker that a cumulative figure includes an earlier one. The people added since are a secret if they are few.</summary>
    public void LearnGrowth(string name, IEnumerable<SourcedObservation> earlier, IEnumerable<SourcedObservation> later)
    {
        var (before, now) = (earlier.ToList(), later.ToList());
        foreach (var figure in now)
        {
            if (before.Where(item => item.Return == figure.Return && item.Observation.Key == figure.Observation.Key).ToList() is [var then])
            {
                Require(SumOf([figure]) >= SumOf([then]));
                AddSecret($"{name} of {figure.Return}", Secret.Difference([figure], [then]));
            }
        }

        AddSecret(name, Secret.Difference(now, before));
    }

    /// <summary>Tells the attacker that figures are part of others. What remains is a secret if it is small.</summary>
    public void LearnPart(string name, IEnumerable<SourcedObservation> part, IEnumerable<SourcedObservation> whole)
    {
        var secret = Secret.Difference([.. whole], [.. part]);
        if (secret.Truth >= 0)
        {
            Require(SumOf(secret) >= 0);
            AddSecret(name, secret);
        }
    }

    /// <summary>Returns the secrets that the attacker can narrow down too far.</summary>
    public IEnumerable<string> Findings()
    {
        foreach (var (figure, value) in _counts.Keys)
        {
            AddIfSmall(figure, new Secret([(figure, value)], []));
        }

        foreach (var ((name, _), secret) in _secrets)
        {
            if (secret.Truth < _threshold ? FindImpossible(secret) is { } value : CountPossible(secret) < _threshold)
            {
                yield return $"{name} is {secret.Truth}: it can only be {string.Join(", ", Enumerable.Range(0, 6 * _threshold).Where(possible => IsPossible(_model, secret, possible)))}";
            }
        }
    }

    /// <summary>Returns a value of a small secret that the attacker can exclude, although no hidden number needs it to be greater.</summary>
    private long? FindImpossible(Secret secret)
    {
        for (var value = _threshold - 1; value >= 1; value--)
        {
            if (!IsPossible(_model, secret, value) && (value > secret.Truth || IsPossible(_zeros, secret, value)))
            {
                return value;
            }
        }

        return null;
    }

    private int CountPossible(Secret secret) =>
        Enumerable.Range(1 - 4 * _threshold, 8 * _threshold).Select(step => secret.Truth + step).Where(value => value > 0)
            .OrderBy(value => Math.Abs(value - secret.Truth)).Where(value => IsPossible(_model, secret, value)).Take(_threshold).Count();

    private bool IsPossible(CpModel known, Secret secret, long value)
    {
        if (known == _model && secret.Possible.Contains(value))
        {
            return true;
        }

        var model = new CpModel();
        model.Model.MergeFrom(known.Model);
        model.Add(SumOf(secret) == value);
        var solver = new CpSolver { StringParameters = "num_search_workers:1,cp_model_presolve:false,linearization_level:2" };
        var status = solver.Solve(model);
        Assert.Contains(status, new[] { CpSolverStatus.Optimal, CpSolverStatus.Feasible, CpSolverStatus.Infeasible });
        if (status == CpSolverStatus.Infeasible)
        {
            return false;
        }

        foreach (var other in _secrets.Values.Where(_ => known == _model))
        {
            other.Possible.Add(other.Added.Sum(count => solver.Value(_counts[count])) - other.Subtracted.Sum(count => solver.Value(_counts[count])));
        }

        return true;
    }

    private void Learn(Seen number)
    {
        var of = SumOf(number.Truth.Numerator);
        if (number.Truth.Denominator is { } below)
        {
            var over = SumOf(below);
            Require(of <= over);
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
                AddIfSmall(number.Name, Secret.Difference(number.Truth.Numerator, []));
                AddIfSmall($"the rest of {number.Name}", Secret.Difference(below, number.Truth.Numerator));
                AddIfSmall($"the base of {number.Name}", Secret.Difference(below, []));
            }
        }
        else if (number.Published.Value is { } value)
        {
            _model.Add(of == (long)value);
            if (value == 0)
            {
                _zeros.Add(of == 0);
            }
        }
        else
        {
            // A 0 is published, so what is hidden is not 0.
            Require(of >= 1);
            AddSecret(number.Name, Secret.Difference(number.Truth.Numerator, []));
        }

        foreach (var part in new[] { number.Truth.Numerator, number.Truth.Denominator ?? [] }.SelectMany(sum => sum.GroupBy(item => (item.Return, item.Observation.Period))))
        {
            AddIfSmall($"{part.Key} in {number.Name}", Secret.Difference(part, []));
        }
    }

    /// <summary>Adds something that the attacker knows whatever is hidden.</summary>
    private void Require(BoundedLinearExpression relation)
    {
        _model.Add(relation);
        _zeros.Add(relation);
    }

    /// <summary>Adds a hidden number. An agency may find out larger numbers of others, but no small one.</summary>
    private void AddSecret(string name, Secret secret)
    {
        if (_agency is null && secret.Truth >= _threshold)
        {
            _secrets.TryAdd((name, secret.ToString()), secret);
        }
        else
        {
            AddIfSmall(name, secret);
        }
    }

    private void AddIfSmall(string name, Secret secret)
    {
        var unknown = _agency is null ? secret : secret.Without(_agency);
        if (unknown.Truth > 0 && unknown.Truth < _threshold)
        {
            _secrets.TryAdd((name, unknown.ToString()), unknown);
        }
    }

    private LinearExpr SumOf(Secret secret) => LinearExpr.Sum(secret.Added.Select(count => _counts[count])) - LinearExpr.Sum(secret.Subtracted.Select(count => _counts[count]));

    private LinearExpr SumOf(IEnumerable<SourcedObservation> figures) => LinearExpr.Sum(figures.Select(Variable));

    private IntVar Variable(SourcedObservation figure)
    {
        var key = Secret.CountOf(figure);
        if (!_counts.TryGetValue(key, out var variable))
        {
            var (least, most) = _agency is not null && Secret.IsOf(key, _agency) ? ((long)key.Value, (long)key.Value) : (0, Most);
            _counts.Add(key, variable = _model.NewIntVar(least, most, key.Figure));

            // Both models have the same variables in the same order.
            _zeros.NewIntVar(least, most, key.Figure);
        }

        return variable;
    }

    /// <summary>A sum of counts that must stay uncertain, and the values that it is known to have in some solution.</summary>
    private sealed record Secret(IReadOnlyList<(string Figure, decimal Value)> Added, IReadOnlyList<(string Figure, decimal Value)> Subtracted)
    {
        public HashSet<long> Possible { get; } = [];

        public long Truth => (long)(Added.Sum(count => count.Value) - Subtracted.Sum(count => count.Value));

        public static Secret Difference(IEnumerable<SourcedObservation> added, IEnumerable<SourcedObservation> subtracted)
        {
            var (more, less) = (added.Select(CountOf).ToHashSet(), subtracted.Select(CountOf).ToHashSet());
            return new Secret([.. more.Except(less).Order()], [.. less.Except(more).Order()]);
        }

        public static (string Figure, decimal Value) CountOf(SourcedObservation figure) =>
            ($"{figure.Return} {figure.Observation.Period} {figure.Observation.Key}", figure.Observation.Figure.Value!.Value);

        public static bool IsOf((string Figure, decimal Value) count, string agency) => count.Figure.StartsWith(agency + "/", StringComparison.Ordinal);

        public Secret Without(string agency) => new([.. Added.Where(count => !IsOf(count, agency))], [.. Subtracted.Where(count => !IsOf(count, agency))]);

        public override string ToString() => $"{string.Join(" + ", Added)} - {string.Join(" - ", Subtracted)}";
    }
}
