using System.Xml;
using System.Xml.Linq;
using DasvPipeline.Core.Read;
using DasvPipeline.Core.Read.Ods;
using DasvPipeline.Core.Read.Zip;

namespace DasvPipeline.Core.Oversee.Marking.Ods;

/// <summary>What is written in cells: paragraphs of letters and how those look. Links and fields are the letters that they show.</summary>
internal static class Paragraphs
{
    /// <summary>The paragraph the reader stands on, which is left on its end.</summary>
    public static XElement Read(PartReader xml, Room room) => ReadInto(new XElement(Vocabulary.Text + "p"), xml, room);

    /// <summary>Writes a text as it is to be seen: a paragraph for each line, and each space of several.</summary>
    public static void Write(XmlWriter xml, string text)
    {
        foreach (var line in text.Split('\n'))
        {
            xml.WriteStartElement("p", OdsNames.Text);
            WriteLine(xml, line);
            xml.WriteEndElement();
        }
    }

    /// <summary>The text within a paragraph: a space at its start, or after another, does not count unless it is an element.</summary>
    public static void WriteLine(XmlWriter xml, string line)
    {
        for (var at = 0; at < line.Length;)
        {
            var isSpace = line[at] == ' ' && (at == 0 || line[at - 1] == ' ');
            if (isSpace)
            {
                xml.WriteStartElement("s", OdsNames.Text);
                xml.WriteEndElement();
                at++;
                continue;
            }

            var pair = line.IndexOf("  ", at, StringComparison.Ordinal);
            var until = pair < 0 ? line.Length : pair + 1;
            xml.WriteString(line[at..until]);
            at = until;
        }
    }

    private static XElement ReadInto(XElement element, PartReader xml, Room room)
    {
        Take(room, 1);
        var top = xml.Depth;
        var more = !xml.IsEmptyElement;
        while (more && xml.Read() && xml.Depth > top)
        {
            switch (xml.NodeType)
            {
                case XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.Whitespace or XmlNodeType.SignificantWhitespace:
                    var letters = xml.Value().ToString();
                    Take(room, 1 + (letters.Length / 16));
                    element.Add(letters);
                    break;
                case XmlNodeType.Element when OdsText.IsAside(xml.Name):
                    xml.Skip();
                    break;
                case XmlNodeType.Element:
                    ReadMark(element, xml, room);
                    break;
            }
        }

        return element;
    }

    private static void ReadMark(XElement element, PartReader xml, Room room)
    {
        switch (xml.Name)
        {
            case "span":
                var style = xml.Attribute("style-name", OdsNames.Text);
                element.Add(ReadInto(new XElement(Vocabulary.Text + "span", style is null ? null : new XAttribute(Vocabulary.Text + "style-name", style)), xml, room));
                break;
            case "s":
                Take(room, 1);
                var count = PartReader.TryInt(xml.Attribute("c", OdsNames.Text), out var given) ? given : 1;
                element.Add(new XElement(Vocabulary.Text + "s", new XAttribute(Vocabulary.Text + "c", count)));
                break;
            case "tab" or "line-break":
                Take(room, 1);
                element.Add(new XElement(Vocabulary.Text + xml.Name));
                break;
        }
    }

    private static void Take(Room room, int size)
    {
        if (!room.Take(size))
        {
            throw new Refusal(FileFinding.Damaged("a row in it holds more than any row can"));
        }
    }
}
