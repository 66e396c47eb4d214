using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace DasvPipeline.Core.Catalogue;

/// <summary>
/// Says whether a file has the shape of its schema, without saying why not. It knows only the keywords of our schemas, and starts much faster
/// than the library that describes mistakes. Most files have none, so most starts do not load that library.
/// </summary>
internal sealed class CatalogueShape
{
    /// <summary>The keywords that restrict nothing.</summary>
    private static readonly HashSet<string> Descriptive = ["$schema", "title", "description", "examples", "default", "patternErrorMessage", "definitions"];

    private static readonly ConcurrentDictionary<string, Regex> Patterns = new(StringComparer.Ordinal);

    private readonly JsonElement _root;

    public CatalogueShape(string schema) => _root = JsonDocument.Parse(schema).RootElement;

    private enum Kind
    {
        Null,
        Text,
        Number,
        WholeNumber,
        List,
        Mapping,
    }

    /// <summary>Returns true if the file has the shape of the schema.</summary>
    public bool Matches(YamlMappingNode root) => Matches(root, _root, isDirect: true);

    internal static bool IsNumber(YamlScalarNode scalar, out decimal number)
    {
        number = 0;
        return scalar.Style == ScalarStyle.Plain && decimal.TryParse(scalar.Value, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number);
    }

    internal static bool IsNull(YamlNode node) => node is YamlScalarNode { Style: ScalarStyle.Plain, Value: null or "" or "~" or "null" };

    /// <param name="isDirect">True if only properties and items lead to the schema. Alternatives have no numbers.</param>
    private bool Matches(YamlNode node, JsonElement schema, bool isDirect)
    {
        if (schema.TryGetProperty("$ref", out var reference))
        {
            return Matches(node, Resolve(reference.GetString()!), isDirect);
        }

        var number = 0m;
        var isNumber = isDirect && node is YamlScalarNode scalar && schema.TryGetProperty("type", out var type) && type.GetString() is "number" or "integer" && IsNumber(scalar, out number);
        var kind = node switch
        {
            YamlMappingNode => Kind.Mapping,
            YamlSequenceNode => Kind.List,
            _ when IsNull(node) => Kind.Null,
            _ when isNumber => decimal.IsInteger(number) ? Kind.WholeNumber : Kind.Number,
            YamlScalarNode => Kind.Text,
            _ => Kind.Null,
        };
        foreach (var keyword in schema.EnumerateObject())
        {
            if (!Descriptive.Contains(keyword.Name) && !Allows(keyword, schema, node, kind, number, isDirect))
            {
                return false;
            }
        }

        return true;
    }

    private bool Allows(JsonProperty keyword, JsonElement schema, YamlNode node, Kind kind, decimal number, bool isDirect) => keyword.Name switch
    {
        "type" => IsOfType(kind, keyword.Value.GetString()!),
        "enum" => kind == Kind.Text && keyword.Value.EnumerateArray().Any(value => value.GetString() == TextOf(node)),
        "pattern" => kind != Kind.Text || Patterns.GetOrAdd(keyword.Value.GetString()!, pattern => new Regex(pattern)).IsMatch(TextOf(node)),
        "minLength" => kind != Kind.Text || TextOf(node).Length >= keyword.Value.GetInt32(),
        "maxLength" => kind != Kind.Text || TextOf(node).Length <= keyword.Value.GetInt32(),
        "minimum" => kind is not (Kind.Number or Kind.WholeNumber) || number >= keyword.Value.GetDecimal(),
        "maximum" => kind is not (Kind.Number or Kind.WholeNumber) || number <= keyword.Value.GetDecimal(),
        "items" => node is not YamlSequenceNode list || list.All(item => Matches(item, keyword.Value, isDirect)),
        "minItems" => node is not YamlSequenceNode list || list.Children.Count >= keyword.Value.GetInt32(),
        "uniqueItems" => node is not YamlSequenceNode list || list.Select(item => item.ToString()).Distinct(StringComparer.Ordinal).Count() == list.Children.Count,
        "minProperties" => node is not YamlMappingNode map || map.Children.Count >= keyword.Value.GetInt32(),
        "required" => node is not YamlMappingNode map || keyword.Value.EnumerateArray().All(key => map.Children.ContainsKey(new YamlScalarNode(key.GetString()))),
        "properties" => node is not YamlMappingNode map || map.Children.All(pair => !keyword.Value.TryGetProperty(KeyOf(pair.Key), out var part) || Matches(pair.Value, part, isDirect)),
        "additionalProperties" => node is not YamlMappingNode map || map.Children.All(pair =>
            (schema.TryGetProperty("properties", out var known) && known.TryGetProperty(KeyOf(pair.Key), out _))
            || (keyword.Value.ValueKind == JsonValueKind.Object && Matches(pair.Value, keyword.Value, isDirect: false))),
        "oneOf" => keyword.Value.EnumerateArray().Count(part => Matches(node, part, isDirect: false)) == 1,
        "anyOf" => keyword.Value.EnumerateArray().Any(part => Matches(node, part, isDirect: false)),
        "not" => !Matches(node, keyword.Value, isDirect: false),
        _ => throw new InvalidOperationException($"The schemas of the catalogue cannot use '{keyword.Name}'."),
    };

    private static bool IsOfType(Kind kind, string type) => type switch
    {
        "string" => kind == Kind.Text,
        "integer" => kind == Kind.WholeNumber,
        "number" => kind is Kind.Number or Kind.WholeNumber,
        "array" => kind == Kind.List,
        _ => kind == Kind.Mapping,
    };

    /// <summary>Returns the schema that a reference such as <c>#/definitions/table</c> leads to.</summary>
    private JsonElement Resolve(string reference) => reference.Split('/')[1..].Aggregate(_root, (schema, key) => schema.GetProperty(key));

    private static string TextOf(YamlNode node) => ((YamlScalarNode)node).Value ?? string.Empty;

    private static string KeyOf(YamlNode key) => (key as YamlScalarNode)?.Value ?? key.ToString();
}
