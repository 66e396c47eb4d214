using System.Globalization;
using System.Text.RegularExpressions;

namespace DasvPipeline.Core.Domain.PeriodExpressions;

/// <summary>Creates the tokens of years, quarters and halves.</summary>
internal static class PeriodLexerYears
{
    private const int Century = 2000;

    /// <summary>The most years that one expression spans.</summary>
    private const int MaxYears = 10;

    /// <summary>"2019-20", "2019/2020", "FY2019-20", or several years: "2017-20".</summary>
    public static PeriodToken? FromLong(Match match)
    {
        int first = Value(match, "a"), second = Value(match, "b");
        var last = second >= 100 ? second : (first / 100 * 100) + second + (second < first % 100 ? 100 : 0);
        var isWord = match.Groups["s"].Value == "to";
        if (last <= first || last - first > MaxYears || first < 1990 || (isWord && second < 100))
        {
            return null;
        }

        if (last == first + 1 && !isWord)
        {
            return PeriodLexer.Token(PeriodTokenType.Part, match, PeriodPart.FinancialYear(first));
        }

        if (second < 100 && second <= 12)
        {
            return null; // "2019-04" is a month
        }

        var financial = new MonthRange(4, 12 * (last - first), first);
        var calendar = new MonthRange(1, 12 * (last - first + 1), first);
        return PeriodLexer.Token(PeriodTokenType.Part, match, new PeriodPart(PartShape.Span) { Readings = [financial, calendar], Notes = PeriodNotes.UnclearYear });
    }

    /// <summary>"19/20", "19-20", "FY19/20".</summary>
    public static PeriodToken? FromShort(Match match)
    {
        int first = Value(match, "a"), second = Value(match, "b");
        var hasSlash = match.Groups["s"].Value == "/";
        if (second != first + 1 || first > 48 || (first < 5 && !hasSlash))
        {
            return null; // "01-02" is rather a range of numbers
        }

        var isUnclear = !match.Groups["p"].Success && match.Groups["s"].Value == "-";
        var part = PeriodPart.FinancialYear(Century + first);
        return PeriodLexer.Token(PeriodTokenType.Part, match, isUnclear ? part with { Notes = PeriodNotes.MayBeNumbers } : part, isWeak: !match.Groups["p"].Success);
    }

    /// <summary>"FY20", "FY2020", "FY1920", "financial year 2019".</summary>
    public static PeriodToken? FromSingle(Match match)
    {
        var year = Value(match, "y");
        if (IsCompact(year))
        {
            var compact = Century + (year / 100);
            return PeriodLexer.Token(PeriodTokenType.Part, match, year is > 1990 and < 2060 ? PeriodPart.FinancialYear(compact, year) : PeriodPart.FinancialYear(compact));
        }

        year += year < 100 ? Century : 0;
        return year is < 1991 or > 2060 ? null : PeriodLexer.Token(PeriodTokenType.Part, match, PeriodPart.FinancialYear(year - 1, year));
    }

    /// <summary>"2019", or "1920" or "201920" if a quarter is next to it.</summary>
    public static PeriodToken? FromPlain(Match match)
    {
        var year = Value(match, "y");
        if (year > 9999)
        {
            var isConsecutive = ((year / 100) + 1) % 100 == year % 100;
            return isConsecutive ? PeriodLexer.Token(PeriodTokenType.Part, match, PeriodPart.FinancialYear(year / 100) with { Notes = PeriodNotes.MayBeNumbers }, isWeak: true) : null;
        }

        if (year is > 1990 and < 2050)
        {
            var part = PeriodPart.CalendarYear(year, match.Groups["p"].Value == "calendar year ");
            part = IsCompact(year) && part.Year!.Financial.Count > 0 ? part with { Year = part.Year with { Financial = [year, Century + (year / 100)] } } : part;
            return PeriodLexer.Token(PeriodTokenType.Part, match, part);
        }

        return IsCompact(year) && !match.Groups["p"].Success
            ? PeriodLexer.Token(PeriodTokenType.Part, match, PeriodPart.FinancialYear(Century + (year / 100)) with { Notes = PeriodNotes.MayBeNumbers }, isWeak: true)
            : null;
    }

    public static PeriodToken FromQuarter(Match match)
    {
        var number = match.Groups["n"] is { Success: true } digit ? PeriodWords.Number(digit.Value)
            : match.Groups["r"] is { Success: true } roman ? (roman.Value == "iv" ? 4 : roman.Length)
            : match.Groups["w"].Value switch { "first" => 1, "second" => 2, "third" => 3, _ => 4 };
        return PeriodLexer.Token(PeriodTokenType.Part, match, PeriodPart.Quarter(number));
    }

    public static PeriodToken FromHalf(Match match)
    {
        var number = match.Groups["n"] is { Success: true } digit ? PeriodWords.Number(digit.Value) : match.Groups["w"].Value switch { "" => 0, "first" or "1st" => 1, _ => 2 };
        return PeriodLexer.Token(PeriodTokenType.Part, match, number == 0 ? PeriodPart.UnclearHalf() : PeriodPart.Half(number));
    }

    private static int Value(Match match, string group) => int.Parse(match.Groups[group].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture);

    /// <summary>Returns true for two consecutive years without a separator: 1920.</summary>
    private static bool IsCompact(int year) => year / 100 is >= 9 and < 49 && (year / 100) + 1 == year % 100;
}
