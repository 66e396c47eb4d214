namespace DasvPipeline.Core.Domain.PeriodExpressions;

internal enum PartShape
{
    Month,
    Date,
    Quarter,
    Half,

    /// <summary>A run of months, or a quarter or half with its months.</summary>
    Span,

    /// <summary>A financial or calendar year.</summary>
    Year,

    /// <summary>"last year", "this quarter".</summary>
    Relative,
}

/// <summary>The meanings of the text of a year.</summary>
/// <param name="Calendar">The calendar year that it can be, or null.</param>
/// <param name="Financial">The first calendar years of the financial years that it can be.</param>
internal sealed record YearMeaning(int? Calendar, IReadOnlyList<int> Financial);

/// <summary>A period that is put together from tokens.</summary>
internal sealed record PeriodPart(PartShape Shape)
{
    /// <summary>The possible months, the most likely first.</summary>
    public IReadOnlyList<MonthRange> Readings { get; init; } = [];

    /// <summary>The number of a quarter or half.</summary>
    public int Number { get; init; }

    /// <summary>The meanings of the year, for a year.</summary>
    public YearMeaning? Year { get; init; }

    /// <summary>The day of the month, for a date.</summary>
    public int Day { get; init; }

    public PeriodNotes Notes { get; init; }

    public RelativeUnit RelativeUnit { get; init; }

    public int RelativeOffset { get; init; }

    public bool HasYear => Readings.Count > 0 && Readings.All(reading => reading.Year is not null);

    /// <summary>True for a month, quarter, half, date or run of months without a year.</summary>
    public bool NeedsYear => Readings.Count > 0 && !HasYear;

    public static PeriodPart Month(int month, int? year) => new(PartShape.Month) { Readings = [new MonthRange(month, 1, year)] };

    public static PeriodPart DateOf(int day, int month, int? year) => new(PartShape.Date) { Readings = [new MonthRange(month, 1, year)], Day = day };

    public static PeriodPart Quarter(int number) => new(PartShape.Quarter) { Readings = [new MonthRange(FirstMonthOfQuarter(number), 3, null)], Number = number };

    public static PeriodPart Half(int number) => new(PartShape.Half) { Readings = [new MonthRange(number == 1 ? 4 : 10, 6, null)], Number = number };

    public static PeriodPart UnclearHalf() => new(PartShape.Half) { Readings = [new MonthRange(4, 6, null), new MonthRange(10, 6, null)], Notes = PeriodNotes.UnclearHalf };

    public static PeriodPart FinancialYear(params int[] firstYears) => new(PartShape.Year)
    {
        Year = new YearMeaning(null, firstYears),
        Readings = [.. firstYears.Select(year => MonthRange.From(Period.FromYear(year)))],
        Notes = firstYears.Length > 1 ? PeriodNotes.UnclearYear : PeriodNotes.None,
    };

    /// <summary>Creates a year such as "2019", which is a calendar year or the financial year that begins in it.</summary>
    public static PeriodPart CalendarYear(int year, bool isCertain = false) => new(PartShape.Year)
    {
        Year = new YearMeaning(year, isCertain ? [] : [year]),
        Readings = isCertain ? [MonthRange.FromCalendarYear(year)] : [MonthRange.FromCalendarYear(year), MonthRange.From(Period.FromYear(year))],
        Notes = isCertain ? PeriodNotes.None : PeriodNotes.UnclearYear,
    };

    public static PeriodPart Relative(RelativeUnit unit, int offset) => new(PartShape.Relative) { RelativeUnit = unit, RelativeOffset = offset };

    private static int FirstMonthOfQuarter(int quarter) => quarter == 4 ? 1 : (3 * quarter) + 1;
}
