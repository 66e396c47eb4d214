using System.Text.Json.Serialization;
using DasvPipeline.Core.Domain;

namespace DasvPipeline.Core.Publish.Releases;

/// <summary>Every headline of a year, with its current value (hidden or not) and its published value.</summary>
/// <param name="Release">The number of the release that last changed the year; null if it is not published.</param>
/// <param name="Status">provisional, final or revised; null if it is not published.</param>
/// <param name="IsSignedOff">True if differences wait until the year is signed off again.</param>
public sealed record HeadlineComparison(string Year, string Label, int? Release, string? Status, bool IsSignedOff, IReadOnlyList<ComparedHeadline> Headlines)
{
    private static readonly string[] Header =
        ["Headline", "Title", "Unit", "Value now", "Now", "Markers now", "Hidden because", "Returns owed", "Returns missing", "Value published", "Published", "Markers published", "Differs"];

    public byte[] ToCsv() => CsvExport.Write(Header, Headlines.Select(headline => new[]
    {
        headline.Id,
        headline.Title,
        headline.Unit,
        CsvExport.Format(headline.Now.Value),
        headline.Now.Formatted ?? string.Empty,
        string.Join(' ', headline.Now.Markers),
        headline.Hidden ?? string.Empty,
        CsvExport.Format(headline.Due),
        CsvExport.Format(headline.Missing),
        CsvExport.Format(headline.Published?.Value),
        headline.Published?.Formatted ?? string.Empty,
        string.Join(' ', headline.Published?.Markers ?? []),
        headline.Differs ? "yes" : "no",
    }));
}

/// <param name="Now">The current value. It is not hidden, so only the manager may see it.</param>
/// <param name="Hidden">The reason why it would be hidden; null if it would be published.</param>
/// <param name="Due">The number of returns that it needs.</param>
/// <param name="Missing">The number of them that have not been accepted.</param>
/// <param name="Published">The published value; null if it is not published.</param>
/// <param name="Differs">True if publishing now would show another figure.</param>
public sealed record ComparedHeadline(
    string Id, string Title, string Unit, ComparedFigure Now, string? Hidden, [property: JsonPropertyName("owed")] int Due, int Missing, ComparedFigure? Published, bool Differs);

/// <param name="Value">The value as in the feed (76 for 76%); null if there is no value or it is hidden.</param>
/// <param name="Formatted">The formatted value: "1,979".</param>
public sealed record ComparedFigure(decimal? Value, string? Formatted, IReadOnlyList<string> Markers);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(HeadlineComparison))]
public sealed partial class HeadlineComparisonJson : JsonSerializerContext;
