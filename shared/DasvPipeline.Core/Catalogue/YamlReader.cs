using System.Collections.Immutable;
using System.Globalization;
using DasvPipeline.Core.Domain;
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
    private readonly List<Mistake> _all = [];

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
/// A mapping of a YAML file. It records the keys that are read, and <see cref="ReportUnreadKeys"/> reports all others.
/// A misspelt key is therefore a mistake and is never ignored.
/// </summary>
internal sealed class YamlMap(string file, YamlMappingNode node, Mistakes mistakes)
{
    private readonly HashSet<string> _read = new(StringComparer.Ordinal);

    public SourceLocation Location => new(file, node.Start.Line);

    public static YamlMap? Parse(CatalogueFile source, Mistakes mistakes)
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
            return new YamlMap(source.Path, root, mistakes);
        }

        mistakes.Add(new SourceLocation(source.Path, 1), "the file must contain one mapping of keys to values.");
        return null;
    }

    public bool Has(string key) => Find(key) is not null;

    public SourceLocation LocationOf(string key) => Find(key) is { } value ? new SourceLocation(file, value.Start.Line) : Location;

    public string Text(string key) => OptionalText(key) ?? ReportMissing(key, string.Empty);

    public string? OptionalText(string key) => Find(key) switch
    {
        null => null,
        YamlScalarNode { Value: { Length: > 0 } value } => value,
        var other => ReportWrongType(other, key, "a text", (string?)null),
    };

    public string Id(string key)
    {
        var text = Text(key);
        if (text.Length > 0 && !Slug.IsValid(text))
        {
            mistakes.Add(LocationOf(key), $"'{text}' cannot be an id: use lower-case letters, digits, dots and single hyphens, at most 64 characters.");
        }

        return text;
    }

    public int WholeNumber(string key, int defaultValue) => Find(key) switch
    {
        null => defaultValue,
        YamlScalarNode scalar when int.TryParse(scalar.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) => number,
        var other => ReportWrongType(other, key, "a whole number", defaultValue),
    };

    public decimal? OptionalNumber(string key) => Find(key) switch
    {
        null => null,
        YamlScalarNode scalar when decimal.TryParse(scalar.Value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) => number,
        var other => ReportWrongType(other, key, "a number", (decimal?)null),
    };

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

        if (text is not null)
        {
            var words = new List<string>();
            foreach (var (word, _) in choices)
            {
                words.Add(word);
            }

            mistakes.Add(LocationOf(key), $"'{key}' is '{text}'. It can be {string.Join(", ", words)}.");
        }

        return defaultValue;
    }

    /// <summary>Returns a list of texts. A single text counts as a list of one.</summary>
    public ImmutableArray<string> Texts(string key) => Find(key) switch
    {
        null => [],
        YamlScalarNode { Value: { Length: > 0 } value } => [value],
        YamlSequenceNode list when list.All(item => item is YamlScalarNode { Value.Length: > 0 }) =>
            [.. list.Cast<YamlScalarNode>().Select(item => item.Value!)],
        var other => ReportWrongType(other, key, "a list of texts", ImmutableArray<string>.Empty),
    };

    /// <summary>
    /// Returns one mapping or a list of them. A plain text counts as a mapping that has only <paramref name="textKey"/>.
    /// Returns an empty list if the key is missing.
    /// </summary>
    public IReadOnlyList<YamlMap> MapsOrTexts(string key, string textKey)
    {
        var value = Find(key);
        var items = value is YamlSequenceNode list ? [.. list] : value is null ? [] : new[] { value };
        var maps = new List<YamlMap>();
        foreach (var item in items)
        {
            if (item is YamlMappingNode map)
            {
                maps.Add(new YamlMap(file, map, mistakes));
            }
            else if (item is YamlScalarNode { Value.Length: > 0 })
            {
                maps.Add(new YamlMap(file, new YamlMappingNode(new YamlScalarNode(textKey), item), mistakes));
            }
            else
            {
                ReportWrongType(item, key, "a text, a mapping, or a list of them", 0);
            }
        }

        return maps;
    }

    public IReadOnlyList<YamlMap> Maps(string key)
    {
        switch (Find(key))
        {
            case null:
                return ReportMissing(key, (IReadOnlyList<YamlMap>)[]);
            case YamlSequenceNode list:
                foreach (var item in list.Where(item => item is not YamlMappingNode))
                {
                    mistakes.Add(new SourceLocation(file, item.Start.Line), $"an item of '{key}' must be a mapping of keys to values.");
                }

                return [.. list.OfType<YamlMappingNode>().Select(item => new YamlMap(file, item, mistakes))];
            case var other:
                return ReportWrongType(other, key, "a list", (IReadOnlyList<YamlMap>)[]);
        }
    }

    /// <summary>The keys that were read so far.</summary>
    public IReadOnlyCollection<string> ReadKeys => _read;

    /// <summary>Returns the unread keys that have a text. Used for mappings whose keys are data.</summary>
    public IReadOnlyList<(string Key, string Text, SourceLocation Place)> UnreadEntries()
    {
        var rest = new List<(string, string, SourceLocation)>();
        foreach (var (key, value) in node.Children)
        {
            if (key is YamlScalarNode { Value: { } name } && value is YamlScalarNode && !_read.Contains(name) && OptionalText(name) is { } text)
            {
                rest.Add((name, text, new SourceLocation(file, key.Start.Line)));
            }
        }

        return rest;
    }

    /// <summary>Reports the keys that were not read.</summary>
    public void ReportUnreadKeys()
    {
        foreach (var key in node.Children.Keys)
        {
            var name = (key as YamlScalarNode)?.Value ?? key.ToString();
            if (!_read.Contains(name))
            {
                var hint = NearestText.Find(name, _read) is { } near ? $" Did you mean '{near}'?" : string.Empty;
                mistakes.Add(new SourceLocation(file, key.Start.Line), $"'{name}' is not a known key here.{hint}");
            }
        }
    }

    private YamlNode? Find(string key)
    {
        _read.Add(key);
        return node.Children.TryGetValue(new YamlScalarNode(key), out var value) ? value : null;
    }

    private T ReportMissing<T>(string key, T defaultValue)
    {
        if (!Has(key))
        {
            mistakes.Add(Location, $"'{key}' is missing.");
        }

        return defaultValue;
    }

    private T ReportWrongType<T>(YamlNode node, string key, string wanted, T defaultValue)
    {
        mistakes.Add(new SourceLocation(file, node.Start.Line), $"'{key}' must be {wanted}.");
        return defaultValue;
    }
}
