using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Model;
using DasvPipeline.Core.Validate.Checks;

namespace DasvPipeline.Core.Reconcile;

/// <summary>
/// The counts of one measure by breakdown, all of them known: as reported, or as stated in one part of the report.
/// </summary>
internal sealed record PlaceTable(Measure Measure, bool IsStated, IReadOnlyDictionary<Breakdown, decimal> Values)
{
    /// <summary>Returns a figure's codes, including its area but not the part of the report that states it.</summary>
    public static Breakdown PlaceOf(FigureKey key) => Breakdown.Of(key.Breakdown.Codes().Where(code => code.Key != Stated.Statement)
        .Concat(key.Area == AreaId.All ? [] : [KeyValuePair.Create(Dimension.Area, key.Area.Value)]));

    public static IReadOnlyList<PlaceTable> In(YearParts year) =>
    [
        .. year.ByMeasure.SelectMany(parts => parts.GroupBy(part => (part.Asked.Measure, Statement: part.Asked.Key.Breakdown[Stated.Statement])))
            .Select(group => Of(group.Key.Measure, [.. group])).OfType<PlaceTable>(),
    ];

    /// <summary>Returns null if there is only one breakdown, an unknown value, or values that cannot be added.</summary>
    public static PlaceTable? Of(Measure measure, IReadOnlyCollection<Part> parts)
    {
        var isSummed = measure.Quantity == Quantity.Count
            && (measure.Adds == Adds.Flow || (measure.Adds == Adds.Distinct && parts.All(part => part.From.Period.IsYear)));
        var places = isSummed
            ? parts.GroupBy(part => PlaceOf(part.Asked.Key)).ToDictionary(group => group.Key, group => group.Aggregate(Bounds.Nought, (sum, part) => sum + Bounds.Of(part.Figure)))
            : [];
        return places.Count > 1 && places.Values.All(amount => amount.IsExact)
            ? new PlaceTable(measure, Stated.Is(measure.Id), places.ToDictionary(place => place.Key, place => place.Value.Low))
            : null;
    }

    /// <summary>Returns true if somebody could confuse the figures: same unit and same breakdowns.</summary>
    public bool IsComparable(PlaceTable other) =>
        Measure.Id != other.Measure.Id && Measure.Unit == other.Measure.Unit && Values.Count == other.Values.Count && Values.Keys.All(other.Values.ContainsKey);
}
