using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Model;

namespace DasvPipeline.Core.Validate.Checks;

/// <summary>A check that does not hold at a place: sides of which none agrees with the other.</summary>
/// <param name="Place">A code for each dimension that the check is held by.</param>
internal sealed record Comparison(ComparisonCheck Check, Breakdown Place, IReadOnlyList<Side> Of, Side To)
{
    /// <summary>Of a percentage; nobody gives more.</summary>
    private const int MostDecimals = 6;

    /// <summary>
    /// Finds where a check certainly does not hold. What is not known makes it silent, unless the rest alone is too much.
    /// </summary>
    public static IEnumerable<Comparison> In(ComparisonCheck check, ILookup<MeasureId, Part> parts)
    {
        foreach (var place in PlacesOf(check, parts))
        {
            if (Side.Of(check.To, place, parts) is { } to)
            {
                var differing = check.Of.Select(terms => Side.Of(terms, place, parts)).OfType<Side>().Where(side => !Holds(check, side, to)).ToList();
                if (differing.Count > 0)
                {
                    yield return new Comparison(check, place, differing, to);
                }
            }
        }
    }

    /// <summary>Whether two amounts may be the same number; percentages, when rounded as the rougher of them is.</summary>
    public static bool Agree(Bounds left, Bounds right, Quantity quantity)
    {
        var tolerance = Tolerance(left, right, quantity);
        return !left.IsAbove(right, tolerance) && !right.IsAbove(left, tolerance);
    }

    /// <summary>How many decimals a percentage is given with: 0.76 has none, 0.765 has one.</summary>
    public static int DecimalsOf(decimal rate) => Math.Max(0, rate.Trimmed().Scale - 2);

    private static bool Holds(ComparisonCheck check, Side of, Side to) => check.MayBeLess
        ? !of.Amount.IsAbove(to.Amount, Tolerance(of.Amount, to.Amount, of.Quantity))
        : Agree(of.Amount, to.Amount, of.Quantity);

    private static decimal Tolerance(Bounds left, Bounds right, Quantity quantity)
    {
        if (quantity != Quantity.Percent)
        {
            return 0;
        }

        var tolerance = 0.005m;
        for (var decimals = Math.Min(MostDecimals, Math.Min(DecimalsOf(left.Low), DecimalsOf(right.Low))); decimals > 0; decimals--)
        {
            tolerance /= 10;
        }

        return tolerance;
    }

    private static IEnumerable<Breakdown> PlacesOf(ComparisonCheck check, ILookup<MeasureId, Part> parts) => check.By.IsEmpty
        ? [Breakdown.None]
        : check.To.SelectMany(term => parts[term.Measure].Where(part => term.Includes(part.Asked.Key)))
            .Select(part => Breakdown.Of(check.By.Select(dimension => KeyValuePair.Create(dimension, Dimension.CodeOf(part.Asked.Key, dimension)!))))
            .Distinct();
}
