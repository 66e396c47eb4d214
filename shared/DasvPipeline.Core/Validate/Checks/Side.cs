using System.Collections.Immutable;
using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Model;

namespace DasvPipeline.Core.Validate.Checks;

/// <summary>A figure that a return asks for, with its value if it was sent.</summary>
/// <param name="Figure">Null if the return was not received or the cell is blank.</param>
/// <param name="At">The cell in the file.</param>
internal readonly record struct Part(ReturnKey From, FormCell Asked, Figure? Figure, CellRef? At)
{
    public bool IsKnown => Figure?.Value is not null;
}

/// <summary>One operand of a comparison, with its sum.</summary>
/// <param name="Parts">The figures that were added up. For a stock, only those of the last period.</param>
internal sealed record Side(ImmutableArray<Term> Terms, ImmutableArray<Part> Parts, Bounds Amount)
{
    public Quantity Quantity => Parts[0].Asked.Measure.Quantity;

    /// <summary>Adds up the figures of some terms.</summary>
    /// <param name="breakdown">The codes that the figures must also have.</param>
    /// <returns>Null if no return reports one of the terms with these codes.</returns>
    public static Side? Of(ImmutableArray<Term> terms, Breakdown breakdown, ILookup<MeasureId, Part> parts)
    {
        var counted = ImmutableArray.CreateBuilder<Part>();
        var amount = Bounds.Nought;
        foreach (var term in terms)
        {
            var matching = parts[term.Measure]
                .Where(part => term.Includes(part.Asked.Key) && breakdown.Codes().All(code => Dimension.CodeOf(part.Asked.Key, code.Key) == code.Value)).ToList();
            if (matching.Count == 0)
            {
                return null;
            }

            var aggregation = matching[0].Asked.Measure.Adds;
            if (aggregation == Adds.Stock)
            {
                var last = matching.GroupBy(part => part.From.Return).ToDictionary(group => group.Key, group => group.Max(part => part.From.Period));
                matching = [.. matching.Where(part => part.From.Period == last[part.From.Return])];
            }

            counted.AddRange(matching);
            amount += aggregation switch
            {
                Adds.Rate => RateOf(matching, parts),
                Adds.Distinct when matching.Exists(part => part.From.Period != matching[0].From.Period) => Bounds.Unknown,
                _ => matching.Aggregate(Bounds.Nought, (sum, part) => sum + Bounds.Of(part.Figure)),
            };
        }

        return new Side(terms, counted.ToImmutable(), amount);
    }

    /// <summary>Combines percentages by their weights. The result is unknown if a weight is missing.</summary>
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
            var rateWeight = parts[weight].Where(part => part.From == rate.From && part.Asked.Key.Area == rate.Asked.Key.Area && part.Asked.Key.Breakdown == rate.Asked.Key.Breakdown)
                .Select(part => Bounds.Of(part.Figure)).FirstOrDefault(Bounds.Unknown);
            var share = Bounds.Of(rate.Figure);
            if (!rateWeight.IsExact || !share.IsExact)
            {
                return Bounds.Unknown;
            }

            sum += rateWeight.Low * share.Low;
            weights += rateWeight.Low;
        }

        return weights == 0 ? Bounds.Unknown : Bounds.Exactly(sum / weights);
    }
}
