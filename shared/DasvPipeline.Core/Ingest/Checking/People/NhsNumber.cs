namespace DasvPipeline.Core.Ingest.Checking.People;

/// <summary>
/// Finds NHS numbers: 10 digits, the last a modulus 11 check digit, shown as 3-3-4
/// (NHS Data Model and Dictionary, "NHS Number"; Information Standard ISB 0149).
/// Numbers start with 3 (Northern Ireland's Health and Care Numbers), or with 4, 6 or 7 (England, Wales, Isle of Man).
/// Those that start with 9 are for tests. Scotland's CHI numbers start with a date and have the same check digit.
/// </summary>
internal static class NhsNumber
{
    public const int Length = 10;

    /// <summary>Returns true if 10 digits have the format and check digit of an NHS number.</summary>
    public static bool IsValid(ReadOnlySpan<char> digits) => digits.Length == Length && digits[0] is '3' or '4' or '6' or '7' or '9' && HasCheckDigit(digits);

    /// <summary>Returns true if a text contains a number, in one group or in three.</summary>
    public static bool IsIn(ReadOnlySpan<char> text)
    {
        Span<char> digits = stackalloc char[Length];
        for (var start = 0; start < text.Length; start++)
        {
            if (char.IsAsciiDigit(text[start]) && (start == 0 || !char.IsAsciiDigit(text[start - 1]))
                && End(text, start, digits, out var isGrouped) is { } end && !IsPartOfAFigure(text, start, end)
                && (IsValid(digits) || (isGrouped && IsCommunityHealthIndex(digits))))
            {
                return true;
            }
        }

        return false;
    }

    private static bool HasCheckDigit(ReadOnlySpan<char> digits)
    {
        var sum = 0;
        for (var i = 0; i < Length - 1; i++)
        {
            sum += (digits[i] - '0') * (Length - i);
        }

        // 11 means 0. A number with a check digit of 10 is never issued, and neither is one that repeats a single digit,
        // which people enter for "not known".
        var check = (11 - (sum % 11)) % 11;
        return check == digits[^1] - '0' && digits.ContainsAnyExcept(digits[0]);
    }

    private static bool IsCommunityHealthIndex(ReadOnlySpan<char> digits) =>
        Two(digits) is >= 1 and <= 31 && Two(digits[2..]) is >= 1 and <= 12 && HasCheckDigit(digits);

    private static int Two(ReadOnlySpan<char> digits) => ((digits[0] - '0') * 10) + digits[1] - '0';

    /// <summary>Returns the position after 10 digits in one group or as 3-3-4, or null if there are none.</summary>
    private static int? End(ReadOnlySpan<char> text, int start, Span<char> digits, out bool isGrouped)
    {
        var (at, count) = (start, 0);
        isGrouped = false;
        while (count < Length)
        {
            if (at < text.Length && char.IsAsciiDigit(text[at]))
            {
                digits[count++] = text[at++];
                continue;
            }

            var separators = PlainText.CountSeparators(text, at);
            if (separators == 0 || !(count == 3 || (count == 6 && isGrouped)))
            {
                return null;
            }

            isGrouped = true;
            at += separators;
        }

        return at < text.Length && char.IsAsciiDigit(text[at]) ? null : at;
    }

    /// <summary>Returns true for digits within an amount of money, such as "£4,010,232,137" or "4010232137.50".</summary>
    private static bool IsPartOfAFigure(ReadOnlySpan<char> text, int start, int end) =>
        (start > 0 && text[start - 1] is '£' or '$' or '€' or ',' or '.' or '+')
        || (start > 1 && text[start - 1] == ' ' && text[start - 2] == '£')
        || (end < text.Length && text[end] is '%')
        || (end + 1 < text.Length && text[end] is '.' or ',' && char.IsAsciiDigit(text[end + 1]));
}
