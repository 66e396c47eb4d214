using System.Globalization;

namespace DasvPipeline.Core.Ingest.Reading.Formats.Values;

/// <summary>Converts spreadsheet dates: days since the end of 1899, or since the start of 1904.</summary>
internal static class SerialDate
{
    /// <summary>The serial number of 1 January 1904, which is day 0 of the 1904 date system.</summary>
    public const int Days1904 = 1462;

    private const double MaxSerial = 2958466;

    private static readonly string[] IsoFormats = ["yyyy-MM-dd", "yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF"];

    private static readonly string[] IsoTimeFormats = ["HH:mm", "HH:mm:ss.FFFFFFF"];

    /// <summary>The day from which durations and times of day are counted.</summary>
    private static readonly DateTime FirstDay = new(1899, 12, 30);

    /// <summary>
    /// Creates a date cell with an ISO text and the number of days in the 1900 system.
    /// Returns null if the number is not a valid date.
    /// </summary>
    public static Cell? CreateCell(double serial, NumberFormatKind shown, bool from1904)
    {
        var days = from1904 && shown is not (NumberFormatKind.Elapsed or NumberFormatKind.Time) ? serial + Days1904 : serial;
        if (!(days >= 0 && days < MaxSerial))
        {
            return null;
        }

        if (shown == NumberFormatKind.Elapsed)
        {
            var minutes = (long)Math.Round(days * 24 * 60);
            return new Cell(CellKind.Date, string.Create(CultureInfo.InvariantCulture, $"{minutes / 60}:{minutes % 60:00}"), days);
        }

        // Excel follows Lotus 1-2-3, which treats 1900 as a leap year. Days before March 1900 are therefore off by one,
        // and day 60, 29 February 1900, does not exist.
        if ((int)days == 60 && shown != NumberFormatKind.Time)
        {
            return null;
        }

        var date = DateTime.UnixEpoch.AddDays(-25569).AddSeconds(Math.Round((days < 60 ? days + 1 : days) * 24 * 60 * 60));
        var format = shown switch
        {
            NumberFormatKind.Time => date.Second == 0 ? "HH:mm" : "HH:mm:ss",
            NumberFormatKind.DateAndTime => date.Second == 0 ? "yyyy-MM-dd HH:mm" : "yyyy-MM-dd HH:mm:ss",
            _ => "yyyy-MM-dd",
        };
        return new Cell(CellKind.Date, date.ToString(format, CultureInfo.InvariantCulture), days);
    }

    /// <summary>Creates a date cell from an ISO date or time, as some programs store it (<c>t="d"</c>, OpenDocument).</summary>
    /// <param name="shown">The kind of the cell's format, or null if it is not known.</param>
    public static Cell? CreateCell(ReadOnlySpan<char> iso, NumberFormatKind? shown = null)
    {
        // .NET reads 7 decimals of a second, and LibreOffice writes 9.
        const int MaxLength = 27, MaxTimeLength = 16;
        iso = iso.Trim().TrimEnd('Z');
        shown = shown is NumberFormatKind.Number or NumberFormatKind.Percent ? null : shown;
        var isTimeOfDay = shown is null or NumberFormatKind.Time or NumberFormatKind.Elapsed;
        var time = iso.TrimStart('T');
        if (TimeOnly.TryParseExact(time[..Math.Min(time.Length, MaxTimeLength)], IsoTimeFormats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var hours))
        {
            return CreateCell(hours.ToTimeSpan().TotalDays, isTimeOfDay ? shown ?? NumberFormatKind.Time : NumberFormatKind.Time, from1904: false);
        }

        if (!DateTime.TryParseExact(iso[..Math.Min(iso.Length, MaxLength)], IsoFormats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
        {
            return null;
        }

        if (date.Year < 1900 || shown is NumberFormatKind.Elapsed)
        {
            var elapsed = (date - FirstDay).TotalDays;
            return elapsed < 0 || !isTimeOfDay ? null : CreateCell(elapsed, shown ?? NumberFormatKind.Time, from1904: false);
        }

        // Before March 1900, OLE Automation dates are one day ahead of spreadsheet dates.
        var days = date.ToOADate();
        return CreateCell(days < 61 ? days - 1 : days, shown ?? (date.TimeOfDay == TimeSpan.Zero ? NumberFormatKind.Date : NumberFormatKind.DateAndTime), from1904: false);
    }
}
