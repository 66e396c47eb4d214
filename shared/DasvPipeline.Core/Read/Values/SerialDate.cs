using System.Globalization;

namespace DasvPipeline.Core.Read.Values;

/// <summary>Dates as spreadsheets keep them: days since the end of 1899, or since the start of 1904.</summary>
internal static class SerialDate
{
    /// <summary>The serial of 1 January 1904, the day 0 of the other system.</summary>
    public const int Days1904 = 1462;

    private const double OverTheEnd = 2958466;

    private static readonly string[] IsoFormats =
        ["yyyy-MM-dd", "yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'"];

    /// <summary>
    /// A date cell with its ISO text, and its number counted from 1900 in either system.
    /// Null where there is no such day: the number is then all there is.
    /// </summary>
    public static Cell? Cell(double serial, ShownAs shown, bool from1904)
    {
        var days = from1904 && shown is not (ShownAs.Elapsed or ShownAs.Time) ? serial + Days1904 : serial;
        if (!(days >= 0 && days < OverTheEnd))
        {
            return null;
        }

        if (shown == ShownAs.Elapsed)
        {
            var minutes = (long)Math.Round(days * 24 * 60);
            return new Cell(CellKind.Date, string.Create(CultureInfo.InvariantCulture, $"{minutes / 60}:{minutes % 60:00}"), days);
        }

        // Lotus took 1900 for a leap year and Excel keeps its numbering, so before March 1900 the days are one off;
        // the day 60, 29 February 1900, never was.
        if ((int)days == 60 && shown != ShownAs.Time)
        {
            return null;
        }

        var date = DateTime.UnixEpoch.AddDays(-25569).AddSeconds(Math.Round((days < 60 ? days + 1 : days) * 24 * 60 * 60));
        var format = shown switch
        {
            ShownAs.Time => date.Second == 0 ? "HH:mm" : "HH:mm:ss",
            ShownAs.DateAndTime => date.Second == 0 ? "yyyy-MM-dd HH:mm" : "yyyy-MM-dd HH:mm:ss",
            _ => "yyyy-MM-dd",
        };
        return new Cell(CellKind.Date, date.ToString(format, CultureInfo.InvariantCulture), days);
    }

    /// <summary>A date written out, as some programs store it (<c>t="d"</c>, OpenDocument).</summary>
    /// <param name="shown">What its format makes of it; null where that is not known.</param>
    public static Cell? Cell(ReadOnlySpan<char> iso, ShownAs? shown = null)
    {
        // .NET counts seven places of a second, LibreOffice writes nine.
        const int Longest = 27;
        if (!DateTime.TryParseExact(iso.Length > Longest ? iso[..Longest] : iso, IsoFormats, CultureInfo.InvariantCulture, DateTimeStyles.AllowWhiteSpaces, out var date)
            || date.Year < 1900)
        {
            return null;
        }

        // .NET counts from a day before Lotus did until Lotus had its leap day.
        var days = date.ToOADate();
        return Cell(days < 61 ? days - 1 : days, shown ?? (date.TimeOfDay == TimeSpan.Zero ? ShownAs.Date : ShownAs.DateAndTime), from1904: false);
    }
}
