using System.Text;
using System.Xml;

namespace DasvPipeline.Core.Ingest.Reading.Formats.Zip;

/// <summary>Collects the texts of a part, or of an element: its text nodes, and the attributes that programs show to people.</summary>
internal static class MarkupTexts
{
    private static readonly HashSet<string> ShownAttributes = new(StringComparer.Ordinal)
    {
        "name", "caption", "uniqueName", "formatCode", "prompt", "promptTitle", "error", "errorTitle", "display", "tooltip", "location", "title", "descr",
        "comment", "description", "help", "statusBar", "connection", "command", "sourceFile", "odcFile", "url", "alt", "string", "displayName", "v", "val", "text", "value", "href", "condition", "string-value", "expression",
    };

    private const string OdsMeta = "urn:oasis:names:tc:opendocument:xmlns:meta:1.0";

    /// <summary>The names of authors and editors, which every workbook has, and lists of what is elsewhere.</summary>
    private static readonly HashSet<string> Ignored = new(StringComparer.Ordinal)
    {
        "creator", "initial-creator", "printed-by", "lastModifiedBy", "Manager", "TitlesOfParts", "HeadingPairs", "UserInfo", "userInfo", "Template", "contentType", "schema",
    };

    /// <summary>Collects the texts from the current node to the end of the part.</summary>
    public static void ReadPart(PartReader xml, OtherTexts texts, TextPlace place)
    {
        var text = new StringBuilder();
        var paragraph = int.MaxValue;
        while (xml.Read())
        {
            ReadNode(xml, texts, place, text, ref paragraph);
        }

        Flush(texts, place, text);
    }

    /// <summary>Collects the texts of the current element. The reader is then at the end of it.</summary>
    public static void ReadElement(PartReader xml, OtherTexts texts, TextPlace place)
    {
        var (text, paragraph, startDepth, hasContent) = (new StringBuilder(), int.MaxValue, xml.Depth, !xml.IsEmptyElement);
        ReadAttributes(xml, texts, place);
        while (hasContent && xml.Read() && xml.Depth > startDepth)
        {
            ReadNode(xml, texts, place, text, ref paragraph);
        }

        Flush(texts, place, text);
    }

    /// <summary>Removes the codes of a header or footer: <c>&amp;L</c> starts a section, <c>&amp;"Arial"</c>, <c>&amp;12</c> and <c>&amp;B</c> change the font.</summary>
    public static string RemoveHeaderCodes(string header)
    {
        var text = new StringBuilder(header.Length);
        for (var i = 0; i < header.Length; i++)
        {
            if (header[i] != '&' || i + 1 == header.Length)
            {
                text.Append(header[i]);
                continue;
            }

            var code = header[++i];
            if (code == '"')
            {
                i = header.IndexOf('"', i + 1) is >= 0 and var end ? end : header.Length;
            }
            else if (char.IsAsciiDigit(code))
            {
                // A size has at most 3 digits.
                for (var digits = 1; digits < 3 && i + 1 < header.Length && char.IsAsciiDigit(header[i + 1]); digits++)
                {
                    i++;
                }
            }
            else if (code == 'K')
            {
                i += 6;
            }
            else if (code is 'L' or 'C' or 'R')
            {
                text.Append('\n');
            }
            else if (code == '&')
            {
                text.Append('&');
            }
        }

        return text.ToString();
    }

    private static void ReadNode(PartReader xml, OtherTexts texts, TextPlace place, StringBuilder text, ref int paragraph)
    {
        switch (xml.NodeType)
        {
            case XmlNodeType.Element when Ignored.Contains(xml.Name) || IsAuthorProperty(xml):
                xml.Skip();
                break;
            case XmlNodeType.Element:
                // The runs of a paragraph are one text.
                if (paragraph == int.MaxValue)
                {
                    Flush(texts, place, text);
                    paragraph = xml.Name is "p" or "h" or "div" or "rich" or "is" or "si" && !xml.IsEmptyElement ? xml.Depth : int.MaxValue;
                }

                ReadAttributes(xml, texts, place);
                break;
            case XmlNodeType.EndElement when paragraph == int.MaxValue || xml.Depth <= paragraph:
                Flush(texts, place, text);
                paragraph = int.MaxValue;
                break;
            case XmlNodeType.EndElement when xml.Name is "p" or "br":
                text.Append('\n');
                break;
            case XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace:
                text.Append(xml.Value());
                break;
        }
    }

    /// <summary>Returns true for a property in which Outlook keeps the address of the person who sent the workbook for review.</summary>
    private static bool IsAuthorProperty(PartReader xml) =>
        xml.Name is "property" or "user-defined" && (xml.Attribute("name") ?? xml.Attribute("name", OdsMeta)) is { } name && name.StartsWith("_AuthorEmail", StringComparison.Ordinal);

    private static void ReadAttributes(PartReader xml, OtherTexts texts, TextPlace place)
    {
        while (xml.MoveToNextAttribute())
        {
            if (ShownAttributes.Contains(xml.Name))
            {
                texts.Add(place, xml.Value());
            }
        }

        xml.MoveToElement();
    }

    private static void Flush(OtherTexts texts, TextPlace place, StringBuilder text)
    {
        if (text.Length > 0)
        {
            texts.Add(place, text.ToString());
            text.Clear();
        }
    }
}
