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

    /// <summary>The text can mean the period asked for, and also another one: "Q2 2019".</summary>
    Unclear,
}

/// <summary>A text that says something about time or the kind of figure, compared with the period asked for.</summary>
/// <param name="Text">The text as typed.</param>
/// <param name="At">The cell. Null for the name of a sheet.</param>
internal sealed record PeriodStatement(string Text, CellRef? At, PeriodComparison Comparison, StatementMeaning Meaning)
{
    public static PeriodStatement Create(string text, CellRef? at, PeriodExpression expression, Period asked)
    {
        var comparison = expression.CompareWith(asked);
        return new PeriodStatement(text.Trim(), at, comparison, MeaningOf(expression, comparison, asked));
    }

    private static StatementMeaning MeaningOf(PeriodExpression expression, PeriodComparison comparison, Period asked)
    {
        switch (comparison.Outcome)
        {
            case PeriodOutcome.Silent or PeriodOutcome.Matches:
                return StatementMeaning.Nothing;
            case PeriodOutcome.Contains when comparison.Months is not { Count: < 12 }:
                return StatementMeaning.Nothing;
            case PeriodOutcome.PartOf when !asked.IsYear && comparison is { Months.Count: 1, Date: null }:
                return StatementMeaning.Month;
            case PeriodOutcome.PartOf when asked.IsYear && comparison.Months?.Period is not null:
            case PeriodOutcome.Other when comparison.Months?.Period is not null:
            case PeriodOutcome.NotThisKind when comparison is { Kind.Kinds: FigureKinds.Previous, Months.Period: { } previous } && previous != asked:
                return StatementMeaning.OtherPeriod;
            case PeriodOutcome.Ambiguous when expression.Periods.Count == 1 && expression.Periods[0].Resolve(asked) is var readings:
                var whole = MonthRange.From(asked);
                return readings.Contains(whole) ? StatementMeaning.Unclear
                    : readings.Any(months => months.Count == 12 && months.Contains(whole)) ? StatementMeaning.Nothing
                    : StatementMeaning.OtherKind;
            default:
                return StatementMeaning.OtherKind;
        }
    }

    /// <summary>Names the text and its meaning for a finding: "YTD" (the year to date).</summary>
    public string Describe()
    {
        var meaning = Comparison.Readings.Count > 0 ? FindingText.JoinWithOr(Comparison.Readings) : Comparison.Description;
        return string.Equals(Text, meaning, StringComparison.OrdinalIgnoreCase) ? FindingText.Quote(Text) : $"{FindingText.Quote(Text)} ({meaning})";
    }
}
