using System.Xml;
using DasvPipeline.Core.Read.Zip;

namespace DasvPipeline.Core.Read.Ods;

/// <summary>The text of a cell, gathered in one buffer that is used again and again: a line for each paragraph.</summary>
internal sealed class OdsText
{
    /// <summary>LibreOffice's own limit is 65,535 letters in a paragraph.</summary>
    private const int Longest = 64 * 1024;

    private char[] buffer = new char[256];
    private int length;

    // White space here adds nothing: it stands at the start, or behind other white space.
    private bool folds;

    public int Paragraphs { get; private set; }

    /// <summary>Good until the next change.</summary>
    public ReadOnlySpan<char> Letters => buffer.AsSpan(0, length);

    public void Clear() => (length, Paragraphs) = (0, 0);

    public void Append(ReadOnlySpan<char> letters)
    {
        Grow(letters.Length);
        letters.CopyTo(buffer.AsSpan(length));
        length += letters.Length;
    }

    /// <summary>Adds the paragraph the reader stands on, which is left on its end.</summary>
    public void ReadParagraph(PartReader xml)
    {
        if (Paragraphs++ > 0)
        {
            Append("\n");
        }

        folds = true;
        var top = xml.Depth;
        var read = !xml.IsEmptyElement;
        while (read && xml.Read() && xml.Depth > top)
        {
            switch (xml.NodeType)
            {
                case XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.Whitespace or XmlNodeType.SignificantWhitespace:
                    AppendFolded(xml.Value());
                    break;
                case XmlNodeType.Element:
                    ReadMark(xml);
                    break;
            }
        }
    }

    /// <summary>Whether what is in an element of a paragraph is not among its letters.</summary>
    public static bool IsAside(string name) => name is "annotation" or "note" or "ruby-text";

    /// <summary>White space that counts has elements of its own; anything else in a paragraph is formatting around text.</summary>
    private void ReadMark(PartReader xml)
    {
        folds &= xml.Name is not ("s" or "tab" or "line-break");
        switch (xml.Name)
        {
            case "s":
                var count = PartReader.TryInt(xml.Attribute("c", OdsNames.Text), out var given) ? given : 1;
                Grow(count);
                buffer.AsSpan(length, count).Fill(' ');
                length += count;
                break;
            case "tab":
                Append("\t");
                break;
            case "line-break":
                Append("\n");
                break;
            case var name when IsAside(name):
                xml.Skip();
                break;
        }
    }

    /// <summary>Runs of white space are one space, and none at the start (OpenDocument 1.3, part 3, 6.1.2).</summary>
    private void AppendFolded(ReadOnlySpan<char> letters)
    {
        Grow(letters.Length);
        foreach (var letter in letters)
        {
            if (letter is not (' ' or '\t' or '\r' or '\n'))
            {
                buffer[length++] = letter;
                folds = false;
            }
            else if (!folds)
            {
                buffer[length++] = ' ';
                folds = true;
            }
        }
    }

    private void Grow(int more)
    {
        if (more > Longest - length)
        {
            throw new Refusal(FileFinding.Damaged("a text in it is longer than any cell can hold"));
        }

        if (length + more > buffer.Length)
        {
            Array.Resize(ref buffer, Math.Max(length + more, buffer.Length * 2));
        }
    }
}
