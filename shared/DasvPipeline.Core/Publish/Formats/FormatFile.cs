using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;

namespace DasvPipeline.Core.Publish.Formats;

/// <summary>A file in one of the feed's formats, before it is known where it will stand.</summary>
/// <param name="Name">E.g. <c>headlines.csv</c>; in a release, of a year and at the feed's root alike.</param>
internal sealed record FormatFile(string Name, byte[] Content, string ContentType)
{
    public const string JsonType = "application/json; charset=utf-8";

    private static readonly JsonWriterOptions Indented = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    /// <summary>Written as <see cref="FeedJson.Plain"/> writes the rest of the feed.</summary>
    public static FormatFile Json(string name, JsonObject content, string contentType)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, Indented))
        {
            content.WriteTo(writer);
        }

        return new FormatFile(name, stream.ToArray(), contentType);
    }
}
