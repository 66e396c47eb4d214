using System.Globalization;
using System.Xml;
using DasvPipeline.Core.Ingest.Reading.Formats.Values;
using DasvPipeline.Core.Ingest.Reading.Formats.Zip;

namespace DasvPipeline.Core.Ingest.Reading.Formats.Xlsx;

/// <summary>Reads texts that may consist of several formatted runs (<c>si</c>, <c>is</c>) into a reused buffer.</summary>
internal sealed class CellText(ReadingContext context)
{
    /// <summary>Excel's own limit is 32,767 characters.</summary>
    private const int MaxLength = 64 * 1024;

    private char[] buffer = new char[256];
    private int length;
    private readonly TextRuns runs = new();

    /// <summary>The effects of the runs of the text.</summary>
    public RunEffects Effects => runs.Effects;

    /// <summary>Returns the text of the current element. The reader is then at the end of it. The result is valid until the next read.</summary>
    public ReadOnlySpan<char> Read(PartReader xml)
    {
        ReadRaw(xml);
        return Unescaped();
    }

    /// <summary>Reads the text of the current element without decoding its escapes.</summary>
    public void ReadRaw(PartReader xml)
    {
        Clear();
        if (xml.IsEmptyElement)
        {
            return;
        }

        var startDepth = xml.Depth;
        var phoneticDepth = int.MaxValue;
        var inText = false;
        var hasRuns = false;
        FontEffects? effects = null;
        while (xml.Read() && xml.Depth > startDepth)
        {
            switch (xml.NodeType)
            {
                case XmlNodeType.Element:
                    hasRuns |= xml.Name == "r";
                    effects = ReadEffects(xml, effects);

                    // rPh is the pronunciation of a Japanese text and not part of it.
                    phoneticDepth = xml.Name == "rPh" && xml.Depth == startDepth + 1 ? xml.Depth : xml.Depth <= phoneticDepth ? int.MaxValue : phoneticDepth;
                    inText = xml.Name == "t" && phoneticDepth == int.MaxValue && !xml.IsEmptyElement;
                    break;
                case XmlNodeType.EndElement:
                    inText = false;
                    break;
                case XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace or XmlNodeType.Whitespace when inText:
                    var start = length;
                    Append(xml.Value());
                    if (hasRuns)
                    {
                        runs.Add(buffer.AsSpan(start, length - start), start, effects);
                    }

                    break;
            }
        }

        if (runs.RemoveMarks(Raw()) is var rest && rest.Length < length)
        {
            rest.CopyTo(buffer);
            length = rest.Length;
        }
    }

    public void Clear()
    {
        length = 0;
        runs.Clear();
    }

    public void Append(ReadOnlySpan<char> added)
    {
        if (length + added.Length > MaxLength)
        {
            context.Refuse(FileFindings.Damaged("a text in it is too long for a cell"));
            return;
        }

        if (length + added.Length > buffer.Length)
        {
            Array.Resize(ref buffer, Math.Max(length + added.Length, buffer.Length * 2));
        }

        added.CopyTo(buffer.AsSpan(length));
        length += added.Length;
    }

    /// <summary>Returns the effects of a run after an element of it. A run without properties has the font of the cell.</summary>
    private static FontEffects? ReadEffects(PartReader xml, FontEffects? effects) => xml.Name switch
    {
        "r" => null,
        "rPr" => FontEffects.None,
        "strike" or "vertAlign" => effects | FontOf(xml),
        _ => effects,
    };

    /// <summary>Returns the effect that a property of a font adds.</summary>
    public static FontEffects FontOf(PartReader xml) => xml.Name switch
    {
        "strike" when xml.Attribute("val") is not { } given || PartReader.IsTrue(given) => FontEffects.Struck,
        "vertAlign" when xml.Attribute("val") is "superscript" or "subscript" => FontEffects.Raised,
        _ => FontEffects.None,
    };

    public ReadOnlySpan<char> Raw() => buffer.AsSpan(0, length);

    /// <summary>
    /// Decodes characters that XML does not allow, written as <c>_x000D_</c> (ECMA-376 part 1, 22.9.2.19). Changes the
    /// buffer, so call it only once.
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
            var isEscape = from + EscapeLength <= text.Length && text[from] == '_' && text[from + 1] == 'x' && text[from + EscapeLength - 1] == '_';
            if (isEscape && ushort.TryParse(text.Slice(from + 2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var unit))
            {
                // A single surrogate is not valid text.
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
