namespace DasvPipeline.Core.Domain.PeriodExpressions;

/// <summary>Compares a period expression with the period that a return was sent for.</summary>
internal static class PeriodComparer
{
    /// <summary>The kinds of figure that are never the figure asked for, the clearest first.</summary>
    private static readonly FigureKinds[] OtherKinds =
        [FigureKinds.Target, FigureKinds.Change, FigureKinds.Average, FigureKinds.Rolling, FigureKinds.Cumulative, FigureKinds.Previous];

    public static PeriodComparison Compare(PeriodExpression expression, Period asked)
    {
        if (expression.IsSilent)
        {
            return new PeriodComparison(PeriodOutcome.Silent, expression.Describe());
        }

        var readings = expression.Periods.Select(period => period.Resolve(asked)).ToList();
        var result = new PeriodComparison(PeriodOutcome.Matches, expression.Describe())
        {
            StatesPeriod = expression.Periods.Count > 0,
            Months = readings.Count == 1 && readings[0].Count == 1 ? readings[0][0] : Union(readings),
            Date = expression.Periods.Count == 1 ? expression.Periods[0].Date : null,
        };
        foreach (var kind in OtherKinds)
        {
            if (expression.KindWords.FirstOrDefault(word => word.Kinds.HasFlag(kind)) is { Text: not null } word && !IsWholeFromStart(kind, result.Months, asked, expression))
            {
                return result with { Outcome = PeriodOutcome.NotThisKind, Kind = word };
            }
        }

        var compared = expression.Periods.Count > 0 ? ComparePeriods(expression, asked, readings, result) : result;
        if (compared.Outcome is PeriodOutcome.Matches or PeriodOutcome.Contains && FindOtherFrequency(expression, asked) is { } frequency)
        {
            return compared with { Outcome = PeriodOutcome.Ambiguous, Kind = frequency, Readings = [asked.Label, FrequencyOf(frequency)] };
        }

        return expression.Periods.Count > 0 ? compared
            : expression.ComparisonWord is not null ? result with { Outcome = PeriodOutcome.Ambiguous, Readings = [expression.Describe()] }
            : result;
    }

    /// <summary>Returns the first frequency that is not the length of the period: "weekly", or "annual" for a quarter.</summary>
    private static KindWord? FindOtherFrequency(PeriodExpression expression, Period asked) =>
        expression.KindWords.Where(word => word.Kinds == FigureKinds.Frequency && FrequencyOf(word) != (asked.IsYear ? "a year" : "a quarter")).Select(word => (KindWord?)word).FirstOrDefault();

    private static string FrequencyOf(KindWord word) => word.Text.ToLowerInvariant() switch
    {
        var text when text.Contains("half", StringComparison.Ordinal) => "half a year",
        var text when text.Contains("quarter", StringComparison.Ordinal) => "a quarter",
        var text when text.Contains("annual", StringComparison.Ordinal) || text.Contains("year", StringComparison.Ordinal) => "a year",
        var text when text.Contains("month", StringComparison.Ordinal) => "a month",
        var text when text.Contains("fortnight", StringComparison.Ordinal) => "a fortnight",
        var text when text.Contains("week", StringComparison.Ordinal) => "a week",
        _ => "a day",
    };

    /// <summary>In the first quarter, the year to date is the quarter, if the text states its months.</summary>
    private static bool IsWholeFromStart(FigureKinds kind, MonthRange? months, Period asked, PeriodExpression expression) =>
        kind == FigureKinds.Cumulative && asked.Quarter == 1 && months == MonthRange.From(asked) && expression.Periods.All(period => period.Notes == PeriodNotes.None);

    private static PeriodComparison ComparePeriods(PeriodExpression expression, Period asked, List<IReadOnlyList<MonthRange>> readings, PeriodComparison result)
    {
        if (readings.Count > 1 && Union(readings) is { } union)
        {
            return result with { Outcome = CompareMonths(union, asked) };
        }

        var outcomes = new List<PeriodOutcome>();
        for (var i = 0; i < readings.Count; i++)
        {
            outcomes.AddRange(CompareOne(expression, expression.Periods[i], readings[i], asked));
        }

        var distinct = outcomes.Distinct().ToList();
        return distinct is [var only and not PeriodOutcome.Ambiguous] ? result with { Outcome = only }
            : result with { Outcome = PeriodOutcome.Ambiguous, Months = null, Readings = DescribeReadings(expression, readings) };
    }

    private static IEnumerable<PeriodOutcome> CompareOne(PeriodExpression expression, StatedPeriod period, IReadOnlyList<MonthRange> readings, Period asked)
    {
        if (readings.Count == 0)
        {
            return [PeriodOutcome.PartOf]; // "this month"
        }

        if (period.Date is { } date)
        {
            return [expression.Kinds.HasFlag(FigureKinds.AsAt) && date == asked.End ? PeriodOutcome.Matches : date >= asked.Start && date <= asked.End ? PeriodOutcome.PartOf : PeriodOutcome.Other];
        }

        var outcomes = readings.Select(months => CompareMonths(months, asked));
        outcomes = period.Notes.HasFlag(PeriodNotes.PartMonths) ? outcomes.Select(outcome => outcome == PeriodOutcome.Matches ? PeriodOutcome.PartOf : outcome) : outcomes;
        return period.Notes.HasFlag(PeriodNotes.MayBeNumbers) && !outcomes.Any(outcome => outcome is PeriodOutcome.Matches or PeriodOutcome.Contains) ? [PeriodOutcome.Ambiguous] : outcomes;
    }

    private static PeriodOutcome CompareMonths(MonthRange months, Period asked)
    {
        var whole = MonthRange.From(asked);
        return months == whole ? PeriodOutcome.Matches
            : whole.Contains(months) ? PeriodOutcome.PartOf
            : months.Contains(whole) ? PeriodOutcome.Contains
            : PeriodOutcome.Other;
    }

    /// <summary>Returns the months of several periods that follow each other: "July, August and September 2019".</summary>
    private static MonthRange? Union(List<IReadOnlyList<MonthRange>> readings)
    {
        if (readings.Count == 0 || readings[0].Count != 1)
        {
            return null;
        }

        var union = readings[0][0];
        foreach (var next in readings.Skip(1))
        {
            if (next.Count != 1 || !union.IsFollowedBy(next[0]))
            {
                return null;
            }

            union = union with { Count = union.Count + next[0].Count };
        }

        return union;
    }

    private static List<string> DescribeReadings(PeriodExpression expression, List<IReadOnlyList<MonthRange>> readings)
    {
        var described = readings.SelectMany(months => months).Select(months => months.Describe()).ToList();
        if (expression.Periods.Any(period => period.Notes.HasFlag(PeriodNotes.MayBeNumbers)))
        {
            described.Add("a range of numbers");
        }

        return [.. described.Distinct()];
    }
}
