using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;

namespace DasvPipeline.Core.Publish.Formats;

/// <summary>
/// Calculates the announced release dates: for each quarter, a number of working days after the last due date of the
/// returns behind its headlines. The last quarter includes the returns for the whole year.
/// </summary>
internal static class ReleaseSchedule
{
    /// <returns>The first date after the day of a release (UTC); null if the catalogue announces no dates.</returns>
    public static DateOnly? GetNextDate(PartnershipCatalogue catalogue, DateTimeOffset published)
    {
        var measures = catalogue.Headlines.SelectMany(headline => headline.Measures).ToHashSet();
        var forms = catalogue.Forms.Where(form => form.Cells.Any(cell => measures.Contains(cell.Measure.Id))).ToList();
        if (catalogue.Publisher.ReleaseWorkingDays is not { } days || forms.Count == 0)
        {
            return null;
        }

        var today = UkTime.DateOf(published);
        var first = Period.YearContaining(today).PreviousYear.FirstYear;
        var last = Math.Max(first + 2, forms.Max(form => form.FirstPeriod.FirstYear + 1));
        return Enumerable.Range(first, last - first + 1)
            .SelectMany(year => Period.FromYear(year).Quarters())
            .Select(quarter => DateOf(quarter))
            .Where(date => date > today)
            .Min();

        DateOnly? DateOf(Period quarter) => DueOf(forms, quarter).Max() is { } due ? WorkingDays.Add(due, days) : null;
    }

    private static IEnumerable<DateOnly?> DueOf(IEnumerable<Form> forms, Period quarter) =>
        from form in forms
        from period in quarter.Quarter == 4 ? [quarter, quarter.Year] : new[] { quarter }
        where form.IsDueFor(period)
        select (DateOnly?)form.GetDueDate(period);
}
