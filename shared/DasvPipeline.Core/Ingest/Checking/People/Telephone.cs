namespace DasvPipeline.Core.Ingest.Checking.People;

/// <summary>
/// Finds telephone numbers of the United Kingdom: 0 and 9 or 10 digits, or +44 (Ofcom, National Telephone Numbering Plan).
/// Also finds numbers of other countries that start with a plus.
/// </summary>
internal static class Telephone
{
    /// <summary>The shortest national number, with its 0.</summary>
    public const int MinDigits = 10;

    private const int MaxDigits = 15;

    public static bool IsIn(ReadOnlySpan<char> text)
    {
        for (var start = 0; start < text.Length; start++)
        {
            if (text[start] is '0' or '+' && IsStart(text, start) && IsAt(text[start..]))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsStart(ReadOnlySpan<char> text, int start) =>
        start == 0
        || !(char.IsLetterOrDigit(text[start - 1]) || text[start - 1] is '£' or '+'
            || (start > 1 && text[start - 1] is '.' or ',' or '/' or '-' && char.IsAsciiDigit(text[start - 2])));

    private static bool IsAt(ReadOnlySpan<char> text)
    {
        Span<char> digits = stackalloc char[MaxDigits];
        var (count, firstGroup, isPlus) = (0, 0, text[0] == '+');
        for (var at = isPlus ? 1 : 0; at < text.Length; at++)
        {
            if (char.IsAsciiDigit(text[at]))
            {
                if (count == MaxDigits)
                {
                    return false;
                }

                digits[count++] = text[at];
            }
            else
            {
                firstGroup = firstGroup == 0 ? count : firstGroup;
                if (IsNumber(digits[..count], isPlus, firstGroup))
                {
                    return !char.IsAsciiLetter(text[at]) && text[at] != '%';
                }

                if (!IsSeparator(text[at]) || !HasMoreDigits(text, at))
                {
                    return false;
                }
            }
        }

        return IsNumber(digits[..count], isPlus, firstGroup == 0 ? count : firstGroup);
    }

    /// <summary>Returns true if digits are a number. The first group never has two digits: "01-04-2019 12:30" is a date and a time.</summary>
    private static bool IsNumber(Span<char> digits, bool isPlus, int firstGroup) => digits switch
    {
        _ when isPlus => digits.Length >= MinDigits && (digits is not ['4', '4', ..] || IsNational(WithoutTrunk(digits[2..]))),
        ['0', '0', '4', '4', .. var rest] => IsNational(WithoutTrunk(rest)),
        ['0', .. var rest] => firstGroup >= 3 && IsNational(rest),
        _ => false,
    };

    private static bool IsSeparator(char c) => c is ' ' or '-' or '(' or ')' or '.' or '/' or '_';

    /// <summary>Returns true if another digit follows within 3 characters.</summary>
    private static bool HasMoreDigits(ReadOnlySpan<char> text, int at)
    {
        for (var next = at + 1; next < text.Length && next <= at + 3; next++)
        {
            if (char.IsAsciiDigit(text[next]))
            {
                return true;
            }

            if (!IsSeparator(text[next]))
            {
                return false;
            }
        }

        return false;
    }

    /// <summary>Removes the trunk prefix 0, as in "+44 (0)1223 …".</summary>
    private static Span<char> WithoutTrunk(Span<char> number) => number is ['0', .. var rest] ? rest : number;

    /// <summary>
    /// Returns true for numbers that start with 1, 2, 5 or 7 to 9. Some that start with 1 or 8 are one digit shorter. Freephone
    /// numbers (080) and numbers of organisations (03) are published, as those of helplines, and do not count.
    /// </summary>
    private static bool IsNational(ReadOnlySpan<char> number) =>
        number.Length is 9 or 10 && number[0] is '1' or '2' or '5' or '7' or '8' or '9' && number is not ['8', '0', ..] && (number.Length == 10 || number[0] is '1' or '8');
}
