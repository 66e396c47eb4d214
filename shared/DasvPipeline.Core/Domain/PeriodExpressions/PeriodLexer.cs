using System.Text.RegularExpressions;

namespace DasvPipeline.Core.Domain.PeriodExpressions;

/// <summary>Splits a folded text into tokens: periods and their parts, words for kinds, links and other words.</summary>
internal static class PeriodLexer
{
    private static readonly FigureKinds[] AllKinds = Enum.GetValues<FigureKinds>()[1..];

    /// <summary>The patterns, in order. The first one that matches is the token.</summary>
    private static readonly (Regex Pattern, Func<Match, PeriodToken?> Create)[] Rules =
    [
        (PeriodPatterns.NotKinds(), match => Token(PeriodTokenType.Word, match)),
        (PeriodPatterns.IsoDate(), PeriodLexerDates.FromDate),
        (PeriodPatterns.NumericDate(), PeriodLexerDates.FromDate),
        (PeriodPatterns.LongYear(), PeriodLexerYears.FromLong),
        (PeriodPatterns.NumericMonth(), PeriodLexerDates.FromNumericMonth),
        (PeriodPatterns.ShortYear(), PeriodLexerYears.FromShort),
        (PeriodPatterns.SingleYear(), PeriodLexerYears.FromSingle),
        (PeriodPatterns.Quarter(), PeriodLexerYears.FromQuarter),
        (PeriodPatterns.Ending(), FromEnding),
        (PeriodPatterns.Whole(), FromWhole),
        (PeriodPatterns.StrongKinds(), match => FromKind(match, isWeak: false)),
        (PeriodPatterns.Half(), PeriodLexerYears.FromHalf),
        (PeriodPatterns.MonthDayYear(), PeriodLexerDates.FromMonthName),
        (PeriodPatterns.DayMonth(), PeriodLexerDates.FromMonthName),
        (PeriodPatterns.MonthName(), PeriodLexerDates.FromMonthName),
        (PeriodPatterns.Comparator(), FromComparator),
        (PeriodPatterns.PlainYear(), PeriodLexerYears.FromPlain),
        (PeriodPatterns.WeakKinds(), match => FromKind(match, isWeak: true)),
        (PeriodPatterns.Filler(), match => Token(PeriodTokenType.Filler, match)),
        (PeriodPatterns.RangeLink(), match => Token(PeriodTokenType.RangeLink, match)),
        (PeriodPatterns.And(), match => Token(PeriodTokenType.And, match)),
    ];

    public static List<PeriodToken> Read(string text)
    {
        var tokens = new List<PeriodToken>();
        for (var position = 0; position < text.Length;)
        {
            if (text[position] == ' ')
            {
                position++;
                continue;
            }

            var token = ReadOne(text, position);
            tokens.Add(token);
            position = token.End;
        }

        return tokens;
    }

    public static PeriodToken Token(PeriodTokenType type, Match match, PeriodPart? part = null, bool isWeak = false) =>
        new(type, match.Index, match.Index + match.Length, match.Value) { Part = part, IsWeak = isWeak };

    private static PeriodToken ReadOne(string text, int position)
    {
        var type = text[position] switch
        {
            '(' or '[' => PeriodTokenType.Open,
            ')' or ']' => PeriodTokenType.Close,
            ':' or '.' or ';' or '|' or '=' or '*' or '\'' or '"' or '?' or '!' => PeriodTokenType.Punctuation,
            _ => PeriodTokenType.Word,
        };
        if (type != PeriodTokenType.Word && !(text[position] == '\'' && position + 1 < text.Length && char.IsAsciiDigit(text[position + 1])))
        {
            return new PeriodToken(type, position, position + 1, text[position].ToString());
        }

        foreach (var (pattern, create) in Rules)
        {
            if (pattern.Match(text, position) is { Success: true } match && create(match) is { } token)
            {
                return token;
            }
        }

        return Token(PeriodTokenType.Word, PeriodPatterns.Word().Match(text, position));
    }

    private static PeriodToken FromEnding(Match match)
    {
        var months = match.Groups["count"] is { Success: true } count ? PeriodWords.Number(count.Value) : match.Groups["unit"].Value switch
        {
            "year" or "yr" => 12,
            "quarter" or "qtr" => 3,
            "month" => 1,
            "period" or "week" => 0,
            _ => 6,
        };
        return Token(PeriodTokenType.Ending, match) with { Months = months, IsStart = match.Groups["start"].Success, IsWeek = match.Groups["unit"].Value == "week" };
    }

    private static PeriodToken FromWhole(Match match) =>
        Token(PeriodTokenType.Kind, match, PeriodPart.Relative(match.Groups["year"].Success ? RelativeUnit.Year : RelativeUnit.Quarter, 0));

    private static PeriodToken FromKind(Match match, bool isWeak)
    {
        if (match.Groups["whole"].Success)
        {
            return Token(PeriodTokenType.Kind, match, PeriodPart.Relative(RelativeUnit.Year, 0), isWeak: true);
        }

        var kind = Array.Find(AllKinds, kind => match.Groups[kind.ToString().ToLowerInvariant()].Success);
        var text = match.Value;
        var isAverage = kind == FigureKinds.Rolling && (text.Contains("average", StringComparison.Ordinal) || text.Contains("avg", StringComparison.Ordinal) || text.Contains("mean", StringComparison.Ordinal));
        var part = isWeak || kind is not (FigureKinds.Previous or FigureKinds.Current) ? null : FromRelativeWords(text, kind == FigureKinds.Previous ? -1 : 0);
        return Token(PeriodTokenType.Kind, match, part, isWeak) with
        {
            Kinds = isAverage ? kind | FigureKinds.Average : kind,
            Months = kind == FigureKinds.Rolling ? RollingMonths(text) : 0,
        };
    }

    private static PeriodPart FromRelativeWords(string text, int offset)
    {
        bool Has(string word) => text.Contains(word, StringComparison.Ordinal);
        var unit = Has("same ") || Has("12 months") ? RelativeUnit.SamePeriod
            : Has("half") ? RelativeUnit.Period
            : Has("year") || Has("yr") ? RelativeUnit.Year
            : Has("quarter") || Has("qtr") ? RelativeUnit.Quarter
            : Has("month") ? RelativeUnit.Month
            : RelativeUnit.Period;
        return PeriodPart.Relative(unit, offset);
    }

    private static int RollingMonths(string text)
    {
        var count = text.Split(' ', '-').Select(word => PeriodWords.Number(word.TrimEnd('m'))).FirstOrDefault(number => number > 0);
        var isYear = text.Contains("year", StringComparison.Ordinal) || text.Contains("yr", StringComparison.Ordinal) || text.Contains("annual", StringComparison.Ordinal);
        var isQuarter = text.Contains("quarter", StringComparison.Ordinal) || text.Contains("qtr", StringComparison.Ordinal);
        return text.Contains("week", StringComparison.Ordinal) ? 0 : isYear ? 12 * Math.Max(1, count) : isQuarter ? 3 * Math.Max(1, count) : count;
    }

    private static PeriodToken FromComparator(Match match) =>
        Token(PeriodTokenType.Comparator, match) with { Kinds = match.Groups["change"].Success ? FigureKinds.Change : FigureKinds.Plain };
}
