using System.Text.Json.Serialization;
using DasvPipeline.Core.Domain;

namespace DasvPipeline.Core.Publish.Releases;

/// <summary>The sources of a headline.</summary>
/// <param name="Value">The formatted value, hidden or not; null if there is no value.</param>
/// <param name="Hidden">The reason why it is hidden; null if it is published.</param>
/// <param name="Missing">Returns that it needs and that have not been accepted: agency/return/period.</param>
public sealed record HeadlineTrace(
    string Headline,
    string Title,
    string Period,
    string? Value,
    IReadOnlyList<string> Markers,
    string? Hidden,
    IReadOnlyList<TracedFigure> Figures,
    IReadOnlyList<string> Missing);

/// <param name="Part">sum; or numerator or denominator of a percentage.</param>
/// <param name="Path">The path of the file in the container of returns.</param>
/// <param name="Cell">The cell, for example "C14".</param>
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

internal static class TracedRole
{
    public const string Sum = "sum";
    public const string Numerator = "numerator";
    public const string Denominator = "denominator";
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, Converters = [typeof(UkTimeConverter)])]
[JsonSerializable(typeof(HeadlineTrace))]
public sealed partial class HeadlineTraceJson : JsonSerializerContext;
