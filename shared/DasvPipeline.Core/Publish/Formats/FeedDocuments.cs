using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;
using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;

namespace DasvPipeline.Core.Publish.Formats;

// The documents of the feed. headlines.v1.json and index.v1.json describe each property.

internal sealed record HeadlinesDocument(
    [property: JsonPropertyName("$schema")] string Schema,
    string Title,
    string Publisher,
    string Licence,
    PeriodElement Period,
    ReleaseElement? Release,
    CompletenessElement Completeness,
    IReadOnlyList<HeadlineElement> Headlines,
    IReadOnlyList<TableElement>? Tables);

internal sealed record PeriodElement(string Id, string Label);

/// <param name="Reason">The manager's reason for signing the year off; null if it is not signed off.</param>
internal sealed record ReleaseElement(int Number, string Status, DateTime Published, IReadOnlyList<ChangeElement> Changes, string? Reason = null);

internal sealed record ChangeElement(string Headline, string Period, decimal? From, decimal? To, string Reason);

/// <param name="Gaps">Null if every accepted return has every figure that its form asks for.</param>
internal sealed record CompletenessElement(
    int Expected,
    int Received,
    IReadOnlyList<MissingElement> Missing,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<GapElement>? Gaps = null);

/// <param name="Figures">The number of figures that the return lacks.</param>
/// <param name="Headlines">The ids of the headlines that are incomplete without them.</param>
internal sealed record GapElement(
    string Agency, string AgencyName, string Return, string ReturnTitle, string Period, int Figures, IReadOnlyList<string> Headlines);

/// <param name="Headlines">The ids of the headlines that are incomplete without it.</param>
internal sealed record MissingElement(
    string Agency, string AgencyName, string Return, string ReturnTitle, string Period, IReadOnlyList<string>? Headlines = null);

internal sealed record HeadlineElement(
    string Id,
    string Title,
    string Sentence,
    decimal? Value,
    string Unit,
    string? Formatted,
    IReadOnlyList<string> Markers,
    PreviousElement? Previous,
    ChangeFromPreviousElement? Change,
    decimal? Target,
    IReadOnlyList<SeriesElement> Series,
    IReadOnlyList<BreakdownElement> Breakdowns,
    IReadOnlyList<string> Notes,
    IReadOnlyList<string> Sources,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] BreakElement? Break = null);

/// <summary>A change of the definition, so that the figures of the year before cannot be compared.</summary>
/// <param name="Period">The first period with the new definition.</param>
internal sealed record BreakElement(string Period, string Note)
{
    public static BreakElement? Create(SeriesBreak? found) => found is null ? null : new BreakElement(found.In.ToString(), found.Note);

    /// <summary>Adds the marker b to those of a number, if its period is the first with the new definition or contains it.</summary>
    public static IReadOnlyList<string> AddMarker(BreakElement? found, Period period, decimal? value, IReadOnlyList<string> markers) =>
        found is not null && value is not null && Domain.Period.Parse(found.Period) is var first && first.Start >= period.Start && first.Start <= period.End ? ["b", .. markers] : markers;
}

internal sealed record PreviousElement(string Period, decimal Value);

internal sealed record ChangeFromPreviousElement(decimal Absolute, decimal? Percent, string Direction);

internal sealed record SeriesElement(string Period, decimal? Value, IReadOnlyList<string> Markers);

internal sealed record BreakdownElement(string Dimension, string Title, IReadOnlyList<BreakdownItemElement> Items);

internal sealed record BreakdownItemElement(string Code, string Label, decimal? Value, IReadOnlyList<string> Markers);

internal sealed record TableElement(
    string Id,
    string Title,
    string Unit,
    TableSideElement Rows,
    TableSideElement Columns,
    IReadOnlyList<TableCellElement> Cells,
    IReadOnlyList<string> Notes,
    IReadOnlyList<string> Sources,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] BreakElement? Break = null);

internal sealed record TableSideElement(string Dimension, string Title, IReadOnlyList<TableCodeElement> Items);

internal sealed record TableCodeElement(string Code, string Label);

/// <param name="Row">Null for the total of all rows. The same goes for <paramref name="Column"/>.</param>
internal sealed record TableCellElement(string? Row, string? Column, decimal? Value, IReadOnlyList<string> Markers);

internal sealed record IndexDocument(
    [property: JsonPropertyName("$schema")] string IndexSchema,
    string Title,
    string Publisher,
    string Licence,
    string Latest,
    DateOnly? NextRelease,
    string Schema,
    IReadOnlyList<IndexYearElement> Years,
    IReadOnlyList<IndexReleaseElement> Releases);

/// <param name="Files">Null for a year last published before other formats existed.</param>
internal sealed record IndexYearElement(
    string Id, string Label, string Path, int Release, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<IndexFileElement>? Files);

internal sealed record IndexFileElement(string Name, string Path, string MediaType);

/// <param name="TakenDown">Null unless the release was taken down.</param>
internal sealed record IndexReleaseElement(
    int Number, DateTime Published, string Status, string Path, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] TakenDownElement? TakenDown = null);

internal sealed record TakenDownElement(DateTime At, string Reason);

/// <summary>The private record of a release: its draft, and everything that the next release continues.</summary>
/// <param name="Published">The time of the draft. A release that is written again has the same.</param>
/// <param name="Index">The release's <c>index.json</c>.</param>
/// <param name="Changes">The release's <c>changes.atom</c>.</param>
/// <param name="Latest">The document of the latest year, without its release.</param>
internal sealed record ReleaseRecord(
    string ContentHash, DateTimeOffset Published, LineageDocument Lineage, IndexDocument? Index, string? Changes, HeadlinesDocument? Latest)
{
    /// <summary>The number of the version of the catalogue that it was made with; null if the catalogue is not stored.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? CatalogueVersion { get; init; }

    /// <summary>What the first release continues.</summary>
    public static readonly ReleaseRecord None = new(string.Empty, default, LineageDocument.Empty, null, null, null);

    public static ReleaseRecord Parse(ReadOnlySpan<byte> json) => JsonSerializer.Deserialize(json, FeedJson.Indented.ReleaseRecord)!;

    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, FeedJson.Indented.ReleaseRecord);
}

/// <summary>The lineage of a release, so that the next release can say what changed.</summary>
internal sealed record LineageDocument(SortedDictionary<string, LineageYear> Years)
{
    public static readonly LineageDocument Empty = new(new SortedDictionary<string, LineageYear>(StringComparer.Ordinal));
}

/// <param name="Hash">The hash of the year's document without its release.</param>
/// <param name="CatalogueHash">The hash of the catalogue for the year that the document was made with.</param>
/// <param name="Returns">The live version of each return.</param>
/// <param name="Values">The published value of each headline.</param>
/// <param name="Comparable">The published value of each complete headline, before it is formatted, for the comparison with the next year.</param>
/// <param name="Status">The published status.</param>
/// <param name="Final">
/// Every number as it was when the year was first signed off; numbers that differ are revised. Null before that.
/// </param>
internal sealed record LineageYear(
    string Hash,
    string CatalogueHash,
    SortedDictionary<string, int> Returns,
    SortedDictionary<string, decimal?> Values,
    SortedDictionary<string, decimal> Comparable,
    string Status,
    SortedDictionary<string, decimal?>? Final);

[JsonSerializable(typeof(HeadlinesDocument))]
[JsonSerializable(typeof(IndexDocument))]
[JsonSerializable(typeof(ReleaseRecord))]
internal sealed partial class FeedJson : JsonSerializerContext
{
    /// <summary>Writes indented JSON, with letters of every script unescaped and possible markup escaped.</summary>
    public static FeedJson Indented { get; } = new(new JsonSerializerOptions
    {
        WriteIndented = true,
        NewLine = "\n",
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
    });
}
