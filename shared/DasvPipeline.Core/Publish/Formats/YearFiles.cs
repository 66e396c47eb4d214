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
        (Breakdowns.Name, "application/json"),
    ];

    public static HeadlinesDocument Read(byte[] headlines) => JsonSerializer.Deserialize(headlines, FeedJson.Plain.HeadlinesDocument)!;

    public static IReadOnlyList<FormatFile> Of(byte[] headlines)
    {
        var document = Read(headlines);
        return
        [
            new FormatFile(FeedPaths.Headlines, headlines, FormatFile.JsonType),
            HeadlinesCsv.Of(document),
            CsvMetadata.Of(document),
            Breakdowns.Of(document),
        ];
    }
}
