using System.Text.Json;
using System.Text.Json.Serialization;
using DasvPipeline.Core.Publish.Formats;

namespace DasvPipeline.Core.Publish.Releases;

/// <summary>
/// What was signed off: the document of the year, with the record that it was made from. It is kept when the year is signed off, and published
/// as it is, whatever the catalogue, the disclosure policy or the code are by then.
/// </summary>
/// <param name="Document">The document without its release.</param>
/// <param name="Lineage">The lineage, with the status that the year gets.</param>
/// <param name="Record">The figures, and the disclosure history after the publication.</param>
internal sealed record SignedYear(HeadlinesDocument Document, LineageYear Lineage, YearRecord Record)
{
    public static SignedYear Parse(ReadOnlySpan<byte> json) => JsonSerializer.Deserialize(json, SignedYearJson.Instance.SignedYear)!;

    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, SignedYearJson.Instance.SignedYear);
}

[JsonSerializable(typeof(SignedYear))]
internal sealed partial class SignedYearJson : JsonSerializerContext
{
    public static SignedYearJson Instance { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Converters = { new JsonStringEnumConverter() },
    });
}
