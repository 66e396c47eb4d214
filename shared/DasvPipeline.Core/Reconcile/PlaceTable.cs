using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Model;
using DasvPipeline.Core.Validate.Checks;

namespace DasvPipeline.Core.Reconcile;

/// <summary>The counts of one measure over the places that tell them apart, all of them known: as reported, or as stated in one part of the report.</summary>
internal sealed record PlaceTable(Measure Measure, bool IsStated, IReadOnlyDictionary<Breakdown, decimal> Values)
{
    /// <summary>A figure's codes, its area among them, but for where the report states it.</summary>
    public static Breakdown PlaceOf(FigureKey key) => Breakdown.Of(key.Breakdown.Codes().Where(code => code.Key != Stated.Statement)
        .Concat(key.Area == AreaId.All ? [] : [KeyValuePair.Create(Dimension.Area, key.Area.Value)]));

    public static IReadOnlyList<PlaceTable> In(YearParts year) =>
    [
        .. year.ByMeasure.SelectMany(parts => parts.GroupBy(part => (part.Asked.Measure, Statement: part.Asked.Key.Breakdown[Stated.Statement])))
            .Select(group => Of(group.Key.Measure, [.. group])).OfType<PlaceTable>(),
    ];

    /// <summary>Null where it has a single place, something unknown, or nothing that can be summed.</summary>
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

    /// <summary>Figures that somebody could take for one another: of the same kind, over the same places.</summary>
    public bool IsComparable(PlaceTable other) =>
        Measure.Id != other.Measure.Id && Measure.Unit == other.Measure.Unit && Values.Count == other.Values.Count && Values.Keys.All(other.Values.ContainsKey);
}
