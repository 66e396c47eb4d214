using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Domain.PeriodExpressions;

namespace DasvPipeline.Core.Ingest.Reading.Layout;

/// <summary>The part of a period that a label states: a year, a quarter, both or neither.</summary>
internal readonly record struct PartialPeriod(int? FirstYear, int? Quarter)
{
    public static readonly PartialPeriod None;

    public bool HasValue => FirstYear is not null || Quarter is not null;

    /// <summary>Fills in the parts that this label does not state from another one.</summary>
    public PartialPeriod FillFrom(PartialPeriod other) => new(FirstYear ?? other.FirstYear, Quarter ?? other.Quarter);

    /// <summary>
    /// Returns the full period in a file that was sent for <paramref name="reportPeriod"/>. In a quarterly return, a year
    /// alone states only the year of the quarter.
    /// </summary>
    public Period Resolve(Period reportPeriod)
    {
        var whole = Period.FromYear(FirstYear ?? reportPeriod.FirstYear);
        return Quarter is { } quarter ? whole.WithQuarter(quarter) : whole == reportPeriod.Year ? reportPeriod : whole;
    }

    /// <summary>Parses a label that is only a period: "Q1", "2019-20".</summary>
    public static PartialPeriod Parse(string text) =>
        PeriodExpressionParser.Parse(text) is { IsSilent: false, Rest: "" } expression ? From(expression) : None;

    /// <summary>Returns the only quarter or financial year in a text, with or without other words: "Referrals Q1 2019-20".</summary>
    public static PartialPeriod FindIn(string text) => From(PeriodExpressionParser.Parse(text));

    /// <summary>Returns the only quarter or financial year that an expression states without doubt.</summary>
    public static PartialPeriod From(PeriodExpression expression)
    {
        if (expression.Periods is not [{ IsRelative: false, Readings: [var months] } stated] || stated.Notes.HasFlag(PeriodNotes.PartMonths))
        {
            return None;
        }

        return months switch
        {
            { Count: 12, FirstMonth: 4 } => new PartialPeriod(months.Year, null),
            { Count: 3, FirstMonth: 1 } => new PartialPeriod(months.Year - 1, 4),
            { Count: 3, FirstMonth: 4 or 7 or 10 } => new PartialPeriod(months.Year, (months.FirstMonth - 1) / 3),
            _ => None,
        };
    }
}
