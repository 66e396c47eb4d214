namespace DasvPipeline.Core.Ingest.Checking.People;

/// <summary>
/// Finds National Insurance numbers: two letters, six digits, and a letter from A to D, optionally in pairs
/// (HMRC, National Insurance Manual NIM39110). The manual's example, QQ 12 34 56 A, is never issued.
/// </summary>
internal static class NationalInsuranceNumber
{
    private const string NotFirst = "DFIQUV";
    private const string NotSecond = "DFIOQUV";
    private const int Digits = 6;
    private static readonly string[] NeverIssued = ["BG", "GB", "KN", "NK", "NT", "TN", "ZZ"];

    /// <summary>Returns true if a text contains a number.</summary>
    /// <param name="needsSuffix">False if the last letter is optional. Codes of other kinds look the same without it.</param>
    public static bool IsIn(ReadOnlySpan<char> text, bool needsSuffix)
    {
        for (var start = 0; start + 2 + Digits <= text.Length; start++)
        {
            if (IsPrefix(text[start], text[start + 1]) && End(text, start + 2, needsSuffix) is { } end && PlainText.IsWholeWord(text, start, end))
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
        foreach (var never in NeverIssued)
        {
            if (prefix.SequenceEqual(never))
            {
                return false;
            }
        }

        return !NotFirst.Contains(prefix[0], StringComparison.Ordinal) && !NotSecond.Contains(prefix[1], StringComparison.Ordinal);
    }

    private static int? End(ReadOnlySpan<char> text, int position, bool needsSuffix)
    {
        for (var count = 0; count < Digits; count++)
        {
            position += count % 2 == 0 ? PlainText.CountSeparators(text, position) : 0;
            if (position >= text.Length || !char.IsAsciiDigit(text[position++]))
            {
                return null;
            }
        }

        var suffix = position + PlainText.CountSeparators(text, position);
        return suffix < text.Length && char.ToUpperInvariant(text[suffix]) is >= 'A' and <= 'D' && (suffix + 1 == text.Length || !char.IsLetterOrDigit(text[suffix + 1]))
            ? suffix + 1
            : needsSuffix ? null : position;
    }
}
