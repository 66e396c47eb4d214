using System.Globalization;

namespace DasvPipeline.Portal.Pages;

/// <summary>Times, days and counts as pages write them.</summary>
internal static class Words
{
    private static readonly TimeZoneInfo London = TimeZoneInfo.FindSystemTimeZoneById("Europe/London");

    /// <summary>"28 July 2020"</summary>
    public static string Day(DateOnly day) => day.ToString("d MMMM yyyy", CultureInfo.InvariantCulture);

    /// <summary>"28 July 2020 at 14:05", as clocks in England show it.</summary>
    public static string Time(DateTimeOffset time) => TimeZoneInfo.ConvertTime(time, London).ToString("d MMMM yyyy 'at' HH:mm", CultureInfo.InvariantCulture);

    /// <summary>"1 query", "2 queries"</summary>
    public static string Queries(int count) => count == 1 ? "1 query" : string.Create(CultureInfo.InvariantCulture, $"{count:#,0} queries");
}
