using System.Text.Json.Serialization;

namespace DasvPipeline.Core.Oversee;

/// <summary>Every headline of a year as its returns make it now, hidden or not, beside what is published.</summary>
/// <param name="Release">The number of the release that last changed the year; null where it is not published.</param>
/// <param name="Status">provisional, final or revised; null where it is not published.</param>
/// <param name="IsSignedOff">Whether what differs waits until the year is signed off again.</param>
public sealed record HeadlineStandings(string Year, string Label, int? Release, string? Status, bool IsSignedOff, IReadOnlyList<HeadlineStanding> Headlines)
{
    private static readonly string[] Header =
        ["Headline", "Title", "Unit", "Value now", "Now", "Markers now", "Hidden because", "Returns owed", "Returns missing", "Value published", "Published", "Markers published", "Differs"];

    public byte[] ToCsv() => CsvList.Write(Header, Headlines.Select(headline => new[]
    {
        headline.Id,
        headline.Title,
        headline.Unit,
        CsvList.Text(headline.Now.Value),
        headline.Now.Formatted ?? string.Empty,
        string.Join(' ', headline.Now.Markers),
        headline.Hidden ?? string.Empty,
        CsvList.Text(headline.Owed),
        CsvList.Text(headline.Missing),
        CsvList.Text(headline.Published?.Value),
        headline.Published?.Formatted ?? string.Empty,
        string.Join(' ', headline.Published?.Markers ?? []),
        headline.Differs ? "yes" : "no",
    }));
}

/// <param name="Now">For the manager alone: it is not hidden.</param>
/// <param name="Hidden">Why it would not be published; null where it would.</param>
/// <param name="Owed">How many returns it is made of.</param>
/// <param name="Missing">How many of them are not in.</param>
/// <param name="Published">Null where it is not published.</param>
/// <param name="Differs">Whether publishing what counts now would show another figure.</param>
public sealed record HeadlineStanding(
    string Id, string Title, string Unit, StandingFigure Now, string? Hidden, int Owed, int Missing, StandingFigure? Published, bool Differs);

/// <param name="Value">Of a percentage, 76 for 76%, as in the feed; null where there is none or it is hidden.</param>
/// <param name="Formatted">As people read it: "1,979".</param>
public sealed record StandingFigure(decimal? Value, string? Formatted, IReadOnlyList<string> Markers);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(HeadlineStandings))]
public sealed partial class HeadlineStandingsJson : JsonSerializerContext;
