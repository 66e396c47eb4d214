using System.Globalization;
using System.Xml;
using DasvPipeline.Core.Read.Zip;

namespace DasvPipeline.Core.Read.Xlsx;

/// <summary>Reads texts that may be made of differently formatted runs (<c>si</c>, <c>is</c>) into one buffer, used again and again.</summary>
internal sealed class CellText
{
    /// <summary>Excel's own limit is 32,767 letters.</summary>
    private const int Longest = 64 * 1024;

    private char[] buffer = new char[256];
    private int length;

    /// <summary>The text below the element the reader stands on, which is left on the element's end. Good until the next read.</summary>
    public ReadOnlySpan<char> Read(PartReader xml)
    {
        Gather(xml);
        return Unescaped();
    }

    /// <summary>The same text as it is written, with its escapes.</summary>
    public void Gather(PartReader xml)
    {
        length = 0;
        if (xml.IsEmptyElement)
        {
            return;
        }

        var top = xml.Depth;
        var phonetic = int.MaxValue;
        var inText = false;
        while (xml.Read() && xml.Depth > top)
        {
            switch (xml.NodeType)
            {
                case XmlNodeType.Element:
                    // rPh says how a Japanese text is pronounced; it is not part of it.
                    phonetic = xml.Name == "rPh" && xml.Depth == top + 1 ? xml.Depth : xml.Depth <= phonetic ? int.MaxValue : phonetic;
                    inText = xml.Name == "t" && phonetic == int.MaxValue && !xml.IsEmptyElement;
                    break;
                case XmlNodeType.EndElement:
                    inText = false;
                    break;
                case XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace or XmlNodeType.Whitespace when inText:
                    Append(xml.Value());
                    break;
            }
        }
    }

    public void Clear() => length = 0;

    public void Append(ReadOnlySpan<char> more)
    {
        if (length + more.Length > Longest)
        {
            throw new Refusal(FileFinding.Damaged("a text in it is longer than any cell can hold"));
        }

        if (length + more.Length > buffer.Length)
        {
            Array.Resize(ref buffer, Math.Max(length + more.Length, buffer.Length * 2));
        }

        more.CopyTo(buffer.AsSpan(length));
        length += more.Length;
    }

    public ReadOnlySpan<char> Raw() => buffer.AsSpan(0, length);

    /// <summary>
    /// Letters that XML cannot hold are written <c>_x000D_</c> (ECMA-376 part 1, 22.9.2.19). Undone in place, so once only.
    /// </summary>
    public ReadOnlySpan<char> Unescaped()
    {
        const int EscapeLength = 7;
        var text = buffer.AsSpan(0, length);
        if (text.IndexOf("_x") < 0)
        {
            return text;
        }

        var to = 0;
        for (var from = 0; from < text.Length; from++, to++)
        {
            var escaped = from + EscapeLength <= text.Length && text[from] == '_' && text[from + 1] == 'x' && text[from + EscapeLength - 1] == '_';
            if (escaped && ushort.TryParse(text.Slice(from + 2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var unit))
            {
                // Half a character cannot be written down anywhere.
                text[to] = char.IsSurrogate((char)unit) ? '\uFFFD' : (char)unit;
                from += EscapeLength - 1;
            }
            else
            {
                text[to] = text[from];
            }
        }

        return text[..to];
    }
}
