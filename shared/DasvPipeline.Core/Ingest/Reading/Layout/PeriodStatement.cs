using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Domain.Findings;
using DasvPipeline.Core.Domain.PeriodExpressions;

namespace DasvPipeline.Core.Ingest.Reading.Layout;

/// <summary>What a text means for the figures below or next to it.</summary>
internal enum StatementMeaning
{
    /// <summary>The text says nothing about time, or names the period asked for or its year.</summary>
    Nothing,

    /// <summary>The figures are for another quarter or year.</summary>
    OtherPeriod,

    /// <summary>The figures are for one month of the quarter.</summary>
    Month,

    /// <summary>The figures are of another kind, or for a time that is no period of the return.</summary>
    OtherKind,

    /// <summary>The text can mean the period asked for, and also another one: "Q2 2019", "weekly referrals".</summary>
    Unclear,
}

/// <summary>A text that says something about time or the kind of figure, compared with the period asked for.</summary>
/// <param name="Text">The text as typed.</param>
/// <param name="At">The cell. Null for the name of a sheet.</param>
internal sealed record PeriodStatement(string Text, CellRef? At, PeriodComparison Comparison, StatementMeaning Meaning)
{
    /// <summary>True for "weekly referrals" or "by month". Columns that state their period make it clear.</summary>
    public bool IsFrequency => Comparison is { Outcome: PeriodOutcome.Ambiguous, Kind: not null };

    /// <summary>Compares what a text says with the period asked for.</summary>
    /// <param name="isStock">True if the figures are stocks. The last day or month of a period then means the period.</param>
    public static PeriodStatement Create(string text, CellRef? at, PeriodExpression expression, Period asked, bool isStock = false)
    {
        var comparison = expression.CompareWith(asked);
        if (isStock && FindPeriodEndingThen(expression, comparison, asked) is { } period)
        {
            comparison = comparison with { Outcome = period == asked ? PeriodOutcome.Matches : PeriodOutcome.Other, Months = MonthRange.From(period), Date = null };
        }

        return new PeriodStatement(text.Trim(), at, comparison, MeaningOf(expression, comparison, asked));
    }

    /// <summary>Returns the quarter or year whose last day or month the text states, or null if it states another time.</summary>
    private static Period? FindPeriodEndingThen(PeriodExpression expression, PeriodComparison comparison, Period asked)
    {
        if (expression.Periods.Count != 1 || (expression.Kinds & ~FigureKinds.AsAt) != FigureKinds.Plain
            || comparison is not { Months: { Count: 1, LastYear: { } year } months, Outcome: PeriodOutcome.PartOf or PeriodOutcome.Other or PeriodOutcome.Matches })
        {
            return null;
        }

        var period = Period.YearContaining(new DateOnly(year, months.FirstMonth, 1));
        period = asked.IsYear ? period : period.WithQuarter(((months.FirstMonth + 8) % 12 / 3) + 1);
        return period.End.Month == months.FirstMonth && (comparison.Date is null || comparison.Date == period.End) ? period : null;
    }

    private static StatementMeaning MeaningOf(PeriodExpression expression, PeriodComparison comparison, Period asked)
    {
        switch (comparison.Outcome)
        {
            case PeriodOutcome.Silent or PeriodOutcome.Matches:
                return StatementMeaning.Nothing;
            case PeriodOutcome.Contains when comparison.Months is not { Count: <= 12, Period: null }: // "12 months to June" is not the year
                return StatementMeaning.Nothing;
            case PeriodOutcome.PartOf when !asked.IsYear && comparison is { Months.Count: 1, Date: null }:
                return StatementMeaning.Month;
            case PeriodOutcome.PartOf when asked.IsYear && comparison.Months?.Period is not null:
            case PeriodOutcome.Other when comparison.Months?.Period is not null:
            case PeriodOutcome.NotThisKind when comparison is { Kind.Kinds: FigureKinds.Previous, Months.Period: { } previous } && previous != asked:
                return StatementMeaning.OtherPeriod;
            case PeriodOutcome.Ambiguous when comparison is { Kind: not null }:
                return StatementMeaning.Unclear; // "weekly referrals"
            case PeriodOutcome.Ambiguous when expression.Periods.Count == 1 && expression.Periods[0].Resolve(asked) is var readings:
                var whole = MonthRange.From(asked);
                return readings.Contains(whole) ? StatementMeaning.Unclear
                    : readings.Any(months => months.Count == 12 && months.Contains(whole)) ? StatementMeaning.Nothing
                    : StatementMeaning.OtherKind;
            case PeriodOutcome.Other when expression.Periods.Count == 1 && expression.Periods[0].Resolve(asked) is { Count: > 1 } possible && possible.Any(months => months.Overlaps(MonthRange.From(asked))):
                return StatementMeaning.Unclear; // "2012-2016" for 2016-17
            default:
                return StatementMeaning.OtherKind;
        }
    }

    /// <summary>Creates the query about a text that can mean another time or another kind of figure.</summary>
    public Finding CreateQuery(CellRef at, Period asked)
    {
        var subject = At is null ? $"The sheet {FindingText.Quote(Text)}" : FindingText.Quote(Text);
        var meaning = Comparison.Readings.Count > 0 ? FindingText.JoinWithOr(Comparison.Readings) : Comparison.Description;
        return Finding.Query(Codes.PeriodUnclear, at, $"{subject} can mean {meaning}. We read the figures as {asked.Label}. If that is right, write {asked}.");
    }

    /// <summary>Names the text and its meaning for a finding: "YTD" (the year to date).</summary>
    public string Describe()
    {
        var meaning = Comparison.Readings.Count > 0 ? FindingText.JoinWithOr(Comparison.Readings) : Comparison.Description;
        return string.Equals(Text, meaning, StringComparison.OrdinalIgnoreCase) ? FindingText.Quote(Text) : $"{FindingText.Quote(Text)} ({meaning})";
    }
}
