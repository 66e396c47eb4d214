using System.Collections.Immutable;
using DasvPipeline.Core.Model;

namespace DasvPipeline.Core.Catalogue;

/// <summary>Of a measure those figures that have certain codes; all of them where none are named.</summary>
public sealed record Term(MeasureId Measure, ImmutableSortedDictionary<string, ImmutableArray<string>> Codes)
{
    /// <summary>All figures of a measure.</summary>
    public static Term Of(MeasureId measure) => new(measure, ImmutableSortedDictionary<string, ImmutableArray<string>>.Empty);

    public bool Includes(FigureKey key)
    {
        if (key.Measure != Measure)
        {
            return false;
        }

        foreach (var (dimension, codes) in Codes)
        {
            if (Dimension.CodeOf(key, dimension) is not { } code || !codes.Contains(code))
            {
                return false;
            }
        }

        return true;
    }
}

/// <summary>Something that should be true of the figures: closed operations, no expressions.</summary>
/// <param name="Id">Stands in what the manager has answered, and never changes.</param>
public abstract record FigureCheck(string Id);

/// <summary>Each figure, by itself, lies within bounds.</summary>
public sealed record RangeCheck(string Id, ImmutableArray<Term> Each, decimal? Min, decimal? Max) : FigureCheck(Id);

public enum Earlier
{
    LastPeriod,
    LastYear,
}

/// <summary>Each figure, by itself, is not far from an earlier one: far is beyond both bounds, so that small counts may jump.</summary>
/// <param name="Each">Empty for every flow that has no check of its own from the same period.</param>
/// <param name="Relative">As a share of the earlier figure: 0.5 is half as much again.</param>
public sealed record ChangeCheck(string Id, ImmutableArray<Term> Each, Earlier From, decimal Absolute, decimal Relative) : FigureCheck(Id)
{
    public bool IsFar(decimal now, decimal before) => Math.Abs(now - before) > Absolute && Math.Abs(now - before) > Relative * before;
}

/// <summary>Sums of figures are the same, or one is not above the other.</summary>
/// <param name="Of">Each item is held against the other side for itself; the terms within it are summed.</param>
/// <param name="MayBeLess">True for "not above", false for "equal".</param>
/// <param name="By">Dimensions for each code of which it holds separately.</param>
public sealed record ComparisonCheck(
    string Id, ImmutableArray<ImmutableArray<Term>> Of, ImmutableArray<Term> To, bool MayBeLess, ImmutableArray<string> By) : FigureCheck(Id)
{
    public IEnumerable<Term> Terms => Of.SelectMany(terms => terms).Concat(To);
}

/// <summary>All checks, in the order of the file.</summary>
public sealed record CheckSet(ImmutableArray<RangeCheck> Ranges, ImmutableArray<ChangeCheck> Changes, ImmutableArray<ComparisonCheck> Comparisons)
{
    public static readonly CheckSet None = new([], [], []);
}

/// <summary>The bounds that figures of one measure are held to; of each kind the checks whose term includes a figure apply.</summary>
public sealed record MeasureChecks(ImmutableArray<RangeCheck> Ranges, ImmutableArray<ChangeCheck> Changes);

/// <summary>What of the checks a single return can be held to.</summary>
/// <param name="ByMeasure">Without the measures that have no bounds.</param>
/// <param name="Comparisons">Both sides of which the return reports.</param>
public sealed record FormChecks(IReadOnlyDictionary<MeasureId, MeasureChecks> ByMeasure, ImmutableArray<ComparisonCheck> Comparisons)
{
    /// <summary>Whether any of its figures is held against what the return was accepted with then.</summary>
    public bool LooksAt(Earlier earlier) => ByMeasure.Values.Any(checks => checks.Changes.Any(check => check.From == earlier));

    internal static FormChecks Of(Form form, CheckSet checks)
    {
        var byMeasure = new Dictionary<MeasureId, MeasureChecks>();
        foreach (var measure in form.Cells.Select(cell => cell.Measure).Distinct())
        {
            var ranges = checks.Ranges.Where(check => Names(check.Each, measure)).ToImmutableArray();
            var own = checks.Changes.Where(check => Names(check.Each, measure)).ToList();
            var changes = own
                .Concat(checks.Changes.Where(check => check.Each.IsEmpty && measure.Adds == Adds.Flow && !own.Exists(other => other.From == check.From)))
                .Where(check => form.Every == Every.Quarter || check.From == Earlier.LastYear) // a year's last period is last year
                .OrderBy(check => check.From).ToImmutableArray();
            if (!ranges.IsEmpty || !changes.IsEmpty)
            {
                byMeasure.Add(measure.Id, new MeasureChecks(ranges, changes));
            }
        }

        var keys = form.Cells.Select(cell => cell.Key).ToLookup(key => key.Measure);
        return new FormChecks(byMeasure, [.. checks.Comparisons.Where(check => check.Of.Any(IsReported) && IsReported(check.To))]);

        bool IsReported(ImmutableArray<Term> terms) => terms.All(term => keys[term.Measure].Any(term.Includes));
    }

    private static bool Names(ImmutableArray<Term> terms, Measure measure) => terms.Any(term => term.Measure == measure.Id);
}
