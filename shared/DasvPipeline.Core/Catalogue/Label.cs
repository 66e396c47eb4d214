using System.Globalization;
using System.Text;

namespace DasvPipeline.Core.Catalogue;

/// <summary>
/// A label as it is compared: case, white space, dashes, quotes and the period at its end do not matter
/// ("ISVA  referrals 2019-20:" is "isva referrals"). Letters are never exchanged for others that look alike.
/// </summary>
public static class Label
{
    private static readonly string[] MonthNames =
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

    /// <summary>Letters of other scripts that look like these, and marks that cannot be seen.</summary>
    private static readonly HashSet<UnicodeCategory> Unseen = [UnicodeCategory.Format, UnicodeCategory.Control];

    public static string Normalise(string text)
    {
        var folded = Fold(text);
        var words = folded.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var count = words.Length;

        // "… in 2019-20 Q1" speaks of when, not of what; a label that is only a period stays.
        while (count > 1 && IsPeriodWord(words[count - 1]))
        {
            count--;
        }

        if (count < words.Length && count > 1 && words[count - 1] is "in" or "for" or "during" or "-")
        {
            count--;
        }

        return count == words.Length ? folded : string.Join(' ', words, 0, count).TrimEnd(':', ',', '-', ' ');
    }

    /// <summary>
    /// The first character that makes a label differ from what it seems to be (an unseen mark, or a letter of another
    /// script among Latin ones); null when there is none.
    /// </summary>
    public static Rune? FindLookAlike(string text)
    {
        var hasLatin = text.Any(char.IsAsciiLetter);
        foreach (var rune in text.EnumerateRunes())
        {
            var isOtherScript = hasLatin && Rune.IsLetter(rune) && rune.Value is > 0x24F and not (>= 0x1E00 and <= 0x1EFF);
            if (isOtherScript || (Unseen.Contains(Rune.GetUnicodeCategory(rune)) && !Rune.IsWhiteSpace(rune)))
            {
                return rune;
            }
        }

        return null;
    }

    /// <summary>Reads a label that speaks of a period only: "Q1", "2019/20", "2019-20 Q1", "April to June 2019".</summary>
    /// <returns>The financial year's first calendar year and the quarter, as far as the label says them.</returns>
    public static (int? FirstYear, int? Quarter)? ReadPeriod(string text)
    {
        var words = Fold(text).Replace("quarter ", "q", StringComparison.Ordinal)
            .Split([' ', ','], StringSplitOptions.RemoveEmptyEntries);
        if (words.Length is 0 or > 5)
        {
            return null;
        }

        int? year = null, quarter = null, month = null;
        foreach (var word in words)
        {
            if (ReadYear(word) is { } firstYear)
            {
                year = firstYear;
            }
            else if (word is ['q', >= '1' and <= '4'])
            {
                quarter = word[1] - '0';
            }
            else if (ReadMonths(word) is { } first)
            {
                month ??= first;
            }
            else if (word.Length == 4 && int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var calendarYear)
                && calendarYear is > 1990 and < 2100 && month is { } m)
            {
                year = m >= 4 ? calendarYear : calendarYear - 1;
            }
            else if (word is not ("to" or "-" or "in"))
            {
                return null;
            }
        }

        if (month is { } firstMonth)
        {
            if (firstMonth is not (1 or 4 or 7 or 10))
            {
                return null;
            }

            quarter ??= firstMonth == 1 ? 4 : (firstMonth - 1) / 3;
        }

        return year is null && quarter is null ? null : (year, quarter);
    }

    private static string Fold(string text)
    {
        var builder = new StringBuilder(text.Length);
        var space = false;
        foreach (var c in text)
        {
            if (char.IsWhiteSpace(c))
            {
                space = builder.Length > 0;
                continue;
            }

            if (space)
            {
                builder.Append(' ');
                space = false;
            }

            _ = c switch
            {
                '‘' or '’' or 'ʼ' or '`' => builder.Append('\''),
                '“' or '”' => builder.Append('"'),
                '–' or '—' or '‑' or '−' => builder.Append('-'),
                '&' => builder.Append("and"),
                _ => builder.Append(char.ToLowerInvariant(c)),
            };
        }

        var end = builder.Length;
        while (end > 0 && builder[end - 1] is ':' or '*' or '.' or ' ' or '?')
        {
            end--;
        }

        return builder.ToString(0, end);
    }

    private static bool IsPeriodWord(string word) =>
        ReadYear(word) is not null || word is ['q', >= '1' and <= '4'];

    private static int? ReadYear(string word)
    {
        var slash = word.IndexOfAny(['-', '/']);
        return slash == 4 && word.Length is 7 or 9
            && int.TryParse(word.AsSpan(0, 4), NumberStyles.None, CultureInfo.InvariantCulture, out var first)
            && int.TryParse(word.AsSpan(5), NumberStyles.None, CultureInfo.InvariantCulture, out var second)
            && (first + 1) % 100 == second % 100
                ? first
                : null;
    }

    /// <summary>The first month of "april", "apr-jun" or "apr"; null for any other word.</summary>
    private static int? ReadMonths(string word)
    {
        int? first = null;
        foreach (var part in word.Split('-', '/'))
        {
            var month = part.Length >= 3 && part.All(char.IsAsciiLetter) ? Array.FindIndex(MonthNames, name => part.StartsWith(name, StringComparison.Ordinal)) : -1;
            if (month < 0)
            {
                return null;
            }

            first ??= month + 1;
        }

        return first;
    }
}
