using System.Globalization;
using System.Text.Json.Nodes;
using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;

namespace DasvPipeline.Core.Publish.Formats;

/// <summary>
/// Writes <c>dataset.json</c>: a description of the feed for search engines (schema.org) and data catalogues (DCAT-AP), as JSON-LD. Its context
/// is in the file, so that no other site is needed to read it.
/// </summary>
internal static class DatasetDescription
{
    public const string Name = "dataset.json";

    private const string JusticeTheme = "http://publications.europa.eu/resource/authority/data-theme/JUST";
    private const string Quarterly = "http://publications.europa.eu/resource/authority/frequency/QUARTERLY";
    private const string English = "http://publications.europa.eu/resource/authority/language/ENG";
    private const string Public = "http://publications.europa.eu/resource/authority/access-right/PUBLIC";
    private const string StatisticalGeography = "http://statistics.data.gov.uk/id/statistical-geography/";

    /// <param name="latest">The headlines of the featured year.</param>
    public static FormatFile Create(IndexDocument index, HeadlinesDocument latest, PartnershipCatalogue catalogue, FeedLinks links)
    {
        var publisher = catalogue.Publisher;
        var years = index.Years.Select(year => Period.Parse(year.Id)).Order().ToList();
        var (start, end) = (Day(years[0].Start), Day(years[^1].End));
        var (first, last) = (Time(index.FirstPublished ?? index.Releases[^1].Published), Time(index.Releases[0].Published));
        var licence = FeedVocabulary.GetLicencePage(index.Licence);
        var description = publisher.Description ?? index.Title;
        var dataset = new JsonObject
        {
            ["@context"] = Context(),
            ["@id"] = Node("dataset"),
            ["@type"] = Types("Dataset", "dcat:Dataset"),
            ["name"] = index.Title,
            ["dct:title"] = InEnglish(index.Title),
            ["description"] = description,
            ["dct:description"] = InEnglish(description),
            ["creator"] = Reference(Node("publisher")),
            ["publisher"] = Organisation(),
            ["dct:publisher"] = Reference(Node("publisher")),
            ["license"] = licence,
            ["dct:license"] = Reference(licence),
            ["isAccessibleForFree"] = true,
            ["dct:accessRights"] = Reference(Public),
            ["inLanguage"] = "en-GB",
            ["dct:language"] = Reference(English),
            ["version"] = index.Releases[0].Number.ToString(CultureInfo.InvariantCulture),
            ["datePublished"] = first,
            ["dct:issued"] = Typed(first, "xsd:dateTime"),
            ["dateModified"] = last,
            ["dct:modified"] = Typed(last, "xsd:dateTime"),
            ["dct:accrualPeriodicity"] = Reference(Quarterly),
            ["temporalCoverage"] = $"{start}/{end}",
            ["dct:temporal"] = new JsonObject { ["@type"] = "dct:PeriodOfTime", ["dcat:startDate"] = Typed(start, "xsd:date"), ["dcat:endDate"] = Typed(end, "xsd:date") },
            ["dcat:theme"] = Reference(JusticeTheme),
            ["dcat:contactPoint"] = Contact(catalogue),
            ["includedInDataCatalog"] = Reference(Node("catalogue")),
            ["@reverse"] = new JsonObject
            {
                ["dcat:dataset"] = new JsonObject
                {
                    ["@id"] = Node("catalogue"),
                    ["@type"] = Types("DataCatalog", "dcat:Catalog"),
                    ["name"] = publisher.Name,
                    ["dct:title"] = InEnglish(publisher.Name),
                    ["dct:description"] = InEnglish(description),
                    ["dct:publisher"] = Reference(Node("publisher")),
                },
            },
        };
        if (links.IsAbsolute)
        {
            dataset["url"] = links.ToAboutPage(Name);
            dataset["dcat:landingPage"] = Reference(links.ToAboutPage(Name));
        }

        AddKeywords(dataset, catalogue.About.Keywords);
        AddPlaces(dataset, publisher.Coverage, latest);
        dataset["variableMeasured"] = new JsonArray([.. latest.Headlines.Select(headline => (JsonNode?)new JsonObject
        {
            ["@type"] = "PropertyValue", ["propertyID"] = headline.Id, ["name"] = headline.Title, ["unitText"] = headline.Unit,
        })]);
        var distributions = Distributions(index, links).ToList();
        dataset["distribution"] = new JsonArray([.. distributions.Select(file => (JsonNode?)file.ForSearch)]);
        dataset["dcat:distribution"] = new JsonArray([.. distributions.Select(file => (JsonNode?)file.ForCatalogues)]);
        return FormatFile.CreateJson(Name, dataset, "application/ld+json; charset=utf-8");

        // Without a public address, an id must not depend on where the file is read.
        string Node(string name) => links.IsAbsolute ? $"{links.ToFile(Name, Name)}#{name}" : ReleaseLog.Urn($"{publisher.Name} {name}");

        JsonObject Organisation() => new() { ["@id"] = Node("publisher"), ["@type"] = Types("Organization", "foaf:Agent"), ["name"] = index.Publisher, ["foaf:name"] = index.Publisher };
    }

    private static JsonObject Context() => new()
    {
        ["@vocab"] = "https://schema.org/",
        ["dcat"] = "http://www.w3.org/ns/dcat#",
        ["dct"] = "http://purl.org/dc/terms/",
        ["foaf"] = "http://xmlns.com/foaf/0.1/",
        ["vcard"] = "http://www.w3.org/2006/vcard/ns#",
        ["xsd"] = "http://www.w3.org/2001/XMLSchema#",
        ["license"] = new JsonObject { ["@type"] = "@id" },
        ["url"] = new JsonObject { ["@type"] = "@id" },
        ["contentUrl"] = new JsonObject { ["@type"] = "@id" },
    };

    private static void AddKeywords(JsonObject dataset, IReadOnlyCollection<string> keywords)
    {
        if (keywords.Count > 0)
        {
            dataset["keywords"] = new JsonArray([.. keywords.Select(word => (JsonNode?)word)]);
            dataset["dcat:keyword"] = new JsonArray([.. keywords.Select(word => (JsonNode?)InEnglish(word))]);
        }
    }

    /// <summary>Adds the place as people call it, and the areas of the figures by their codes.</summary>
    private static void AddPlaces(JsonObject dataset, string? coverage, HeadlinesDocument latest)
    {
        var places = new List<JsonObject>();
        if (coverage is not null)
        {
            dataset["spatialCoverage"] = new JsonObject { ["@type"] = "Place", ["name"] = coverage };
            places.Add(new JsonObject { ["@type"] = "dct:Location", ["dct:title"] = coverage });
        }

        var codes = latest.Headlines.SelectMany(headline => headline.Breakdowns).SelectMany(breakdown => breakdown.Items).Select(item => item.Gss).OfType<string>();
        places.AddRange(codes.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Select(code => new JsonObject { ["@id"] = StatisticalGeography + code, ["@type"] = "dct:Location" }));
        if (places.Count > 0)
        {
            dataset["dct:spatial"] = new JsonArray([.. places]);
        }
    }

    private static JsonObject Contact(PartnershipCatalogue catalogue)
    {
        var contact = new JsonObject { ["@type"] = "vcard:Kind", ["vcard:fn"] = catalogue.Help.Contact };
        if (catalogue.Help.ContactAddress is { } address)
        {
            var isEmail = address.Contains('@', StringComparison.Ordinal);
            contact[isEmail ? "vcard:hasEmail" : "vcard:hasTelephone"] = Reference((isEmail ? "mailto:" : "tel:") + address.Replace(" ", string.Empty, StringComparison.Ordinal));
        }

        return contact;
    }

    private static IEnumerable<(JsonObject ForSearch, JsonObject ForCatalogues)> Distributions(IndexDocument index, FeedLinks links) =>
        from year in index.Years
        from file in year.Files ?? []
        where file.Name != CsvMetadata.Name
        let name = $"{file.Name}, {year.Label}"
        let link = links.ToFile(Name, file.Path)
        select (
            new JsonObject { ["@type"] = "DataDownload", ["name"] = name, ["contentUrl"] = link, ["encodingFormat"] = file.MediaType },
            new JsonObject
            {
                ["@type"] = "dcat:Distribution",
                ["dct:title"] = InEnglish(name),
                ["dcat:accessURL"] = Reference(link),
                ["dcat:downloadURL"] = Reference(link),
                ["dcat:mediaType"] = Reference($"https://www.iana.org/assignments/media-types/{file.MediaType}"),
                ["dct:license"] = Reference(FeedVocabulary.GetLicencePage(index.Licence)),
            });

    private static JsonArray Types(params string[] types) => new([.. types.Select(type => (JsonNode?)type)]);

    private static JsonObject Reference(string address) => new() { ["@id"] = address };

    private static JsonObject Typed(string value, string type) => new() { ["@value"] = value, ["@type"] = type };

    private static JsonObject InEnglish(string text) => new() { ["@value"] = text, ["@language"] = "en" };

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Time(DateTime time) => time.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
