using System.Collections.Immutable;
using DasvPipeline.Core.Domain;

namespace DasvPipeline.Core.Catalogue;

/// <summary>The figures of a measure that have certain codes, or all of its figures if no codes are given.</summary>
public sealed record TermDefinition(MeasureId Measure, ImmutableSortedDictionary<string, ImmutableArray<string>> Codes)
{
    /// <summary>Creates a term that includes all figures of a measure.</summary>
    public static TermDefinition ForMeasure(MeasureId measure) => new(measure, ImmutableSortedDictionary<string, ImmutableArray<string>>.Empty);

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

/// <summary>A rule that the figures should meet. The operations are fixed: there are no expressions.</summary>
/// <param name="Id">Never changes, because the manager's saved decisions refer to it.</param>
public abstract record FigureCheck(string Id)
{
    /// <summary>The periods to which the check applies.</summary>
    public Validity Validity { get; init; }
}

/// <summary>Each figure is within bounds.</summary>
public sealed record RangeCheck(string Id, ImmutableArray<TermDefinition> Terms, decimal? Min, decimal? Max) : FigureCheck(Id);

public enum ComparisonBase
{
    LastPeriod,
    LastYear,
}

/// <summary>Each figure is close to an earlier one. It is too far only if it exceeds both limits, so that small counts can vary.</summary>
/// <param name="Terms">Empty for the default check: it applies to every flow without its own check for the same comparison.</param>
/// <param name="Relative">A share of the earlier figure: 0.5 is 50%.</param>
public sealed record ChangeCheck(string Id, ImmutableArray<TermDefinition> Terms, ComparisonBase ComparisonBase, decimal Absolute, decimal Relative) : FigureCheck(Id)
{
    public bool IsFar(decimal now, decimal before) => Math.Abs(now - before) > Absolute && Math.Abs(now - before) > Relative * before;
}

/// <summary>Two sums of figures are equal, or the first is not greater than the second.</summary>
/// <param name="LeftOperands">Each item is compared separately with the other operand. The terms of one item are added up.</param>
/// <param name="CanBeLess">True for "not above", false for "equal".</param>
/// <param name="SeparateDimensions">The comparison is made separately for each code of these dimensions.</param>
public sealed record ComparisonCheck(
    string Id, ImmutableArray<ImmutableArray<TermDefinition>> LeftOperands, ImmutableArray<TermDefinition> RightOperand, bool CanBeLess, ImmutableArray<string> SeparateDimensions) : FigureCheck(Id)
{
    /// <summary>True for a "not above" whose operands are seldom equal. A return in which they are gets a query.</summary>
    public bool IsUsuallyLess { get; init; }

    public IEnumerable<TermDefinition> Terms => LeftOperands.SelectMany(terms => terms).Concat(RightOperand);
}

/// <summary>All checks of the catalogue, in file order.</summary>
public sealed record CheckSet(ImmutableArray<RangeCheck> Ranges, ImmutableArray<ChangeCheck> Changes, ImmutableArray<ComparisonCheck> Comparisons)
{
    public static readonly CheckSet None = new([], [], []);

    /// <summary>Returns the checks that apply to a period.</summary>
    public CheckSet In(Period period) => All.All(check => check.Validity.Includes(period))
        ? this
        : new([.. Ranges.Where(check => check.Validity.Includes(period))], [.. Changes.Where(check => check.Validity.Includes(period))], [.. Comparisons.Where(check => check.Validity.Includes(period))]);

    public IEnumerable<FigureCheck> All => [.. Ranges, .. Changes, .. Comparisons];
}

/// <summary>The range and change checks of one measure. A check applies to a figure if one of its terms includes the figure.</summary>
public sealed record MeasureChecks(ImmutableArray<RangeCheck> Ranges, ImmutableArray<ChangeCheck> Changes);

/// <summary>The checks that can be applied to a single return.</summary>
/// <param name="ChecksByMeasure">Contains only measures that have checks.</param>
/// <param name="Comparisons">The comparisons for which the return reports both operands.</param>
public sealed record FormChecks(IReadOnlyDictionary<MeasureId, MeasureChecks> ChecksByMeasure, ImmutableArray<ComparisonCheck> Comparisons)
{
    /// <summary>Returns true if any figure of the return is compared with this earlier period.</summary>
    public bool ComparesWith(ComparisonBase earlier) => ChecksByMeasure.Values.Any(checks => checks.Changes.Any(check => check.ComparisonBase == earlier));

    internal static FormChecks Create(Form form, CheckSet checks)
    {
        var byMeasure = new Dictionary<MeasureId, MeasureChecks>();
        foreach (var measure in form.Cells.Select(cell => cell.Measure).Distinct())
        {
            var ranges = checks.Ranges.Where(check => Names(check.Terms, measure)).ToImmutableArray();
            var own = checks.Changes.Where(check => Names(check.Terms, measure)).ToList();
            var changes = own
                .Concat(checks.Changes.Where(check => check.Terms.IsEmpty && measure.Aggregation == Aggregation.Flow && !own.Exists(other => other.ComparisonBase == check.ComparisonBase)))
                .Where(check => form.Frequency == Frequency.Quarter || check.ComparisonBase == ComparisonBase.LastYear) // a year's last period is last year
                .OrderBy(check => check.ComparisonBase).ToImmutableArray();
            if (!ranges.IsEmpty || !changes.IsEmpty)
            {
                byMeasure.Add(measure.Id, new MeasureChecks(ranges, changes));
            }
        }

        var keys = form.Cells.Select(cell => cell.Key).ToLookup(key => key.Measure);
        return new FormChecks(byMeasure, [.. checks.Comparisons.Where(check => check.LeftOperands.Any(IsReported) && IsReported(check.RightOperand))]);

        bool IsReported(ImmutableArray<TermDefinition> terms) => terms.All(term => keys[term.Measure].Any(term.Includes));
    }

    private static bool Names(ImmutableArray<TermDefinition> terms, Measure measure) => terms.Any(term => term.Measure == measure.Id);
}
