using System.Text.Json.Nodes;
using DasvPipeline.Core.Domain;

namespace DasvPipeline.Core.Publish.Formats;

/// <summary>
/// Writes <c>breakdowns.json</c>: a JSON-stat collection with a table of each headline by quarter, and one for each of its
/// breakdowns.
/// </summary>
internal static class JsonStatFile
{
    public const string Name = "breakdowns.json";

    public static FormatFile Create(HeadlinesDocument document) => FormatFile.CreateJson(
        Name,
        new JsonObject
        {
            ["version"] = "2.0",
            ["class"] = "collection",
            ["label"] = $"{document.Title}, {document.Period.Label}",
            ["updated"] = JsonValue.Create(document.Release!.Published),
            ["link"] = new JsonObject
            {
                ["license"] = new JsonArray(new JsonObject { ["href"] = FeedVocabulary.GetLicencePage(document.Licence), ["label"] = document.Licence }),
                ["item"] = new JsonArray([.. document.Headlines.SelectMany(headline => Tables(document, headline)).Concat((document.Tables ?? []).Select(table => TableOf(document, table))).Select(table => (JsonNode?)table.ToJson())]),
            },
        },
        FormatFile.JsonType);

    private static IEnumerable<StatDataset> Tables(HeadlinesDocument document, HeadlineElement headline)
    {
        var year = new StatCategory(document.Period.Id, document.Period.Label);
        var quarters = headline.Series.Where(point => point.Period != year.Code).ToDictionary(point => point.Period);
        yield return Table(
            document,
            headline,
            $"{headline.Title}: by quarter",
            quarters.Count == 0
                ? [Time([year])]
                : [Time([.. quarters.Keys.Select(period => new StatCategory(period, Period.Parse(period).Label))], year)],
            codes => quarters.TryGetValue(codes[1], out var point) ? new StatCell(point.Value, point.Markers) : new StatCell(headline.Value, headline.Markers));
        foreach (var breakdown in headline.Breakdowns)
        {
            var items = breakdown.Items.ToDictionary(item => item.Code);
            yield return Table(
                document,
                headline,
                $"{headline.Title}: {breakdown.Title}",
                [
                    Time([year]),
                    new StatDimension(
                        breakdown.Dimension,
                        breakdown.Title,
                        breakdown.Dimension == "area" ? StatRole.Geo : StatRole.None,
                        [.. breakdown.Items.Select(item => new StatCategory(item.Code, item.Label))]),
                ],
                codes => new StatCell(items[codes[2]].Value, items[codes[2]].Markers));
        }
    }

    private static StatDataset TableOf(HeadlinesDocument document, TableElement table)
    {
        const string All = "all";
        var cells = table.Cells.ToDictionary(cell => (cell.Row ?? All, cell.Column ?? All));
        return new StatDataset(
            table.Title,
            [Time([new StatCategory(document.Period.Id, document.Period.Label)]), Side(table.Rows) with { Units = new Dictionary<string, JsonObject>(StringComparer.Ordinal) { [All] = Unit(table.Unit) } }, Side(table.Columns)],
            codes => cells.TryGetValue((codes[1], codes[2]), out var cell) ? new StatCell(cell.Value, cell.Markers) : new StatCell(null, []))
        {
            Source = document.Publisher,
            Updated = document.Release!.Published,
            Notes = table.Notes,
        };

        static StatDimension Side(TableSideElement side) => new(
            side.Dimension, side.Title, StatRole.None, [.. side.Items.Select(item => new StatCategory(item.Code, item.Label))], new StatCategory(All, "All"));
    }

    private static StatDimension Time(IReadOnlyList<StatCategory> periods, StatCategory? year = null) => new("period", "Period", StatRole.Time, periods, year);

    private static StatDataset Table(
        HeadlinesDocument document, HeadlineElement headline, string label, IReadOnlyList<StatDimension> by, Func<IReadOnlyList<string>, StatCell> cellOf) => new(
        label,
        [
            new StatDimension("headline", "Headline", StatRole.Metric, [new StatCategory(headline.Id, headline.Title)])
            {
                Units = new Dictionary<string, JsonObject>(StringComparer.Ordinal) { [headline.Id] = Unit(headline.Unit) },
            },
            .. by,
        ],
        cellOf)
        {
            Source = document.Publisher,
            Updated = document.Release!.Published,
            Notes = headline.Notes,
        };

    private static JsonObject Unit(string unit) => unit switch
    {
        "percent" => new JsonObject { ["label"] = unit, ["symbol"] = "%", ["position"] = "end" },
        "pounds" => new JsonObject { ["label"] = unit, ["symbol"] = "£", ["position"] = "start" },
        _ => new JsonObject { ["label"] = unit },
    };
}
