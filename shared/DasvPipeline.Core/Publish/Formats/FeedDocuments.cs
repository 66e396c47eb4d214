using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;
using DasvPipeline.Core.Catalogue;
using DasvPipeline.Core.Domain;

namespace DasvPipeline.Core.Publish.Formats;

// The document of a year, and the private record of a release. headlines.v1.json describes each property of the document.

internal sealed record HeadlinesDocument(
    [property: JsonPropertyName("$schema")] string Schema,
    string Title,
    string Publisher,
    string Licence,
    PeriodElement Period,
    ReleaseElement? Release,
    CompletenessElement Completeness,
    IReadOnlyList<HeadlineElement> Headlines,
    IReadOnlyList<TableElement>? Tables)
{
    /// <summary>The content of the annual report. Null if the catalogue has no report, and in <c>headlines.json</c>: the report has files of its own.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ReportElement? Report { get; init; }

    /// <summary>The link to the feed's root. Null until the document is placed in a file.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Root { get; init; }

    /// <summary>Returns the document with links that are right in a file.</summary>
    /// <param name="path">The path of the file.</param>
    public HeadlinesDocument Place(FeedLinks links, string path) => this with { Schema = links.ToFile(path, FeedPaths.Schema), Root = links.ToRoot(path) };

    /// <summary>Returns the document as it is before it is placed in a file of a release.</summary>
    public HeadlinesDocument Unplace() => this with { Schema = FeedPaths.Schema, Root = null, Release = null };
}

/// <param name="Label">For a year in progress, the months so far.</param>
internal sealed record PeriodElement(string Id, string Label);

/// <param name="Reason">The manager's reason for signing the year off or for re-opening it; null without one.</param>
/// <param name="Stage">One of <see cref="YearStage"/>. Null in a file that was published before stages existed, as are the members below.</param>
/// <param name="Years">The years that the release changed.</param>
/// <param name="Scheduled">The announced time that the release was made for; null if it was not announced.</param>
/// <param name="Note">The manager's note for readers.</param>
/// <param name="Unscheduled">The reason for a release that was not announced.</param>
internal sealed record ReleaseElement(
    int Number, string Status, DateTime Published, IReadOnlyList<ChangeElement> Changes, string? Reason = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Stage = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<ReleaseYearElement>? Years = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateTime? Scheduled = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Note = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Unscheduled = null);

/// <summary>A year that a release changed.</summary>
/// <param name="PreviousStage">Null if the year was not published before.</param>
/// <param name="Path">The path of its <c>headlines.json</c> in the release.</param>
internal sealed record ReleaseYearElement(
    string Id, string Label, string Status, string Stage, string? PreviousStage, string? Reason, string Path, IReadOnlyList<ChangeElement> Changes);

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
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] CoveredElement? Covers = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] SameMonthsElement? SameMonths = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] BreakElement? Break = null);

/// <summary>The days that a figure of a year in progress covers.</summary>
internal sealed record CoveredElement(DateOnly From, DateOnly To, string Label);

/// <summary>The figure of the same months of the year before, and the change from it.</summary>
internal sealed record SameMonthsElement(string Label, decimal Value, ChangeFromPreviousElement Change);

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

/// <param name="Gss">For an area: its code in the register of the Office for National Statistics.</param>
internal sealed record BreakdownItemElement(
    string Code, string Label, decimal? Value, IReadOnlyList<string> Markers, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Gss = null);

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

/// <summary>The private record of a release: its draft, and everything that the next release continues.</summary>
/// <param name="Published">The time of the draft. A release that is written again has the same.</param>
/// <param name="Index">The <c>index.json</c> of the feed's root.</param>
/// <param name="Changes">The <c>changes.atom</c> of the feed's root.</param>
/// <param name="Latest">The document of the latest year, without its release.</param>
/// <param name="Featured">The year of the feed's root; null without such a year, and in a record from before there was a choice.</param>
internal sealed record ReleaseRecord(
    string ContentHash, DateTimeOffset Published, LineageDocument Lineage, IndexDocument? Index, string? Changes, HeadlinesDocument? Latest, FeaturedYear? Featured = null)
{
    /// <summary>The number of the version of the catalogue that it was made with; null if the catalogue is not stored.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? CatalogueVersion { get; init; }

    /// <summary>The number of pages of earlier releases.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int HistoryPages { get; init; }

    /// <summary>The pages that this release adds; null if it adds none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<HistoryPage>? NewPages { get; init; }

    /// <summary>What the first release continues.</summary>
    public static readonly ReleaseRecord None = new(string.Empty, default, LineageDocument.Empty, null, null, null);

    public static ReleaseRecord Parse(ReadOnlySpan<byte> json) => JsonSerializer.Deserialize(json, FeedJson.Indented.ReleaseRecord)!;

    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, FeedJson.Indented.ReleaseRecord);
}

/// <summary>A page of earlier releases.</summary>
/// <param name="Log">The same releases as an Atom file.</param>
internal sealed record HistoryPage(int Number, IReadOnlyList<IndexReleaseElement> Releases, string Log);

/// <summary>The year at the feed's root.</summary>
/// <param name="IsQualified">True if it was complete or signed off when it was chosen. It then stays until a newer year is.</param>
internal sealed record FeaturedYear(string Year, bool IsQualified);

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
/// <param name="Stage">One of <see cref="YearStage"/>.</param>
/// <param name="IsComplete">True if every return of the year was received.</param>
/// <param name="Quarters">The published value of each complete quarter, for the comparison of the same months of the next year.</param>
internal sealed record LineageYear(
    string Hash,
    string CatalogueHash,
    SortedDictionary<string, int> Returns,
    SortedDictionary<string, decimal?> Values,
    SortedDictionary<string, decimal> Comparable,
    string Status,
    SortedDictionary<string, decimal?>? Final,
    string? Stage = null,
    bool IsComplete = false,
    SortedDictionary<string, decimal>? Quarters = null)
{
    /// <summary>The hash of the definition of each headline; null in a record from before it was kept.</summary>
    public SortedDictionary<string, string>? Definitions { get; init; }

    /// <summary>The hash of the disclosure policy; null in a record from before it was kept.</summary>
    public string? PolicyHash { get; init; }

    /// <summary>The published quarters that next year's report shows; null if the year has no report.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public SortedDictionary<string, decimal?>? Report { get; init; }
}

[JsonSerializable(typeof(HeadlinesDocument))]
[JsonSerializable(typeof(IndexDocument))]
[JsonSerializable(typeof(ReportDocument))]
[JsonSerializable(typeof(HistoryDocument))]
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
