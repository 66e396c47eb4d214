using System.Text.Json.Serialization;

namespace DasvPipeline.Core.Oversee;

/// <summary>Where a headline comes from.</summary>
/// <param name="Value">As people read it, hidden or not; null where there is none.</param>
/// <param name="Hidden">Why it is not published; null where it is.</param>
/// <param name="Missing">Returns that it needs and that are not in: agency/return/period.</param>
public sealed record Trace(
    string Headline,
    string Title,
    string Period,
    string? Value,
    IReadOnlyList<string> Markers,
    string? Hidden,
    IReadOnlyList<TracedFigure> Figures,
    IReadOnlyList<string> Missing);

/// <param name="Part">sum, or of a percentage numerator and denominator.</param>
/// <param name="Path">Of the file within the container of returns.</param>
/// <param name="Cell">"C14"</param>
public sealed record TracedFigure(
    string Part,
    string Measure,
    string Area,
    IReadOnlyDictionary<string, string> Breakdowns,
    string Period,
    decimal? Value,
    IReadOnlyList<string> Markers,
    string? Note,
    string Return,
    int Version,
    string Path,
    DateTimeOffset Received,
    string? Sheet,
    string Cell);

internal static class TracedPart
{
    public const string Sum = "sum";
    public const string Numerator = "numerator";
    public const string Denominator = "denominator";
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Trace))]
public sealed partial class TraceJson : JsonSerializerContext;
