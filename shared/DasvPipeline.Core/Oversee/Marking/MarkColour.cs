using DasvPipeline.Core.Model;

namespace DasvPipeline.Core.Oversee.Marking;

/// <summary>The colours of a mark, as six hexadecimal digits: of the cell's ground and of its frame.</summary>
internal sealed record MarkColour(string Ground, string Line)
{
    /// <summary>Of letters on any of the grounds; more than 10 to 1 in contrast.</summary>
    public const string Ink = "0B0C0C";

    /// <summary>Of the ground of headings.</summary>
    public const string Heading = "E8EDF2";

    public const string Link = "1D70B8";

    public static MarkColour Of(Severity severity) => severity switch
    {
        Severity.Error => new("F9C6C1", "B10E1E"),
        Severity.Query => new("FFE699", "7F6000"),
        _ => new("D2E4F5", "1D5F9E"),
    };
}
