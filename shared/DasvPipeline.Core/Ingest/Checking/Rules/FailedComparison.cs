using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;

namespace DasvPipeline.Core.Ingest.Checking.Rules;

/// <summary>A comparison check that failed.</summary>
/// <param name="Breakdown">The code in each dimension for which the comparison is made separately.</param>
/// <param name="LeftOperands">The operands that differ from <paramref name="RightOperand"/>.</param>
internal sealed record FailedComparison(ComparisonCheck Check, Breakdown Breakdown, IReadOnlyList<Operand> LeftOperands, Operand RightOperand)
{
    /// <summary>The maximum number of decimals of a percentage that are compared.</summary>
    private const int MaxDecimals = 6;

    /// <summary>
    /// Returns the certain failures of a check. Unknown figures do not cause a failure unless the known ones are already too
    /// large.
    /// </summary>
    public static IEnumerable<FailedComparison> FindFailures(ComparisonCheck check, ILookup<MeasureId, Term> parts)
    {
        foreach (var (breakdown, left, right) in GetOperands(check, parts))
        {
            var differing = left.Where(side => !Holds(check, side, right)).ToList();
            if (differing.Count > 0)
            {
                yield return new FailedComparison(check, breakdown, differing, right);
            }
        }
    }

    /// <summary>Returns the operands that a check compares, for each breakdown that some return reports.</summary>
    public static IEnumerable<(Breakdown Breakdown, IReadOnlyList<Operand> Left, Operand Right)> GetOperands(ComparisonCheck check, ILookup<MeasureId, Term> parts)
    {
        foreach (var breakdown in BreakdownsOf(check, parts))
        {
            if (Operand.Create(check.RightOperand, breakdown, parts) is { } right)
            {
                yield return (breakdown, [.. check.LeftOperands.Select(terms => Operand.Create(terms, breakdown, parts)).OfType<Operand>()], right);
            }
        }
    }

    /// <summary>Returns true if two amounts can be equal. Percentages match when they are equal at the precision of the less precise one.</summary>
    public static bool AreEqual(Bounds left, Bounds right, Quantity quantity)
    {
        var tolerance = Tolerance(left, right, quantity);
        return !left.IsAbove(right, tolerance) && !right.IsAbove(left, tolerance);
    }

    /// <summary>Returns the number of decimals of a percentage: 0.76 has 0, and 0.765 has 1.</summary>
    public static int DecimalsOf(decimal rate) => Math.Max(0, rate.TrimTrailingZeros().Scale - 2);

    private static bool Holds(ComparisonCheck check, Operand left, Operand right) => check.CanBeLess
        ? !left.Amount.IsAbove(right.Amount, Tolerance(left.Amount, right.Amount, left.Quantity))
        : AreEqual(left.Amount, right.Amount, left.Quantity);

    private static decimal Tolerance(Bounds left, Bounds right, Quantity quantity)
    {
        if (quantity != Quantity.Percent)
        {
            return 0;
        }

        var tolerance = 0.005m;
        for (var decimals = Math.Min(MaxDecimals, Math.Min(DecimalsOf(left.Low), DecimalsOf(right.Low))); decimals > 0; decimals--)
        {
            tolerance /= 10;
        }

        return tolerance;
    }

    private static IEnumerable<Breakdown> BreakdownsOf(ComparisonCheck check, ILookup<MeasureId, Term> parts) => check.SeparateDimensions.IsEmpty
        ? [Breakdown.None]
        : check.RightOperand.SelectMany(term => parts[term.Measure].Where(part => term.Includes(part.FormCell.Key)))
            .Select(part => Breakdown.Create(check.SeparateDimensions.Select(dimension => KeyValuePair.Create(dimension, Dimension.CodeOf(part.FormCell.Key, dimension)!))))
            .Distinct();
}
