namespace DasvPipeline.Core.Validate.People;

/// <summary>Addresses such as <c>somebody@example.org</c>: what a mail program makes a link of, not all that RFC 5322 allows.</summary>
internal static class EmailAddress
{
    private const string Within = "._%+'-";

    public static bool IsIn(ReadOnlySpan<char> text)
    {
        for (var at = 1; at < text.Length - 3; at++)
        {
            if (text[at] == '@' && (char.IsLetterOrDigit(text[at - 1]) || Within.Contains(text[at - 1], StringComparison.Ordinal)) && StartsWithDomain(text[(at + 1)..]))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Names with points between them, the last of two letters or more: "@ 5.50" and "@DASVPartnership" are none.</summary>
    private static bool StartsWithDomain(ReadOnlySpan<char> text)
    {
        var (label, letters, points) = (0, 0, 0);
        foreach (var c in text)
        {
            if (c == '.' && label > 0)
            {
                (label, letters) = (0, 0);
                points++;
            }
            else if (char.IsLetterOrDigit(c) || c == '-')
            {
                label++;
                letters = char.IsLetter(c) ? letters + 1 : letters;
                if (points > 0 && letters >= 2 && letters == label)
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
