using System.Globalization;
using System.Text;

namespace DasvPipeline.Core.Domain.Findings;

/// <summary>Quotations and lists for findings and other messages.</summary>
internal static class FindingText
{
    /// <summary>The maximum length of a quotation from the file, in characters.</summary>
    private const int MaxQuoteLength = 60;

    /// <summary>Joins items as in a sentence: "a", "a and b", "a, b and c", "a, b and 7 more".</summary>
    public static string JoinWithAnd(IEnumerable<string> items, int more = 0) =>
        Join([.. items, .. more > 0 ? [string.Create(CultureInfo.InvariantCulture, $"{more} more")] : Array.Empty<string>()], "and");

    /// <summary>Joins alternatives as in a sentence: "a", "a or b", "a, b or c".</summary>
    public static string JoinWithOr(IEnumerable<string> items) => Join([.. items], "or");

    private static string Join(List<string> all, string word) =>
        all.Count < 2 ? string.Concat(all) : $"{string.Join(", ", all.Take(all.Count - 1))} {word} {all[^1]}";

    /// <summary>Quotes a text from the file on one line, shortened. Invisible characters and direction marks become U+FFFD.</summary>
    public static string Quote(string text)
    {
        var line = OneLine(text, MaxQuoteLength + 2);
        return line.Length <= MaxQuoteLength ? $"\"{line}\"" : $"\"{Shorten(line, MaxQuoteLength)}…\"";
    }

    /// <summary>Returns a text from the file on one line, at most <paramref name="length"/> characters long. Every character is visible and valid in XML.</summary>
    public static string OneLine(string text, int length)
    {
        var line = new StringBuilder();
        for (var i = 0; i < text.Length && line.Length <= length; i++)
        {
            if (char.IsSurrogatePair(text, i))
            {
                line.Append(text, i++, 2);
            }
            else if (!char.IsWhiteSpace(text[i]))
            {
                line.Append(IsInvisible(text[i]) ? '\uFFFD' : text[i]);
            }
            else if (line is [.., not ' '])
            {
                line.Append(' ');
            }
        }

        return Shorten(line.ToString(), length).Trim();
    }

    private static bool IsInvisible(char c) =>
        c is '\uFFFE' or '\uFFFF' || char.GetUnicodeCategory(c) is UnicodeCategory.Format or UnicodeCategory.Control or UnicodeCategory.Surrogate;

    /// <summary>Shortens a text without splitting a surrogate pair.</summary>
    public static string Shorten(string text, int length) =>
        text.Length <= length ? text : text[..(char.IsHighSurrogate(text[length - 1]) ? length - 1 : length)];
}
