using System.Collections.Immutable;
using System.Globalization;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace DasvPipeline.Core.Catalogue;

/// <summary>One file of the catalogue. Its path is relative to <c>catalogue/</c>.</summary>
public sealed record CatalogueFile(string Path, string Text);

/// <summary>A mistake in the catalogue, with its file and line.</summary>
public sealed record Mistake(string File, long Line, string Message)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"catalogue/{File}:{Line}: {Message}");
}

/// <summary>The catalogue cannot be used, so the application does not start. Lists every mistake with its file and line.</summary>
public sealed class CatalogueException(IReadOnlyList<Mistake> mistakes)
    : Exception("The catalogue has mistakes:\n" + string.Join('\n', mistakes))
{
    public IReadOnlyList<Mistake> Mistakes { get; } = mistakes;
}

/// <summary>Collects mistakes while files are read, so that all of them are reported together.</summary>
internal sealed class Mistakes
{
    private readonly HashSet<Mistake> _all = [];

    public int Count => _all.Count;

    public void Add(SourceLocation place, string message) => _all.Add(new Mistake(place.File, place.Line, message));

    public void ThrowIfAny()
    {
        if (Count > 0)
        {
            throw new CatalogueException([.. _all.OrderBy(mistake => mistake.File, StringComparer.Ordinal).ThenBy(mistake => mistake.Line)]);
        }
    }
}

internal readonly record struct SourceLocation(string File, long Line);

/// <summary>
/// A mapping of a YAML file. <see cref="CatalogueSchema"/> checks its keys and types, so a value of the wrong type is read as a missing one.
/// </summary>
internal sealed class YamlMap(string file, YamlMappingNode node)
{
    private readonly HashSet<string> _read = new(StringComparer.Ordinal);

    public SourceLocation Location => new(file, node.Start.Line);

    /// <summary>Parses a file and checks its shape. Returns null if it is not a mapping.</summary>
    public static YamlMap? Parse(CatalogueFile source, CatalogueSchema schema, Mistakes mistakes)
    {
        var stream = new YamlStream();
        try
        {
            using var text = new StringReader(source.Text);
            stream.Load(text);
        }
        catch (YamlException exception)
        {
            mistakes.Add(new SourceLocation(source.Path, exception.Start.Line), $"this is not YAML: {exception.InnerException?.Message ?? exception.Message}");
            return null;
        }

        if (stream.Documents is [{ RootNode: YamlMappingNode root }])
        {
            schema.Check(source.Path, root, mistakes);
            return new YamlMap(source.Path, root);
        }

        mistakes.Add(new SourceLocation(source.Path, 1), "the file must contain one mapping of keys to values.");
        return null;
    }

    public bool Has(string key) => Find(key) is not null;

    public SourceLocation LocationOf(string key) => Find(key) is { } value ? new SourceLocation(file, value.Start.Line) : Location;

    public string Text(string key) => OptionalText(key) ?? string.Empty;

    public string? OptionalText(string key) => TextOf(Find(key));

    public int WholeNumber(string key, int defaultValue) =>
        int.TryParse(OptionalText(key), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : defaultValue;

    public decimal? OptionalNumber(string key) =>
        decimal.TryParse(OptionalText(key), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>Returns the value of the word in the file, or the default if the key is missing.</summary>
    public T Choice<T>(string key, T defaultValue, params ReadOnlySpan<(string Word, T Value)> choices)
    {
        var text = OptionalText(key);
        foreach (var (word, value) in choices)
        {
            if (word == text)
            {
                return value;
            }
        }

        return defaultValue;
    }

    /// <summary>Returns a list of texts. A single text counts as a list of one.</summary>
    public ImmutableArray<string> Texts(string key) => [.. Items(key).Select(TextOf).OfType<string>()];

    /// <summary>
    /// Returns one mapping or a list of them. A plain text counts as a mapping that has only <paramref name="textKey"/>.
    /// Returns an empty list if the key is missing.
    /// </summary>
    public IReadOnlyList<YamlMap> MapsOrTexts(string key, string textKey) =>
    [
        .. Items(key)
            .Select(item => TextOf(item) is null ? item : new YamlMappingNode(new YamlScalarNode(textKey), item))
            .OfType<YamlMappingNode>().Select(map => new YamlMap(file, map)),
    ];

    public IReadOnlyList<YamlMap> Maps(string key) =>
        Find(key) is YamlSequenceNode list ? [.. list.OfType<YamlMappingNode>().Select(item => new YamlMap(file, item))] : [];

    /// <summary>The keys that were read so far.</summary>
    public IReadOnlyCollection<string> ReadKeys => _read;

    /// <summary>Returns the unread keys and their texts. Used for mappings whose keys are data.</summary>
    public IReadOnlyList<(string Key, string? Text, SourceLocation Place)> UnreadEntries() =>
    [
        .. from entry in node.Children
           let key = TextOf(entry.Key)
           where key is not null && !_read.Contains(key)
           select (key, TextOf(entry.Value), new SourceLocation(file, entry.Key.Start.Line)),
    ];

    private static string? TextOf(YamlNode? node) => node is YamlScalarNode { Value: { Length: > 0 } text } ? text : null;

    private YamlSequenceNode Items(string key) => Find(key) switch
    {
        null => new YamlSequenceNode(),
        YamlSequenceNode list => list,
        var item => new YamlSequenceNode(item),
    };

    private YamlNode? Find(string key)
    {
        _read.Add(key);
        return node.Children.TryGetValue(new YamlScalarNode(key), out var value) ? value : null;
    }
}
