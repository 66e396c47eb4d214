using System.Globalization;
using System.Text;

namespace DasvPipeline.Core.Domain.Findings;

/// <summary>Formats findings for marked copies and lists.</summary>
public static class FindingFormatter
{
    public static IEnumerable<Finding> InOrder(IEnumerable<Finding> findings) => findings.OrderByDescending(finding => finding.Severity);

    public static string FormatSeverity(Severity severity) => severity switch { Severity.Error => "Error", Severity.Query => "Query", _ => "Note" };

    /// <summary>Returns the message, and the explanation if there is one.</summary>
    public static string Format(Finding finding) =>
        RemoveInvisible(finding.Explanation is null ? finding.Message : $"{finding.Message} Explained: {finding.Explanation}");

    /// <summary>Returns a finding on one line, for a console: "error Refuge!B5 (Under 18): The message. (code)".</summary>
    public static string FormatLine(Finding finding)
    {
        var cell = finding.Cell is { } at ? $" {at}" : string.Empty;
        var figure = finding.FigureName is { } name ? $" ({name})" : string.Empty;
        return $"{FormatSeverity(finding.Severity).ToLowerInvariant()}{cell}{figure}: {finding.Message} ({finding.Code})";
    }

    /// <summary>Removes invisible characters and direction marks from a text, because it may quote untrusted input.</summary>
    public static string RemoveInvisible(string? text)
    {
        if (text is null)
        {
            return string.Empty;
        }

        var plain = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            plain.Append(Rune.GetUnicodeCategory(rune) switch
            {
                UnicodeCategory.Control => " ",
                UnicodeCategory.Format => string.Empty,

                // XML does not allow these two.
                _ => rune.Value is 0xFFFE or 0xFFFF ? Rune.ReplacementChar.ToString() : rune.ToString(),
            });
        }

        return plain.ToString();
    }
}
