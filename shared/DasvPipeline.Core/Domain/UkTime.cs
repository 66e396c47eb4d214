namespace DasvPipeline.Core.Domain;

/// <summary>The time of the partnership's office. Every "today" and every time that people see comes from here.</summary>
public static class UkTime
{
    private static readonly TimeZoneInfo Zone = TimeZoneInfo.TryFindSystemTimeZoneById("Europe/London", out var zone)
        ? zone
        : TimeZoneInfo.FindSystemTimeZoneById("GMT Standard Time"); // The name on Windows.

    public static DateOnly Today(this TimeProvider clock) => DateOf(clock.GetUtcNow());

    public static DateOnly DateOf(DateTimeOffset time) => DateOnly.FromDateTime(From(time).DateTime);

    /// <summary>Converts a time to the clock time in the UK, with its offset.</summary>
    public static DateTimeOffset From(DateTimeOffset time) => TimeZoneInfo.ConvertTime(time, Zone);
}
