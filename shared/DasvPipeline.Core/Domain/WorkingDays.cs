using System.Collections.Frozen;
using PublicHoliday;

namespace DasvPipeline.Core.Domain;

/// <summary>A nation of the United Kingdom. Each has its own bank holidays.</summary>
public enum Nation
{
    England,
    Wales,
    Scotland,
    NorthernIreland,
}

/// <summary>The working days of a nation: Monday to Friday, except bank holidays. The only place that knows them.</summary>
/// <remarks>The days come from the package PublicHoliday, with those that were moved or added for a single year. The tests compare them with gov.uk/bank-holidays.</remarks>
public sealed class WorkingDays
{
    /// <summary>The working days of England, which are also those of Wales.</summary>
    public static readonly WorkingDays England = new(Nation.England, []);

    private readonly UKBankHoliday _holidays;
    private readonly FrozenSet<DateOnly> _proclaimed;

    private WorkingDays(Nation nation, IEnumerable<DateOnly> proclaimed)
    {
        _proclaimed = proclaimed.ToFrozenSet();
        _holidays = new UKBankHoliday(nation switch
        {
            Nation.Scotland => UKBankHoliday.UkCountries.Scotland,
            Nation.NorthernIreland => UKBankHoliday.UkCountries.NorthernIreland,
            Nation.Wales => UKBankHoliday.UkCountries.Wales,
            _ => UKBankHoliday.UkCountries.England,
        })
        {
            UseCachingHolidays = true,
        };
    }

    /// <param name="proclaimed">Holidays of a single year that the package does not know yet, or that only this Partnership has.</param>
    public static WorkingDays Create(Nation nation, params IReadOnlyCollection<DateOnly> proclaimed) =>
        nation is Nation.England && proclaimed.Count == 0 ? England : new WorkingDays(nation, proclaimed);

    /// <summary>Adds a number of working days to a day.</summary>
    public DateOnly Add(DateOnly day, int workingDays)
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
    public int CountBetween(DateOnly day, DateOnly later)
    {
        var days = 0;
        for (var next = day.AddDays(1); next <= later; next = next.AddDays(1))
        {
            days += IsWorkingDay(next) ? 1 : 0;
        }

        return days;
    }

    public bool IsWorkingDay(DateOnly day) => day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday) && !_proclaimed.Contains(day) && !_holidays.IsBankHoliday(day.ToDateTime(TimeOnly.MinValue));
}
