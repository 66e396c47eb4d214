namespace DasvPipeline.Core.Ingest.Reading.Formats.Ods;

/// <summary>
/// The styles of sheets, of rows or of columns, and whether they hide something. A style without such a property inherits
/// it from its parent, and at last from the default style, which has an empty name.
/// </summary>
internal sealed class OdsVisibility
{
    private const int MaxStyles = 70_000;
    private const int MaxInheritance = 16;

    private readonly Dictionary<string, (bool? IsHidden, string? Parent)> styles = new(StringComparer.Ordinal);

    public void Add(string name, string? parent)
    {
        if (styles.Count < MaxStyles)
        {
            styles[name] = (null, parent);
        }
    }

    public void Set(string name, bool isHidden)
    {
        if (styles.Count < MaxStyles)
        {
            styles[name] = (isHidden, styles.GetValueOrDefault(name).Parent);
        }
    }

    /// <summary>Returns true if a style hides something. The name is null for an element without a style.</summary>
    public bool IsHidden(string? name)
    {
        for (var i = 0; i < MaxInheritance && name is not null && styles.TryGetValue(name, out var style); i++)
        {
            if (style.IsHidden is { } isHidden)
            {
                return isHidden;
            }

            name = style.Parent;
        }

        return styles.GetValueOrDefault(string.Empty).IsHidden ?? false;
    }
}
