using System.Text.Json;
using System.Text.Json.Serialization;

namespace DasvPipeline.Core.Publish.Formats;

// The documents of the feed's history. index.v1.json and history.v1.json describe each property.

internal sealed record IndexDocument(
    [property: JsonPropertyName("$schema")] string IndexSchema,
    string Title,
    string Publisher,
    string Licence,
    string? Latest,
    DateOnly? NextRelease,
    string Schema,
    IReadOnlyList<IndexYearElement> Years,
    IReadOnlyList<IndexReleaseElement> Releases,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IndexAboutElement? About = null)
{
    /// <summary>The path of the page with the releases before these; null if there are no earlier ones.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Earlier { get; init; }

    /// <summary>The time of the first release. Null in an index from before it was kept: the last of its releases is the first.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTime? FirstPublished { get; init; }

    /// <summary>The link to the feed's root. Null until the document is placed in a file.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Root { get; init; }

    /// <summary>Creates the file with links that are right in it.</summary>
    /// <param name="folder">The folder of the file; empty for the feed's root.</param>
    public FormatFile ToFile(FeedLinks links, string folder)
    {
        var path = folder + FeedPaths.Index;
        var placed = this with
        {
            IndexSchema = links.ToFile(path, FeedSchema.IndexPath),
            Root = links.ToRoot(path),
            About = About is null ? null : About with { Page = links.ToAboutPage(path) },
        };
        return new FormatFile(FeedPaths.Index, JsonSerializer.SerializeToUtf8Bytes(placed, FeedJson.Indented.IndexDocument), FormatFile.JsonType);
    }
}

/// <summary>A page of earlier releases, which are no longer in <c>index.json</c>.</summary>
/// <param name="Earlier">The path of the page before it; null for the first page.</param>
internal sealed record HistoryDocument(
    [property: JsonPropertyName("$schema")] string HistorySchema,
    string Title,
    string Publisher,
    int Page,
    IReadOnlyList<IndexReleaseElement> Releases,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Earlier,
    string Root);

/// <summary>What readers need to know about all figures.</summary>
/// <param name="Status">Whether they are official statistics; null if the catalogue does not say it.</param>
/// <param name="Page">The address of the page about the figures.</param>
internal sealed record IndexAboutElement(string? Status, string Contact, string Page, string Dictionary, string Calendar);

/// <param name="Files">Null for a year last published before other formats existed.</param>
/// <param name="Status">Null for a year last published before the index had it. The same goes for <paramref name="Stage"/>.</param>
internal sealed record IndexYearElement(
    string Id, string Label, string Path, int Release, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<IndexFileElement>? Files,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Status = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Stage = null);

internal sealed record IndexFileElement(string Name, string Path, string MediaType);

/// <param name="TakenDown">Null unless the release was taken down.</param>
/// <param name="Years">The years that it changed. Null for a release that was published before the index had them.</param>
internal sealed record IndexReleaseElement(
    int Number, DateTime Published, string Status, string Path, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] TakenDownElement? TakenDown = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<IndexReleaseYearElement>? Years = null);

internal sealed record IndexReleaseYearElement(string Id, string Status, string Stage, string Path);

internal sealed record TakenDownElement(DateTime At, string Reason);
