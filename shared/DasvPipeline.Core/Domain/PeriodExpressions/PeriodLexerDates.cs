using System.Globalization;
using System.Text.RegularExpressions;

namespace DasvPipeline.Core.Domain.PeriodExpressions;

/// <summary>Creates the tokens of months and dates.</summary>
internal static class PeriodLexerDates
{
    /// <summary>"30/09/2019", "2019-09-30", and "2019-09-30T00:00:00". The day comes before the month, unless that is not a date.</summary>
    public static PeriodToken? FromDate(Match match)
    {
        var (day, month, year) = (Value(match, "d"), Value(match, "m"), Year(match));
        if (month > 12)
        {
            (day, month) = (month, day);
        }

        return year is { } known && IsDate(day, month, known) ? PeriodLexer.Token(PeriodTokenType.Part, match, PeriodPart.DateOf(day, month, known)) : null;
    }

    /// <summary>"04/2019", "2019-04".</summary>
    public static PeriodToken FromNumericMonth(Match match) => PeriodLexer.Token(PeriodTokenType.Part, match, PeriodPart.Month(Value(match, "m"), Value(match, "y")));

    /// <summary>"April", "Apr-19", "30 September 2019", "September 30, 2019".</summary>
    public static PeriodToken? FromMonthName(Match match)
    {
        var (name, year) = (match.Groups["mn"].Value, Year(match));
        var month = PeriodWords.MonthNumber(name);
        if (match.Groups["d"] is { Success: true })
        {
            var day = Value(match, "d");
            return IsDate(day, month, year ?? 2000)
                ? PeriodLexer.Token(PeriodTokenType.Part, match, PeriodPart.DateOf(day, month, year), isWeak: year is null && name is "may" or "march" or "mar") : null;
        }

        // "may 16 people" is not May 2016.
        var isWeak = year is null ? PeriodWords.WeakMonths.Contains(name) : match.Groups["gap"].Success && name is "may" or "march" or "mar";
        return PeriodLexer.Token(PeriodTokenType.Part, match, PeriodPart.Month(month, year), isWeak);
    }

    private static bool IsDate(int day, int month, int year) => month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month);

    private static int? Year(Match match)
    {
        var text = match.Groups["y"] is { Success: true } year ? year.Value : match.Groups["yy"].Value;
        return text.Length switch
        {
            0 => null,
            2 when int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture) is >= 5 and var two => 2000 + two,
            2 => null,
            _ => int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture),
        };
    }

    private static int Value(Match match, string group) => int.Parse(match.Groups[group].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture);
}
