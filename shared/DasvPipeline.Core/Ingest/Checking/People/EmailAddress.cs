using System.Text.RegularExpressions;

namespace DasvPipeline.Core.Ingest.Checking.People;

/// <summary>Finds e-mail addresses such as <c>somebody@example.org</c>. Recognises what mail programs turn into links, and not all that RFC 5322 allows.</summary>
internal static partial class EmailAddress
{
    private const string LocalPartSymbols = "._%+'-";

    /// <summary>Returns true for "somebody (at) example.org" and "somebody at example dot org".</summary>
    public static bool IsSpelledOut(string text) => text.Contains("at", StringComparison.OrdinalIgnoreCase) && SpelledOut().IsMatch(text);

    [GeneratedRegex(@"[\w.+-]+ ?([(\[] ?at ?[)\]] ?[\w-]+ ?([.]|[(\[ ]dot[)\] ]) ?[a-z]{2,}| at [\w-]+ ?[(\[]? ?dot ?[)\]]? ?(org|com|net|uk|co|gov|nhs|info|eu)\b)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex SpelledOut();

    public static bool IsIn(string text) => IsSpelledOut(text) || IsIn(text.AsSpan());

    private static bool IsIn(ReadOnlySpan<char> text)
    {
        for (var at = 1; at < text.Length - 3; at++)
        {
            if (text[at] == '@' && (char.IsLetterOrDigit(text[at - 1]) || LocalPartSymbols.Contains(text[at - 1], StringComparison.Ordinal)) && StartsWithDomain(text[(at + 1)..]))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Returns true if a text starts with a domain: names separated by dots, the last with at least two letters. "@ 5.50" and "@DASVPartnership" do not count.</summary>
    private static bool StartsWithDomain(ReadOnlySpan<char> text)
    {
        var (label, letters, dots) = (0, 0, 0);
        foreach (var c in text)
        {
            if (c == '.' && label > 0)
            {
                (label, letters) = (0, 0);
                dots++;
            }
            else if (char.IsLetterOrDigit(c) || c == '-')
            {
                label++;
                letters = char.IsLetter(c) ? letters + 1 : letters;
                if (dots > 0 && letters >= 2 && letters == label)
                {
                    return true;
                }
            }
            else
            {
                return false;
            }
        }

        return false;
    }
}
