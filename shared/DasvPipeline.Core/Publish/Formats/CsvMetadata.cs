using System.Text.Json.Nodes;

namespace DasvPipeline.Core.Publish.Formats;

/// <summary>
/// Writes <c>headlines.csv-metadata.json</c>: the description of each column, at the path that CSV on the Web defines.
/// Source: W3C, Metadata Vocabulary for Tabular Data.
/// </summary>
internal static class CsvMetadata
{
    public const string Name = HeadlinesCsv.Name + "-metadata.json";
    public const string MediaType = "application/csvm+json";
    public const string MarkerSeparator = " ";

    /// <summary>The columns, in the order of the file.</summary>
    public static IReadOnlyList<Column> Columns { get; } =
    [
        new("headline", "Headline", "The headline's id. Never changes.", IsRequired: true),
        new("title", "Title", "What is counted.", IsRequired: true),
        new("dimension", "Dimension", "What the headline is split by, for example area; total if it is not split.", IsRequired: true),
        new("code", "Code", "The code of the part, which never changes; total if the headline is not split.", IsRequired: true),
        new("label", "Label", "What to print for the code.", IsRequired: true),
        new("period", "Period", "A financial year, April to March, or one of its quarters: 2019-20, 2019-20-Q1.", IsRequired: true) { Format = "[0-9]{4}-[0-9]{2}(-Q[1-4])?" },
        new("start", "Start", "The first day of the period.", IsRequired: true) { Type = "date" },
        new("end", "End", "The last day that the figure covers: of the period, or of the months so far of a year in progress.", IsRequired: true) { Type = "date" },
        new("value", "Value", "In the unit; for the unit percent, 76 means 76%. Empty if there is no value to show: the markers say why.", IsRequired: false) { Type = "decimal" },
        new("unit", "Unit", "What the value counts, in the plural; or percent or pounds.", IsRequired: true),
        new("markers", "Markers", $"{string.Join(", ", new[] { "c", "e", "p", "r", "x", "z" }.Select(letter => $"{letter} {FeedVocabulary.GetMeaning(letter)}"))}; separated by spaces.", IsRequired: false)
        {
            Separator = MarkerSeparator,
            Format = "[ceprxz]",
        },
        new("notes", "Notes", "Sentences to show with the figure.", IsRequired: false),
    ];

    public static FormatFile Create(HeadlinesDocument document, FeedLinks links, string folder)
    {
        var columns = new JsonArray();
        foreach (var column in Columns)
        {
            columns.Add(column.ToJson());
        }

        return FormatFile.CreateJson(
            Name,
            new JsonObject
            {
                ["@context"] = new JsonArray("http://www.w3.org/ns/csvw", new JsonObject { ["@language"] = "en" }),
                ["url"] = links.ToFile(folder + Name, folder + HeadlinesCsv.Name),
                ["dc:title"] = $"{document.Title}, {document.Period.Label}",
                ["dc:publisher"] = document.Publisher,
                ["dc:license"] = new JsonObject { ["@id"] = FeedVocabulary.GetLicencePage(document.Licence) },
                ["dc:modified"] = new JsonObject { ["@value"] = document.Release!.Published.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture), ["@type"] = "xsd:dateTime" },
                ["dialect"] = new JsonObject { ["encoding"] = "utf-8", ["header"] = true, ["delimiter"] = ",", ["doubleQuote"] = true },
                ["tableSchema"] = new JsonObject
                {
                    ["columns"] = columns,
                    ["primaryKey"] = new JsonArray("headline", "dimension", "code", "period"),
                },
            },
            $"{MediaType}; charset=utf-8");
    }

    /// <param name="IsRequired">True if no row leaves it empty.</param>
    internal sealed record Column(string Name, string Title, string Description, bool IsRequired)
    {
        public string Type { get; init; } = "string";

        /// <summary>A regular expression that matches the whole value.</summary>
        public string? Format { get; init; }

        /// <summary>The separator between several values in one field.</summary>
        public string? Separator { get; init; }

        public JsonObject ToJson()
        {
            var json = new JsonObject
            {
                ["name"] = Name,
                ["titles"] = Name,
                ["rdfs:label"] = Title,
                ["dc:description"] = Description,
                ["datatype"] = Format is null ? Type : new JsonObject { ["base"] = Type, ["format"] = Format },
                ["null"] = "",
            };
            if (Separator is not null)
            {
                json["separator"] = Separator;
            }

            if (IsRequired)
            {
                json["required"] = true;
            }

            return json;
        }
    }
}
