using System.Text.RegularExpressions;

namespace DasvPipeline.IntegrationTests.UseCases;

/// <summary>Removes the time of a release, and values that depend on it, from published and stored text.</summary>
internal static partial class TimestampScrubber
{
    public static string Of(string text) => Time().Replace(text, "(time)");

    [GeneratedRegex("""
        (?<="(?:published|firstPublished|updated|nextRelease|datePublished|dateModified|@value)":\ )"[-+0-9T:]*Z?"
        | (?<=(?:<|\\u003C)(?:published|updated)(?:>|\\u003E))[-+0-9T:Z]*
        | (?<=\bPublished=)[^,\n]*
        | (?<=\bsha256=)[0-9a-f]*
        """, RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Time();
}
