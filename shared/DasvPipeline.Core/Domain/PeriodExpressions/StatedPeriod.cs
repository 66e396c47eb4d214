namespace DasvPipeline.Core.Domain.PeriodExpressions;

/// <summary>What is unusual or unclear about a stated period.</summary>
[Flags]
public enum PeriodNotes
{
    None = 0,

    /// <summary>A reading is a quarter or half of a calendar year: "Q2 (Apr-Jun 2019)".</summary>
    CalendarQuarter = 1,

    /// <summary>Two parts of the text disagree: "Q2 (Oct-Dec)".</summary>
    Contradiction = 1 << 1,

    /// <summary>The year has several meanings: "FY20", "Q2 2019", "2019".</summary>
    UnclearYear = 1 << 2,

    /// <summary>The text may be a range of ages or other numbers: "18-19".</summary>
    MayBeNumbers = 1 << 3,

    /// <summary>The days are not the first and last of a month: "15 July to 30 September 2019".</summary>
    PartMonths = 1 << 4,

    /// <summary>The half of the year is not stated: "half year".</summary>
    UnclearHalf = 1 << 5,

    /// <summary>The length is not stated: "period ending 30 September 2019".</summary>
    UnclearLength = 1 << 6,
}

/// <summary>A unit of time that a label counts from the period asked for: "last year", "this quarter".</summary>
public enum RelativeUnit
{
    None,
    Month,
    Quarter,
    Year,

    /// <summary>The period of the return: "this period".</summary>
    Period,

    /// <summary>The same period of another year: "same quarter last year". It counts in years.</summary>
    SamePeriod,
}

/// <summary>A period that a text names.</summary>
/// <param name="Text">The words that name it, as typed.</param>
/// <param name="Readings">
/// The months it can mean, the most likely first. More than one means that the text is ambiguous. Empty for a period that
/// is only relative to the one asked for.
/// </param>
public sealed record StatedPeriod(string Text, IReadOnlyList<MonthRange> Readings)
{
    public PeriodNotes Notes { get; init; }

    /// <summary>The day, if the text names a single date with its year. The reading is then the month of the date.</summary>
    public DateOnly? Date { get; init; }

    /// <summary>The unit of a relative period, such as "last year" or "Q2 last year".</summary>
    public RelativeUnit RelativeUnit { get; init; }

    /// <summary>0 for "this year", -1 for "last year". It counts in <see cref="RelativeUnit"/>.</summary>
    public int RelativeOffset { get; init; }

    public bool IsRelative => RelativeUnit != RelativeUnit.None;

    /// <summary>Returns the months that this can mean in a return for a period. Unknown years are those of the period.</summary>
    public IReadOnlyList<MonthRange> Resolve(Period asked)
    {
        if (Readings.Count > 0)
        {
            var offset = RelativeUnit == RelativeUnit.Year ? RelativeOffset : 0;
            return [.. Readings.SelectMany(reading => reading.Year is null ? Place(reading, asked.FirstYear + offset) : [reading]).Distinct()];
        }

        var year = Period.FromYear(asked.FirstYear + RelativeOffset);
        return RelativeUnit switch
        {
            RelativeUnit.Year => [MonthRange.From(year)],
            RelativeUnit.Quarter when !asked.IsYear => [MonthRange.From(RelativeOffset == 0 ? asked : asked.Previous)],
            RelativeUnit.SamePeriod => [MonthRange.From(asked).AddYears(RelativeOffset)],
            RelativeUnit.Period => [MonthRange.From(RelativeOffset == 0 ? asked : asked.Previous)],
            _ => [],
        };
    }

    public string Describe() => Date is { } date ? date.ToString("d MMMM yyyy", System.Globalization.CultureInfo.InvariantCulture)
        : Readings.Count > 0 ? string.Join(" or ", Readings.Select(reading => reading.Describe()).Distinct())
        : (RelativeOffset == 0 ? "this " : "the previous ") + RelativeUnit switch
        {
            RelativeUnit.Month => "month",
            RelativeUnit.Quarter => "quarter",
            RelativeUnit.Year => "year",
            RelativeUnit.SamePeriod => "year's figure",
            _ => "period",
        };

    /// <summary>Places months in a financial year. Months that run past March, such as January to December, are placed in both ways.</summary>
    private static MonthRange[] Place(MonthRange months, int firstYear)
    {
        var placed = months.InFinancialYear(firstYear);
        return months.FirstMonth < 4 && months.FirstMonth + months.Count > 4 ? [placed, placed.AddYears(-1)] : [placed];
    }
}
