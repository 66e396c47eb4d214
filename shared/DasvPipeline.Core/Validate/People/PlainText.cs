using System.Globalization;
using System.Text;

namespace DasvPipeline.Core.Validate.People;

/// <summary>
/// A text as it is searched: digits of every script and full-width letters are the plain ones, white space is a space,
/// dashes are hyphens, and marks that cannot be seen are gone. A number is not hidden by how it is typed.
/// </summary>
internal static class PlainText
{
    /// <returns>The same text where it is plain already.</returns>
    public static string Of(string text)
    {
        if (Ascii.IsValid(text))
        {
            return text;
        }

        var plain = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            var category = Rune.GetUnicodeCategory(rune);
            if (Rune.IsWhiteSpace(rune))
            {
                plain.Append(' ');
            }
            else if (category == UnicodeCategory.DecimalDigitNumber)
            {
                plain.Append((char)('0' + (int)Rune.GetNumericValue(rune)));
            }
            else if (rune.Value is >= 0xFF01 and <= 0xFF5E)
            {
                plain.Append((char)(rune.Value - 0xFEE0));
            }
            else if (category == UnicodeCategory.DashPunctuation || rune.Value == 0x2212)
            {
                plain.Append('-');
            }
            else if (category is not (UnicodeCategory.Format or UnicodeCategory.Control or UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark))
            {
                plain.Append(rune.ToString());
            }
        }

        return plain.ToString();
    }

    /// <summary>Whether the characters before and after a piece of a text part it from other words and numbers.</summary>
    public static bool StandsAlone(ReadOnlySpan<char> text, int start, int end) =>
        (start == 0 || !char.IsLetterOrDigit(text[start - 1])) && (end == text.Length || !char.IsLetterOrDigit(text[end]));

    /// <summary>The number of separators (spaces, hyphens, points) from a place on; at most three.</summary>
    public static int Separators(ReadOnlySpan<char> text, int at)
    {
        const int Most = 3;
        var count = 0;
        while (count < Most && at + count < text.Length && text[at + count] is ' ' or '-' or '.')
        {
            count++;
        }

        return count;
    }
}
