using System.Collections.Immutable;

namespace DasvPipeline.Core.Catalogue;

/// <summary>A part of the page about the figures.</summary>
/// <param name="Text">The paragraphs.</param>
public sealed record AboutSection(string Title, ImmutableArray<string> Text);

/// <summary>What readers need to know about the figures.</summary>
/// <param name="Status">Whether the figures are official statistics; null if the catalogue does not say it.</param>
/// <param name="PreRelease">The roles that see a release before it is published.</param>
/// <param name="Keywords">Words under which data catalogues find the figures.</param>
public sealed record AboutText(string? Status, ImmutableArray<string> PreRelease, ImmutableArray<string> Keywords, ImmutableArray<AboutSection> Sections)
{
    public static readonly AboutText Empty = new(null, [], [], []);

    internal static AboutText Read(YamlMap map) => new(
        map.OptionalText("status"),
        map.Texts("preRelease"),
        map.Texts("keywords"),
        [.. map.Maps("sections").Select(item => new AboutSection(item.Text("title"), item.Texts("text")))]);
}
