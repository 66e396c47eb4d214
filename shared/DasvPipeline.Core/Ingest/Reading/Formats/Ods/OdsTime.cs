using System.Buffers;
using System.Globalization;

namespace DasvPipeline.Core.Ingest.Reading.Formats.Ods;

/// <summary>Parses times of day and durations, which are XML Schema durations such as <c>PT37H30M00S</c>.</summary>
internal static class OdsTime
{
    private const double SecondsADay = 24 * 60 * 60;
    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789.");

    public static bool TryParseDays(ReadOnlySpan<char> duration, out double days)
    {
        days = 0;
        if (duration is not ['P', .. var rest])
        {
            return false;
        }

        var seconds = 0.0;
        while (!rest.IsEmpty)
        {
            rest = rest[0] == 'T' ? rest[1..] : rest;
            var digits = rest.IndexOfAnyExcept(Digits);
            if (digits < 1 || !double.TryParse(rest[..digits], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var count))
            {
                return false;
            }

            var unit = rest[digits] switch { 'D' => SecondsADay, 'H' => 3600, 'M' => 60, 'S' => 1, _ => 0 };
            if (unit == 0)
            {
                return false;
            }

            seconds += count * unit;
            rest = rest[(digits + 1)..];
        }

        days = seconds / SecondsADay;
        return double.IsFinite(days);
    }
}
