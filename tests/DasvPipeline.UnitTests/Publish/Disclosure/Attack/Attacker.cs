using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Ports;
using DasvPipeline.Core.Publish.Aggregation;
using Google.OrTools.Sat;

namespace DasvPipeline.UnitTests.Publish.Disclosure.Attack;

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

    /// <summary>Only what suppression cannot hide: zeros are published, and other numbers are not 0.</summary>
    private readonly CpModel _zeros = new();

    /// <summary>What the releases before the latest one show, and what the latest one cannot hide.</summary>
    private readonly CpModel _earlier = new();
    private readonly Dictionary<(string Figure, decimal Value), IntVar> _counts = [];
    private readonly Dictionary<(string Name, string Sum), Secret> _secrets = [];
    private readonly int _threshold;
    private readonly string? _agency;

    /// <param name="latest">The numbers of the latest release.</param>
    /// <param name="earlier">The numbers of all releases before it.</param>
    /// <param name="agency">The agency that attacks and knows its own returns; null for the public.</param>
    public Attacker(int threshold, IEnumerable<Seen> latest, IEnumerable<Seen> earlier, string? agency = null)
    {
        (_threshold, _agency) = (threshold, agency);
        Learn(earlier, [_model, _earlier]);
        Learn(latest, [_model]);
    }

    /// <summary>Adds that cumulative figures include earlier ones. The people added since are a secret if they are few.</summary>
    public void LearnGrowth(IReadOnlyList<SourcedObservation> earlier, IReadOnlyList<SourcedObservation> later)
    {
        // A figure that falls was corrected.
        foreach (var (now, before) in later.Join(earlier, FigureOf, FigureOf, (now, before) => (now, before)).Where(pair => pair.now.Observation.Figure.Value >= pair.before.Observation.Figure.Value))
        {
            Require(SumOf([now]) >= SumOf([before]));
            AddIfSmall($"the growth of {now.Return} to {now.Observation.Period}", Secret.Difference([now], [before]));
        }

        static (ReturnId, FigureKey) FigureOf(SourcedObservation figure) => (figure.Return, figure.Observation.Key);
    }

    /// <summary>Adds that figures are part of others. What remains is a secret if it is small.</summary>
    public void LearnPart(IReadOnlyList<SourcedObservation> part, IReadOnlyList<SourcedObservation> whole)
    {
        if (Secret.Difference(whole, part) is { Truth: >= 0 } rest)
        {
            Require(SumOf(whole) >= SumOf(part));
            AddIfSmall($"the rest of {whole[0].Return} {whole[0].Observation.Period} {whole[0].Observation.Key}", rest);
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
            if (secret.Truth < _threshold ? IsSmallFound(secret) : IsNarrower(secret))
            {
                yield return $"{name} is {secret.Truth}: it can only be {string.Join(", ", Enumerable.Range(0, 6 * _threshold).Where(possible => IsPossible(_model, secret, possible)))}";
            }
        }
    }

    /// <summary>
    /// Returns true if the attacker can exclude a value of a small secret, although no hidden number needs it to be greater. If earlier
    /// releases or a zero exclude the value, so that nothing can be hidden any more, the secret must be as uncertain as a larger number.
    /// </summary>
    private bool IsSmallFound(Secret secret)
    {
        var excluded = Enumerable.Range(1, _threshold - 1).Where(value => !IsPossible(_model, secret, value) && (value > secret.Truth || IsPossible(_zeros, secret, value))).ToList();
        return excluded.Count > 0 && (excluded.Exists(value => IsPossible(_earlier, secret, value)) || IsNarrower(secret));
    }

    /// <summary>Returns true if a secret has fewer values than the threshold, although what cannot be hidden leaves more.</summary>
    private bool IsNarrower(Secret secret) => CountPossible(_model, secret) is var possible && possible < _threshold && possible < CountPossible(_earlier, secret);

    private int CountPossible(CpModel known, Secret secret) =>
        Enumerable.Range(1 - 4 * _threshold, 8 * _threshold).Select(step => secret.Truth + step).Where(value => value > 0)
            .OrderBy(value => Math.Abs(value - secret.Truth)).Where(value => IsPossible(known, secret, value)).Take(_threshold).Count();

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

    private void Learn(IEnumerable<Seen> numbers, CpModel[] models)
    {
        foreach (var number in numbers.Where(number => number.Truth.Value is not null))
        {
            Learn(number, models);
        }
    }

    /// <param name="models">The models that contain what the release of the number shows.</param>
    private void Learn(Seen number, CpModel[] models)
    {
        var of = SumOf(number.Truth.Numerator);

        // A number may be large, and small without what an agency knows of it.
        AddIfSmall(number.Name, Secret.Difference(number.Truth.Numerator, []));
        if (number.Truth.Denominator is { } below)
        {
            var over = SumOf(below);
            Require(of <= over);
            AddIfSmall($"the rest of {number.Name}", Secret.Difference(below, number.Truth.Numerator));
            AddIfSmall($"the base of {number.Name}", Secret.Difference(below, []));
            if (number.Published.Value is { } share)
            {
                // Published percentages have three decimals.
                var thousandths = (long)(share * 1000);
                Require(2000 * of - 2 * thousandths * over <= over, models);
                Require(2000 * of - 2 * thousandths * over >= -over, models);
            }
        }
        else if (number.Published.Value == 0)
        {
            Require(of == 0);
        }
        else
        {
            // A 0 is published, so what is hidden is not 0.
            Require(of >= 1);
            if (number.Published.Value is { } value)
            {
                Require(of == (long)value, models);
            }
            else
            {
                AddSecret(number.Name, Secret.Difference(number.Truth.Numerator, []));
            }
        }

        foreach (var part in new[] { number.Truth.Numerator, number.Truth.Denominator ?? [] }.SelectMany(sum => sum.GroupBy(item => (item.Return, item.Observation.Period))))
        {
            AddIfSmall($"{part.Key} in {number.Name}", Secret.Difference(part, []));
        }
    }

    /// <summary>Adds something that the attacker knows whatever is hidden.</summary>
    private void Require(BoundedLinearExpression relation) => Require(relation, [_model, _zeros, _earlier]);

    private static void Require(BoundedLinearExpression relation, CpModel[] models) => Array.ForEach(models, model => model.Add(relation));

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

            // All models have the same variables in the same order.
            _zeros.NewIntVar(least, most, key.Figure);
            _earlier.NewIntVar(least, most, key.Figure);
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
