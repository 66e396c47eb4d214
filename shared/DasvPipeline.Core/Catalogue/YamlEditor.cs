using System.Text;
using YamlDotNet.RepresentationModel;

namespace DasvPipeline.Core.Catalogue;

/// <summary>Changes single values of a YAML file and keeps everything else, also its comments and layout.</summary>
internal sealed class YamlEditor
{
    private string _text;

    public YamlEditor(string text) => _text = text.ReplaceLineEndings("\n");

    public string Text => _text;

    /// <summary>Returns the root mapping.</summary>
    public YamlMappingNode Root
    {
        get
        {
            var stream = new YamlStream();
            using var reader = new StringReader(_text);
            stream.Load(reader);
            return (YamlMappingNode)stream.Documents[0].RootNode;
        }
    }

    /// <summary>Returns the mapping of a list whose key has a value; null if no mapping has it.</summary>
    public static YamlMappingNode? FindItem(YamlMappingNode map, string list, string key, string value) =>
        (Find(map, list) as YamlSequenceNode)?.OfType<YamlMappingNode>().FirstOrDefault(item => TextOf(item, key) == value);

    public static string? TextOf(YamlMappingNode map, string key) => (Find(map, key) as YamlScalarNode)?.Value;

    /// <summary>Sets a text, or adds the key with it.</summary>
    public void Set(YamlMappingNode map, string key, string value)
    {
        if (Find(map, key) is YamlScalarNode scalar)
        {
            Replace((int)scalar.Start.Index, (int)scalar.End.Index, Quote(value));
        }
        else
        {
            AddKey(map, $"{key}: {Quote(value)}");
        }
    }

    /// <summary>Adds an item, as YAML in flow style, to a list. A missing list is added, and a single text becomes a list.</summary>
    public void Append(YamlMappingNode map, string key, string item)
    {
        switch (Find(map, key))
        {
            case null:
                AddKey(map, $"{key}: [{item}]");
                break;
            case YamlSequenceNode { Style: YamlDotNet.Core.Events.SequenceStyle.Flow } list:
                var end = FindClosing((int)list.Start.Index);
                Replace(end, end, list.Children.Count == 0 ? item : $", {item}");
                break;
            case YamlSequenceNode list:
                Replace((int)list.Start.Index, (int)list.Start.Index, $"- {item}\n{new string(' ', (int)list.Start.Column - 1)}");
                break;
            case YamlScalarNode scalar:
                Replace((int)scalar.Start.Index, (int)scalar.End.Index, $"[{_text[(int)scalar.Start.Index..(int)scalar.End.Index]}, {item}]");
                break;
        }
    }

    /// <summary>Writes a text so that it is read as the same text.</summary>
    public static string Quote(string value)
    {
        if (value.Length > 0 && value.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '@' or ' ') && char.IsAsciiLetterOrDigit(value[0]) && value[^1] != ' ')
        {
            return value;
        }

        var text = new StringBuilder("\"");
        foreach (var c in value.Where(c => !char.IsControl(c)))
        {
            text.Append(c is '"' or '\\' ? "\\" : string.Empty).Append(c);
        }

        return text.Append('"').ToString();
    }

    private static YamlNode? Find(YamlMappingNode map, string key) => map.Children.TryGetValue(new YamlScalarNode(key), out var value) ? value : null;

    private void AddKey(YamlMappingNode map, string entry)
    {
        if (map.Style == YamlDotNet.Core.Events.MappingStyle.Flow)
        {
            var end = FindClosing((int)map.Start.Index);
            while (end > 0 && _text[end - 1] == ' ')
            {
                end--;
            }

            Replace(end, end, $", {entry}");
            return;
        }

        // After the line of the first entry, which is an id.
        var first = map.Children.First();
        var line = _text.IndexOf('\n', (int)first.Value.Start.Index);
        line = line < 0 ? _text.Length : line;
        Replace(line, line, $"\n{new string(' ', (int)first.Key.Start.Column - 1)}{entry}");
    }

    /// <summary>Returns the place of the bracket that closes the one at a place. The library gives no end of lists and mappings.</summary>
    private int FindClosing(int start)
    {
        var (depth, quote) = (0, '\0');
        for (var i = start; i < _text.Length; i++)
        {
            var c = _text[i];
            if (quote != '\0')
            {
                i += quote == '"' && c == '\\' ? 1 : 0;
                quote = c == quote ? '\0' : quote;
                continue;
            }

            if ((c is '"' or '\'') && (_text[i - 1] is ' ' or '[' or '{' or ',' or ':'))
            {
                quote = c;
            }
            else if (c == '#' && (_text[i - 1] is ' ' or '\n'))
            {
                i = _text.IndexOf('\n', i) is var line && line < 0 ? _text.Length : line;
            }

            depth += c is '[' or '{' ? 1 : c is ']' or '}' ? -1 : 0;
            if (depth == 0)
            {
                return i;
            }
        }

        throw new InvalidOperationException("A bracket is not closed.");
    }

    private void Replace(int start, int end, string text) => _text = _text[..start] + text + _text[end..];
}
