using System.Text;

namespace DasvPipeline.Core.Publish.Formats;

/// <summary>The JSON Schemas of <c>headlines.json</c> and <c>index.json</c>, published with them.</summary>
public static class FeedSchema
{
    public const string ContentType = "application/schema+json; charset=utf-8";

    public const string IndexPath = "schema/index.v1.json";

    private static readonly Lazy<IReadOnlyDictionary<string, byte[]>> Bytes = new(
        () => new[] { FeedPaths.Schema, IndexPath }.ToDictionary(path => path, Read, StringComparer.Ordinal));

    /// <summary>Each schema with the path at which it is published.</summary>
    public static IEnumerable<(string Path, ReadOnlyMemory<byte> Content)> All => Bytes.Value.Select(schema => (schema.Key, (ReadOnlyMemory<byte>)schema.Value));

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
