using System.Text;

namespace DasvPipeline.Core.Publish;

/// <summary>The JSON Schema of <c>headlines.json</c>, published beside it.</summary>
public static class FeedSchema
{
    public const string ContentType = "application/schema+json; charset=utf-8";

    private static readonly Lazy<byte[]> Bytes = new(Read);

    public static ReadOnlyMemory<byte> Content => Bytes.Value;

    public static string Text => Encoding.UTF8.GetString(Bytes.Value);

    private static byte[] Read()
    {
        using var stream = typeof(FeedSchema).Assembly.GetManifestResourceStream(YearDocument.SchemaPath)!;
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }
}
