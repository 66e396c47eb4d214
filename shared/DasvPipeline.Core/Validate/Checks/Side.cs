using System.Collections.Immutable;
using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Model;

namespace DasvPipeline.Core.Validate.Checks;

/// <summary>A figure that is owed, and what it is where it was sent.</summary>
/// <param name="Figure">Null where the return is not in or the cell is blank.</param>
/// <param name="At">Where it stands in its file.</param>
internal readonly record struct Part(ReturnKey From, FormCell Asked, Figure? Figure, CellRef? At)
{
    public bool IsKnown => Figure?.Value is not null;
}

/// <summary>What one side of a comparison comes to.</summary>
/// <param name="Parts">The figures that count: of a stock, the last period's alone.</param>
internal sealed record Side(ImmutableArray<Term> Terms, ImmutableArray<Part> Parts, Bounds Amount)
{
    public Quantity Quantity => Parts[0].Asked.Measure.Quantity;

    /// <param name="place">The codes that its figures must have besides.</param>
    /// <returns>Null where nobody reports one of the terms there.</returns>
    public static Side? Of(ImmutableArray<Term> terms, Breakdown place, ILookup<MeasureId, Part> parts)
    {
        var counted = ImmutableArray.CreateBuilder<Part>();
        var amount = Bounds.Nought;
        foreach (var term in terms)
        {
            var found = parts[term.Measure]
                .Where(part => term.Includes(part.Asked.Key) && place.Codes().All(code => Dimension.CodeOf(part.Asked.Key, code.Key) == code.Value)).ToList();
            if (found.Count == 0)
            {
                return null;
            }

            var adds = found[0].Asked.Measure.Adds;
            if (adds == Adds.Stock)
            {
                var last = found.GroupBy(part => part.From.Return).ToDictionary(group => group.Key, group => group.Max(part => part.From.Period));
                found = [.. found.Where(part => part.From.Period == last[part.From.Return])];
            }

            counted.AddRange(found);
            amount += adds switch
            {
                Adds.Rate => RateOf(found, parts),
                Adds.Distinct when found.Exists(part => part.From.Period != found[0].From.Period) => Bounds.Unknown,
                _ => found.Aggregate(Bounds.Nought, (sum, part) => sum + Bounds.Of(part.Figure)),
            };
        }

        return new Side(terms, counted.ToImmutable(), amount);
    }

    /// <summary>Several percentages are put together by their weights, where each of them has one.</summary>
    private static Bounds RateOf(List<Part> rates, ILookup<MeasureId, Part> parts)
    {
        if (rates is [var single])
        {
            return Bounds.Of(single.Figure);
        }

        if (rates[0].Asked.Measure.Weight is not { } weight)
        {
            return Bounds.Unknown;
        }

        decimal sum = 0, weights = 0;
        foreach (var rate in rates)
        {
            var weighs = parts[weight].Where(part => part.From == rate.From && part.Asked.Key.Area == rate.Asked.Key.Area && part.Asked.Key.Breakdown == rate.Asked.Key.Breakdown)
                .Select(part => Bounds.Of(part.Figure)).FirstOrDefault(Bounds.Unknown);
            var share = Bounds.Of(rate.Figure);
            if (!weighs.IsExact || !share.IsExact)
            {
                return Bounds.Unknown;
            }

            sum += weighs.Low * share.Low;
            weights += weighs.Low;
        }

        return weights == 0 ? Bounds.Unknown : Bounds.Exactly(sum / weights);
    }
}
