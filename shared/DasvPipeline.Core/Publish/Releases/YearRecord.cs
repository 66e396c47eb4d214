using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Domain.Findings;
using DasvPipeline.Core.Ports;
using DasvPipeline.Core.Publish.Disclosure;

namespace DasvPipeline.Core.Publish.Releases;

/// <summary>
/// The private record of a year: the figures that its documents are made from, and its disclosure history. The figures can be rebuilt
/// from the observations. The history cannot, so it is only ever extended.
/// </summary>
/// <param name="CatalogueHash">The catalogue's hash of the year that the figures were selected with.</param>
/// <param name="Returns">The figures of each return.</param>
internal sealed record YearRecord(string CatalogueHash, SortedDictionary<string, RecordedReturn> Returns, DisclosureHistoryDocument History)
{
    /// <summary>The later due date of each return that has one. Null for none. An empty text is a return that is waived.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public SortedDictionary<string, string>? Arranged { get; init; }

    /// <summary>Returns the recorded later due dates and waivers.</summary>
    public IReadOnlyDictionary<ReturnKey, Arrangement> GetArrangements() =>
        (Arranged ?? []).ToDictionary(item => ReturnKey.Parse(item.Key), item => ParseArrangement(item.Value));

    /// <summary>Returns the recorded version of each return.</summary>
    [JsonIgnore]
    public IReadOnlyDictionary<ReturnKey, int> Versions => Returns.ToDictionary(item => ReturnKey.Parse(item.Key), item => item.Value.Version);

    public static YearRecord Create(PartnershipCatalogue catalogue, YearFigures year, DisclosureHistory history)
    {
        var used = LinkedChecks.GetUsedMeasures(catalogue, year.Year);
        var missing = year.Gaps.ToLookup(gap => gap.Key, gap => gap.Cell.Key.ToString());
        return new YearRecord(
            catalogue.GetHash(year.Year),
            new SortedDictionary<string, RecordedReturn>(
                year.LiveReturns.ToDictionary(
                    live => live.Key.ToString(),
                    live => new RecordedReturn(
                        live.Version,
                        [.. live.Observations.Where(observation => used.Contains(observation.Key.Measure)).Select(RecordedFigure.Create)],
                        [.. missing[live.Key]])),
                StringComparer.Ordinal),
            history.ToDocument())
        {
            Arranged = year.Arrangements.Where(item => item.Value is { Extension: not null } or { IsWaived: true }).ToDictionary(item => item.Key.ToString(), item => Format(item.Value)) is { Count: > 0 } arranged
                ? new SortedDictionary<string, string>(arranged, StringComparer.Ordinal)
                : null,
        };
    }

    private static string Format(Arrangement arrangement) => arrangement.IsWaived ? string.Empty : arrangement.Extension!.Day!.Value.ToString("O", CultureInfo.InvariantCulture);

    /// <summary>Returns an arrangement without its person and reason, which the ledger has.</summary>
    private static Arrangement ParseArrangement(string text)
    {
        var item = new ArrangedItem(text.Length == 0 ? null : DateOnly.ParseExact(text, "O", CultureInfo.InvariantCulture), string.Empty, new Person(string.Empty, string.Empty), default);
        return text.Length == 0 ? new Arrangement(Waiver: item) : new Arrangement(Extension: item);
    }

    public static YearRecord Parse(ReadOnlySpan<byte> json) => JsonSerializer.Deserialize(json, YearRecordJson.Default.YearRecord)!;

    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, YearRecordJson.Default.YearRecord);

    /// <summary>Returns the recorded figures of a version; null if another version is recorded.</summary>
    public LiveReturn? Find(ReturnKey key, int version) => Returns.TryGetValue(key.ToString(), out var found) && found.Version == version
        ? new LiveReturn(key, version, [.. found.Figures.Select(figure => figure.ToObservation(key.Period))]) { Missing = found.Missing.Select(FigureKey.Parse).ToHashSet() }
        : null;

    /// <summary>Returns all recorded figures.</summary>
    public IEnumerable<SourcedObservation> GetFigures() => Returns.Select(item => (Key: ReturnKey.Parse(item.Key), item.Value.Figures))
        .SelectMany(item => item.Figures, (item, figure) => new SourcedObservation(item.Key.Return, figure.ToObservation(item.Key.Period)));

    /// <summary>Returns the returns whose figures differ from those of another record.</summary>
    public IEnumerable<string> FindDifferences(YearRecord other) => Returns.Keys.Union(other.Returns.Keys).Where(key =>
        !(Returns.TryGetValue(key, out var one) && other.Returns.TryGetValue(key, out var two) && one.IsSame(two))).Order(StringComparer.Ordinal);
}

/// <param name="Figures">The figures of the measures that headlines, tables and the checks between them use.</param>
/// <param name="Missing">The figures that the form asks for and the version lacks, whether or not a headline uses them.</param>
internal sealed record RecordedReturn(int Version, IReadOnlyList<RecordedFigure> Figures, IReadOnlyList<string> Missing)
{
    public bool IsSame(RecordedReturn other) => Version == other.Version && Figures.SequenceEqual(other.Figures) && Missing.SequenceEqual(other.Missing);
}

/// <param name="Key">measure|area|breakdown.</param>
/// <param name="Markers">The letters of its markers; null if it has none.</param>
internal sealed record RecordedFigure(string Key, decimal? Value, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Markers)
{
    public static RecordedFigure Create(Observation observation) => new(
        observation.Key.ToString(),
        observation.Figure.Value,
        observation.Figure.Markers == Domain.Markers.None ? null : string.Concat(observation.Figure.Markers.ToLetters()));

    /// <summary>Returns the figure without its note and its cell, which are only in the observations.</summary>
    public Observation ToObservation(Period period) => new(FigureKey.Parse(Key), period, new Figure(Value, MarkersExtensions.FromLetters(Markers)), new CellRef(null, 0, 0));
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true)]
[JsonSerializable(typeof(YearRecord))]
internal sealed partial class YearRecordJson : JsonSerializerContext;
