namespace DasvPipeline.Core.Validate.People;

/// <summary>
/// National Insurance numbers: two letters, six digits, and a letter from A to D, in any grouping by pairs
/// (HMRC, National Insurance Manual NIM39110). The manual's own example, QQ 12 34 56 A, is made so that nobody has it.
/// </summary>
internal static class NationalInsuranceNumber
{
    private const string NotFirst = "DFIQUV";
    private const string NotSecond = "DFIOQUV";
    private const int Digits = 6;
    private static readonly string[] NeverGivenOut = ["BG", "GB", "KN", "NK", "NT", "TN", "ZZ"];

    /// <param name="needsSuffix">The last letter may be left out; without it, codes of other kinds look the same.</param>
    public static bool IsIn(ReadOnlySpan<char> text, bool needsSuffix)
    {
        for (var start = 0; start + 2 + Digits <= text.Length; start++)
        {
            if (IsPrefix(text[start], text[start + 1]) && End(text, start + 2, needsSuffix) is { } end && PlainText.StandsAlone(text, start, end))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsPrefix(char first, char second)
    {
        if (!char.IsAsciiLetter(first) || !char.IsAsciiLetter(second))
        {
            return false;
        }

        ReadOnlySpan<char> prefix = [char.ToUpperInvariant(first), char.ToUpperInvariant(second)];
        foreach (var never in NeverGivenOut)
        {
            if (prefix.SequenceEqual(never))
            {
                return false;
            }
        }

        return !NotFirst.Contains(prefix[0], StringComparison.Ordinal) && !NotSecond.Contains(prefix[1], StringComparison.Ordinal);
    }

    private static int? End(ReadOnlySpan<char> text, int at, bool needsSuffix)
    {
        for (var count = 0; count < Digits; count++)
        {
            at += count % 2 == 0 ? PlainText.Separators(text, at) : 0;
            if (at >= text.Length || !char.IsAsciiDigit(text[at++]))
            {
                return null;
            }
        }

        var suffix = at + PlainText.Separators(text, at);
        return suffix < text.Length && char.ToUpperInvariant(text[suffix]) is >= 'A' and <= 'D' && (suffix + 1 == text.Length || !char.IsLetterOrDigit(text[suffix + 1]))
            ? suffix + 1
            : needsSuffix ? null : at;
    }
}
