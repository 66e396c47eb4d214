using System.Collections.Concurrent;

namespace DasvPipeline.Core.Domain;

/// <summary>Working days in England: Monday to Friday, except bank holidays.</summary>
/// <remarks>
/// Follows the Banking and Financial Dealings Act 1971, with the usual substitute days. Days that were moved or added
/// for a single year are listed. Source: gov.uk/bank-holidays.
/// </remarks>
public static class WorkingDays
{
    private static readonly HashSet<DateOnly> Added =
    [
        new(2022, 6, 3), new(2022, 9, 19), new(2023, 5, 8),
    ];

    /// <summary>Bank holidays that were moved to another day in one year.</summary>
    private static readonly Dictionary<DateOnly, DateOnly> Moved = new()
    {
        [new(2020, 5, 4)] = new(2020, 5, 8),
        [new(2022, 5, 30)] = new(2022, 6, 2),
    };

    /// <summary>The bank holidays of each year, calculated once.</summary>
    private static readonly ConcurrentDictionary<int, HashSet<DateOnly>> Holidays = new();

    /// <summary>Adds a number of working days to a day.</summary>
    public static DateOnly Add(DateOnly day, int workingDays)
    {
        while (workingDays > 0)
        {
            day = day.AddDays(1);
            if (IsWorkingDay(day))
            {
                workingDays--;
            }
        }

        return day;
    }

    /// <summary>Counts the working days after one day, up to and including another. Returns 0 if that day is not later.</summary>
    public static int CountBetween(DateOnly day, DateOnly later)
    {
        var days = 0;
        for (var next = day.AddDays(1); next <= later; next = next.AddDays(1))
        {
            days += IsWorkingDay(next) ? 1 : 0;
        }

        return days;
    }

    public static bool IsWorkingDay(DateOnly day) =>
        day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday) && !Holidays.GetOrAdd(day.Year, HolidaysOf).Contains(day);

    private static HashSet<DateOnly> HolidaysOf(int year)
    {
        var easter = EasterSunday(year);
        var holidays = new HashSet<DateOnly>
        {
            NextWeekday(new DateOnly(year, 1, 1)),
            easter.AddDays(-2),
            easter.AddDays(1),
            FirstMonday(year, 5),
            FirstMonday(year, 6).AddDays(-7),
            FirstMonday(year, 9).AddDays(-7),
        };
        var christmas = NextWeekday(new DateOnly(year, 12, 25));
        holidays.Add(christmas);

        // If Christmas Day moves to Monday because it falls on a weekend, Boxing Day moves to Tuesday.
        var boxing = NextWeekday(new DateOnly(year, 12, 26));
        holidays.Add(boxing == christmas ? christmas.AddDays(1) : boxing);
        foreach (var (usual, actual) in Moved)
        {
            if (holidays.Remove(usual))
            {
                holidays.Add(actual);
            }
        }

        holidays.UnionWith(Added.Where(day => day.Year == year));
        return holidays;
    }

    private static DateOnly NextWeekday(DateOnly day) => day.DayOfWeek switch
    {
        DayOfWeek.Saturday => day.AddDays(2),
        DayOfWeek.Sunday => day.AddDays(1),
        _ => day,
    };

    private static DateOnly FirstMonday(int year, int month)
    {
        var day = new DateOnly(year, month, 1);
        return day.AddDays(((int)DayOfWeek.Monday - (int)day.DayOfWeek + 7) % 7);
    }

    /// <summary>Calculates Easter Sunday with the Meeus/Jones/Butcher algorithm.</summary>
    private static DateOnly EasterSunday(int year)
    {
        var (golden, century, inCentury) = (year % 19, year / 100, year % 100);
        var epact = ((19 * golden) + century - (century / 4) - ((century - ((century + 8) / 25) + 1) / 3) + 15) % 30;
        var weekday = (32 + (2 * (century % 4)) + (2 * (inCentury / 4)) - epact - (inCentury % 4)) % 7;
        var shift = (golden + (11 * epact) + (22 * weekday)) / 451;
        var days = epact + weekday - (7 * shift) + 114;
        return new DateOnly(year, days / 31, (days % 31) + 1);
    }
}
