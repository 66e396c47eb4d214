using System.Globalization;
using CsvHelper;

namespace DasvPipeline.Core.Domain;

/// <summary>Writes a list as a CSV file that Excel opens as UTF-8, and in which no field can start a formula.</summary>
internal static class CsvExport
{
    public static byte[] Write(string[] header, IEnumerable<string[]> rows)
    {
        using var stream = new MemoryStream();
        using (var csv = CsvWriter.Create(stream, new CsvWriterOptions { Injection = CsvInjection.Escape, WriteByteOrderMark = true }, leaveOpen: true))
        {
            csv.WriteRecord(header);
            foreach (var row in rows)
            {
                csv.WriteRecord(row);
            }
        }

        return stream.ToArray();
    }

    public static string Format(int? number) => number?.ToString(CultureInfo.InvariantCulture) ?? string.Empty;

    public static string Format(decimal? number) => number?.ToString(CultureInfo.InvariantCulture) ?? string.Empty;

    public static string Format(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public static string Format(DateOnly? date) => date is { } known ? Format(known) : string.Empty;

    /// <summary>Formats a time as UK time with its offset.</summary>
    public static string Format(DateTimeOffset? time) => time is { } known ? UkTime.From(known).ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture) : string.Empty;
}
