using System.Xml;
using System.Xml.Linq;
using DasvPipeline.Core.Ingest.Reading.Formats.Zip;

namespace DasvPipeline.Core.Ingest.Annotation;

/// <summary>
/// Lists the elements and attributes that can be copied from untrusted XML. Each line has the format
/// <c>element attribute attribute &gt; child child</c>, where <c>#text</c> is the text of the element. Children are sorted
/// into the listed order. After <c>&gt;&gt;</c> they keep their own order.
/// </summary>
internal sealed class Allowlist
{
    private const string Text = "#text";

    /// <summary>The maximum length of an attribute. The longest real one, a number format, has 255 characters.</summary>
    private const int MaxAttributeLength = 1_000;

    private readonly Dictionary<(string Namespace, string Name), Known> elements = [];
    private readonly Func<string, string> normaliseNamespace;

    /// <summary>Creates a list for one namespace. Attributes have no namespace.</summary>
    /// <param name="ns">The namespace of the elements. The copy uses it too.</param>
    /// <param name="strict">The name of the same namespace in strict documents.</param>
    public Allowlist(string ns, string strict, string lines)
        : this(lines, word => XNamespace.Get(ns) + word, word => word) => normaliseNamespace = actual => actual == strict ? ns : actual;

    /// <summary>Creates a list for several namespaces. Every name has a prefix.</summary>
    public Allowlist(IReadOnlyDictionary<string, string> prefixes, string lines)
        : this(lines, word => Prefixed(prefixes, word), word => Prefixed(prefixes, word))
    {
    }

    private Allowlist(string lines, Func<string, XName> element, Func<string, XName> attribute)
    {
        normaliseNamespace = actual => actual;
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
    /// Copies the allowed content of the current element. The reader is then at the end of it. Returns null if the element is
    /// not allowed, or if <paramref name="room"/> is used up.
    /// </summary>
    public XElement? Read(PartReader xml, NodeBudget room)
    {
        if (!elements.TryGetValue((normaliseNamespace(xml.Namespace), xml.Name), out var known) || !room.Take(1))
        {
            xml.Skip();
            return null;
        }

        var element = new XElement(known.Name);
        foreach (var name in known.Attributes)
        {
            if (xml.Attribute(name.LocalName, name.NamespaceName) is { Length: <= MaxAttributeLength } value && room.Take(1 + (value.Length / 16)))
            {
                element.SetAttributeValue(name, value);
            }
        }

        ReadInside(xml, element, known, room);
        return element;
    }

    private void ReadInside(PartReader xml, XElement element, Known known, NodeBudget room)
    {
        if (xml.IsEmptyElement)
        {
            return;
        }

        var children = new List<XElement>();
        var startDepth = xml.Depth;
        while (xml.Read() && xml.Depth > startDepth)
        {
            if (xml.NodeType != XmlNodeType.Element)
            {
                if (known.HasText && xml.NodeType is (XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.Whitespace or XmlNodeType.SignificantWhitespace))
                {
                    element.Add(xml.Value().ToString());
                }

                continue;
            }

            if (!known.Children.Exists(child => child.LocalName == xml.Name && child.NamespaceName == normaliseNamespace(xml.Namespace)))
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

/// <summary>Limits the number of elements and attributes in memory. The limits are far above those of real workbooks.</summary>
internal sealed class NodeBudget(int left)
{
    public bool IsFull => left < 0;

    public bool Take(int size) => (left -= size) >= 0;
}
