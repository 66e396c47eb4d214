using System.Globalization;

namespace DasvPipeline.Core.Domain.PeriodExpressions;

/// <summary>A run of whole months, in a known or unknown year.</summary>
/// <param name="FirstMonth">The first month, from 1 to 12.</param>
/// <param name="Count">The number of months.</param>
/// <param name="Year">The calendar year of the first month, or null if the text does not state it.</param>
public readonly record struct MonthRange(int FirstMonth, int Count, int? Year)
{
    private const int MonthsInYear = 12;

    /// <summary>The last month, from 1 to 12.</summary>
    public int LastMonth => ((FirstMonth + Count - 2) % MonthsInYear) + 1;

    /// <summary>The calendar year of the last month, or null if the year is unknown.</summary>
    public int? LastYear => Year + ((FirstMonth + Count - 2) / MonthsInYear);

    /// <summary>The quarter or financial year with exactly these months, or null if no period has them or the year is unknown.</summary>
    public Period? Period => Year is not { } year ? null
        : Count == MonthsInYear && FirstMonth == 4 ? Domain.Period.FromYear(year)
        : Count == 3 && FirstMonth % 3 == 1 ? Domain.Period.YearContaining(new DateOnly(year, FirstMonth, 1)).WithQuarter(((FirstMonth + 8) % MonthsInYear / 3) + 1)
        : null;

    /// <summary>The number of the first month, counted from January of year 0. Null if the year is unknown.</summary>
    private int? Start => (Year * MonthsInYear) + FirstMonth - 1;

    public static MonthRange From(Period period) => new(period.Start.Month, period.IsYear ? MonthsInYear : 3, period.Start.Year);

    /// <summary>Returns the months of a calendar year.</summary>
    public static MonthRange FromCalendarYear(int year) => new(1, MonthsInYear, year);

    /// <summary>Returns the months that end with a month.</summary>
    public static MonthRange EndingWith(int month, int? year, int count)
    {
        var first = month - count + 1;
        var yearsBefore = first > 0 ? 0 : (MonthsInYear - first) / MonthsInYear;
        return new(first + (yearsBefore * MonthsInYear), count, year - yearsBefore);
    }

    /// <summary>Returns true if all months of the other range are in this one. Both years must be known.</summary>
    /// <summary>Returns true if the ranges have a month in common. False if a year is unknown.</summary>
    public bool Overlaps(MonthRange other) => Start is { } start && other.Start is { } otherStart && start < otherStart + other.Count && otherStart < start + Count;

    public bool Contains(MonthRange other) => Start is { } start && other.Start is { } otherStart && start <= otherStart && otherStart + other.Count <= start + Count;

    /// <summary>Returns true if the other range begins in the month after this one. Both years must be known.</summary>
    public bool IsFollowedBy(MonthRange other) => Start is { } start && other.Start == start + Count;

    /// <summary>Returns the same months in the financial year that begins in a calendar year.</summary>
    public MonthRange InFinancialYear(int firstYear) => this with { Year = FirstMonth >= 4 ? firstYear : firstYear + 1 };

    public MonthRange AddYears(int years) => this with { Year = Year + years };

    /// <summary>Writes the months in words: "June 2019", "April to June 2019", "April 2019 to March 2020", "July to September".</summary>
    public string Describe()
    {
        var first = CultureInfo.InvariantCulture.DateTimeFormat.GetMonthName(FirstMonth);
        var last = CultureInfo.InvariantCulture.DateTimeFormat.GetMonthName(LastMonth);
        var lastYear = LastYear is { } known ? string.Create(CultureInfo.InvariantCulture, $" {known}") : string.Empty;
        var firstYear = Year is { } year && Year != LastYear ? string.Create(CultureInfo.InvariantCulture, $" {year}") : string.Empty;
        return Count == 1 ? first + lastYear : $"{first}{firstYear} to {last}{lastYear}";
    }
}
