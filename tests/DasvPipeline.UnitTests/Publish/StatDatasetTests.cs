using System.Text.Json.Nodes;
using DasvPipeline.Core.Publish.Formats;
using DasvPipeline.Tests.Publish;

namespace DasvPipeline.UnitTests.Publish;

/// <summary>JSON-stat 2.0, as specified at json-stat.org/full.</summary>
public sealed class StatDatasetTests
{
    [Fact]
    public void A_table_of_two_dimensions_with_margins_is_laid_out_row_by_row()
    {
        var cells = new Dictionary<string, StatCell>(StringComparer.Ordinal)
        {
            ["city woman"] = new(7, []),
            ["city man"] = new(null, ["c"]),
            ["city all"] = new(10, []),
            ["fen woman"] = new(8, ["e"]),
            ["fen man"] = new(null, ["c"]),
            ["fen all"] = new(12, ["e", "p"]),
            ["all woman"] = new(15, []),
            ["all man"] = new(7, []),
            ["all all"] = new(22.5m, []),
        };
        var table = new StatDataset(
            "People by area and gender",
            [
                new StatDimension("area", "Area", StatRole.Geo, [new("city", "The City"), new("fen", "The Fen")], new StatCategory("all", "Everywhere")),
                new StatDimension("gender", "Gender", StatRole.None, [new("woman", "Women"), new("man", "Men")], new StatCategory("all", "All")),
            ],
            codes => cells[string.Join(' ', codes)]);

        Assert.True(JsonNode.DeepEquals(
            JsonNode.Parse("""
                {
                  "class": "dataset",
                  "label": "People by area and gender",
                  "id": ["area", "gender"],
                  "size": [3, 3],
                  "role": { "geo": ["area"] },
                  "dimension": {
                    "area": { "label": "Area", "category": { "index": ["city", "fen", "all"], "label": { "city": "The City", "fen": "The Fen", "all": "Everywhere" }, "child": { "all": ["city", "fen"] } } },
                    "gender": { "label": "Gender", "category": { "index": ["woman", "man", "all"], "label": { "woman": "Women", "man": "Men", "all": "All" }, "child": { "all": ["woman", "man"] } } }
                  },
                  "value": [7, null, 10, 8, null, 12, 15, 7, 22.5],
                  "status": { "1": "c", "3": "e", "4": "c", "5": "ep" },
                  "extension": { "status": { "label": { "c": "hidden to protect people", "e": "estimated", "ep": "estimated; provisional" } } }
                }
                """),
            table.ToJson()),
            table.ToJson().ToJsonString());
    }

    [Theory]
    [InlineData(KeptReleases.Samples)]
    [InlineData(KeptReleases.Small)]
    public void Every_figure_of_the_document_is_in_a_table_with_its_markers(string name)
    {
        var document = KeptReleases.Document(name);
        var collection = JsonNode.Parse(JsonStatFile.Create(document).Content)!;
        Assert.Equal(("2.0", "collection"), ((string?)collection["version"], (string?)collection["class"]));
        var tables = collection["link"]!["item"]!.AsArray().Select(item => item!).ToList();
        Assert.Equal(document.Headlines.Sum(headline => 1 + headline.Breakdowns.Count), tables.Count);

        foreach (var headline in document.Headlines)
        {
            var own = tables.Where(table => Codes(table, "headline").Single() == headline.Id).ToList();
            Assert.Equal((headline.Value, string.Concat(headline.Markers)), Cell(own[0], document.Period.Id));
            Assert.All(headline.Series, point => Assert.Equal((point.Value, string.Concat(point.Markers)), Cell(own[0], point.Period)));
            Assert.All(headline.Breakdowns.Zip(own.Skip(1)), pair => Assert.All(
                pair.First.Items, item => Assert.Equal((item.Value, string.Concat(item.Markers)), Cell(pair.Second, document.Period.Id, item.Code))));
            Assert.All(own, table => Assert.Equal(headline.Unit, (string?)table["dimension"]!["headline"]!["category"]!["unit"]![headline.Id]!["label"]));
            Assert.All(own, table => Assert.Equal(["period"], Texts(table["role"]!["time"])));
        }

        Assert.Contains(tables, table => table["role"]!["geo"] is JsonArray);
        Assert.All(tables, table => Assert.Equal(table["size"]!.AsArray().Aggregate(1, (product, size) => product * (int)size!), table["value"]!.AsArray().Count));
    }

    private static (decimal? Value, string Markers) Cell(JsonNode table, params string[] codes)
    {
        var ids = Texts(table["id"]);
        var position = 0;
        foreach (var (i, id) in ids.Index())
        {
            var index = Codes(table, id);
            position = (position * index.Count) + (i == 0 ? 0 : index.IndexOf(codes[i - 1]));
        }

        return ((decimal?)table["value"]![position], (string?)table["status"]?[FormattableString.Invariant($"{position}")] ?? string.Empty);
    }

    private static List<string> Codes(JsonNode table, string dimension) => Texts(table["dimension"]![dimension]!["category"]!["index"]);

    private static List<string> Texts(JsonNode? list) => [.. list!.AsArray().Select(item => (string)item!)];
}
