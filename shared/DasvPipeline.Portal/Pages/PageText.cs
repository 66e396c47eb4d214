using System.Globalization;
using DasvPipeline.Core.Domain;

namespace DasvPipeline.Portal.Pages;

/// <summary>Formats times, days and counts for pages.</summary>
internal static class PageText
{
    /// <summary>Formats a day: "28 July 2020".</summary>
    public static string FormatDay(DateOnly day) => day.ToString("d MMMM yyyy", CultureInfo.InvariantCulture);

    /// <summary>Formats a time in UK time: "28 July 2020 at 14:05". A time that occurs twice in October says which one it is: "at 01:30 GMT".</summary>
    public static string FormatTime(DateTimeOffset time) => UkTime.From(time).ToString("d MMMM yyyy 'at' HH:mm", CultureInfo.InvariantCulture) + UkTime.FormatZoneIfAmbiguous(time);

    /// <summary>Formats a count: "1 query", "2 queries".</summary>
    public static string FormatQueryCount(int count) => count == 1 ? "1 query" : string.Create(CultureInfo.InvariantCulture, $"{count:#,0} queries");
}
