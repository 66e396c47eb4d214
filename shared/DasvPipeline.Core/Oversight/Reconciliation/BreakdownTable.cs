using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Ingest.Checking.Rules;

namespace DasvPipeline.Core.Oversight.Reconciliation;

/// <summary>
/// The counts of one measure by breakdown, all of them known: as reported, or as stated in one part of the report.
/// </summary>
internal sealed record BreakdownTable(Measure Measure, bool IsStated, IReadOnlyDictionary<Breakdown, decimal> Values)
{
    /// <summary>Returns a figure's codes, including its area but not the part of the report that states it.</summary>
    public static Breakdown GetBreakdown(FigureKey key) => Breakdown.Create(key.Breakdown.Codes().Where(code => code.Key != StatedFigures.StatementDimension)
        .Concat(key.Area == AreaId.All ? [] : [KeyValuePair.Create(Dimension.Area, key.Area.Value)]));

    public static IReadOnlyList<BreakdownTable> CreateAll(ExpectedFigures year) =>
    [
        .. year.ByMeasure.SelectMany(parts => parts.GroupBy(part => (part.FormCell.Measure, Statement: part.FormCell.Key.Breakdown[StatedFigures.StatementDimension])))
            .Select(group => TryCreate(group.Key.Measure, [.. group])).OfType<BreakdownTable>(),
    ];

    /// <summary>Returns null if there is only one breakdown, an unknown value, or values that cannot be added.</summary>
    public static BreakdownTable? TryCreate(Measure measure, IReadOnlyCollection<Term> parts)
    {
        var isSummed = measure.Quantity == Quantity.Count
            && (measure.Aggregation == Aggregation.Flow || (measure.Aggregation == Aggregation.Distinct && parts.All(part => part.Return.Period.IsYear)));
        var places = isSummed
            ? parts.GroupBy(part => GetBreakdown(part.FormCell.Key)).ToDictionary(group => group.Key, group => group.Aggregate(Bounds.Zero, (sum, part) => sum + Bounds.FromFigure(part.Figure)))
            : [];
        return places.Count > 1 && places.Values.All(amount => amount.IsExact)
            ? new BreakdownTable(measure, StatedFigures.IsStated(measure.Id), places.ToDictionary(place => place.Key, place => place.Value.Low))
            : null;
    }

    /// <summary>Returns true if somebody could confuse the figures: same unit and same breakdowns.</summary>
    public bool IsComparable(BreakdownTable other) =>
        Measure.Id != other.Measure.Id && Measure.Unit == other.Measure.Unit && Values.Count == other.Values.Count && Values.Keys.All(other.Values.ContainsKey);
}
