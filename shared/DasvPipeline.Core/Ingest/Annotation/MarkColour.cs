using DasvPipeline.Core.Domain.Findings;

namespace DasvPipeline.Core.Ingest.Annotation;

/// <summary>The colours of a mark as 6 hexadecimal digits: the background and the border.</summary>
internal sealed record MarkColour(string Background, string Border)
{
    /// <summary>The text colour. Its contrast with every background is more than 10 to 1.</summary>
    public const string Text = "0B0C0C";

    /// <summary>The background colour of headings.</summary>
    public const string Heading = "E8EDF2";

    public const string Link = "1D70B8";

    public static MarkColour GetColour(Severity severity) => severity switch
    {
        Severity.Error => new("F9C6C1", "B10E1E"),
        Severity.Query => new("FFE699", "7F6000"),
        _ => new("D2E4F5", "1D5F9E"),
    };
}
