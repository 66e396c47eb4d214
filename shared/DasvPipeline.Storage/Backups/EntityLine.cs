using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Azure.Data.Tables;

namespace DasvPipeline.Storage.Backups;

/// <summary>A row of a table as one line of JSON: each property with its type, so that a restored row is equal.</summary>
internal static class EntityLine
{
    private const string Timestamp = "Timestamp";
    private const string ETag = "odata.etag";

    public static string Format(TableEntity entity)
    {
        var line = new JsonObject();
        foreach (var (name, value) in entity.Where(property => property.Key is not (Timestamp or ETag) && property.Value is not null))
        {
            line[name] = value switch
            {
                string text => new JsonArray("string", text),
                int number => new JsonArray("int", number),
                long number => new JsonArray("long", number.ToString(CultureInfo.InvariantCulture)),
                double number => new JsonArray("double", number.ToString("R", CultureInfo.InvariantCulture)),
                bool flag => new JsonArray("bool", flag),
                DateTimeOffset time => new JsonArray("time", time.ToString("O", CultureInfo.InvariantCulture)),
                Guid id => new JsonArray("guid", id.ToString()),
                byte[] bytes => new JsonArray("bytes", Convert.ToBase64String(bytes)),
                BinaryData bytes => new JsonArray("bytes", Convert.ToBase64String(bytes)),
                _ => throw new NotSupportedException($"A property of a table has the type {value.GetType().Name}, which cannot be copied."),
            };
        }

        return line.ToJsonString();
    }

    public static TableEntity Parse(string line)
    {
        var entity = new TableEntity();
        foreach (var (name, value) in JsonNode.Parse(line)!.AsObject())
        {
            var (type, content) = (value![0]!.GetValue<string>(), value[1]!);
            entity[name] = type switch
            {
                "string" => content.GetValue<string>(),
                "int" => content.GetValue<int>(),
                "long" => long.Parse(content.GetValue<string>(), CultureInfo.InvariantCulture),
                "double" => double.Parse(content.GetValue<string>(), CultureInfo.InvariantCulture),
                "bool" => content.GetValue<bool>(),
                "time" => DateTimeOffset.ParseExact(content.GetValue<string>(), "O", CultureInfo.InvariantCulture),
                "guid" => Guid.Parse(content.GetValue<string>()),
                "bytes" => Convert.FromBase64String(content.GetValue<string>()),
                _ => throw new JsonException($"The copy of a table has the type {type}, which is unknown."),
            };
        }

        return entity;
    }
}
