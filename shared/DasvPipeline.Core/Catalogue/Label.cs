using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace DasvPipeline.Core.Catalogue;

/// <summary>
/// Normalises labels for comparison. Case, white space, dashes, quotes and a period at the end do not matter:
/// "ISVA  referrals 2019-20:" becomes "isva referrals". The marks of footnotes at the end do not matter either. Letters that
/// look alike are never exchanged.
/// </summary>
public static partial class Label
{
    /// <summary>The maximum length of a label. A longer text is not a label and is not parsed.</summary>
    public const int MaxLength = 300;

    private static readonly string[] MonthNames =
        ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"];

    /// <summary>The characters that do not count at the end of a label.</summary>
    private static readonly char[] EndCharacters = [':', '*', '.', ' ', '?'];

    /// <summary>The last characters of footnote marks.</summary>
    private static readonly SearchValues<char> MarkEnds = SearchValues.Create("¹²³⁰⁴⁵⁶⁷⁸⁹*†‡§¶])");

    /// <summary>The categories of invisible characters.</summary>
    private static readonly HashSet<UnicodeCategory> Invisible = [UnicodeCategory.Format, UnicodeCategory.Control];

    public static string Normalise(string text)
    {
        if (text.Length > MaxLength)
        {
            return text;
        }

        var folded = Fold(text);
        var words = folded.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var count = words.Length;

        // A period at the end, such as "in 2019-20 Q1", is removed. A label that is only a period is kept.
        while (count > 0 && IsPeriodWord(words[count - 1]))
        {
            count--;
        }

        if (count < words.Length && count > 0 && words[count - 1] is "in" or "for" or "during" or "-")
        {
            count--;
        }

        return count == 0 || count == words.Length ? folded : RemoveMarks(string.Join(' ', words, 0, count).TrimEnd(':', ',', '-', ' '));
    }

    /// <summary>
    /// Removes numbers in brackets from the end of a normalised label, as in "referrals (2)". They can be footnotes, but also a
    /// part of the label, so a caller first looks for the whole label. Returns null if there are none.
    /// </summary>
    public static string? RemoveNumbers(string label) =>
        label.EndsWith(')') && Numbers().Match(label) is { Success: true, Index: > 0 and var length } ? label[..length] : null;

    /// <summary>Returns the words of a text: its runs of letters and digits.</summary>
    public static string[] SplitWords(string text) => new string([.. text.Select(c => char.IsLetterOrDigit(c) ? c : ' ')]).Split(' ', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>
    /// Returns the first character that makes a label differ from the way it looks: an invisible character, or a letter
    /// of another script among Latin letters. Returns null if there is no such character.
    /// </summary>
    public static Rune? FindLookAlike(string text)
    {
        var hasLatin = text.Any(char.IsAsciiLetter);
        foreach (var rune in text.EnumerateRunes())
        {
            var isOtherScript = hasLatin && Rune.IsLetter(rune) && rune.Value is > 0x24F and not (>= 0x1E00 and <= 0x1EFF);
            if (isOtherScript || (Invisible.Contains(Rune.GetUnicodeCategory(rune)) && !Rune.IsWhiteSpace(rune)))
            {
                return rune;
            }
        }

        return null;
    }

    /// <summary>Parses a label that is only a period: "Q1", "2019/20", "2019-20 Q1", "April to June 2019".</summary>
    /// <returns>The first calendar year of the financial year and the quarter, if the label states them.</returns>
    public static (int? FirstYear, int? Quarter)? ParsePeriod(string text)
    {
        if (text.Length > MaxLength)
        {
            return null;
        }

        var words = Fold(text).Replace("quarter ", "q", StringComparison.Ordinal).Replace("-q", " q", StringComparison.Ordinal)
            .Split([' ', ',', '(', ')'], StringSplitOptions.RemoveEmptyEntries);
        if (words.Length is 0 or > 5)
        {
            return null;
        }

        int? year = null, quarter = null;
        var (months, calendarYears) = (new List<int>(), new List<int>());
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
            else if (ReadMonths(word) is { } wordMonths)
            {
                months.AddRange(wordMonths);
            }
            else if (word.Length == 4 && int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var calendarYear)
                && calendarYear is > 1990 and < 2100)
            {
                calendarYears.Add(calendarYear);
            }
            else if (word is not ("to" or "-" or "in"))
            {
                return null;
            }
        }

        if (months.Count == 0 && calendarYears.Count == 0)
        {
            return year is null && quarter is null ? null : (year, quarter);
        }

        return ReadSpan(months, calendarYears) is { } span ? (span.FirstYear ?? year, span.Quarter ?? quarter) : null;
    }

    /// <summary>Returns the quarter or financial year from the first to the last of the months. Returns null if they are neither.</summary>
    private static (int? FirstYear, int? Quarter)? ReadSpan(List<int> months, List<int> calendarYears)
    {
        if (months.Count is < 2 or > 3 || calendarYears.Count > 2)
        {
            return null;
        }

        var first = months[0];
        switch ((months[^1] - first + 12) % 12)
        {
            case 2 when first is 1 or 4 or 7 or 10 && calendarYears.Distinct().Count() <= 1:
                int? year = calendarYears.Count == 0 ? null : first == 1 ? calendarYears[0] - 1 : calendarYears[0];
                return (year, first == 1 ? 4 : (first - 1) / 3);
            case 11 when first == 4 && (calendarYears.Count < 2 || calendarYears[0] + 1 == calendarYears[1]):
                return (calendarYears.Count == 0 ? null : calendarYears[^1] - 1, null);
            default:
                return null;
        }
    }

    private static string Fold(string text)
    {
        var builder = new StringBuilder(text.Length);
        var hasSpace = false;
        foreach (var c in text)
        {
            if (char.IsWhiteSpace(c))
            {
                hasSpace = builder.Length > 0;
                continue;
            }

            if (hasSpace)
            {
                builder.Append(' ');
                hasSpace = false;
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

        return RemoveMarks(builder.ToString().TrimEnd(EndCharacters)).TrimEnd(EndCharacters);
    }

    /// <summary>Removes the marks of footnotes at the end of a text: "¹", "*", "†", "[3]", "(note 2)".</summary>
    private static string RemoveMarks(string folded) =>
        folded.Length > 0 && MarkEnds.Contains(folded[^1]) && Marks().Match(folded) is { Success: true, Index: var length } ? folded[..length] : folded;

    [GeneratedRegex(@"(?:\s*(?:[¹²³⁰⁴-⁹*†‡§¶]|\[[0-9]{1,2}(?:, ?[0-9]{1,2})*\]|[\[(](?:see )?notes?:?(?: ?[0-9]{1,2}| [a-z])(?:(?:, ?| ?and ?|-)(?:[0-9]{1,2}|[a-z]))*[\])]))+$")]
    private static partial Regex Marks();

    [GeneratedRegex(@"(?:\s*\([0-9]{1,2}(?:, ?[0-9]{1,2})*\))+$")]
    private static partial Regex Numbers();

    private static bool IsPeriodWord(string word) =>
        ReadYear(word) is not null || word is ['q', >= '1' and <= '4'] || (word is [.. var year, '-', 'q', >= '1' and <= '4'] && ReadYear(year) is not null);

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

    /// <summary>Returns the months, counted from 1, of words such as "april", "apr-jun" or "sept". Returns null for any other word.</summary>
    private static List<int>? ReadMonths(string word)
    {
        var months = new List<int>();
        foreach (var part in word.Split('-', '/'))
        {
            var month = Array.FindIndex(MonthNames, name => part == name || part == name[..3] || (part == "sept" && name == "september"));
            if (month < 0)
            {
                return null;
            }

            months.Add(month + 1);
        }

        return months;
    }
}
