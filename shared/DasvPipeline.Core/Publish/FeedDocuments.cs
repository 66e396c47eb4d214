using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;

namespace DasvPipeline.Core.Publish;

// The feed as it is written, property by property. headlines.v1.json and index.v1.json say what each of them means.

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

/// <param name="Reason">The manager's, where the year was signed off.</param>
internal sealed record ReleaseElement(int Number, string Status, DateTime Published, IReadOnlyList<ChangeElement> Changes, string? Reason = null);

internal sealed record ChangeElement(string Headline, string Period, decimal? From, decimal? To, string Reason);

internal sealed record CompletenessElement(int Expected, int Received, IReadOnlyList<MissingElement> Missing);

/// <param name="Headlines">The ids of those that cannot be whole without it.</param>
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
    IReadOnlyList<string> Sources);

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
    IReadOnlyList<string> Sources);

internal sealed record TableSideElement(string Dimension, string Title, IReadOnlyList<TableCodeElement> Items);

internal sealed record TableCodeElement(string Code, string Label);

/// <param name="Row">Null for the total of all rows, as is <paramref name="Column"/>.</param>
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

/// <param name="Files">Null in an index from before there were other formats, whose years have none until they change.</param>
internal sealed record IndexYearElement(
    string Id, string Label, string Path, int Release, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<IndexFileElement>? Files);

internal sealed record IndexFileElement(string Name, string Path, string MediaType);

internal sealed record IndexReleaseElement(int Number, DateTime Published, string Status, string Path);

/// <summary>Kept privately beside each release: what it was made of, so that the next one can say what changed.</summary>
internal sealed record LineageDocument(SortedDictionary<string, LineageYear> Years)
{
    public static readonly LineageDocument Empty = new(new SortedDictionary<string, LineageYear>(StringComparer.Ordinal));
}

/// <param name="Hash">Of the year's document but for its release.</param>
/// <param name="Returns">Each live return with its version.</param>
/// <param name="Values">Each headline's published value.</param>
/// <param name="Status">As it was published.</param>
/// <param name="Final">Every number as it was when the year was first signed off: what differs from it is revised. Null before that.</param>
internal sealed record LineageYear(
    string Hash, SortedDictionary<string, int> Returns, SortedDictionary<string, decimal?> Values, string Status, SortedDictionary<string, decimal?>? Final);

[JsonSerializable(typeof(HeadlinesDocument))]
[JsonSerializable(typeof(IndexDocument))]
[JsonSerializable(typeof(LineageDocument))]
internal sealed partial class FeedJson : JsonSerializerContext
{
    /// <summary>Indented for people; letters of every script as they are; what could be markup stays escaped.</summary>
    public static FeedJson Plain { get; } = new(new JsonSerializerOptions
    {
        WriteIndented = true,
        NewLine = "\n",
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
    });
}
