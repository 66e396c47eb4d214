using DasvPipeline.Core.Ingest.Reading.Formats.Values;
using DasvPipeline.Core.Ingest.Reading.Formats.Zip;

namespace DasvPipeline.Core.Ingest.Reading.Formats.Ods;

/// <summary>Reads which styles raise text or strike it through. A style without such a property inherits it.</summary>
internal sealed class OdsFonts
{
    private const int MaxStyles = 70_000;
    private const int MaxInheritance = 16;

    private readonly Dictionary<(string Family, string Name), Font> fonts = [];

    private (string Family, string Name) current;
    private int depth;

    /// <summary>Starts the style of the current element.</summary>
    public void Start(PartReader xml, string name, string? parent)
    {
        depth = xml.Depth;
        current = (xml.Attribute("family", OdsNamespaces.Style) ?? string.Empty, name);
        if (current.Family is "table-cell" or "text" or "paragraph" && fonts.Count < MaxStyles)
        {
            fonts[current] = new Font(parent, null, null);
        }
    }

    /// <summary>Reads the text properties of the style that was started last.</summary>
    public void ReadProperties(PartReader xml)
    {
        if (xml.Depth != depth + 1 || !fonts.TryGetValue(current, out var font))
        {
            return;
        }

        var line = xml.Attribute("text-line-through-style", OdsNamespaces.Style);
        var type = xml.Attribute("text-line-through-type", OdsNamespaces.Style);
        bool? isStruck = line is null && type is null ? null : line is not "none" && type is not "none";
        fonts[current] = font with { IsRaised = IsRaised(xml.Attribute("text-position", OdsNamespaces.Style)), IsStruck = isStruck };
    }

    /// <summary>Ends the style that was started last, so that the properties that follow are not its own.</summary>
    public void End() => current = default;

    /// <summary>Returns the effects of a style inside a text with other effects.</summary>
    public FontEffects EffectsOf(string family, string? name, FontEffects outer)
    {
        bool? isRaised = null, isStruck = null;
        for (var i = 0; i < MaxInheritance && name is not null && fonts.TryGetValue((family, name), out var font); i++)
        {
            isRaised ??= font.IsRaised;
            isStruck ??= font.IsStruck;
            name = font.Parent;
        }

        return Combine(isRaised, outer & FontEffects.Raised, FontEffects.Raised) | Combine(isStruck, outer & FontEffects.Struck, FontEffects.Struck);
    }

    private static FontEffects Combine(bool? given, FontEffects outer, FontEffects effect) => given switch
    {
        true => effect,
        false => FontEffects.None,
        null => outer,
    };

    /// <summary>Parses a position such as "super 58%", "-33% 58%" or "0% 100%". The first part says how far the text is from the line.</summary>
    private static bool? IsRaised(string? position) => position is null ? null : position.Split(' ')[0].AsSpan().Trim("-0.%").Length > 0;

    private readonly record struct Font(string? Parent, bool? IsRaised, bool? IsStruck);
}
