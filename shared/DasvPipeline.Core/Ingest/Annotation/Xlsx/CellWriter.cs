using System.Globalization;
using System.Text;
using System.Xml;
using DasvPipeline.Core.Domain.Findings;

namespace DasvPipeline.Core.Ingest.Annotation.Xlsx;

/// <summary>Writes cells with values, and never a formula. Rows and columns must be in ascending order.</summary>
internal sealed class CellWriter(XmlWriter xml)
{
    /// <summary>Excel's limit for the text of a cell, in UTF-16 units.</summary>
    public const int MaxTextLength = 32_767;

    private static readonly HashSet<string> Errors = new(StringComparer.Ordinal) { "#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A" };

    private int row;

    public void StartRow(int number, double? height = null)
    {
        row = number;
        xml.WriteStartElement("row");
        xml.WriteAttributeString("r", Invariant(number));
        if (height is { } points)
        {
            xml.WriteAttributeString("ht", points.ToString(CultureInfo.InvariantCulture));
            xml.WriteAttributeString("customHeight", "1");
        }
    }

    public void EndRow() => xml.WriteEndElement();

    public void Blank(int column, int style)
    {
        Start(column, style, null);
        xml.WriteEndElement();
    }

    /// <param name="number">The number in XML format.</param>
    public void Number(int column, int style, string number) => Value(column, style, null, number);

    public void Boolean(int column, int style, bool value) => Value(column, style, "b", value ? "1" : "0");

    /// <param name="index">The index of a shared text of the workbook.</param>
    public void Shared(int column, int style, int index) => Value(column, style, "s", Invariant(index));

    /// <summary>Writes an error value. An unknown error is written as text.</summary>
    public void Error(int column, int style, string error)
    {
        if (Errors.Contains(error))
        {
            Value(column, style, "e", error);
        }
        else
        {
            Text(column, style, error);
        }
    }

    public void Text(int column, int style, string text)
    {
        Start(column, style, "inlineStr");
        xml.WriteStartElement("is");
        WriteText(xml, text);
        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    /// <summary>Writes a <c>t</c> element. Characters that XML does not allow are escaped (ECMA-376 part 1, 22.9.2.19).</summary>
    public static void WriteText(XmlWriter xml, string text)
    {
        xml.WriteStartElement("t", XlsxVocabulary.Main);
        xml.WriteAttributeString("xml", "space", null, "preserve");
        xml.WriteString(Escaped(Shorten(text)));
        xml.WriteEndElement();
    }

    public static string Shorten(string text) => FindingText.Shorten(text, MaxTextLength);

    /// <summary>Returns true if a spreadsheet program would read the text as a formula.</summary>
    public static bool IsLikeFormula(string text) => text is ['=' or '+' or '-' or '@' or '\t' or '\r', ..];

    private static string Escaped(string text)
    {
        if (!text.Contains("_x", StringComparison.Ordinal) && text.All(letter => XmlConvert.IsXmlChar(letter) && letter != '\r'))
        {
            return text;
        }

        var escaped = new StringBuilder(text.Length + 16);
        for (var i = 0; i < text.Length; i++)
        {
            var letter = text[i];
            if (letter == '_' && i + 1 < text.Length && text[i + 1] == 'x')
            {
                escaped.Append("_x005F_");
            }
            else if (char.IsHighSurrogate(letter) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                escaped.Append(letter).Append(text[++i]);
            }
            else if (char.IsSurrogate(letter) || letter >= '\uFFFE')
            {
                escaped.Append('\uFFFD');
            }
            else if (XmlConvert.IsXmlChar(letter) && letter != '\r')
            {
                escaped.Append(letter);
            }
            else
            {
                escaped.Append(CultureInfo.InvariantCulture, $"_x{(int)letter:X4}_");
            }
        }

        return escaped.ToString();
    }

    private void Value(int column, int style, string? type, string value)
    {
        Start(column, style, type);
        xml.WriteElementString("v", value);
        xml.WriteEndElement();
    }

    private void Start(int column, int style, string? type)
    {
        xml.WriteStartElement("c");
        xml.WriteAttributeString("r", new CellRef(null, row, column).Address);
        xml.WriteAttributeString("s", Invariant(style));
        if (type is not null)
        {
            xml.WriteAttributeString("t", type);
        }
    }

    private static string Invariant(int number) => number.ToString(CultureInfo.InvariantCulture);
}
