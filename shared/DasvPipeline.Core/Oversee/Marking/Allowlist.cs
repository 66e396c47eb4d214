using System.Xml;
using System.Xml.Linq;
using DasvPipeline.Core.Read.Zip;

namespace DasvPipeline.Core.Oversee.Marking;

/// <summary>
/// What may be carried over from somebody else's XML: the elements and attributes named, and nothing that is not. Written
/// as lines of <c>element attribute attribute &gt; child child</c>, where <c>#text</c> stands for an element's text; children
/// are put into the order in which they are named.
/// </summary>
internal sealed class Allowlist
{
    private const string Text = "#text";

    /// <summary>The longest that anything of a look is, a number format, has 255.</summary>
    private const int LongestAttribute = 1_000;

    private readonly Dictionary<string, (HashSet<string> Attributes, List<string> Children)> elements = new(StringComparer.Ordinal);
    private readonly XNamespace written;
    private readonly string[] read;

    /// <param name="ns">The vocabulary of the elements, in which they are also written.</param>
    /// <param name="strict">The name that the same vocabulary has in strict documents.</param>
    public Allowlist(string ns, string strict, string lines)
    {
        (written, read) = (ns, [ns, strict]);
        foreach (var line in lines.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var halves = line.Split('>');
            var words = Words(halves[0]);
            elements.Add(words[0], ([.. words.Skip(1)], halves.Length > 1 ? Words(halves[1]) : []));
        }
    }

    /// <summary>
    /// The element the reader stands on, which is left on its end, with what may be carried over of it;
    /// null when it may not be, or when <paramref name="room"/> does not suffice.
    /// </summary>
    public XElement? Read(PartReader xml, Room room)
    {
        if (!read.Contains(xml.Namespace) || !elements.TryGetValue(xml.Name, out var known) || !room.Take(1))
        {
            xml.Skip();
            return null;
        }

        var element = new XElement(written + xml.Name);
        foreach (var name in known.Attributes)
        {
            if (name != Text && xml.Attribute(name) is { Length: <= LongestAttribute } value && room.Take(1 + (value.Length / 16)))
            {
                element.SetAttributeValue(name, value);
            }
        }

        ReadInside(xml, element, known.Children, known.Attributes.Contains(Text), room);
        return element;
    }

    private void ReadInside(PartReader xml, XElement element, List<string> allowed, bool hasText, Room room)
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
                if (hasText && xml.NodeType is (XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace))
                {
                    element.Add(xml.Value().ToString());
                }

                continue;
            }

            if (!allowed.Contains(xml.Name))
            {
                xml.Skip();
            }
            else if (Read(xml, room) is { } child)
            {
                children.Add(child);
            }
        }

        element.Add(allowed.Count > 1 ? children.OrderBy(child => allowed.IndexOf(child.Name.LocalName)) : children);
    }

    private static List<string> Words(string text) => [.. text.Split(' ', StringSplitOptions.RemoveEmptyEntries)];
}

/// <summary>How much may still be held at once, in elements and attributes: far more than a real workbook's looks are made of.</summary>
internal sealed class Room(int left)
{
    public bool IsFull => left < 0;

    public bool Take(int size) => (left -= size) >= 0;
}
