using DasvPipeline.Core.Catalogue;
using DasvPipeline.Tests;
using DasvPipeline.Tests.Catalogue;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace DasvPipeline.UnitTests.Catalogue;

/// <summary>The quick check of a file's shape and the library that describes its mistakes agree on every file.</summary>
public sealed class CatalogueShapeTests
{
    private static readonly string[] Scalars = ["", "~", "0", "-1", "1.5", "20", "99999", "total", "quarter", "2019-20", "2019-20-Q1", "Not An Id", "'5'", new('x', 300)];

    private static readonly string[] Keys = ["total", "measure", "text", "id", "email", "of", "unknown"];

    public static TheoryData<string> Files => [.. TestCatalogue.Shipped.Select(file => file.Path)];

    [Theory]
    [MemberData(nameof(Files))]
    public void A_shipped_file_matches_its_schema(string path) => Assert.True(SchemaOf(path).Matches(Parse(path)));

    [Theory]
    [MemberData(nameof(Files))]
    public void A_changed_file_matches_if_the_library_finds_no_mistake(string path)
    {
        var (good, bad) = (0, 0);
        foreach (var seed in TestShare.Seeds(TestShare.Count(small: 20, ci: 200, all: 5_000)))
        {
            var root = Parse(path);
            var random = new Random(seed);
            for (var changes = random.Next(1, 3); changes > 0; changes--)
            {
                Change(root, random);
            }

            var mistakes = new Mistakes();
            SchemaOf(path).Describe(path, root, mistakes);
            Assert.True(SchemaOf(path).Matches(root) == (mistakes.Count == 0), $"{mistakes.Count} mistakes. {TestShare.Repeat(seed)}");
            (good, bad) = mistakes.Count == 0 ? (good + 1, bad) : (good, bad + 1);
        }

        TestContext.Current.TestOutputHelper!.WriteLine($"{good} good and {bad} bad files were tried.");
    }

    private static YamlMappingNode Parse(string path)
    {
        var stream = new YamlStream();
        using var text = new StringReader(TestCatalogue.Shipped.Single(file => file.Path == path).Text);
        stream.Load(text);
        return (YamlMappingNode)stream.Documents[0].RootNode;
    }

    private static CatalogueSchema SchemaOf(string path) => CatalogueSchema.Named(path.Split('/') switch
    {
        ["dimensions", _] => "dimension",
        ["measures", _] => "measures",
        ["returns", _] => "return",
        _ => Path.GetFileNameWithoutExtension(path),
    });

    /// <summary>Changes one value, key or item of a file.</summary>
    private static void Change(YamlMappingNode root, Random random)
    {
        var nodes = root.AllNodes.Where(node => node is YamlMappingNode { Children.Count: > 0 } or YamlSequenceNode { Children.Count: > 0 }).ToList();
        if (nodes.Count == 0)
        {
            // The change before this one has emptied the file.
            return;
        }

        if (nodes[random.Next(nodes.Count)] is var node && node is YamlSequenceNode list)
        {
            var at = random.Next(list.Children.Count);
            switch (random.Next(4))
            {
                case 0:
                    list.Children.RemoveAt(at);
                    break;
                case 1:
                    list.Children.Add(list.Children[at]);
                    break;
                case 2:
                    list.Children.Clear();
                    break;
                default:
                    list.Children[at] = CreateNode(list.Children[at], random);
                    break;
            }

            return;
        }

        var map = (YamlMappingNode)node;
        var (key, value) = map.Children.ElementAt(random.Next(map.Children.Count));
        switch (random.Next(4))
        {
            case 0:
                map.Children.Remove(key);
                break;
            case 1:
                map.Children[new YamlScalarNode(Keys[random.Next(Keys.Length)])] = CreateNode(value, random);
                break;
            default:
                map.Children[key] = CreateNode(value, random);
                break;
        }
    }

    private static YamlNode CreateNode(YamlNode before, Random random)
    {
        var text = Scalars[random.Next(Scalars.Length)];
        var scalar = new YamlScalarNode(text.Trim('\'')) { Style = text.StartsWith('\'') ? ScalarStyle.SingleQuoted : ScalarStyle.Plain };
        return random.Next(5) switch
        {
            0 => new YamlSequenceNode(before),
            1 => new YamlMappingNode(new YamlScalarNode(Keys[random.Next(Keys.Length)]), before),
            2 => new YamlSequenceNode(),
            _ => scalar,
        };
    }
}
