using DasvPipeline.Core.Domain;

namespace DasvPipeline.Core.Catalogue;

/// <summary>Reads one public table. Checks that the returns report its figures and that the disclosure policy allows it.</summary>
internal sealed class PublicTableReader(
    IReadOnlyDictionary<string, Dimension> dimensions,
    IReadOnlyDictionary<MeasureId, Measure> measures,
    IReadOnlyList<FigureKey> reported,
    DisclosurePolicy policy,
    Mistakes mistakes)
{
    /// <returns>Null if the table is not valid. The reason is added to the mistakes.</returns>
    public PublicTable? Read(YamlMap map)
    {
        var (id, title, notes) = (map.Text("id"), map.Text("title"), map.Texts("notes"));
        var of = new MeasureId(map.Text("of"));
        var (rows, columns) = (DimensionAt(map, "rows"), DimensionAt(map, "columns"));
        if (!measures.TryGetValue(of, out var measure))
        {
            mistakes.AddUnknown(map.LocationOf("of"), "measure", of.Value, measures.Keys.Select(known => known.Value));
            return null;
        }

        if (measure.Quantity != Quantity.Count || measure.Aggregation == Aggregation.Stock)
        {
            mistakes.Add(map.LocationOf("of"), $"the table '{id}': a table can contain only counts that add up over a year.");
            return null;
        }

        if (rows is null || columns is null)
        {
            return null;
        }

        if (!reported.Any(key => key.Measure == of && Dimension.CodeOf(key, rows.Id) is not null && Dimension.CodeOf(key, columns.Id) is not null))
        {
            mistakes.Add(map.Location, $"no return reports '{of}' by '{rows.Id}' and '{columns.Id}'.");
        }

        return new PublicTable(id, title, measure, rows, columns, notes) { Validity = map.ReadValidity(mistakes) };
    }

    private Dimension? DimensionAt(YamlMap map, string key)
    {
        var id = map.Text(key);
        if (!dimensions.TryGetValue(id, out var dimension))
        {
            mistakes.AddUnknown(map.LocationOf(key), "dimension", id, dimensions.Keys);
            return null;
        }

        policy.CheckBreakdownAllowed(id, map.LocationOf(key), mistakes);
        return dimension;
    }
}
