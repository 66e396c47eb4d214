using System.Globalization;

namespace DasvPipeline.Core.Domain;

/// <summary>The time of the partnership's office. Every "today" and every time that people see comes from here.</summary>
public static class UkTime
{
    private static readonly TimeZoneInfo Zone = TimeZoneInfo.TryFindSystemTimeZoneById("Europe/London", out var zone)
        ? zone
        : TimeZoneInfo.FindSystemTimeZoneById("GMT Standard Time"); // The name on Windows.

    public static DateOnly Today(this TimeProvider clock) => DateOf(clock.GetUtcNow());

    public static DateOnly DateOf(DateTimeOffset time) => DateOnly.FromDateTime(From(time).DateTime);

    /// <summary>Returns the moment of a clock time on a day. Of a time that occurs twice, the first; of a time that is skipped, the moment of the change.</summary>
    public static DateTimeOffset At(DateOnly day, TimeOnly time)
    {
        var clock = day.ToDateTime(time);
        if (Zone.IsInvalidTime(clock))
        {
            clock = day.ToDateTime(new TimeOnly(time.Hour + 1, 0));
        }

        var offset = Zone.IsAmbiguousTime(clock) ? Zone.GetAmbiguousTimeOffsets(clock).Max() : Zone.GetUtcOffset(clock);
        return new DateTimeOffset(clock, offset);
    }

    /// <summary>Formats a time as people write it: "5 February 2027 at 9:30am". A time that occurs twice says which one it is: "1:30am GMT".</summary>
    public static string Format(DateTimeOffset time)
    {
        var local = From(time);
        return local.ToString("d MMMM yyyy 'at' h:mm", CultureInfo.InvariantCulture) + (local.Hour < 12 ? "am" : "pm") + FormatZoneIfAmbiguous(time);
    }

    /// <summary>Returns " BST" or " GMT" for a clock time that occurs twice, when the clocks go back; otherwise nothing.</summary>
    public static string FormatZoneIfAmbiguous(DateTimeOffset time)
    {
        var local = From(time);
        return !Zone.IsAmbiguousTime(local.DateTime) ? string.Empty : local.Offset == TimeSpan.Zero ? " GMT" : " BST";
    }

    /// <summary>Converts a time to the clock time in the UK, with its offset.</summary>
    public static DateTimeOffset From(DateTimeOffset time) => TimeZoneInfo.ConvertTime(time, Zone);
}
