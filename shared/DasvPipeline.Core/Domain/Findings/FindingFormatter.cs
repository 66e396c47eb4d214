using System.Globalization;
using System.Text;

namespace DasvPipeline.Core.Domain.Findings;

/// <summary>Formats findings for marked copies and lists.</summary>
internal static class FindingFormatter
{
    /// <summary>The maximum number of cells that are listed. Further cells are only counted.</summary>
    private const int MaxCells = 10;

    public static IEnumerable<Finding> InOrder(IEnumerable<Finding> findings) => findings.OrderByDescending(finding => finding.Severity);

    public static string FormatSeverity(Severity severity) => severity switch { Severity.Error => "Error", Severity.Query => "Query", _ => "Note" };

    /// <summary>Returns the message, the other cells, and the explanation if there is one.</summary>
    public static string Format(Finding finding)
    {
        var text = finding.Message;
        if (finding.OtherCells.Count > 0)
        {
            var listed = finding.OtherCells.Take(MaxCells).Select(cell => cell.Sheet == finding.Cell?.Sheet ? cell.Address : cell.ToString());
            var more = finding.OtherCells.Count - MaxCells;
            text += $" This also applies to: {string.Join(", ", listed)}{(more > 0 ? string.Create(CultureInfo.InvariantCulture, $" and {more:N0} more cells") : string.Empty)}.";
        }

        return RemoveInvisible(finding.Explanation is null ? text : $"{text} Explained: {finding.Explanation}");
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
