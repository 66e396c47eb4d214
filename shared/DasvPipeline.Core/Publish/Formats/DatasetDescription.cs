using System.Globalization;
using System.Text.Json.Nodes;
using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;

namespace DasvPipeline.Core.Publish.Formats;

/// <summary>
/// Writes <c>dataset.json</c>: a description of the feed for search engines (schema.org) and data catalogues (DCAT). Its
/// addresses are relative to the feed's root, so that they work wherever the feed is served.
/// </summary>
internal static class DatasetDescription
{
    public const string Name = "dataset.json";

    private const string JusticeTheme = "http://publications.europa.eu/resource/authority/data-theme/JUST";
    private const string Quarterly = "http://publications.europa.eu/resource/authority/frequency/QUARTERLY";

    public static FormatFile Create(IndexDocument index, HeadlinesDocument latest, PartnershipCatalogue catalogue)
    {
        var publisher = catalogue.Publisher;
        var years = index.Years.Select(year => Period.Parse(year.Id)).Order().ToList();
        var (start, end) = (Day(years[0].Start), Day(years[^1].End));
        var licence = FeedVocabulary.GetLicencePage(index.Licence);
        var dataset = new JsonObject
        {
            ["@context"] = new JsonArray("https://schema.org/", new JsonObject
            {
                ["dcat"] = "http://www.w3.org/ns/dcat#",
                ["dct"] = "http://purl.org/dc/terms/",
                ["foaf"] = "http://xmlns.com/foaf/0.1/",
                ["vcard"] = "http://www.w3.org/2006/vcard/ns#",
                ["xsd"] = "http://www.w3.org/2001/XMLSchema#",
            }),
            ["@type"] = new JsonArray("Dataset", "dcat:Dataset"),
            ["name"] = index.Title,
            ["dct:title"] = index.Title,
            ["description"] = publisher.Description ?? index.Title,
            ["dct:description"] = publisher.Description ?? index.Title,
            ["creator"] = Organisation(index.Publisher),
            ["publisher"] = Organisation(index.Publisher),
            ["dct:publisher"] = Organisation(index.Publisher),
            ["license"] = licence,
            ["dct:license"] = Reference(licence),
            ["isAccessibleForFree"] = true,
            ["inLanguage"] = "en-GB",
            ["version"] = index.Releases[0].Number.ToString(CultureInfo.InvariantCulture),
            ["datePublished"] = Time(index.Releases[^1].Published),
            ["dct:issued"] = Typed(Time(index.Releases[^1].Published), "xsd:dateTime"),
            ["dateModified"] = Time(index.Releases[0].Published),
            ["dct:modified"] = Typed(Time(index.Releases[0].Published), "xsd:dateTime"),
            ["dct:accrualPeriodicity"] = Reference(Quarterly),
            ["temporalCoverage"] = $"{start}/{end}",
            ["dct:temporal"] = new JsonObject { ["@type"] = "dct:PeriodOfTime", ["dcat:startDate"] = Typed(start, "xsd:date"), ["dcat:endDate"] = Typed(end, "xsd:date") },
        };
        AddContext(dataset, catalogue);
        if (publisher.Coverage is { } place)
        {
            dataset["spatialCoverage"] = new JsonObject { ["@type"] = "Place", ["name"] = place };
            dataset["dct:spatial"] = new JsonObject { ["@type"] = "dct:Location", ["dct:title"] = place };
        }

        dataset["variableMeasured"] = new JsonArray([.. latest.Headlines.Select(headline => (JsonNode?)new JsonObject
        {
            ["@type"] = "PropertyValue", ["propertyID"] = headline.Id, ["name"] = headline.Title, ["unitText"] = headline.Unit,
        })]);
        var distributions = Distributions(index).ToList();
        dataset["distribution"] = new JsonArray([.. distributions.Select(file => (JsonNode?)file.ForSearch)]);
        dataset["dcat:distribution"] = new JsonArray([.. distributions.Select(file => (JsonNode?)file.ForCatalogues)]);
        return FormatFile.CreateJson(Name, dataset, "application/ld+json; charset=utf-8");
    }

    /// <summary>Adds what data catalogues need: the catalogue, keywords, theme and contact.</summary>
    private static void AddContext(JsonObject dataset, PartnershipCatalogue catalogue)
    {
        var keywords = catalogue.About.Keywords;
        if (keywords.Length > 0)
        {
            dataset["keywords"] = new JsonArray([.. keywords.Select(word => (JsonNode?)word)]);
            dataset["dcat:keyword"] = new JsonArray([.. keywords.Select(word => (JsonNode?)new JsonObject { ["@value"] = word, ["@language"] = "en" })]);
        }

        dataset["dcat:theme"] = Reference(JusticeTheme);
        dataset["includedInDataCatalog"] = new JsonObject
        {
            ["@type"] = new JsonArray("DataCatalog", "dcat:Catalog"),
            ["name"] = catalogue.Publisher.Name,
            ["dct:title"] = catalogue.Publisher.Name,
            ["dct:publisher"] = Organisation(catalogue.Publisher.Name),
        };
        var contact = new JsonObject { ["@type"] = "vcard:Kind", ["vcard:fn"] = catalogue.Help.Contact };
        if (catalogue.Help.ContactAddress is { } address)
        {
            contact[address.Contains('@', StringComparison.Ordinal) ? "vcard:hasEmail" : "vcard:hasTelephone"] =
                Reference((address.Contains('@', StringComparison.Ordinal) ? "mailto:" : "tel:") + address.Replace(" ", string.Empty, StringComparison.Ordinal));
        }

        dataset["dcat:contactPoint"] = contact;
    }

    private static IEnumerable<(JsonObject ForSearch, JsonObject ForCatalogues)> Distributions(IndexDocument index) =>
        from year in index.Years
        from file in year.Files ?? []
        where file.Name != CsvMetadata.Name
        let name = $"{file.Name}, {year.Label}"
        select (
            new JsonObject { ["@type"] = "DataDownload", ["name"] = name, ["contentUrl"] = file.Path, ["encodingFormat"] = file.MediaType },
            new JsonObject
            {
                ["@type"] = "dcat:Distribution",
                ["dct:title"] = name,
                ["dcat:accessURL"] = Reference(file.Path),
                ["dcat:downloadURL"] = Reference(file.Path),
                ["dcat:mediaType"] = Reference($"https://www.iana.org/assignments/media-types/{file.MediaType}"),
                ["dct:license"] = Reference(FeedVocabulary.GetLicencePage(index.Licence)),
            });

    private static JsonObject Organisation(string name) => new() { ["@type"] = new JsonArray("Organization", "foaf:Agent"), ["name"] = name, ["foaf:name"] = name };

    private static JsonObject Reference(string address) => new() { ["@id"] = address };

    private static JsonObject Typed(string value, string type) => new() { ["@value"] = value, ["@type"] = type };

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Time(DateTime time) => time.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
