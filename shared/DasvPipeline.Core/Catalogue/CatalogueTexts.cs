using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;
using DasvPipeline.Core.Domain;

namespace DasvPipeline.Core.Catalogue;

/// <summary>A text of a catalogue file, with its key and line.</summary>
public sealed record CatalogueText(string Path, long Line, string Key, string Text);

/// <summary>Lists the texts of a catalogue that people read: names, titles, labels, notes and guidance.</summary>
public static class CatalogueTexts
{
    /// <summary>The published contacts of roles, which may have numbers and addresses.</summary>
    private static readonly string[] Addresses = ["email", "telephone", "contactAt"];

    /// <summary>The keys of texts that the feed publishes as they are.</summary>
    private static readonly string[] Published = ["sentence", "notes", "breakNote", "description", "coverage"];

    /// <summary>Returns true if the text is a sentence of the feed, in which a small number could be about a person.</summary>
    public static bool IsPublished(CatalogueText text) => Published.Contains(text.Key);

    public static IEnumerable<CatalogueText> Read(IEnumerable<CatalogueFile> files) => files.SelectMany(Read);

    private static IEnumerable<CatalogueText> Read(CatalogueFile file)
    {
        var stream = new YamlStream();
        try
        {
            using var text = new StringReader(file.Text);
            stream.Load(text);
        }
        catch (YamlException)
        {
            return []; // it is reported when the catalogue is loaded
        }

        return stream.Documents.SelectMany(document => Read(file.Path, string.Empty, document.RootNode))
            .Where(text => !Addresses.Contains(text.Key) && !Slug.IsValid(text.Text) && text.Text.Any(char.IsLetter));
    }

    private static IEnumerable<CatalogueText> Read(string path, string key, YamlNode node) => node switch
    {
        YamlMappingNode map => map.Children.SelectMany(pair => Read(path, (pair.Key as YamlScalarNode)?.Value ?? key, pair.Value)),
        YamlSequenceNode list => list.Children.SelectMany(item => Read(path, key, item)),
        YamlScalarNode { Value: { } text } => [new CatalogueText(path, node.Start.Line, key, text)],
        _ => [],
    };
}
