using System.Globalization;
using System.Text.Json.Nodes;

namespace DasvPipeline.IntegrationTests.Infra;

/// <summary>A value that every resource of a type must have, and a weaker value.</summary>
/// <param name="Path">Names and positions below the resource, such as <c>properties.rules.0.name</c>.</param>
/// <param name="Weaker">JSON, or null to remove the member.</param>
/// <param name="Named">Limits the requirement to resources whose names contain this.</param>
/// <param name="In">The deployments that it applies to.</param>
internal sealed record Requirement(
    string Description, string Type, string Path, Predicate<JsonNode?> Is, string? Weaker, string Named = "", params string[] In)
{
    public override string ToString() => Description;

    public bool Holds(Deployment deployment) =>
        deployment.Of(Type, Named).Any() && deployment.Of(Type, Named).All(resource => Is(At(resource)));

    public void Weaken(JsonNode resource)
    {
        var end = Path.LastIndexOf('.');
        var parent = At(resource, Path[..end])!;
        var name = Path[(end + 1)..];
        var value = Weaker is null ? null : JsonNode.Parse(Weaker);
        if (parent is JsonArray array)
        {
            array[int.Parse(name, CultureInfo.InvariantCulture)] = value;
        }
        else if (value is null)
        {
            parent.AsObject().Remove(name);
        }
        else
        {
            parent[name] = value;
        }
    }

    private JsonNode? At(JsonNode resource) => At(resource, Path);

    private static JsonNode? At(JsonNode? node, string path) => path.Split('.').Aggregate(node, (found, name) => found switch
    {
        JsonArray array => int.Parse(name, CultureInfo.InvariantCulture) is var i && i < array.Count ? array[i] : null,
        JsonObject item => item[name],
        _ => null,
    });
}
