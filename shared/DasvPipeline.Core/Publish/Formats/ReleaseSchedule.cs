using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;

namespace DasvPipeline.Core.Publish.Formats;

/// <summary>A release that is announced for a time.</summary>
/// <param name="Title">What it will contain: "Figures for July to September 2026".</param>
public sealed record AnnouncedRelease(DateTimeOffset At, string Title)
{
    /// <summary>The day that was announced before; null if the day was not changed.</summary>
    public DateOnly? MovedFrom { get; init; }

    /// <summary>Why the day was changed; null if it was not.</summary>
    public string? Reason { get; init; }
}

/// <summary>
/// Calculates the announced times of releases: for each quarter, a number of working days after the last due date of the
/// returns behind its headlines. The last quarter includes the returns for the whole year. The catalogue's calendar moves and adds days.
/// </summary>
public static class ReleaseSchedule
{
    /// <summary>The number of months ahead for which releases are announced.</summary>
    public const int MonthsAhead = 12;

    /// <returns>The first day after that of a release; null if the catalogue announces no days.</returns>
    public static DateOnly? GetNextDate(PartnershipCatalogue catalogue, DateTimeOffset published)
    {
        var today = UkTime.DateOf(published);
        return FindAll(catalogue, today).Select(release => (DateOnly?)UkTime.DateOf(release.At)).Where(date => date > today).Min();
    }

    /// <summary>Returns the first release after a time; null if the catalogue announces none.</summary>
    public static AnnouncedRelease? GetNext(PartnershipCatalogue catalogue, DateTimeOffset after) =>
        FindAll(catalogue, UkTime.DateOf(after)).Where(release => release.At > after).MinBy(release => release.At);

    /// <summary>Returns the latest release that was announced for a time up to another; null if the catalogue announced none.</summary>
    public static AnnouncedRelease? GetLatest(PartnershipCatalogue catalogue, DateTimeOffset until) =>
        FindAll(catalogue, UkTime.DateOf(until)).Where(release => release.At <= until).MaxBy(release => release.At);

    /// <summary>Returns the releases of the coming 12 months.</summary>
    public static IReadOnlyList<AnnouncedRelease> GetAhead(PartnershipCatalogue catalogue, DateTimeOffset now) =>
        [.. FindAll(catalogue, UkTime.DateOf(now)).Where(release => release.At > now && release.At <= now.AddMonths(MonthsAhead)).OrderBy(release => release.At)];

    /// <summary>Returns the releases of the years around a day.</summary>
    private static IEnumerable<AnnouncedRelease> FindAll(PartnershipCatalogue catalogue, DateOnly day)
    {
        var calendar = catalogue.Calendar;
        var measures = catalogue.Headlines.SelectMany(headline => headline.Measures).ToHashSet();
        var forms = catalogue.Forms.Where(form => form.Cells.Any(cell => measures.Contains(cell.Measure.Id))).ToList();
        var first = Period.YearContaining(day).PreviousYear.FirstYear;
        var last = forms.Count == 0 ? first : Math.Max(first + 2, forms.Max(form => form.FirstPeriod.FirstYear + 1));
        var added = calendar.Added.Select(release => new AnnouncedRelease(At(release.Date), release.Title));
        if (catalogue.Publisher.ReleaseWorkingDays is not { } days)
        {
            return added;
        }

        var quarters = from year in Enumerable.Range(first, last - first + 1)
                       from quarter in Period.FromYear(year).Quarters()
                       let due = DueOf(forms, quarter).Max()
                       where due is not null
                       select Announce(quarter, calendar.WorkingDays.Add(due.Value, days));
        return quarters.Concat(added);

        AnnouncedRelease Announce(Period quarter, DateOnly date)
        {
            var title = quarter.Quarter == 4 ? $"Figures for {quarter.Label}, and for {quarter.Year.Label}" : $"Figures for {quarter.Label}";
            return calendar.Moved.FirstOrDefault(moved => moved.From == date) is { } moved
                ? new AnnouncedRelease(At(moved.To), title) { MovedFrom = moved.From, Reason = moved.Reason }
                : new AnnouncedRelease(At(date), title);
        }

        DateTimeOffset At(DateOnly date) => UkTime.At(date, calendar.Time);
    }

    private static IEnumerable<DateOnly?> DueOf(IEnumerable<Form> forms, Period quarter) =>
        from form in forms
        from period in quarter.Quarter == 4 ? [quarter, quarter.Year] : new[] { quarter }
        where form.IsDueFor(period)
        select (DateOnly?)form.GetDueDate(period);
}
