using System.Text.Json;

namespace DasvPipeline.Core.Publish.Formats;

/// <summary>
/// Creates the files of one year in every format. All are made from <c>headlines.json</c>, so that no format can reveal
/// what it hides.
/// </summary>
internal static class YearFiles
{
    /// <summary>The formats in the order in which they are listed.</summary>
    public static IReadOnlyList<(string Name, string MediaType)> Formats { get; } =
    [
        (FeedPaths.Headlines, "application/json"),
        (HeadlinesCsv.Name, "text/csv"),
        (CsvMetadata.Name, CsvMetadata.MediaType),
        (JsonStatFile.Name, "application/json"),
    ];

    public static byte[] ToBytes(HeadlinesDocument document) => JsonSerializer.SerializeToUtf8Bytes(document, FeedJson.Indented.HeadlinesDocument);

    public static HeadlinesDocument Parse(byte[] headlines) => JsonSerializer.Deserialize(headlines, FeedJson.Indented.HeadlinesDocument)!;

    /// <param name="headlines">The <c>headlines.json</c> of a release.</param>
    /// <param name="folder">The folder of the files; empty for the feed's root.</param>
    public static IReadOnlyList<FormatFile> CreateAll(byte[] headlines, FeedLinks links, string folder)
    {
        var document = Parse(headlines).Place(links, folder + FeedPaths.Headlines);
        var timeless = document with { Release = document.Release! with { Published = default } };
        return
        [
            new FormatFile(FeedPaths.Headlines, ToBytes(document), FormatFile.JsonType),
            HeadlinesCsv.Create(document),
            CsvMetadata.Create(document, links, folder) with { ComparedContent = CsvMetadata.Create(timeless, links, folder).Content },
            JsonStatFile.Create(document) with { ComparedContent = JsonStatFile.Create(timeless).Content },
        ];
    }
}
