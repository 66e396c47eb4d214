using System.Text.Json;
using System.Text.Json.Serialization;

namespace DasvPipeline.Core.Domain;

/// <summary>Writes the times in responses of the API as the pages show them: in UK time. The offset tells the 2 equal clock times of October apart.</summary>
public sealed class UkTimeConverter : JsonConverter<DateTimeOffset>
{
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetDateTimeOffset();

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) => writer.WriteStringValue(UkTime.From(value));
}
