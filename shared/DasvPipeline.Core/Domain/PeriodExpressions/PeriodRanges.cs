namespace DasvPipeline.Core.Domain.PeriodExpressions;

/// <summary>Creates runs of months: from one month to another, or up to a month.</summary>
internal static class PeriodRanges
{
    private const int MaxMonths = 120;

    /// <summary>Creates the period of "quarter ending 30 September 2019".</summary>
    public static PeriodPart FromEnding(PeriodToken ending, PeriodPart part)
    {
        if (part.Shape == PartShape.Year)
        {
            // "Year ending 2020" is a financial or a calendar year.
            return part.Year!.Calendar is { } calendar
                ? part with { Readings = [MonthRange.From(Period.FromYear(calendar - 1)), MonthRange.FromCalendarYear(calendar)], Year = new YearMeaning(calendar, [calendar - 1]) } : part;
        }

        var month = part.Readings[0];
        if (ending.Months == 0)
        {
            var toDate = ((month.FirstMonth + 8) % 12) + 1;
            int[] counts = month.FirstMonth % 3 == 0 ? [3, toDate, 1] : [1, toDate];
            return new PeriodPart(PartShape.Span) { Readings = [.. counts.Distinct().Select(count => MonthRange.EndingWith(month.FirstMonth, month.Year, count))], Notes = PeriodNotes.UnclearLength };
        }

        var months = ending.IsStart ? month with { Count = ending.Months } : MonthRange.EndingWith(month.FirstMonth, month.Year, ending.Months);
        var isPartMonth = part.Day > 0 && (ending.IsStart ? part.Day != 1 : !IsLastDay(part.Day, month.FirstMonth, month.Year));
        return new PeriodPart(PartShape.Span) { Readings = [months], Notes = isPartMonth ? PeriodNotes.PartMonths : PeriodNotes.None };
    }

    /// <summary>Joins the two ends of a range. Returns null if they are not a range.</summary>
    public static PeriodPart? Join(PeriodPart first, PeriodPart last)
    {
        static bool IsMonth(PeriodPart part) => part.Shape is PartShape.Month or PartShape.Date;
        if (!(IsMonth(first) && IsMonth(last)) && (first.Shape != last.Shape || first.Shape is PartShape.Span or PartShape.Relative))
        {
            return null;
        }

        var readings = new List<MonthRange>();
        for (var i = 0; i < Math.Max(first.Readings.Count, last.Readings.Count); i++)
        {
            var start = first.Readings[Math.Min(i, first.Readings.Count - 1)];
            var end = last.Readings[Math.Min(i, last.Readings.Count - 1)];
            var count = ((end.LastMonth - start.FirstMonth + 12) % 12) + 1;
            if (start.Year is { } startYear && end.LastYear is { } endYear)
            {
                count = (12 * (endYear - startYear)) + end.LastMonth - start.FirstMonth + 1;
            }

            if (count is < 1 or > MaxMonths)
            {
                return null;
            }

            readings.Add(start.Year is null ? MonthRange.EndingWith(end.LastMonth, end.LastYear, count) : start with { Count = count });
        }

        var isPartMonth = first.Day > 1 || (last.Day > 0 && !IsLastDay(last.Day, readings[0].LastMonth, readings[0].LastYear));
        return new PeriodPart(PartShape.Span) { Readings = [.. readings.Distinct()], Notes = first.Notes | last.Notes | (isPartMonth ? PeriodNotes.PartMonths : PeriodNotes.None) };
    }

    private static bool IsLastDay(int day, int month, int? year) => day == DateTime.DaysInMonth(year ?? 2000, month) || (year is null && month == 2 && day == 28);
}
