using System.Globalization;
using Newtonsoft.Json.Linq;
using NJsonSchema;
using NJsonSchema.Validation;
using YamlDotNet.RepresentationModel;

namespace DasvPipeline.Core.Catalogue;

/// <summary>
/// Checks the shape of a catalogue file with the JSON Schema of its kind: keys, types, words and patterns.
/// Editors use the same schemas, so they show the same mistakes.
/// </summary>
internal sealed class CatalogueSchema
{
    private static readonly Dictionary<string, Lazy<CatalogueSchema>> All = new[]
    {
        "about", "agencies", "calendar", "checks", "dimension", "disclosure", "headlines", "measures", "messages", "partnership", "report", "return", "tables",
    }.ToDictionary(name => name, name => new Lazy<CatalogueSchema>(() => Load(name)), StringComparer.Ordinal);

    private readonly CatalogueShape _shape;

    /// <summary>The same schema, loaded if a file does not match it.</summary>
    private readonly Lazy<JsonSchema> _schema;

    /// <summary>Every key that the schema describes, in any of its mappings.</summary>
    private readonly Lazy<IReadOnlyCollection<string>> _keys;

    private CatalogueSchema(string text)
    {
        _shape = new CatalogueShape(text);

        // The library has no synchronous method. Nothing is awaited, because our schemas refer to no other file.
        _schema = new(() => JsonSchema.FromJsonAsync(text).GetAwaiter().GetResult());
        _keys = new(() => [.. JObject.Parse(text).Descendants().OfType<JProperty>().Where(property => property.Parent?.Parent is JProperty { Name: "properties" }).Select(property => property.Name)]);
    }

    /// <summary>Returns the schema <c>catalogue/schema/{name}.schema.json</c>.</summary>
    public static CatalogueSchema Named(string name) => All[name].Value;

    /// <summary>Adds a mistake with the line for everything in the file that does not match the schema.</summary>
    public void Check(string file, YamlMappingNode root, Mistakes mistakes)
    {
        if (!Matches(root))
        {
            Describe(file, root, mistakes);
        }
    }

    /// <summary>Returns true if the file matches the schema.</summary>
    internal bool Matches(YamlMappingNode root) => _shape.Matches(root);

    /// <summary>Adds the mistakes of a file. The library finds them.</summary>
    internal void Describe(string file, YamlMappingNode root, Mistakes mistakes)
    {
        var nodes = new Dictionary<JToken, YamlNode>(ReferenceEqualityComparer.Instance);
        var document = ToJson(root, _schema.Value, nodes);
        foreach (var error in _schema.Value.Validate(document))
        {
            Report(error);
        }

        void Report(ValidationError error)
        {
            if (error is ChildSchemaValidationError parent && MostLikely(parent) is { } inner)
            {
                foreach (var child in inner)
                {
                    Report(child);
                }

                return;
            }

            var (line, message) = Describe(error, nodes);
            mistakes.Add(new SourceLocation(file, line), message);
        }
    }

    private static CatalogueSchema Load(string name)
    {
        using var stream = typeof(CatalogueSchema).Assembly.GetManifestResourceStream($"catalogue-schema/{name}.schema.json")
            ?? throw new InvalidOperationException($"The assembly does not contain the schema '{name}'.");
        using var text = new StreamReader(stream);
        return new CatalogueSchema(text.ReadToEnd());
    }

    /// <summary>
    /// Converts YAML to JSON. A plain scalar is a number only where the schema asks for a number: the text of a label may be 18.
    /// </summary>
    private static JToken ToJson(YamlNode node, JsonSchema? schema, Dictionary<JToken, YamlNode> nodes)
    {
        schema = schema?.ActualSchema;
        JToken token = node switch
        {
            YamlMappingNode map => new JObject(map.Children.Select(pair =>
                Property(pair.Key, ToJson(pair.Value, schema is not null && schema.Properties.TryGetValue(KeyOf(pair.Key), out var part) ? part : null, nodes)))),
            YamlSequenceNode list => new JArray(list.Select(item => ToJson(item, schema?.Item, nodes))),
            _ when CatalogueShape.IsNull(node) => JValue.CreateNull(),
            YamlScalarNode scalar when schema is not null && IsNumber(schema) && CatalogueShape.IsNumber(scalar, out var number) =>
                decimal.IsInteger(number) ? new JValue((long)number) : new JValue(number),
            YamlScalarNode scalar => new JValue(scalar.Value),
            _ => JValue.CreateNull(),
        };
        nodes[token] = node;
        return token;

        JProperty Property(YamlNode key, JToken value)
        {
            var property = new JProperty(KeyOf(key), value);
            nodes[property] = key;
            return property;
        }
    }

    private static bool IsNumber(JsonSchema schema) => (schema.Type & (JsonObjectType.Number | JsonObjectType.Integer)) != 0;

    private static string KeyOf(YamlNode key) => (key as YamlScalarNode)?.Value ?? key.ToString();

    /// <summary>Returns the errors of the alternative that the author most likely meant. Returns null if none has the right type.</summary>
    private static IEnumerable<ValidationError>? MostLikely(ChildSchemaValidationError error)
    {
        if (error.Kind is ValidationErrorKind.AdditionalPropertiesNotValid)
        {
            return error.Token is JProperty { Value: JValue { Type: JTokenType.String } } or JValue { Type: JTokenType.String } ? error.Errors.Values.SelectMany(errors => errors) : null;
        }

        if (error.Kind is ValidationErrorKind.ArrayItemNotValid)
        {
            return error.Errors.Values.SelectMany(errors => errors);
        }

        // A total is meant if it says so. All other alternatives differ in their type.
        return error.Errors
            .Where(alternative => alternative.Key.ActualSchema.Type.ToString() == TypeOf(error.Token) || alternative.Key.ActualSchema.Type == JsonObjectType.None)
            .OrderBy(alternative => error.Token is JObject item && item.ContainsKey("total") == alternative.Key.ActualSchema.Properties.ContainsKey("total") ? 0 : 1)
            .Select(alternative => alternative.Value)
            .FirstOrDefault();
    }

    private static string TypeOf(JToken? token) => token switch { JObject => "Object", JArray => "Array", JValue { Type: JTokenType.String } => "String", _ => "Number" };

    private (long Line, string Message) Describe(ValidationError error, Dictionary<JToken, YamlNode> nodes)
    {
        var token = error.Token ?? throw new InvalidOperationException(error.ToString());
        var schema = error.Schema.ActualSchema;
        var property = token as JProperty ?? token.Parent as JProperty ?? token.Parent?.Parent as JProperty;
        var key = token is JProperty { Name: var name } ? name : property?.Name ?? "the file";
        var value = token is JProperty { Value: var inner } ? inner : token;
        var line = nodes[value is JObject or JArray && error.Kind != ValidationErrorKind.NoAdditionalPropertiesAllowed ? value : token].Start.Line;
        return error.Kind switch
        {
            ValidationErrorKind.PropertyRequired => (line, $"'{error.Property}' is missing."),
            ValidationErrorKind.NoAdditionalPropertiesAllowed or ValidationErrorKind.AdditionalPropertiesNotValid => UnknownKey(),
            ValidationErrorKind.NotInEnumeration => (line, $"'{key}' is '{value}'. It can be {string.Join(", ", schema.Enumeration)}."),
            ValidationErrorKind.PatternMismatch when schema.ExtensionData?.TryGetValue("patternErrorMessage", out var reason) == true => (line, $"'{key}' is '{value}'. {reason}"),
            ValidationErrorKind.ObjectExpected or ValidationErrorKind.StringExpected when token.Parent is JArray => (line, $"an item of '{key}' must be {Expected(schema)}."),
            ValidationErrorKind.NumberTooSmall => (line, string.Create(CultureInfo.InvariantCulture, $"'{key}' must be at least {schema.Minimum}.")),
            ValidationErrorKind.TooFewItems => (line, $"'{key}' is empty."),
            ValidationErrorKind.StringTooLong => (line, string.Create(CultureInfo.InvariantCulture, $"'{key}' is longer than {schema.MaxLength} characters.")),
            _ => (line, $"'{key}' must be {Expected(schema)}."),
        };

        (long, string) UnknownKey()
        {
            var hint = NearestText.Find(error.Property ?? key, error.Kind == ValidationErrorKind.NoAdditionalPropertiesAllowed ? schema.Properties.Keys : _keys.Value) is { } near ? $" Did you mean '{near}'?" : string.Empty;
            var at = token is JObject owner && error.Property is { } name ? owner.Property(name, StringComparison.Ordinal) : property;
            return (nodes[at ?? token].Start.Line, $"'{error.Property ?? key}' is not a known key here.{hint}");
        }
    }

    private static string Expected(JsonSchema schema)
    {
        schema = schema.ActualSchema;
        return schema switch
        {
            { OneOf.Count: > 0 } when schema.OneOf.Any(part => part.ActualSchema.Type == JsonObjectType.Object) => "a text, a mapping, or a list of them",
            { OneOf.Count: > 0 } => "a list of texts",
            { Type: JsonObjectType.String } => "a text",
            { Type: JsonObjectType.Integer } => "a whole number",
            { Type: JsonObjectType.Number } => "a number",
            { Type: JsonObjectType.Array } => "a list",
            _ => "a mapping of keys to values",
        };
    }
}
