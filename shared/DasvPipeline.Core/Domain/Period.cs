using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace DasvPipeline.Core.Domain;

/// <summary>
/// A financial year (<c>2019-20</c>, April to March) or one of its quarters (<c>2019-20-Q1</c>, April to June).
/// </summary>
public readonly record struct Period : IComparable<Period>
{
    private Period(int firstYear, int quarter)
    {
        FirstYear = firstYear;
        Quarter = quarter;
    }

    /// <summary>The calendar year in which the financial year begins.</summary>
    public int FirstYear { get; }

    /// <summary>1 to 4, or 0 for the whole year.</summary>
    public int Quarter { get; }

    public bool IsYear => Quarter == 0;

    public Period Year => new(FirstYear, 0);

    public Period PreviousYear => new(FirstYear - 1, Quarter);

    /// <summary>The quarter before this quarter, or the year before this year.</summary>
    public Period Previous => Quarter switch { 0 => PreviousYear, 1 => new(FirstYear - 1, 4), _ => new(FirstYear, Quarter - 1) };

    /// <summary>The quarter after this quarter, or the year after this year.</summary>
    public Period Next => Quarter switch { 0 => NextYear, 4 => new(FirstYear + 1, 1), _ => new(FirstYear, Quarter + 1) };

    public Period NextYear => new(FirstYear + 1, Quarter);

    public DateOnly Start => new DateOnly(FirstYear, 4, 1).AddMonths(IsYear ? 0 : 3 * (Quarter - 1));

    /// <summary>The last day of the period.</summary>
    public DateOnly End => Start.AddMonths(IsYear ? 12 : 3).AddDays(-1);

    /// <summary>Returns true from the last day of the period. From that day, figures can be sent.</summary>
    public bool HasEnded(DateOnly today) => today >= End;

    /// <summary>The period as people write it: "April to June 2019", "April 2019 to March 2020".</summary>
    public string Label => IsYear
        ? string.Create(CultureInfo.InvariantCulture, $"April {FirstYear} to March {FirstYear + 1}")
        : string.Create(CultureInfo.InvariantCulture, $"{Start:MMMM} to {End:MMMM yyyy}");

    /// <summary>The months from the start of the year to the end of this quarter, as people write them: "April to September 2019".</summary>
    public string LabelFromApril => IsYear || Quarter == 4 ? Year.Label : string.Create(CultureInfo.InvariantCulture, $"{Year.Start:MMMM} to {End:MMMM yyyy}");

    public static Period FromYear(int firstYear) => new(firstYear, 0);

    public Period WithQuarter(int quarter)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(quarter, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(quarter, 4);
        return new(FirstYear, quarter);
    }

    /// <summary>Returns the 4 quarters of a year, or the quarter itself.</summary>
    public IReadOnlyList<Period> Quarters()
    {
        var year = FirstYear;
        return IsYear ? [.. Enumerable.Range(1, 4).Select(quarter => new Period(year, quarter))] : [this];
    }

    public static Period Parse(string text) =>
        TryParse(text, out var period) ? period : throw new FormatException("A period is written 2019-20 or 2019-20-Q1.");

    public static bool TryParse([NotNullWhen(true)] string? text, out Period period)
    {
        period = default;
        if (text is null || text.Length is not (7 or 10) || text[4] != '-')
        {
            return false;
        }

        if (!int.TryParse(text.AsSpan(0, 4), NumberStyles.None, CultureInfo.InvariantCulture, out var first)
            || !int.TryParse(text.AsSpan(5, 2), NumberStyles.None, CultureInfo.InvariantCulture, out var second)
            || first is < 1900 or > 2999 || (first + 1) % 100 != second)
        {
            return false;
        }

        var quarter = 0;
        if (text.Length == 10)
        {
            if (text[7] != '-' || text[8] != 'Q' || text[9] is < '1' or > '4')
            {
                return false;
            }

            quarter = text[9] - '0';
        }

        period = new Period(first, quarter);
        return true;
    }

    /// <summary>Returns the financial year that contains a day.</summary>
    public static Period YearContaining(DateOnly day) => FromYear(day.Month >= 4 ? day.Year : day.Year - 1);

    public int CompareTo(Period other) =>
        FirstYear != other.FirstYear ? FirstYear.CompareTo(other.FirstYear) : Quarter.CompareTo(other.Quarter);

    public override string ToString()
    {
        var year = string.Create(CultureInfo.InvariantCulture, $"{FirstYear:0000}-{(FirstYear + 1) % 100:00}");
        return IsYear ? year : string.Create(CultureInfo.InvariantCulture, $"{year}-Q{Quarter}");
    }

    public static bool operator <(Period left, Period right) => left.CompareTo(right) < 0;

    public static bool operator >(Period left, Period right) => left.CompareTo(right) > 0;

    public static bool operator <=(Period left, Period right) => left.CompareTo(right) <= 0;

    public static bool operator >=(Period left, Period right) => left.CompareTo(right) >= 0;
}
