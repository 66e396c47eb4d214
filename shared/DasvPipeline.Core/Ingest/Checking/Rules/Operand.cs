using System.Collections.Immutable;
using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Domain.Findings;

namespace DasvPipeline.Core.Ingest.Checking.Rules;

/// <summary>A figure that a return asks for, with its value if it was sent.</summary>
/// <param name="Figure">Null if the return was not received or the cell is blank.</param>
/// <param name="Address">The cell in the file.</param>
internal readonly record struct Term(ReturnKey Return, FormCell FormCell, Figure? Figure, CellRef? Address)
{
    public bool IsKnown => Figure?.Value is not null;
}

/// <summary>One operand of a comparison, with its sum.</summary>
/// <param name="Terms">The figures that were added up. For a stock, only those of the last period.</param>
internal sealed record Operand(ImmutableArray<TermDefinition> Definitions, ImmutableArray<Term> Terms, Bounds Amount)
{
    public Quantity Quantity => Terms[0].FormCell.Measure.Quantity;

    /// <summary>Adds up the figures of some terms.</summary>
    /// <param name="breakdown">The codes that the figures must also have.</param>
    /// <returns>Null if no return reports one of the terms with these codes.</returns>
    public static Operand? Create(ImmutableArray<TermDefinition> terms, Breakdown breakdown, ILookup<MeasureId, Term> parts)
    {
        var counted = ImmutableArray.CreateBuilder<Term>();
        var amount = Bounds.Zero;
        foreach (var term in terms)
        {
            var matching = parts[term.Measure]
                .Where(part => term.Includes(part.FormCell.Key) && breakdown.Codes().All(code => Dimension.CodeOf(part.FormCell.Key, code.Key) == code.Value)).ToList();
            if (matching.Count == 0)
            {
                return null;
            }

            var aggregation = matching[0].FormCell.Measure.Aggregation;
            if (aggregation == Aggregation.Stock)
            {
                var last = matching.GroupBy(part => part.Return.Return).ToDictionary(group => group.Key, group => group.Max(part => part.Return.Period));
                matching = [.. matching.Where(part => part.Return.Period == last[part.Return.Return])];
            }

            counted.AddRange(matching);
            amount += aggregation switch
            {
                Aggregation.Rate => RateOf(matching, parts),
                Aggregation.Distinct when matching.Exists(part => part.Return.Period != matching[0].Return.Period) => Bounds.Unknown,
                _ => matching.Aggregate(Bounds.Zero, (sum, part) => sum + Bounds.FromFigure(part.Figure)),
            };
        }

        return new Operand(terms, counted.ToImmutable(), amount);
    }

    /// <summary>Combines percentages by their weights. The result is unknown if a weight is missing.</summary>
    private static Bounds RateOf(List<Term> rates, ILookup<MeasureId, Term> parts)
    {
        if (rates is [var single])
        {
            return Bounds.FromFigure(single.Figure);
        }

        if (rates[0].FormCell.Measure.Weight is not { } weight)
        {
            return Bounds.Unknown;
        }

        decimal sum = 0, weights = 0;
        foreach (var rate in rates)
        {
            var rateWeight = parts[weight].Where(part => part.Return == rate.Return && part.FormCell.Key.Area == rate.FormCell.Key.Area && part.FormCell.Key.Breakdown == rate.FormCell.Key.Breakdown)
                .Select(part => Bounds.FromFigure(part.Figure)).FirstOrDefault(Bounds.Unknown);
            var share = Bounds.FromFigure(rate.Figure);
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
