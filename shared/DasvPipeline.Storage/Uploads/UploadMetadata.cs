using System.Globalization;
using DasvPipeline.Core.Ports;

namespace DasvPipeline.Storage.Uploads;

/// <summary>Reads and writes the facts that are kept with a blob as its metadata.</summary>
internal static class UploadMetadata
{
    /// <summary>Far more than a return can have, and small enough to continue after it.</summary>
    private const int MaxNumber = 9_999_999;

    private const string Number = "dasv_number";
    private const string UploadedAt = "dasv_uploaded";
    private const string RepeatOf = "dasv_repeats";
    private const string TiedFrom = "dasv_tied";
    private const string WithdrawnThrough = "dasv_withdrawn";
    private const string Inbox = "dasv_inbox";
    private const string ProcessedToken = "dasv_processed";
    private const string PostponedUntil = "dasv_postponed";
    private const string DayFormat = "yyyy-MM-dd";

    /// <summary>The checksum of the bytes that have the number. Some tools keep the metadata when they replace the bytes.</summary>
    private const string Checksum = "dasv_checksum";

    /// <summary>Returns the facts, or null if the metadata have no valid number and time, or belong to other bytes.</summary>
    public static UploadMark? Parse(IDictionary<string, string> metadata, string? checksum) =>
        metadata.TryGetValue(Checksum, out var known) && known != (checksum ?? string.Empty) ? null
        : ParseNumber(metadata, Number) is { } number && metadata.TryGetValue(UploadedAt, out var text)
        && DateTimeOffset.TryParseExact(text, "O", CultureInfo.InvariantCulture, DateTimeStyles.None, out var at)
            ? new UploadMark(number, at)
            {
                RepeatOf = ParseNumber(metadata, RepeatOf) is { } repeated && repeated < number ? repeated : null,
                TiedFrom = ParseNumber(metadata, TiedFrom) is { } first && first <= number ? first : null,
                WithdrawnThrough = ParseNumber(metadata, WithdrawnThrough) ?? 0,
                Inbox = metadata.TryGetValue(Inbox, out var inbox) ? inbox : null,
                ProcessedToken = metadata.TryGetValue(ProcessedToken, out var token) ? token : null,
                PostponedUntil = metadata.TryGetValue(PostponedUntil, out var until) && DateOnly.TryParseExact(until, DayFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null,
            }
            : null;

    public static Dictionary<string, string> Format(UploadMark mark, string? checksum)
    {
        var metadata = new Dictionary<string, string>(StringComparer.Ordinal);
        Add(Number, Text(mark.Number));
        Add(UploadedAt, mark.UploadedAt.ToString("O", CultureInfo.InvariantCulture));
        Add(RepeatOf, mark.RepeatOf is { } repeated ? Text(repeated) : null);
        Add(TiedFrom, mark.TiedFrom is { } first ? Text(first) : null);
        Add(WithdrawnThrough, mark.WithdrawnThrough > 0 ? Text(mark.WithdrawnThrough) : null);
        Add(Inbox, mark.Inbox);
        Add(ProcessedToken, mark.ProcessedToken);
        Add(PostponedUntil, mark.PostponedUntil?.ToString(DayFormat, CultureInfo.InvariantCulture));
        Add(Checksum, checksum);
        return metadata;

        void Add(string name, string? value)
        {
            if (value is not null)
            {
                metadata.Add(name, value);
            }
        }
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static int? ParseNumber(IDictionary<string, string> metadata, string name) =>
        metadata.TryGetValue(name, out var text) && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is > 0 and <= MaxNumber
            ? number
            : null;
}
