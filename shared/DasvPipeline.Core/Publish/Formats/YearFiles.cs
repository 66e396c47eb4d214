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

    public static HeadlinesDocument Parse(byte[] headlines) => JsonSerializer.Deserialize(headlines, FeedJson.Indented.HeadlinesDocument)!;

    public static IReadOnlyList<FormatFile> CreateAll(byte[] headlines)
    {
        var document = Parse(headlines);
        var timeless = document with { Release = document.Release! with { Published = default } };
        return
        [
            new FormatFile(FeedPaths.Headlines, headlines, FormatFile.JsonType),
            HeadlinesCsv.Create(document),
            CsvMetadata.Create(document) with { ComparedContent = CsvMetadata.Create(timeless).Content },
            JsonStatFile.Create(document) with { ComparedContent = JsonStatFile.Create(timeless).Content },
        ];
    }
}
