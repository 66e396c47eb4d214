using System.Globalization;
using DasvPipeline.Core.Ingest.Reading;

namespace DasvPipeline.Core.Ingest.Checking.People;

/// <summary>
/// Finds dates of birth. A date alone is not personal: it is a date of birth if a heading or the text next to it says so.
/// </summary>
internal static class BirthDate
{
    private static readonly string[] FormatsWithoutSeparators = ["ddMMyyyy", "yyyyMMdd", "ddMMyy"];
    private static readonly string[] Months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

    /// <summary>Returns true for texts such as "DOB 12/03/1980". A text with two dates is a range: "born between 1/4/2019 and 30/6/2019".</summary>
    public static bool IsIn(ReadOnlySpan<char> text)
    {
        foreach (var word in PersonalDataWords.Current.BirthDateTexts)
        {
            var at = text.IndexOf(word, StringComparison.OrdinalIgnoreCase);
            if (at >= 0 && PlainText.IsWholeWord(text, at, at + word.Length)
                && ((FindDate(text) is { } end && FindDate(text[end..]) is null) || StartsWithDigits(text[(at + word.Length)..])))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Returns true if a text after such a word starts with a date without separators, as in "DOB: 120380", or with a year after a colon.</summary>
    private static bool StartsWithDigits(ReadOnlySpan<char> text)
    {
        var digits = text.TrimStart(" :=-");
        var length = digits.IndexOfAnyExceptInRange('0', '9') is var other and >= 0 ? other : digits.Length;
        return (length is 6 or 8 && IsDate(digits[..length].ToString()))
            || (length == 4 && text.TrimStart() is [':', ..] && digits is ['1', '9', ..] or ['2', '0', ..]);
    }

    /// <summary>Returns true if a cell below or next to such a heading contains a date in any format.</summary>
    public static bool IsDate(Cell cell)
    {
        const int From = 3654, To = 73050; // serial numbers of 1910 to 2099, for a date without a format

        return cell.Kind switch
        {
            CellKind.Date => true,
            CellKind.Number => cell.Number == Math.Truncate(cell.Number)
                && (cell.Number is > From and < To || IsDate(cell.Number.ToString("00000000", CultureInfo.InvariantCulture))),
            CellKind.Text => PlainText.Normalise(cell.Text!) is var text && (FindDate(text) is not null || IsDate(text.Trim())),
            _ => false,
        };
    }

    /// <summary>Returns true for digits that are a date. The caller restores a leading 0 that a spreadsheet has removed.</summary>
    private static bool IsDate(string digits) => DateTime.TryParseExact(digits, FormatsWithoutSeparators, CultureInfo.InvariantCulture, DateTimeStyles.None, out _);

    /// <summary>Returns the position after the first date, or null if the text has no date.</summary>
    private static int? FindDate(ReadOnlySpan<char> text)
    {
        for (var start = 0; start < text.Length; start++)
        {
            if (char.IsAsciiLetterOrDigit(text[start]) && (start == 0 || !char.IsAsciiLetterOrDigit(text[start - 1])) && End(text, start) is { } end)
            {
                return end;
            }
        }

        return null;
    }

    /// <summary>Returns the end of a date with three parts, one of which can be the name of a month: "12/3/80", "1980-03-12", "12th March 1980", "March 12, 1980".</summary>
    private static int? End(ReadOnlySpan<char> text, int at)
    {
        var (numbers, months, digits) = (0, 0, 0);
        for (var part = 0; part < 3; part++)
        {
            at = part > 0 && text[at..].StartsWith(" of ") ? at + 3 : at;
            while (part > 0 && at < text.Length && text[at] is '/' or '-' or '.' or ' ' or ',' or '|')
            {
                at++;
            }

            var start = at;
            while (at < text.Length && char.IsAsciiDigit(text[at]))
            {
                at++;
            }

            if (at - start is >= 1 and <= 4)
            {
                numbers++;
                digits += at - start;
                at += at + 2 <= text.Length && text.Slice(at, 2) is "st" or "nd" or "rd" or "th" ? 2 : 0;
                continue;
            }

            while (at < text.Length && char.IsAsciiLetter(text[at]))
            {
                at++;
            }

            if (at - start < 3 || !IsMonth(text[start..at]))
            {
                return null;
            }

            months++;
        }

        return (numbers, months) is (3, 0) or (2, 1) && digits is >= 3 and <= 8 && (at == text.Length || !char.IsLetterOrDigit(text[at])) ? at : null;
    }

    private static bool IsMonth(ReadOnlySpan<char> word)
    {
        foreach (var month in Months)
        {
            if (word.StartsWith(month, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }
}
