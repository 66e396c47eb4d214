using System.Globalization;
using System.Text;

namespace DasvPipeline.Core.Ingest.Checking.People;

/// <summary>
/// Normalises a text for searching: digits of every script and full-width letters become ASCII, white space becomes a space,
/// dashes become hyphens, and invisible characters are removed.
/// </summary>
internal static class PlainText
{
    /// <summary>Returns the normalised text, or the same text if it is ASCII.</summary>
    public static string Normalise(string text)
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

    /// <summary>Returns true if part of a text is not adjacent to other letters or digits.</summary>
    public static bool IsWholeWord(ReadOnlySpan<char> text, int start, int end) =>
        (start == 0 || !char.IsLetterOrDigit(text[start - 1])) && (end == text.Length || !char.IsLetterOrDigit(text[end]));

    /// <summary>Counts the separators (spaces, hyphens, full stops, slashes) from a position. Returns at most 3.</summary>
    public static int CountSeparators(ReadOnlySpan<char> text, int at)
    {
        const int MaxCount = 3;
        var count = 0;
        while (count < MaxCount && at + count < text.Length && text[at + count] is ' ' or '-' or '.' or '/' or '_')
        {
            count++;
        }

        return count;
    }
}
