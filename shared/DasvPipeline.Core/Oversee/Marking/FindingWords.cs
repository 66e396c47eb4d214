using System.Globalization;
using System.Text;
using DasvPipeline.Core.Model;

namespace DasvPipeline.Core.Oversee.Marking;

/// <summary>How a finding is written beside the figures it is about.</summary>
internal static class FindingWords
{
    /// <summary>More cells of the same cause than this are counted, not named.</summary>
    private const int NamedCells = 10;

    public static IEnumerable<Finding> InOrder(IEnumerable<Finding> findings) => findings.OrderByDescending(finding => finding.Severity);

    public static string Word(Severity severity) => severity switch { Severity.Error => "Error", Severity.Query => "Query", _ => "Note" };

    /// <summary>What is wrong, where else, and the explanation if one was given.</summary>
    public static string Of(Finding finding)
    {
        var text = finding.Message;
        if (finding.OtherCells.Count > 0)
        {
            var named = finding.OtherCells.Take(NamedCells).Select(cell => cell.Sheet == finding.Cell?.Sheet ? cell.Address : cell.ToString());
            var more = finding.OtherCells.Count - NamedCells;
            text += $" The same is in: {string.Join(", ", named)}{(more > 0 ? string.Create(CultureInfo.InvariantCulture, $" and {more:N0} more cells") : string.Empty)}.";
        }

        return Plain(finding.Explanation is null ? text : $"{text} Explained: {finding.Explanation}");
    }

    /// <summary>The text without what turns the direction of writing around or cannot be seen: it may quote what anybody typed.</summary>
    public static string Plain(string? text)
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

                // Two that XML cannot hold.
                _ => rune.Value is 0xFFFE or 0xFFFF ? Rune.ReplacementChar.ToString() : rune.ToString(),
            });
        }

        return plain.ToString();
    }
}
