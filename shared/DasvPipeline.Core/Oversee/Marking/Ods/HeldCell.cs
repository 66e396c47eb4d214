using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;
using DasvPipeline.Core.Read.Ods;
using DasvPipeline.Core.Read.Zip;

namespace DasvPipeline.Core.Oversee.Marking.Ods;

/// <summary>
/// One cell, or as many alike as it stands for, held so that it can be written as often as marks divide it: its value, and
/// what was shown for it. Its formula, comments, drawings and whatever else is in it are not taken in.
/// </summary>
internal sealed partial class HeldCell
{
    private const string NothingShown = "#VALUE!";

    private readonly List<XElement> paragraphs = [];
    private readonly List<(string Name, int Count)> spans = [];
    private bool isCovered;
    private bool isFormula;
    private bool isError;
    private string? type;
    private string? number;
    private string? stored;
    private string? currency;

    private HeldCell(int repeated) => Repeated = repeated;

    /// <summary>How many cells of the row this one stands for.</summary>
    public int Repeated { get; private set; }

    /// <summary>The style that the cell itself names.</summary>
    public string? Style { get; private set; }

    public static HeldCell Blank(int repeated) => new(repeated);

    /// <summary>The cell the reader stands on, which is left on its end.</summary>
    public static HeldCell Read(PartReader xml, Room room)
    {
        var cell = new HeldCell(1) { isCovered = xml.Name == "covered-table-cell" };
        while (xml.MoveToNextAttribute())
        {
            cell.Take(xml);
        }

        xml.MoveToElement();
        var top = xml.Depth;
        var more = !xml.IsEmptyElement;
        while (more && xml.Read() && xml.Depth > top)
        {
            if (xml is { NodeType: XmlNodeType.Element, Name: "p" })
            {
                cell.paragraphs.Add(Paragraphs.Read(xml, room));
            }
            else if (xml.NodeType == XmlNodeType.Element)
            {
                xml.Skip();
            }
        }

        cell.Settle();
        return cell;
    }

    /// <param name="times">How many cells it stands for now.</param>
    /// <param name="style">The cell's own, or one like it with a mark.</param>
    /// <param name="comment">Null where there is none.</param>
    public void Write(XmlWriter to, int times, string? style, string? comment)
    {
        to.WriteStartElement(isCovered ? "covered-table-cell" : "table-cell", OdsNames.Table);
        WriteIf(to, "style-name", OdsNames.Table, style);
        WriteIf(to, "number-columns-repeated", OdsNames.Table, times > 1 ? times.ToString(CultureInfo.InvariantCulture) : null);
        foreach (var (name, count) in spans)
        {
            to.WriteAttributeString(name, OdsNames.Table, count.ToString(CultureInfo.InvariantCulture));
        }

        WriteIf(to, "value-type", OdsNames.Office, type);
        WriteIf(to, ValueName(type), OdsNames.Office, IsNumber(type) ? number : stored);
        WriteIf(to, "currency", OdsNames.Office, type == "currency" ? currency : null);
        WriteIf(to, "value-type", Vocabulary.Calc, isError ? "error" : null);
        if (comment is not null)
        {
            Annotation.Write(to, comment);
        }

        paragraphs.ForEach(paragraph => paragraph.WriteTo(to));
        to.WriteEndElement();
    }

    private void Take(PartReader xml)
    {
        switch (xml.Namespace, xml.Name)
        {
            case (OdsNames.Table, "number-columns-repeated"):
                Repeated = PartReader.TryInt(xml.Value(), out var times) && times > 0 ? times : 1;
                break;
            case (OdsNames.Table, "style-name"):
                Style = xml.Value().ToString();
                break;
            case (OdsNames.Table, "formula"):
                isFormula = true;
                break;
            case (OdsNames.Table, "number-columns-spanned" or "number-rows-spanned"):
                var span = xml.Name;
                if (PartReader.TryInt(xml.Value(), out var count) && count > 0)
                {
                    spans.Add((span, count));
                }

                break;
            case (OdsNames.Office, "value-type"):
                type = xml.Value().ToString();
                break;
            case (_, "value-type"):
                isError |= xml.Value() is "error";
                break;
            case (OdsNames.Office, "value"):
                number = xml.Value().ToString();
                break;
            case (OdsNames.Office, "date-value" or "time-value" or "boolean-value" or "string-value"):
                stored = xml.Value().ToString();
                break;
            case (OdsNames.Office, "currency"):
                currency = xml.Value().ToString();
                break;
        }
    }

    /// <summary>An error stays the text that was shown for it. A value that is none of its type is what was shown, as the reader has it.</summary>
    private void Settle()
    {
        var shown = paragraphs.Count == 0 ? string.Empty : paragraphs[0].Value;
        isError |= isFormula && OdsCell.IsError(shown);
        if (isError)
        {
            (type, stored) = ("string", null);
            if (shown.Length == 0)
            {
                paragraphs.Clear();
                paragraphs.Add(new XElement(Vocabulary.Text + "p", NothingShown));
            }
        }
        else if (!IsSound())
        {
            (type, stored) = (paragraphs.Count > 0 ? "string" : null, null);
        }
    }

    private bool IsSound() => type switch
    {
        "float" or "currency" or "percentage" => double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value),
        "date" or "time" => stored is not null && Moment().IsMatch(stored),
        "boolean" => stored is "true" or "false",
        "string" => true,
        _ => false,
    };

    private static bool IsNumber(string? type) => type is "float" or "currency" or "percentage";

    private static string ValueName(string? type) => type switch { "date" => "date-value", "time" => "time-value", "boolean" => "boolean-value", "string" => "string-value", _ => "value" };

    private static void WriteIf(XmlWriter to, string name, string ns, string? value)
    {
        if (value is not null)
        {
            to.WriteAttributeString(name, ns, value);
        }
    }

    /// <summary>A date, with or without the time, or a length of time.</summary>
    [GeneratedRegex("^[-0-9A-Z:.+]{1,40}$")]
    private static partial Regex Moment();
}
