using System.Xml;
using DasvPipeline.Core.Ingest.Reading.Formats.Values;
using DasvPipeline.Core.Ingest.Reading.Formats.Zip;

namespace DasvPipeline.Core.Ingest.Reading.Formats.Ods;

/// <summary>Collects the text of a cell in a reused buffer, with one line for each paragraph.</summary>
internal sealed class OdsText(OdsStyles styles, ReadingContext context, OtherTexts others)
{
    /// <summary>LibreOffice's own limit is 65,535 characters in a paragraph.</summary>
    private const int MaxLength = 64 * 1024;

    private char[] buffer = new char[256];
    private readonly TextRuns runs = new();
    private readonly Stack<(int Depth, FontEffects Effects)> spans = [];
    private int length;
    private FontEffects font;

    // White space is ignored at the start and after other white space.
    private bool ignoresSpace;

    public int Paragraphs { get; private set; }

    /// <summary>The collected text. Valid until the next change.</summary>
    public ReadOnlySpan<char> Value => buffer.AsSpan(0, length);

    /// <summary>The collected text. A label is without its footnote marks.</summary>
    public ReadOnlySpan<char> Label => runs.RemoveMarks(Value);

    /// <summary>The effects of the styles in the text.</summary>
    public RunEffects Effects => runs.Effects;

    /// <summary>Starts an empty text.</summary>
    /// <param name="cellFont">The effects of the cell's style.</param>
    public void Clear(FontEffects cellFont)
    {
        (length, Paragraphs, font) = (0, 0, cellFont);
        runs.Clear();
    }

    public void Append(ReadOnlySpan<char> letters)
    {
        if (TryGrow(letters.Length))
        {
            letters.CopyTo(buffer.AsSpan(length));
            length += letters.Length;
        }
    }

    /// <summary>Adds the current paragraph. The reader is then at the end of it.</summary>
    public void ReadParagraph(PartReader xml)
    {
        if (Paragraphs++ > 0)
        {
            Append("\n");
        }

        ignoresSpace = true;
        var startDepth = xml.Depth;
        spans.Clear();
        spans.Push((startDepth, styles.EffectsOf("paragraph", xml.Attribute("style-name", OdsNamespaces.Text), font)));
        var hasContent = !xml.IsEmptyElement;
        while (hasContent && xml.Read() && xml.Depth > startDepth)
        {
            switch (xml.NodeType)
            {
                case XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.Whitespace or XmlNodeType.SignificantWhitespace:
                    PopTo(xml.Depth);
                    var start = length;
                    AppendFolded(xml.Value());
                    runs.Add(buffer.AsSpan(start, length - start), start, spans.Peek().Effects);
                    break;
                case XmlNodeType.Element:
                    PopTo(xml.Depth);
                    ReadElement(xml);
                    break;
            }
        }
    }

    /// <summary>Reads an element for white space. All other elements of a paragraph only format text.</summary>
    private void ReadElement(PartReader xml)
    {
        var name = xml.Namespace == OdsNamespaces.Text ? xml.Name : string.Empty;
        if (name == "a")
        {
            others.Add(TextPlace.Hyperlink, xml.Attribute("href", OdsNamespaces.XLink));
        }

        ignoresSpace &= name is not ("s" or "tab" or "line-break");
        switch (name)
        {
            case "s":
                var count = PartReader.TryParseInt(xml.Attribute("c", OdsNamespaces.Text), out var given) ? given : 1;
                if (TryGrow(count))
                {
                    buffer.AsSpan(length, count).Fill(' ');
                    length += count;
                }

                break;
            case "span" or "a" when !xml.IsEmptyElement:
                spans.Push((xml.Depth, styles.EffectsOf("text", xml.Attribute("style-name", OdsNamespaces.Text), spans.Peek().Effects)));
                break;
            case "tab":
                Append("\t");
                break;
            case "line-break":
                Append("\n");
                break;
            case "note" or "ruby-text":
            case "" when xml.Is(OdsNamespaces.Office, "annotation"):
                xml.Skip();
                break;
        }
    }

    /// <summary>Ends the spans that do not contain a node at this depth.</summary>
    private void PopTo(int depth)
    {
        while (spans.Count > 1 && spans.Peek().Depth >= depth)
        {
            spans.Pop();
        }
    }

    /// <summary>Adds text in which consecutive white space becomes one space, and none at the start (OpenDocument 1.3, part 3, 6.1.2).</summary>
    private void AppendFolded(ReadOnlySpan<char> letters)
    {
        if (!TryGrow(letters.Length))
        {
            return;
        }

        foreach (var letter in letters)
        {
            if (letter is not (' ' or '\t' or '\r' or '\n'))
            {
                buffer[length++] = letter;
                ignoresSpace = false;
            }
            else if (!ignoresSpace)
            {
                buffer[length++] = ' ';
                ignoresSpace = true;
            }
        }
    }

    private bool TryGrow(int more)
    {
        if (more > MaxLength - length)
        {
            return context.Refuse(FileFindings.Damaged("a text in it is too long for a cell"));
        }

        if (length + more > buffer.Length)
        {
            Array.Resize(ref buffer, Math.Max(length + more, buffer.Length * 2));
        }

        return true;
    }
}
