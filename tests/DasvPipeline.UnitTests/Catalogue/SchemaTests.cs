using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using DasvPipeline.Core.Catalogue;
using DasvPipeline.Local.Commands;
using DasvPipeline.Tests.Catalogue;
using DasvPipeline.UnitTests.Architecture;
using Mono.Cecil.Cil;
using NJsonSchema;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;
using static DasvPipeline.Tests.Catalogue.TestCatalogue;

namespace DasvPipeline.UnitTests.Catalogue;

/// <summary>Editors validate the catalogue's files against schemas, which must match the reader.</summary>
public sealed partial class SchemaTests
{
    private static readonly string SchemaFolder = Path.Combine(LocalFolders.Repository, "catalogue", "schema");

    private static readonly Lazy<Dictionary<string, JsonObject>> Schemas = new(() => Directory.EnumerateFiles(SchemaFolder, "*.schema.json")
        .ToDictionary(file => Path.GetFileName(file)!, file => JsonNode.Parse(File.ReadAllText(file))!.AsObject()));

    private static readonly string[] NamesOfSchemas = [.. Schemas.Value.Keys.Select(name => name[..name.IndexOf('.', StringComparison.Ordinal)])];

    public static TheoryData<string> Files => [.. Shipped.Select(file => file.Path)];

    [Theory]
    [MemberData(nameof(Files))]
    public async Task A_file_names_the_schema_of_its_kind_and_fits_it(string path)
    {
        var text = Shipped.Single(file => file.Path == path).Text;
        Assert.StartsWith($"# yaml-language-server: $schema={(path.Contains('/', StringComparison.Ordinal) ? "../" : string.Empty)}schema/{SchemaOf(path)}\n", text, StringComparison.Ordinal);
        var schema = await JsonSchema.FromFileAsync(Path.Combine(SchemaFolder, SchemaOf(path)), TestContext.Current.CancellationToken);
        Assert.Empty(schema.Validate(ToJson(Parse(text))!.ToJsonString()));
    }

    [Fact]
    public void Every_schema_belongs_to_a_kind_of_file()
    {
        Assert.Equal(Shipped.Select(file => SchemaOf(file.Path)).Distinct().Order(StringComparer.Ordinal), Schemas.Value.Keys.Order(StringComparer.Ordinal));
        Assert.All(Schemas.Value.Values, schema => Assert.Equal("http://json-schema.org/draft-07/schema#", (string?)schema["$schema"]));
    }

    [Theory]
    [InlineData("returns/cada.support.yaml", "return: support", "retrun: support")]
    [InlineData("returns/cada.support.yaml", "every: year", "every: month")]
    [InlineData("returns/cada.support.yaml", "from: 2019-20", "from: April")]
    [InlineData("returns/cada.support.yaml", "{ total: Total }", "{ total: Total, area: fenland }")]
    [InlineData("returns/cada.support.yaml", "{ measure: cada.bobby }", "{ measure: cada.bobby, label: [a] }")]
    [InlineData("returns/cada.support.yaml", "{ measure: cada.bobby }", "{}")]
    [InlineData("measures/idva-service.yaml", "unit: cases\n    adds: flow", "unit: cases")]
    [InlineData("measures/idva-service.yaml", "unit: cases\n    adds: flow", "unit: cases\n    adds: up")]
    [InlineData("measures/idva-service.yaml", "id: marac.cases", "id: MARAC")]
    [InlineData("headlines.yaml", "housed {value} women", "housed some women")]
    [InlineData("headlines.yaml", "target: 0.75", "target: most")]
    [InlineData("checks.yaml", "of: cada.direct, ", "of: [[cada.direct]], ")]
    [InlineData("checks.yaml", "{ measure: isva-service.clients, service: chisva }", "{ service: chisva }")]
    [InlineData("checks.yaml", "operation: equal, of: cada.direct", "operation: equals, of: cada.direct")]
    [InlineData("checks.yaml", "min: 200, max: 8000", "min: few, max: 8000")]
    [InlineData("checks.yaml", "comparedWith: last-period, absolute: 300", "from: yesterday, absolute: 300")]
    [InlineData("disclosure.yaml", "threshold: 5", "threshold: five")]
    public async Task The_schema_and_the_reader_refuse_the_same_files(string path, string from, string to)
    {
        var files = Shipped.Change(path, from, to);
        Assert.NotEmpty(MistakesOf(files));
        var schema = await JsonSchema.FromFileAsync(Path.Combine(SchemaFolder, SchemaOf(path)), TestContext.Current.CancellationToken);
        Assert.NotEmpty(schema.Validate(ToJson(Parse(files[^1].Text))!.ToJsonString()));
    }

    [Fact]
    public void The_readers_and_the_schemas_have_the_same_keys_and_words()
    {
        var inSchemas = Schemas.Value.Values.SelectMany(Objects)
            .SelectMany(item => (item["properties"] as JsonObject ?? []).Select(property => property.Key).Concat((item["enum"] as JsonArray ?? []).Select(word => (string)word!)))
            .ToHashSet(StringComparer.Ordinal);
        using var core = Mono.Cecil.AssemblyDefinition.ReadAssembly(typeof(PartnershipCatalogue).Assembly.Location);
        var inReaders = core.MainModule.GetTypes()
            .Where(type => type.Outermost().Name is "CatalogueReader" or "FormReader" or "HeadlineReader" or "CheckReader" or "DisclosureReader" or "PublicTableReader" or "FormSequenceReader" or "ValidityReader" or "CalendarReader" or "AboutText" or "AnnualReportReader")
            .SelectMany(type => type.Methods).Where(method => method.HasBody).SelectMany(method => method.Body.Instructions)
            .Where(instruction => instruction.OpCode == OpCodes.Ldstr).Select(instruction => (string)instruction.Operand)
            .ToHashSet(StringComparer.Ordinal);

        Assert.Contains("dueWorkingDays", inSchemas);
        Assert.Empty(inSchemas.Except(inReaders));
        Assert.Empty(inReaders.Where(text => Key().IsMatch(text)).Except(inSchemas).Except([Dimension.Area, "measure", "dimension", "agency", "headline"]).Except(NamesOfSchemas));
    }

    [Fact]
    public void Other_keys_are_allowed_only_where_keys_are_dimensions()
    {
        var open = Schemas.Value.SelectMany(schema => Objects(schema.Value)).Where(item => (string?)item["type"] == "object" && item["additionalProperties"] is not JsonValue).ToList();
        Assert.Equal(3, open.Count);
        Assert.All(open, item => Assert.StartsWith("The key is the name of a code list", (string?)item["additionalProperties"]!["description"], StringComparison.Ordinal));
        Assert.All(
            Schemas.Value.Values.SelectMany(Objects).SelectMany(item => item["properties"] as JsonObject ?? []),
            property => Assert.False(string.IsNullOrEmpty((string?)property.Value!["description"]), property.Key));
    }

    private static IEnumerable<JsonObject> Objects(JsonNode? node) => node switch
    {
        JsonObject item => item.SelectMany(property => property.Key == "examples" ? [] : Objects(property.Value)).Prepend(item),
        JsonArray list => list.SelectMany(Objects),
        _ => [],
    };

    private static string SchemaOf(string path) => path.Split('/') switch
    {
        ["dimensions", _] => "dimension.schema.json",
        ["measures", _] => "measures.schema.json",
        ["returns", _] => "return.schema.json",
        [var name] => Path.ChangeExtension(name, ".schema.json"),
        _ => throw new InvalidOperationException(path),
    };

    private static YamlMappingNode Parse(string text)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(text));
        return (YamlMappingNode)stream.Documents.Single().RootNode;
    }

    /// <summary>Converts a value as YAML 1.2 and editors do: "Yes" and 2019-20 are texts, 5 is a number.</summary>
    private static JsonNode? ToJson(YamlNode node) => node switch
    {
        YamlMappingNode map => new JsonObject(map.Children.Select(pair => KeyValuePair.Create(((YamlScalarNode)pair.Key).Value!, ToJson(pair.Value)))),
        YamlSequenceNode list => new JsonArray([.. list.Select(ToJson)]),
        YamlScalarNode { Style: ScalarStyle.Plain } scalar => scalar.Value switch
        {
            null or "" or "~" or "null" => null,
            "true" => true,
            "false" => false,
            var text when Number().IsMatch(text) => JsonNode.Parse(text),
            var text => text,
        },
        YamlScalarNode scalar => scalar.Value,
        _ => throw new InvalidOperationException(node.ToString()),
    };

    [GeneratedRegex(@"^-?(0|[1-9][0-9]*)(\.[0-9]+)?$")]
    private static partial Regex Number();

    [GeneratedRegex("^[a-z][a-zA-Z]*$")]
    private static partial Regex Key();
}
