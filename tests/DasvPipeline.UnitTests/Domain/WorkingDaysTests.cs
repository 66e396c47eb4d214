using System.Globalization;
using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;

namespace DasvPipeline.UnitTests.Domain;

public sealed class WorkingDaysTests
{
    /// <summary>Source: gov.uk/bank-holidays, England and Wales.</summary>
    [Theory]
    [InlineData(2018, "1 Jan, 30 Mar, 2 Apr, 7 May, 28 May, 27 Aug, 25 Dec, 26 Dec")]
    [InlineData(2019, "1 Jan, 19 Apr, 22 Apr, 6 May, 27 May, 26 Aug, 25 Dec, 26 Dec")]
    [InlineData(2020, "1 Jan, 10 Apr, 13 Apr, 8 May, 25 May, 31 Aug, 25 Dec, 28 Dec")]
    [InlineData(2021, "1 Jan, 2 Apr, 5 Apr, 3 May, 31 May, 30 Aug, 27 Dec, 28 Dec")]
    [InlineData(2022, "3 Jan, 15 Apr, 18 Apr, 2 May, 2 Jun, 3 Jun, 29 Aug, 19 Sep, 26 Dec, 27 Dec")]
    [InlineData(2023, "2 Jan, 7 Apr, 10 Apr, 1 May, 8 May, 29 May, 28 Aug, 25 Dec, 26 Dec")]
    [InlineData(2024, "1 Jan, 29 Mar, 1 Apr, 6 May, 27 May, 26 Aug, 25 Dec, 26 Dec")]
    [InlineData(2025, "1 Jan, 18 Apr, 21 Apr, 5 May, 26 May, 25 Aug, 25 Dec, 26 Dec")]
    [InlineData(2026, "1 Jan, 3 Apr, 6 Apr, 4 May, 25 May, 31 Aug, 25 Dec, 28 Dec")]
    public void A_weekday_is_a_working_day_except_on_a_bank_holiday(int year, string holidays)
    {
        var days = Enumerable.Range(0, DateTime.IsLeapYear(year) ? 366 : 365).Select(day => new DateOnly(year, 1, 1).AddDays(day)).ToList();
        Assert.Equal(
            holidays,
            string.Join(", ", days.Where(day => !IsWeekend(day) && !WorkingDays.England.IsWorkingDay(day)).Select(day => day.ToString("d MMM", CultureInfo.InvariantCulture))));
        Assert.DoesNotContain(days, day => IsWeekend(day) && WorkingDays.England.IsWorkingDay(day));
    }

    /// <summary>Source: gov.uk/bank-holidays, Scotland and Northern Ireland.</summary>
    [Theory]
    [InlineData(Nation.Scotland, "2024-01-02", false)]
    [InlineData(Nation.Scotland, "2024-04-01", true)]
    [InlineData(Nation.Scotland, "2025-12-01", false)]
    [InlineData(Nation.NorthernIreland, "2024-03-18", false)]
    [InlineData(Nation.NorthernIreland, "2024-07-12", false)]
    [InlineData(Nation.Wales, "2024-04-01", false)]
    [InlineData(Nation.England, "2024-07-12", true)]
    public void Each_nation_has_its_own_bank_holidays(Nation nation, string day, bool isWorkingDay) =>
        Assert.Equal(isWorkingDay, WorkingDays.Create(nation).IsWorkingDay(Day(day)));

    [Theory]
    [InlineData("2020-05-07", "2020-05-11", 1)] // A bank holiday and a weekend.
    [InlineData("2020-04-30", "2020-06-01", 20)]
    [InlineData("2020-06-01", "2020-06-01", 0)]
    [InlineData("2020-06-02", "2020-06-01", 0)]
    public void Working_days_between_two_days_are_those_after_the_first(string day, string later, int days) =>
        Assert.Equal(days, WorkingDays.England.CountBetween(DateOnly.Parse(day, CultureInfo.InvariantCulture), DateOnly.Parse(later, CultureInfo.InvariantCulture)));

    [Theory]
    [InlineData("constabulary/domestic-abuse", "2019-20-Q1", "2019-07-26")]
    [InlineData("constabulary/domestic-abuse", "2019-20-Q2", "2019-10-28")]
    [InlineData("constabulary/domestic-abuse", "2019-20-Q3", "2020-01-29")]
    [InlineData("constabulary/domestic-abuse", "2019-20-Q4", "2020-04-30")]
    [InlineData("cada/support", "2021-22", "2022-05-03")]
    public void A_return_is_due_twenty_working_days_after_its_period(string id, string period, string due) => Assert.Equal(
        due,
        PartnershipCatalogue.LoadEmbedded().FindNewestForm(ReturnId.TryParse(id)!.Value)!.GetDueDate(Period.Parse(period)).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));

    [Theory]
    [InlineData("2019-12-24", 0, "2019-12-24")]
    [InlineData("2019-12-24", 1, "2019-12-27")]
    [InlineData("2019-12-27", 1, "2019-12-30")]
    [InlineData("2019-12-28", 1, "2019-12-30")]
    public void Days_are_counted_from_the_day_after(string from, int days, string to) =>
        Assert.Equal(Day(to), WorkingDays.England.Add(Day(from), days));

    private static bool IsWeekend(DateOnly day) => day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday;

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
