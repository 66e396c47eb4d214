using System.Text.Json.Nodes;
using DasvPipeline.Core.Publish.Formats;
using DasvPipeline.IntegrationTests.UseCases;
using DasvPipeline.Tests.Publish;

namespace DasvPipeline.IntegrationTests.Publish;

/// <summary>The promise of version 1: every member is described, and members are only added.</summary>
public sealed class FeedSchemaTests
{
    public static TheoryData<string> Schemas => [FeedPaths.Schema, FeedSchema.IndexPath, FeedSchema.ReportPath];

    [Fact]
    public async Task Every_earlier_release_is_valid_against_the_current_schemas()
    {
        Assert.True(KeptReleases.Headlines.Count() >= 4);
        await SchemaValidator.AssertValidAsync(KeptReleases.Headlines.Select(File.ReadAllText));
        await SchemaValidator.AssertValidAsync(KeptReleases.Indexes.Select(File.ReadAllText), FeedSchema.GetText(FeedSchema.IndexPath));
    }

    [Fact]
    public void The_current_schemas_keep_every_promise_of_the_first_version()
    {
        var (then, now) = (JsonNode.Parse(KeptReleases.Bytes("headlines.v1.first.json"))!, JsonNode.Parse(FeedSchema.HeadlinesText)!);
        Assert.Empty(Broken(then, now, "#"));
    }

    [Theory]
    [InlineData("required", "$.properties.period.required[0]")]
    [InlineData("type", "$.$defs.headline.properties.unit.type")]
    [InlineData("enum", "$.properties.release.properties.status.enum[0]")]
    [InlineData("properties", "$.$defs.headline.properties.series.items.properties.period")]
    [InlineData("pattern", "$.$defs.year.pattern")]
    public void A_broken_promise_is_detected(string what, string path)
    {
        var then = JsonNode.Parse(KeptReleases.Bytes("headlines.v1.first.json"))!;
        var now = then.DeepClone();
        var steps = path.Split('.', '[').Skip(1).Select(step => step.TrimEnd(']')).ToList();
        var parent = steps[..^1].Aggregate(now, (node, step) => node[step]!);
        if (parent is JsonArray list)
        {
            list.RemoveAt(0);
        }
        else
        {
            parent.AsObject().Remove(steps[^1]);
        }

        Assert.Contains(what, Assert.Single(Broken(then, now, "#")), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Schemas))]
    public void Every_member_has_a_description_and_an_example(string schema)
    {
        var root = JsonNode.Parse(FeedSchema.GetText(schema))!;
        var members = Members(root, "#").ToList();
        Assert.True(members.Count > 20);
        Assert.Empty(members.Where(member => Saying(root, member.Schema, "description") is not { } said || said.GetValue<string>().Length < 4).Select(member => member.Path));
        Assert.Empty(members.Where(member => Saying(root, member.Schema, "examples") is not JsonArray { Count: > 0 }).Select(member => member.Path));
    }

    [Theory]
    [MemberData(nameof(Schemas))]
    public async Task Every_example_is_valid(string schema)
    {
        var root = JsonNode.Parse(FeedSchema.GetText(schema))!;
        var (properties, document) = (new JsonObject(), new JsonObject());
        foreach (var (path, member) in Members(root, "#"))
        {
            foreach (var (i, example) in (member["examples"]?.AsArray() ?? []).Index())
            {
                var name = FormattableString.Invariant($"{path} {i}");
                properties[name] = member.DeepClone();
                document[name] = example?.DeepClone();
            }
        }

        Assert.True(document.Count > 15);
        var all = new JsonObject { ["type"] = "object", ["properties"] = properties, ["$defs"] = root["$defs"]?.DeepClone() ?? new JsonObject() };
        Assert.Equal(string.Empty, await SchemaValidator.FaultsAsync([document.ToJsonString()], all.ToJsonString()));
    }

    /// <summary>Returns every property at any depth.</summary>
    private static IEnumerable<(string Path, JsonObject Schema)> Members(JsonNode? node, string path)
    {
        foreach (var (name, child) in node is JsonObject map ? map.ToList() : [])
        {
            if (name == "properties")
            {
                foreach (var (member, schema) in child!.AsObject())
                {
                    yield return ($"{path}/{member}", schema!.AsObject());
                }
            }

            foreach (var member in name == "examples" ? [] : Members(child, $"{path}/{name}"))
            {
                yield return member;
            }
        }
    }

    /// <summary>Returns the schema of a member, or the one that it refers to.</summary>
    private static JsonNode? Saying(JsonNode root, JsonObject schema, string key) => schema[key]
        ?? (schema["$ref"]?.GetValue<string>() is { } target ? target.Split('/').Skip(1).Aggregate(root, (node, step) => node[step]!)[key] : null);

    private static IEnumerable<string> Broken(JsonNode then, JsonNode now, string path)
    {
        foreach (var (name, before) in then.AsObject())
        {
            var after = now[name];
            var at = $"{path}/{name}";
            switch (name)
            {
                case "description" or "examples" or "title":
                    break;
                case "required" or "enum":
                    if (before!.AsArray().Any(item => after?.AsArray().Any(other => JsonNode.DeepEquals(item, other)) != true))
                    {
                        yield return $"{at} lacks something of {before.ToJsonString()}";
                    }

                    break;
                case "properties" or "$defs":
                    foreach (var (member, schema) in before!.AsObject())
                    {
                        foreach (var fault in after?[member] is { } kept ? Broken(schema!, kept, $"{at}/{member}") : [$"{at}/{member} is gone"])
                        {
                            yield return fault;
                        }
                    }

                    break;
                case "items" when before is JsonObject && after is JsonObject:
                    foreach (var fault in Broken(before, after, at))
                    {
                        yield return fault;
                    }

                    break;
                default:
                    if (!JsonNode.DeepEquals(before, after))
                    {
                        yield return $"{at} was {before?.ToJsonString()} and is {after?.ToJsonString()}";
                    }

                    break;
            }
        }
    }
}
