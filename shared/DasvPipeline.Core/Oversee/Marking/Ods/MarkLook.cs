using System.Xml.Linq;
using DasvPipeline.Core.Model;

namespace DasvPipeline.Core.Oversee.Marking.Ods;

/// <summary>How a mark looks: a colour, and a frame that tells them apart for who does not see the colour.</summary>
internal static class MarkLook
{
    /// <summary>The properties of a style in the order in which they stand.</summary>
    private static readonly XName[] Properties = [Vocabulary.Style + "table-cell-properties", Vocabulary.Style + "paragraph-properties", Vocabulary.Style + "text-properties"];

    /// <summary>Puts the mark over a style; letters become dark, for white ones on a dark ground would vanish.</summary>
    public static void Mark(XElement style, Severity severity)
    {
        var cell = Of(style, Properties[0]);
        cell.Attributes().Where(attribute => attribute.Name.LocalName.StartsWith("border", StringComparison.Ordinal)).Remove();
        cell.Add(Frame(severity));
        cell.SetAttributeValue(Vocabulary.Format + "background-color", Colour(MarkColour.Of(severity).Ground));
        var letters = Of(style, Properties[2]);
        letters.SetAttributeValue(Vocabulary.Style + "use-window-font-color", null);
        letters.SetAttributeValue(Vocabulary.Format + "color", Colour(MarkColour.Ink));
    }

    public static XAttribute Frame(Severity severity)
    {
        var line = severity switch { Severity.Error => "2.5pt solid", Severity.Query => "1.75pt dashed", _ => "0.75pt dotted" };
        return new XAttribute(Vocabulary.Format + "border", $"{line} {Colour(MarkColour.Of(severity).Line)}");
    }

    public static string Colour(string digits) => "#" + digits.ToLowerInvariant();

    private static XElement Of(XElement style, XName properties)
    {
        if (style.Element(properties) is { } known)
        {
            return known;
        }

        var made = new XElement(properties);
        var before = style.Elements().LastOrDefault(other => Array.IndexOf(Properties, other.Name) < Array.IndexOf(Properties, properties));
        if (before is null)
        {
            style.AddFirst(made);
        }
        else
        {
            before.AddAfterSelf(made);
        }

        return made;
    }
}
