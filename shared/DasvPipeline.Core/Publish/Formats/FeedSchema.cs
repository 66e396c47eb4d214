using System.Text;

namespace DasvPipeline.Core.Publish.Formats;

/// <summary>The JSON Schemas of the feed's JSON files, published with them.</summary>
public static class FeedSchema
{
    public const string ContentType = "application/schema+json; charset=utf-8";

    public const string IndexPath = "schema/index.v1.json";
    public const string HistoryPath = "schema/history.v1.json";
    public const string CalendarPath = "schema/calendar.v1.json";
    public const string ReportPath = "schema/annual-report.v1.json";

    private const string Draft = "\"$schema\": \"https://json-schema.org/draft/2020-12/schema\",\n";

    private static readonly Lazy<IReadOnlyDictionary<string, byte[]>> Bytes = new(
        () => new[] { FeedPaths.Schema, IndexPath, HistoryPath, CalendarPath, ReportPath }.ToDictionary(path => path, Read, StringComparer.Ordinal));

    /// <summary>The paths at which the schemas are published.</summary>
    public static IEnumerable<string> Paths => Bytes.Value.Keys;

    /// <summary>Creates the public files. Each schema names its address as its id.</summary>
    internal static IEnumerable<FormatFile> CreateFiles(FeedLinks links) => Paths.Select(path => new FormatFile(
        path, Encoding.UTF8.GetBytes(GetText(path).Replace(Draft, $"{Draft}  \"$id\": \"{links.ToFile(path, path)}\",\n", StringComparison.Ordinal)), ContentType));

    /// <summary>The schema of <c>headlines.json</c>.</summary>
    public static string HeadlinesText => GetText(FeedPaths.Schema);

    public static string GetText(string path) => Encoding.UTF8.GetString(Bytes.Value[path]);

    private static byte[] Read(string path)
    {
        using var stream = typeof(FeedSchema).Assembly.GetManifestResourceStream(path)!;
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }
}
