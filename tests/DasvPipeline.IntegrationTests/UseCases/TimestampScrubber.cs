using System.Text.RegularExpressions;

namespace DasvPipeline.IntegrationTests.UseCases;

/// <summary>What is published and stored, but for when a release was made and what follows from that.</summary>
internal static partial class TimestampScrubber
{
    public static string Of(string text) => Time().Replace(text, "(time)");

    [GeneratedRegex("""
        (?<="(?:published|updated|nextRelease|datePublished|dateModified|@value)":\ )"[-0-9T:]*Z?"
        | (?<=<(?:published|updated)>)[^<]*
        | (?<=\bPublished=)[^,\n]*
        | (?<=\bsha256=)[0-9a-f]*
        """, RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Time();
}
