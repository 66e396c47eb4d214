using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;

namespace DasvPipeline.Core.Publish.Formats;

/// <summary>A file in one of the feed's formats, before it has a folder.</summary>
/// <param name="Name">The name, for example <c>headlines.csv</c>; the same in a release, a year and the feed's root.</param>
internal sealed record FormatFile(string Name, byte[] Content, string ContentType)
{
    /// <summary>The content without the time of its release. Two files that differ in their times only are not replaced.</summary>
    public byte[] ComparedContent { get; init; } = Content;

    public const string JsonType = "application/json; charset=utf-8";

    private static readonly JsonWriterOptions Indented = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    /// <summary>Creates a JSON file, formatted like the rest of the feed (<see cref="FeedJson.Indented"/>).</summary>
    public static FormatFile CreateJson(string name, JsonObject content, string contentType)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, Indented))
        {
            content.WriteTo(writer);
        }

        return new FormatFile(name, stream.ToArray(), contentType);
    }
}
