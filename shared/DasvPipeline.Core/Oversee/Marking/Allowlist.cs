using System.Xml;
using System.Xml.Linq;
using DasvPipeline.Core.Read.Zip;

namespace DasvPipeline.Core.Oversee.Marking;

/// <summary>
/// What may be carried over from somebody else's XML: the elements and attributes named, and nothing that is not. Written
/// as lines of <c>element attribute attribute &gt; child child</c>, where <c>#text</c> stands for an element's text. Children
/// are put into the order in which they are named; after <c>&gt;&gt;</c> they keep their own.
/// </summary>
internal sealed class Allowlist
{
    private const string Text = "#text";

    /// <summary>The longest that anything of a look is, a number format, has 255.</summary>
    private const int LongestAttribute = 1_000;

    private readonly Dictionary<(string Namespace, string Name), Known> elements = [];
    private readonly Func<string, string> read;

    /// <summary>Of one vocabulary, whose attributes are in none.</summary>
    /// <param name="ns">The vocabulary of the elements, in which they are also written.</param>
    /// <param name="strict">The name that the same vocabulary has in strict documents.</param>
    public Allowlist(string ns, string strict, string lines)
        : this(lines, word => XNamespace.Get(ns) + word, word => word) => read = found => found == strict ? ns : found;

    /// <summary>Of many vocabularies: every name has the prefix of its own.</summary>
    public Allowlist(IReadOnlyDictionary<string, string> prefixes, string lines)
        : this(lines, word => Prefixed(prefixes, word), word => Prefixed(prefixes, word))
    {
    }

    private Allowlist(string lines, Func<string, XName> element, Func<string, XName> attribute)
    {
        read = found => found;
        foreach (var line in lines.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var halves = line.Split('>', 2);
            var words = Words(halves[0]);
            var name = element(words[0]);
            List<XName> children = [.. Words(halves.ElementAtOrDefault(1)?.TrimStart('>') ?? string.Empty).Select(element)];
            elements.Add(
                (name.NamespaceName, name.LocalName),
                new Known(name, [.. words.Skip(1).Where(word => word != Text).Select(attribute)], words.Contains(Text), children, line.Contains(">>", StringComparison.Ordinal)));
        }
    }

    /// <summary>
    /// The element the reader stands on, which is left on its end, with what may be carried over of it;
    /// null when it may not be, or when <paramref name="room"/> does not suffice.
    /// </summary>
    public XElement? Read(PartReader xml, Room room)
    {
        if (!elements.TryGetValue((read(xml.Namespace), xml.Name), out var known) || !room.Take(1))
        {
            xml.Skip();
            return null;
        }

        var element = new XElement(known.Name);
        foreach (var name in known.Attributes)
        {
            if (xml.Attribute(name.LocalName, name.NamespaceName) is { Length: <= LongestAttribute } value && room.Take(1 + (value.Length / 16)))
            {
                element.SetAttributeValue(name, value);
            }
        }

        ReadInside(xml, element, known, room);
        return element;
    }

    private void ReadInside(PartReader xml, XElement element, Known known, Room room)
    {
        if (xml.IsEmptyElement)
        {
            return;
        }

        var children = new List<XElement>();
        var top = xml.Depth;
        while (xml.Read() && xml.Depth > top)
        {
            if (xml.NodeType != XmlNodeType.Element)
            {
                if (known.HasText && xml.NodeType is (XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.Whitespace or XmlNodeType.SignificantWhitespace))
                {
                    element.Add(xml.Value().ToString());
                }

                continue;
            }

            if (!known.Children.Exists(child => child.LocalName == xml.Name && child.NamespaceName == read(xml.Namespace)))
            {
                xml.Skip();
            }
            else if (Read(xml, room) is { } child)
            {
                children.Add(child);
            }
        }

        element.Add(known.KeepsOrder || known.Children.Count == 1 ? children : children.OrderBy(child => known.Children.IndexOf(child.Name)));
    }

    private static string[] Words(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static XName Prefixed(IReadOnlyDictionary<string, string> prefixes, string word) =>
        word.Split(':') is [var prefix, var name] ? XNamespace.Get(prefixes[prefix]) + name : throw new ArgumentException($"{word} has no prefix.", nameof(word));

    private sealed record Known(XName Name, IReadOnlyList<XName> Attributes, bool HasText, List<XName> Children, bool KeepsOrder);
}

/// <summary>How much may still be held at once, in elements and attributes: far more than a real workbook's looks are made of.</summary>
internal sealed class Room(int left)
{
    public bool IsFull => left < 0;

    public bool Take(int size) => (left -= size) >= 0;
}
