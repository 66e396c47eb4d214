using System.Text.Json;
using System.Text.Json.Serialization;
using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Ports;

namespace DasvPipeline.Core.Oversight.Board;

/// <summary>The last comparison of the figures of the current and the previous year, kept so that the start page need not read them.</summary>
/// <param name="Catalogue">The hash of the catalogue that it was made with.</param>
/// <param name="Versions">The version of each return that was compared.</param>
/// <param name="Disagreements">Those that question the value of a headline, the most important first.</param>
public sealed record StoredComparison(DateTimeOffset At, string Catalogue, SortedDictionary<string, int> Versions, IReadOnlyList<StoredDisagreement> Disagreements)
{
    public static StoredComparison Parse(ReadOnlySpan<byte> json) => JsonSerializer.Deserialize(json, StoredComparisonJson.Default.StoredComparison)!;

    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, StoredComparisonJson.Default.StoredComparison);

    /// <summary>Returns the number of returns whose live version is not the compared one.</summary>
    public int CountChanged(IEnumerable<BoardRow> rows)
    {
        var live = rows.Where(row => row.LiveVersion is not null).ToDictionary(row => $"{row.Return}/{row.Period}", row => row.LiveVersion!.Value, StringComparer.Ordinal);
        return live.Count(row => !Versions.TryGetValue(row.Key, out var version) || version != row.Value) + Versions.Keys.Count(key => !live.ContainsKey(key));
    }

    internal static StoredComparison Create(PartnershipCatalogue catalogue, DateTimeOffset at, IReadOnlyList<YearFigures> years, IEnumerable<StoredDisagreement> disagreements) => new(
        at,
        catalogue.Hash,
        new SortedDictionary<string, int>(years.SelectMany(year => year.LiveReturns).ToDictionary(live => live.Key.ToString(), live => live.Version), StringComparer.Ordinal),
        [.. disagreements]);
}

/// <param name="Question">The key with which it is explained.</param>
/// <param name="Headlines">The ids of the headlines whose value it questions.</param>
public sealed record StoredDisagreement(string Year, string Id, string Question, string Sentence, IReadOnlyList<string> Headlines);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(StoredComparison))]
internal sealed partial class StoredComparisonJson : JsonSerializerContext;
