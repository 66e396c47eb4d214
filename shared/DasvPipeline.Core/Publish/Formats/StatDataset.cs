using System.Text.Json.Nodes;

namespace DasvPipeline.Core.Publish.Formats;

internal sealed record StatCategory(string Code, string Label);

/// <summary>The JSON-stat role of a dimension.</summary>
internal enum StatRole
{
    None,
    Time,
    Geo,
    Metric,
}

/// <summary>An axis of a table.</summary>
/// <param name="Total">The total of all categories, which comes last; null if the axis has no total.</param>
internal sealed record StatDimension(string Id, string Label, StatRole Role, IReadOnlyList<StatCategory> Categories, StatCategory? Total = null)
{
    /// <summary>The unit of each category, by its code; empty on axes without units.</summary>
    public IReadOnlyDictionary<string, JsonObject> Units { get; init; } = new Dictionary<string, JsonObject>();

    public IReadOnlyList<StatCategory> All => Total is null ? Categories : [.. Categories, Total];

    public JsonObject ToJson()
    {
        var category = new JsonObject
        {
            ["index"] = Strings(All.Select(item => item.Code)),
            ["label"] = new JsonObject(All.Select(item => KeyValuePair.Create(item.Code, (JsonNode?)item.Label))),
        };
        if (Total is not null)
        {
            category["child"] = new JsonObject { [Total.Code] = Strings(Categories.Select(item => item.Code)) };
        }

        if (Units.Count > 0)
        {
            category["unit"] = new JsonObject(All.Where(item => Units.ContainsKey(item.Code)).Select(item => KeyValuePair.Create(item.Code, (JsonNode?)Units[item.Code].DeepClone())));
        }

        return new JsonObject { ["label"] = Label, ["category"] = category };
    }

    internal static JsonArray Strings(IEnumerable<string> texts) => new([.. texts.Select(text => (JsonNode?)text)]);
}

internal readonly record struct StatCell(decimal? Value, IReadOnlyList<string> Markers);

/// <summary>
/// A JSON-stat 2.0 table with any number of dimensions, with or without totals. A hidden cell is null and has a status.
/// Source: json-stat.org/full.
/// </summary>
/// <param name="GetCell">Returns the cell for a list of codes, one for each dimension.</param>
internal sealed record StatDataset(string Label, IReadOnlyList<StatDimension> Dimensions, Func<IReadOnlyList<string>, StatCell> GetCell)
{
    public string? Source { get; init; }

    public DateTime? Updated { get; init; }

    public IReadOnlyList<string> Notes { get; init; } = [];

    public JsonObject ToJson()
    {
        var cells = Positions(0, []).Select(GetCell).ToList();
        var dataset = new JsonObject { ["class"] = "dataset", ["label"] = Label };
        if (Source is not null)
        {
            dataset["source"] = Source;
        }

        if (Updated is { } updated)
        {
            dataset["updated"] = JsonValue.Create(updated);
        }

        if (Notes.Count > 0)
        {
            dataset["note"] = StatDimension.Strings(Notes);
        }

        dataset["id"] = StatDimension.Strings(Dimensions.Select(dimension => dimension.Id));
        dataset["size"] = new JsonArray([.. Dimensions.Select(dimension => (JsonNode?)dimension.All.Count)]);
        dataset["role"] = Roles();
        dataset["dimension"] = new JsonObject(Dimensions.Select(dimension => KeyValuePair.Create(dimension.Id, (JsonNode?)dimension.ToJson())));
        dataset["value"] = new JsonArray([.. cells.Select(cell => cell.Value is { } value ? (JsonNode?)value : null)]);
        AddStatus(dataset, cells);
        return dataset;
    }

    /// <summary>Lists the codes of every cell. The codes of the last dimension change fastest.</summary>
    private IEnumerable<IReadOnlyList<string>> Positions(int dimension, IReadOnlyList<string> before) => dimension == Dimensions.Count
        ? [before]
        : Dimensions[dimension].All.SelectMany(item => Positions(dimension + 1, [.. before, item.Code]));

    private JsonObject Roles()
    {
        var roles = new JsonObject();
        foreach (var (role, name) in new[] { (StatRole.Time, "time"), (StatRole.Geo, "geo"), (StatRole.Metric, "metric") })
        {
            var ids = Dimensions.Where(dimension => dimension.Role == role).Select(dimension => dimension.Id).ToList();
            if (ids.Count > 0)
            {
                roles[name] = StatDimension.Strings(ids);
            }
        }

        return roles;
    }

    /// <summary>Adds the markers of each cell as one word, and the meanings of these words.</summary>
    private static void AddStatus(JsonObject dataset, List<StatCell> cells)
    {
        var marked = cells.Index().Where(cell => cell.Item.Markers.Count > 0).ToList();
        if (marked.Count == 0)
        {
            return;
        }

        dataset["status"] = new JsonObject(marked.Select(cell => KeyValuePair.Create(
            cell.Index.ToString(System.Globalization.CultureInfo.InvariantCulture), (JsonNode?)string.Concat(cell.Item.Markers))));
        dataset["extension"] = new JsonObject
        {
            ["status"] = new JsonObject
            {
                ["label"] = new JsonObject(marked.Select(cell => cell.Item.Markers).DistinctBy(string.Concat).OrderBy(string.Concat, StringComparer.Ordinal)
                    .Select(markers => KeyValuePair.Create(string.Concat(markers), (JsonNode?)FeedVocabulary.GetMeaning(markers)))),
            },
        };
    }
}
